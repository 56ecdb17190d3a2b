use super::*;
use crate::directory::csv::{Encoding, Separators, rows};
use crate::exchange::admin_export::read_bytes;
use proptest::prelude::*;

fn table(text: &str, site: Option<&str>) -> Result<Vec<Result<Entry, ExportError>>, ExportError> {
    let utf8: Encoding = "utf-8".parse().expect("known");
    let mut rows = rows(text.as_bytes(), utf8, Separators::default()).map(|row| row.expect("well-formed"));
    let site = site.and_then(naming::from_either);
    let columns = Columns::of(&rows.next().expect("header"), '%', site)?;
    Ok(rows.map(|row| columns.entry(&row)).collect())
}

fn one(text: &str) -> Entry {
    table(text, None).expect("header").remove(0).expect("entry")
}

#[test]
fn reads_a_row_of_raw_mode() {
    let entry = one("Obj-Class,Obj-Dist-Name,Directory Name,Display Name,Alias Name,Extension-Data,E-mail Addresses,\
        Secondary-Proxy-Addresses,Hide-From-Address-Book,Is-Deleted,Home-MTA\r\n\
        Mailbox,/o=Org/ou=S/cn=Recipients/cn=Admin,Admin,\"Doe, John\",jdoe,0041%4200,\"SMTP:a@x%X400:c=US;a= ;s=Doe;%MS:O/S/A\",\
        smtp:b@x,1,,/o=Org/ou=S/cn=Configuration/cn=Servers/cn=SRV/cn=Microsoft MTA\r\n");
    assert_eq!(entry.dn.to_string(), "cn=Admin,cn=Recipients,ou=S,o=Org");
    let texts = |name: &str| entry.texts(name).collect::<Vec<_>>();
    assert_eq!(texts("objectClass"), ["organizationalPerson"]);
    assert_eq!((texts("rdn"), texts("cn"), texts("uid")), (vec!["Admin".into()], vec!["Doe, John".into()], vec!["jdoe".into()]));
    assert_eq!(entry.values("Extension-Data"), [b"\0A".to_vec(), b"B\0".to_vec()]);
    assert_eq!((texts("mail"), texts("textEncodedORAddress")), (vec!["a@x".into()], vec!["c=US;a= ;s=Doe;".into()]));
    assert_eq!(texts("otherMailbox"), ["MS$O/S/A", "smtp$b@x"]);
    assert_eq!(entry.values("Proxy-Addresses").len(), 4);
    assert!(entry.flag("Hide-From-Address-Book") && !entry.has("Is-Deleted"));
    assert_eq!(texts("Home-MTA"), ["cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org"]);
    let part = entry.parts().next().expect("one");
    for (name, expected) in
        [("Is-Deleted", true), ("otherMailbox", true), ("proxy-addresses", true), ("Routing-List", false), ("cn", true)]
    {
        assert_eq!(part.asked_for(name), Some(expected), "{name}");
    }
}

#[test]
fn primaries_alone_do_not_ask_for_every_address() {
    let entry = one("Obj-Dist-Name,E-mail Addresses\n/o=Org/ou=S/cn=a,SMTP:a@x\n");
    let part = entry.parts().next().expect("one");
    let asked =
        ["textEncodedORAddress", "mail", "otherMailbox", "Proxy-Addresses"].map(|name| part.asked_for(name) == Some(true));
    assert_eq!(asked, [true, true, false, false]);
}

#[test]
fn names_an_object_by_its_container() {
    let names = |text: &str, site| -> Vec<Result<String, ExportError>> {
        let entries = table(&format!("Obj-Container,Directory Name,Obj-Dist-Name\n{text}\n"), site).expect("header");
        entries.into_iter().map(|entry| entry.map(|entry| entry.dn.to_string())).collect()
    };
    let unnamed = || Err(ExportError::Unnamed { line: 2 });
    for (text, site, expected) in [
        ("/o=Org/ou=S/cn=Recipients,\"Doe, John\"", None, Ok("cn=Doe\\, John,cn=Recipients,ou=S,o=Org".to_owned())),
        ("Recipients/cn=marketing,a/b", Some("ou=S,o=Org"), Ok("cn=a/b,cn=marketing,cn=Recipients,ou=S,o=Org".to_owned())),
        ("cn=Recipients,a", Some("ou=S,o=Org"), Ok("cn=a,cn=Recipients,ou=S,o=Org".to_owned())),
        ("Recipients,a", None, unnamed()),
        (",a", Some("ou=S,o=Org"), unnamed()),
        ("/o=Org/ou=S/cn=Recipients,", None, unnamed()),
        // the whole name wins: before SP3 the other could differ in case (Q215533)
        ("/o=Org/ou=S/cn=Recipients,A,/o=Org/ou=S/cn=Recipients/cn=a", None, Ok("cn=a,cn=Recipients,ou=S,o=Org".to_owned())),
        (",,nonsense", None, unnamed()),
    ] {
        assert_eq!(names(text, site), [expected], "{text}");
    }
}

#[test]
fn says_what_is_wrong() {
    let header = table("Obj-Class,Directory Name\nx,y\n", None).expect_err("no name").to_string();
    assert!(header.starts_with("line 1: no column names the objects") && header.contains("Obj-Dist-Name"), "{header}");
    let mut rows =
        table("Obj-Dist-Name,Mode\n/o=O/ou=S/cn=a,x,y\n/o=O/ou=S/cn=a,delete\n/o=O/ou=S/cn=a\n", None).expect("header");
    assert!(rows.pop().expect("row").is_ok(), "a short row is one with empty fields");
    let errors: Vec<String> = rows.into_iter().map(|row| row.expect_err("wrong").to_string()).collect();
    assert!(errors[0].starts_with("line 2: the row has 3 fields and the header 2"), "{errors:?}");
    assert!(errors[1].starts_with("line 3: the row is one for an import (Mode \"delete\")"), "{errors:?}");
}

proptest! {
    #[test]
    fn no_bytes_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..300), head in any::<bool>()) {
        let start: &[u8] = if head { b"Obj-Class,Obj-Dist-Name,Proxy-Addresses,Extension-Data\n" } else { b"" };
        read_bytes(&[start, &bytes].concat());
    }

    #[test]
    fn no_values_break_it(field in "[/%\\\\=:;a-z$\u{e9}]{0,40}") {
        read_bytes(format!("Obj-Dist-Name,Obj-Class,Proxy-Addresses,Extension-Data\n/o=O/ou=S/cn=a,{field},{field},{field}\n").as_bytes());
    }
}
