//! Tables that the Administrator program imports, as the articles show them.

use crate::common::run::{Ran, whole};
use std::path::Path;

const HEADER: &str = "Obj-Class,Mode,Obj-Container,Directory Name,";

/// Imports a table into the healthy organization; what would be there of an object is in the file that is written.
fn import(folder: &Path, table: &str) -> Ran {
    let file = folder.join("import.csv");
    std::fs::write(&file, table.replace('\n', "\r\n")).expect("written");
    let after = folder.join("after.ldif");
    whole(["what-if", "--demo=healthy", "--format", "json", "--change"].map(std::ffi::OsString::from).into_iter().chain([
        file.into_os_string(),
        "--write".into(),
        after.into_os_string(),
    ]))
    .run()
}

/// The lines of an attribute of an object.
fn lines(folder: &Path, name: &str, attribute: &str) -> Vec<String> {
    let text = std::fs::read_to_string(folder.join("after.ldif")).expect("the directory as it would be").replace("\n ", "");
    let record = text.split("\n\n").find(|record| record.contains(&format!("dn: cn={name},cn=Recipients,ou=NORTH")));
    let record = record.unwrap_or_default().to_owned();
    record.lines().filter(|line| line.starts_with(&format!("{attribute}: "))).map(str::to_owned).collect()
}

#[test]
fn each_mode_does_what_the_articles_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |row: &str| format!("/o=Healthy/ou=NORTH/cn=Recipients,{row}");
    let table = format!(
        "{HEADER}Display Name,Home-Server,E-mail Addresses,Phone Number\n\
         Mailbox,Create,{}\nMailbox,Modify,{}\nMailbox,,{}\nMailbox,Delete,{}\n",
        row("Nina,Nina North,NORTH1,SMTP:nina@north.example.com%X400:c=GB;a= ;p=Healthy;o=NORTH;s=North;g=Nina;,"),
        row("Anna,,,SMTP:anna.adler@north.example.com,"),
        row("Olga,Olga Own,NORTH1,,"),
        row("Bruno,,,,"),
    );
    let ran = import(folder.path(), &table);
    assert_eq!(ran.stderr.lines().filter(|line| !line.contains("wrote ")).count(), 0, "{}", ran.stderr);
    assert_eq!(lines(folder.path(), "Nina", "mail"), ["mail: nina@north.example.com"]);
    assert_eq!(lines(folder.path(), "Anna", "mail"), ["mail: anna.adler@north.example.com"], "the new one is the primary");
    assert_eq!(lines(folder.path(), "Anna", "textEncodedORAddress").len(), 1, "the others stay");
    assert_eq!(lines(folder.path(), "Olga", "cn"), ["cn: Olga Own"], "what is not there is created");
    assert!(lines(folder.path(), "Bruno", "cn").is_empty());
    let breaks = super::real::names(&ran.json(), "breaks");
    assert!(breaks.iter().any(|named| named.starts_with("alt-recipient-exists")), "Bruno was somebody's alternate: {breaks:?}");
}

/// Q152854, Q184536, Q290091: a whole attribute, one value, all addresses of a type.
#[test]
fn del_takes_away_what_the_articles_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let row = |cells: &str| {
        format!(
            "{HEADER}E-mail Addresses,Secondary-Proxy-Addresses,Alternate Recipient\nMailbox,Modify,/o=Healthy/ou=NORTH/cn=Recipients,Anna,{cells}\n"
        )
    };
    for (cells, attribute, left) in [
        ("~DEL<X400:>,,", "textEncodedORAddress", 0),
        ("~del<SMTP:anna@north.example.com>,,", "mail", 0),
        (",~DEL,", "mail", 1),
        (",,~DEL", "Alt-Recipient", 0),
    ] {
        let ran = import(folder.path(), &row(cells));
        assert!(ran.code < 2, "{cells}: {}", ran.stderr);
        assert_eq!(lines(folder.path(), "Anna", attribute).len(), left, "{cells}");
    }
    for (cells, said) in [
        ("SMTP:a@x%~DEL<X400:>,,", "~DEL must be alone in its cell"),
        ("~DEL%SMTP:a@x,,", "~DEL must be alone in its cell"),
        ("~SET,,", "\"~SET\" is not a keyword that the articles document"),
    ] {
        let ran = import(folder.path(), &row(cells));
        assert!(
            ran.code == 2 && ran.stderr.contains("import.csv: line 2: ") && ran.stderr.contains(said),
            "{cells}: {}",
            ran.stderr
        );
    }
}

#[test]
fn what_an_import_would_refuse_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = "/o=Healthy/ou=NORTH/cn=Recipients";
    for (row, said) in [
        (format!("Mailbox,Move,{at},Anna,x"), "line 2: Mode is Create, Modify, Update or Delete (Q146304), not \"Move\""),
        (format!("Mailbox,Create,{at},Anna,x"), "a mailbox is created with its Home-Server (Q146304)"),
        (format!("DL,Create,{at},Everyone,x"), "line 2: cn=Everyone,cn=Recipients,ou=NORTH,o=Healthy: it already exists"),
        (format!("Mailbox,Delete,{at},Nobody,"), "line 2: cn=Nobody,cn=Recipients,ou=NORTH,o=Healthy: there is no such object"),
        (format!("DL,Create,{at},New,~DEL"), "~DEL is for objects that exist (Q184532)"),
        (format!("Mailbox,Modify,{at},~DEL,x"), "makes another object of that name (Q176741)"),
        ("Mailbox,Modify,,Anna,x".to_owned(), "line 2: the object has no name"),
    ] {
        let ran = import(folder.path(), &format!("{HEADER}Display Name\n{row}\n"));
        assert!(ran.code == 2 && ran.stderr.contains(said), "{row}: {} {}", ran.code, ran.stderr);
    }
}

#[test]
fn the_columns_are_those_of_an_import() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = "/o=Healthy/ou=NORTH/cn=Recipients";
    for table in [
        format!("Obj-Container,Directory Name,Obj-Class,Display Name\n{at},Anna,Mailbox,x\n"),
        format!("Obj-Class,Obj-Container,Mode,Directory Name,Display Name\nMailbox,{at},Modify,Anna,x\n"),
    ] {
        let ran = import(folder.path(), &table);
        assert!(ran.code == 2 && ran.stderr.contains("an import needs Obj-Class in the first column"), "{table}: {}", ran.stderr);
    }
    let ran = import(folder.path(), &format!("{HEADER}Shoe-Size\nMailbox,Modify,{at},Anna,44\n"));
    let notes = ran.json()["notes"].to_string();
    assert!(ran.code == 0 && notes.contains("has no attribute Shoe-Size"), "{} {notes}", ran.code);
}
