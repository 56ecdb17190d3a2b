//! Tables of the Administrator program: friendly and raw, encodings, separators, and what they cannot say.

use crate::common::export::csv;
use crate::common::run::{Ran, exaudit};
use crate::truth::case::{ADMIN, Case, GONE, ims, verdicts};

fn audit(bytes: impl Into<Vec<u8>>, args: &[&str]) -> Ran {
    exaudit(["audit", "--format", "json", "--from", "-"].iter().chain(args)).stdin(bytes).run()
}

fn message(ran: &Ran, index: usize) -> String {
    let result = &ran.json()["results"][index];
    [&result["message"], &result["advice"]].map(|text| text.as_str().unwrap_or_default()).join(" ")
}

/// A site in friendly mode, written by hand after the samples of Q153028 and Q239639.
const FRIENDLY: &str = "Obj-Class,Obj-Container,Directory Name,Display Name,Alias Name,Computer-Name,Extension-Data,E-mail Addresses,\
    Secondary-Proxy-Addresses,Hide from AB,Is-Deleted\r\n\
    Container,/o=Org/ou=S,Recipients,,,,,,,,\r\n\
    Container,/o=Org/ou=S,Configuration,,,,,,,,\r\n\
    Container,/o=Org/ou=S/cn=Configuration,Connections,,,,,,,,\r\n\
    Mail-Gateway,/o=Org/ou=S/cn=Configuration/cn=Connections,Internet Mail Connector (SRV),,,SRV,,,,,\r\n\
    Mailbox,/o=Org/ou=S/cn=Recipients,Admin,\"Müller, Jörg\",Admin,,,\"SMTP:Admin@example.com%X400:c=DE;a= ;p=Org;o=S;s=M\u{fc}ller;\",smtp:jm@example.com,,\r\n\
    Mailbox,/o=Org/ou=S/cn=Recipients,Bare,Bare,Bare,,,SMTP:bare@example.com%MS:ORG/S/BARE,,,\r\n\
    mailbox,/o=Org/ou=S/cn=Recipients,Hidden,Hidden,Hidden,,,\"SMTP:h@example.com%X400:c=DE;a= ;p=Org;o=S;s=H;\",,1,\r\n";

#[test]
fn friendly_names_and_containers() {
    for (declared, expected) in [
        ("SRV=Admin", ["pass", "pass", "pass", "pass"]),
        ("SRV=Müller, Jörg", ["pass", "pass", "pass", "pass"]),
        ("SRV=jm@example.com", ["pass", "pass", "pass", "pass"]),
        ("SRV=admin@example.com", ["pass", "pass", "pass", "pass"]),
        ("SRV=Bare", ["pass", "pass", "pass", "fail:no-x400"]),
        ("SRV=/o=Org/ou=S/cn=Recipients/cn=Gone", ["pass", "fail:dangling", "blocked", "blocked"]),
    ] {
        let ran = audit(FRIENDLY, &["--ims-admin", declared]);
        assert_eq!(verdicts(&ran), expected, "{declared}\n{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.json()["targets"][0]["problems"], serde_json::json!([]), "{declared}");
    }
}

#[test]
fn every_encoding_says_the_same() {
    let units = |to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        std::iter::once(0xfeff).chain(FRIENDLY.encode_utf16()).flat_map(to_bytes).collect()
    };
    let ansi: Vec<u8> = FRIENDLY.chars().map(|c| u8::try_from(u32::from(c)).expect("Latin")).collect();
    let without_mark: Vec<u8> = FRIENDLY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (FRIENDLY.as_bytes().to_vec(), None),
        (["\u{feff}", FRIENDLY].concat().into_bytes(), None),
        (units(u16::to_le_bytes), None),
        (units(u16::to_be_bytes), None),
        (ansi.clone(), None),
        (ansi.clone(), Some("windows-1252")),
        (without_mark.clone(), None),
        (without_mark.clone(), Some("utf-16le")),
    ] {
        let args: Vec<&str> = encoding.map(|name| vec!["--encoding", name]).unwrap_or_default();
        let ran = audit(bytes, &[args.as_slice(), &["--ims-admin", "SRV=Müller, Jörg"]].concat());
        assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "{encoding:?}\n{}{}", ran.stdout, ran.stderr);
    }
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("wide.csv");
    std::fs::write(&path, without_mark).expect("file");
    let path = path.to_str().expect("path");
    let ran = exaudit(["audit", "--format", "json", "--from", path, "--encoding", "utf-16le", "--ims-admin", "SRV=Bare"]).run();
    assert_eq!(verdicts(&ran)[3], "fail:no-x400", "{}", ran.stderr);
    // another code page turns the name into another one
    let ran = audit(ansi, &["--encoding", "cp1251", "--ims-admin", "SRV=Müller, Jörg"]);
    assert_eq!(verdicts(&ran)[1], "unknown:declared-not-found");
    assert_eq!(audit(FRIENDLY, &["--encoding", "klingon"]).code, 2);
}

#[test]
fn a_container_may_be_named_from_its_site_or_below_it() {
    let from_site = FRIENDLY.replace("/o=Org/ou=S", "/ou=S");
    // Recipients stands in the site itself; what is below it is named so in friendly mode (xmt02025)
    let below = FRIENDLY.replace("/o=Org/ou=S/cn=Configuration/cn=", "Configuration/cn=").replace("/o=Org/ou=S/cn=", "");
    for (text, base, word) in
        [(&from_site, "o=Org", "-b 'o=ORGANIZATION'"), (&below, "ou=S,o=Org", "-b 'ou=SITE,o=ORGANIZATION'")]
    {
        for base in [base, "ou=S,o=Org"] {
            let ran = audit(text.as_str(), &["-b", base, "--ims-admin", "SRV=Bare"]);
            assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "fail:no-x400"], "{base}\n{}{}", ran.stdout, ran.stderr);
        }
        let ran = audit(text.as_str(), &["--ims-admin", "SRV=Bare"]);
        assert!(ran.code == 3 && ran.stderr.contains(word), "{}{}", ran.stdout, ran.stderr);
    }
    // another column names the organization
    let told = from_site.replace("Hide from AB", "Home-MTA").replace(
        "Internet Mail Connector (SRV),,,SRV,,,,,",
        "Internet Mail Connector (SRV),,,SRV,,,,/o=Org/ou=S/cn=Configuration/cn=Servers/cn=SRV/cn=Microsoft MTA,",
    );
    let ran = audit(told, &["--ims-admin", "SRV=Bare"]);
    assert_eq!(ran.json()["targets"][0]["organization"], "Org", "{}", ran.stderr);
    assert_eq!(verdicts(&ran)[1], "pass", "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn any_number_but_zero_is_true() {
    for (flag, expected) in [("1", "fail:tombstone"), ("-1", "fail:tombstone"), ("255", "fail:tombstone"), ("0", "pass")] {
        let deleted = FRIENDLY.replace("MS:ORG/S/BARE,,,", &format!("MS:ORG/S/BARE,,,{flag}"));
        let ran = audit(deleted, &["--ims-admin", "SRV=/o=Org/ou=S/cn=Recipients/cn=Bare"]);
        assert_eq!(verdicts(&ran)[1], expected, "{flag}\n{}{}", ran.stdout, ran.stderr);
    }
}

#[test]
fn other_separators() {
    let text = FRIENDLY.replace(',', ";").replace('%', "|").replace("Müller; Jörg", "Müller\\| Jörg").replace('"', "'");
    let text = text.replace("c=DE;a= ;p=Org;o=S;s=Müller;", "c=DE;a= ;p=Org;o=S;s=M;");
    for columns in ["; ' |", "59 39 124"] {
        let ran = audit(text.clone(), &["--columns", columns, "--ims-admin", "SRV=Müller| Jörg"]);
        assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "{columns}\n{}{}", ran.stdout, ran.stderr);
    }
    // a semicolon and a tab show themselves in the header; the X.400 address is quoted as it holds the sign
    let quoted = FRIENDLY.replace(',', ";").replace("Müller; Jörg", "Müller, Jörg");
    let tabs = FRIENDLY.replace(',', "\t").replace("Müller\t Jörg", "Müller, Jörg");
    for text in [quoted, tabs] {
        for (declared, last) in [("SRV=Müller, Jörg", "pass"), ("SRV=Bare", "fail:no-x400")] {
            let ran = audit(text.clone(), &["--ims-admin", declared]);
            assert_eq!(verdicts(&ran), ["pass", "pass", "pass", last], "{}{}", ran.stdout, ran.stderr);
        }
    }
    let ran = audit(FRIENDLY, &["--columns", ", ,"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("44 34 37"), "{}", ran.stderr);
}

/// The table without a column.
fn without(table: &str, column: &str) -> String {
    let separate = |line: &str| -> Vec<String> {
        let mut fields = vec![String::new()];
        let mut quoted = false;
        for c in line.chars() {
            quoted ^= c == '"';
            if c == ',' && !quoted { fields.push(String::new()) } else { fields.last_mut().expect("one").push(c) }
        }
        fields
    };
    let at = separate(table.lines().next().expect("header")).iter().position(|name| name == column).expect(column);
    table
        .lines()
        .map(|line| {
            let mut fields = separate(line);
            fields.remove(at);
            fields.join(",") + "\r\n"
        })
        .collect()
}

#[test]
fn what_was_not_exported_is_unknown_and_the_column_is_named() {
    let table = csv(&Case::with([ims(ADMIN)]).records);
    let bare = csv(&Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare"), crate::truth::case::mailbox("Bare")]).records);
    for (text, column, expected, index) in [
        (&table, "Extension-Data", ["unknown:not-requested", "blocked", "blocked", "blocked"], 0),
        // nobody says whether the row is that of a deleted object
        (&table, "Is-Deleted", ["pass", "unknown:not-requested", "blocked", "blocked"], 1),
        (&bare, "Proxy-Addresses", ["pass", "pass", "pass", "unknown:not-requested"], 3),
        (&table, "Obj-Class", ["unknown:not-requested", "blocked", "blocked", "blocked"], 0),
    ] {
        let ran = audit(without(text, column), &[]);
        assert_eq!(verdicts(&ran), expected, "{column}\n{}{}", ran.stdout, ran.stderr);
        let message = message(&ran, index);
        assert!(message.contains(column) && message.contains("in the header: Obj-Class,"), "{column}: {message}");
    }
    // the primaries are not all addresses (SDK directry_6cz7)
    let ran = audit(without(&bare, "Secondary-Proxy-Addresses"), &[]);
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "unknown:not-requested"]);
    assert!(message(&ran, 3).contains("Secondary-Proxy-Addresses"), "{}", message(&ran, 3));
    let ran = audit(without(&csv(&Case::with([ims(ADMIN)]).records), "Secondary-Proxy-Addresses"), &[]);
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "an address that is there is there");
    // what a column holds of another row it would hold of this one: the Administrator program reads the directory itself
    let ran = audit(without(&csv(&Case::with([crate::truth::case::bare_ims()]).records), "Routing-List"), &[]);
    assert_eq!(verdicts(&ran)[0], "fail:not-configured");
}

#[test]
fn an_export_of_mailboxes_alone_does_not_say_that_a_list_is_missing() {
    // ExportObject=Mailbox shows no containers: that shows which objects were not asked for
    let mut case = Case::with([ims(GONE)]);
    case.records.retain(|record| !record.dn.starts_with("cn=Recipients,"));
    let ran = audit(csv(&case.records), &[]);
    assert_eq!(verdicts(&ran), ["pass", "unknown:container-unreadable", "blocked", "blocked"]);
    assert!(message(&ran, 1).contains("ExportObject=All"), "{}", message(&ran, 1));
}

#[test]
fn a_table_that_is_not_whole() {
    let mut records = Case::with([ims(GONE)]).records;
    records.rotate_right(1);
    let table = csv(&records);
    let truncated = ["pass", "unknown:truncated", "blocked", "blocked"];
    let cut = table.trim_end().to_owned();
    let wide = format!("{table}Mailbox,/o=Org/ou=S/cn=Recipients/cn=x{}\r\n", ",".repeat(30));
    let open = format!("{table}Mailbox,\"/o=Org/ou=S/cn=Recipients/cn=x\r\n");
    let unnamed = format!("{table}Mailbox,nonsense,x\r\n");
    let lines = table.lines().count();
    for (text, line, word) in [
        (cut, lines, "without a line end"),
        (wide, lines + 1, "the row has 32 fields and the header 13"),
        (open, lines + 1, "inside the quoted field"),
        (unnamed, lines + 1, "no name that can be read"),
    ] {
        let ran = audit(text, &[]);
        assert_eq!(verdicts(&ran), truncated, "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.json()["complete"], false);
        assert!(ran.stderr.contains(&format!("standard input: line {line}: ")) && ran.stderr.contains(word), "{}", ran.stderr);
    }
    let ran = audit("Obj-Class,Directory Name\r\nMailbox,x\r\n", &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("Obj-Dist-Name"), "{}", ran.stderr);
}

/// The smallest table with a service and a mailbox: its class and its settings as given.
fn small(class: &str, settings: &str) -> Vec<String> {
    let text = format!(
        "Obj-Class,Obj-Dist-Name,Computer-Name,Extension-Data,Routing-List,E-mail Addresses,Hide-From-Address-Book,Is-Deleted\r\n\
         Container,/o=Org/ou=S/cn=Configuration/cn=Connections,,,,,,\r\n\
         {class},/o=Org/ou=S/cn=Configuration/cn=Connections/cn=Internet Mail Connector (SRV),SRV,{settings},SMTP:*,,,\r\n\
         Mailbox,/o=Org/ou=S/cn=Recipients/cn=Admin,,,,SMTP:admin@example.com%X400:c=US;a= ;p=Org;o=S;s=Admin;,,\r\n"
    );
    let ran = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(text).run();
    assert_eq!(ran.code, 3, "{}", ran.stdout);
    let report = ran.json();
    let results = report["results"].as_array().expect("results").clone();
    results.iter().take(1).map(|r| format!("{} {}", r["verdict"], r["reason"]).replace('"', "")).collect()
}

#[test]
fn a_service_under_a_class_nobody_knows_is_not_no_service() {
    // what raw mode calls the class is inferred (reference G1); a service under another word must not pass for none
    for class in ["Mailbox Gateway", "MailGateway", "X400-Link", "Gateway"] {
        assert_eq!(small(class, ""), ["unknown not-requested"], "{class}");
    }
}

#[test]
fn an_empty_column_of_octets_proves_nothing_while_no_row_fills_it() {
    // how Admin.exe writes octets, or whether it does, is not published (reference G1)
    assert_eq!(small("Mail-Gateway", ""), ["unknown not-visible"]);
}

#[test]
fn an_address_inside_another_is_not_a_missing_one() {
    // the values are joined by `|`, and nobody said so: the X.400 address stands behind the SMTP one
    let text = "Obj-Class,Obj-Dist-Name,Directory Name,Alias Name,Display Name,Computer-Name,E-mail Addresses,Is-Deleted\r\n\
         Container,/o=Org/ou=S/cn=Configuration/cn=Connections,,,,,,\r\n\
         Mail-Gateway,/o=Org/ou=S/cn=Configuration/cn=Connections/cn=Internet Mail Connector (SRV),,,,SRV,,\r\n\
         Mailbox,/o=Org/ou=S/cn=Recipients/cn=Admin,Admin,Admin,Admin,,SMTP:a@example.com|X400:c=US;a= ;p=Org;o=S;s=Admin;,\r\n\
         Mailbox,/o=Org/ou=S/cn=Recipients/cn=Other,Other,Other,Other,,X400:c=US;a= ;p=Org;o=S;s=Other;|SMTP:o@example.com,\r\n";
    let expected = ["pass", "pass", "pass", "unknown:not-visible"];
    let ran = audit(text, &["--ims-admin", "SRV=Admin"]);
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
    assert!(message(&ran, 3).contains("--columns"), "{}", ran.stdout);
    // told of the separator, it is there
    let ran = audit(text, &["--ims-admin", "SRV=Admin", "--columns", "44 34 124"]);
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "{}", ran.stdout);
}

#[test]
fn a_table_of_primaries_says_nothing_of_the_other_addresses() {
    let table = |secondary: &str| {
        format!(
            "Obj-Class,Obj-Dist-Name,Proxy-Addresses,Is-Deleted,Hide-From-Address-Book{secondary}\r\n\
             Container,/o=Org/ou=S/cn=Recipients,,,\r\n\
             Container,/o=Org/ou=S/cn=Configuration,,,\r\n\
             Container,/o=Org/ou=S/cn=Configuration/cn=Servers,,,\r\n\
             Computer,/o=Org/ou=S/cn=Configuration/cn=Servers/cn=A,,,\r\n\
             Mailbox,/o=Org/ou=S/cn=Recipients/cn=a,SMTP:a@b.example%X400:c=US;a= ;p=Org;o=S;s=A;%MS:ORG/S/A,,\r\n\
             Mailbox,/o=Org/ou=S/cn=Recipients/cn=h,SMTP:h@b.example%X400:c=US;a= ;p=Org;o=S;s=H;%MS:ORG/S/H,,1\r\n"
        )
    };
    for check in ["duplicate-proxy", "addresses-too-long", "recipient-x400-no-type", "notes-address-spaces"] {
        let passes = |text: String| {
            let args = ["audit", "--format", "json", "--from", "-", "--check", check];
            let report = crate::common::run::whole(args).stdin(text).run().json();
            let results = report["results"].as_array().expect("results").clone();
            results.iter().any(|result| result["verdict"] == "pass")
        };
        assert!(passes(table(",Secondary-Proxy-Addresses")), "{check}: all were exported");
        assert!(!passes(table("")), "{check}: the others were not");
    }
}
