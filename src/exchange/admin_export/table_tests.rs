use super::*;
use crate::exchange::admin_export::read_bytes;
use crate::exchange::naming;
use proptest::prelude::*;

type Rows = Vec<Result<Entry, ExportError>>;

fn table(text: &str, base: Option<&str>) -> Result<Rows, ExportError> {
    let options = CsvOptions { base: base.and_then(naming::from_either), ..CsvOptions::default() };
    Ok(Table::read(text.as_bytes().to_vec(), &options)?.entries().collect())
}

/// A row of raw mode.
const RAW: &str = "Obj-Class,Obj-Dist-Name,Directory Name,Display Name,Alias Name,Extension-Data,E-mail Addresses,\
    Secondary-Proxy-Addresses,Hide-From-Address-Book,Is-Deleted,Home-MTA\r\n\
    Mailbox,/o=Org/ou=S/cn=Recipients/cn=Admin,Admin,\"Doe, John\",jdoe,0041%4200,\"SMTP:a@x%X400:c=US;a= ;s=Doe;%MS:O/S/A\",\
    smtp:b@x,1,,/o=Org/ou=S/cn=Configuration/cn=Servers/cn=SRV/cn=Microsoft MTA\r\n";

fn asked(text: &str) -> Asked {
    Table::read(text.as_bytes().to_vec(), &CsvOptions::default()).expect("header").asked().clone()
}

fn one(text: &str) -> Entry {
    table(text, None).expect("header").remove(0).expect("entry")
}

#[test]
fn reads_a_row_of_raw_mode() {
    let entry = one(RAW);
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
    let asked = asked(RAW);
    for (name, expected) in
        [("Is-Deleted", true), ("otherMailbox", true), ("proxy-addresses", true), ("Routing-List", false), ("cn", true)]
    {
        assert_eq!(asked.names(name), expected, "{name}");
    }
}

#[test]
fn primaries_alone_do_not_ask_for_every_address() {
    let asked = asked("Obj-Dist-Name,E-mail Addresses\n/o=Org/ou=S/cn=a,SMTP:a@x\n");
    let asked = ["textEncodedORAddress", "mail", "otherMailbox", "Proxy-Addresses"].map(|name| asked.names(name));
    assert_eq!(asked, [true, true, false, false]);
}

#[test]
fn names_an_object_by_its_container() {
    let name = |text: &str, base| -> Result<String, ExportError> {
        let entries = table(&format!("Obj-Container,Directory Name,Obj-Dist-Name\n{text}\n"), base)?;
        Ok(entries.into_iter().next().expect("one row")?.dn.to_string())
    };
    let unnamed = || Err(ExportError::Unnamed { line: 2 });
    let nowhere = |text| Err(ExportError::Nowhere { line: 2, help: crate::exchange::admin_export::place::missing(text) });
    for (text, site, expected) in [
        ("/o=Org/ou=S/cn=Recipients,\"Doe, John\"", None, Ok("cn=Doe\\, John,cn=Recipients,ou=S,o=Org".to_owned())),
        ("Recipients/cn=marketing,a/b", Some("ou=S,o=Org"), Ok("cn=a/b,cn=marketing,cn=Recipients,ou=S,o=Org".to_owned())),
        ("cn=Recipients,a", Some("ou=S,o=Org"), Ok("cn=a,cn=Recipients,ou=S,o=Org".to_owned())),
        ("Recipients,a", None, nowhere("Recipients")),
        ("Recipients,a", Some("o=Org"), nowhere("Recipients")),
        // from the site down
        ("/ou=T/cn=Recipients,a", Some("o=Org"), Ok("cn=a,cn=Recipients,ou=T,o=Org".to_owned())),
        ("/ou=T/cn=Recipients,a", Some("ou=S,o=Org"), Ok("cn=a,cn=Recipients,ou=T,o=Org".to_owned())),
        ("/ou=T/cn=Recipients,a", None, nowhere("/ou=T")),
        (",a", Some("ou=S,o=Org"), unnamed()),
        ("/o=Org/ou=S/cn=Recipients,", None, unnamed()),
        // the whole name wins: before SP3 the other could differ in case (Q215533)
        ("/o=Org/ou=S/cn=Recipients,A,/o=Org/ou=S/cn=Recipients/cn=a", None, Ok("cn=a,cn=Recipients,ou=S,o=Org".to_owned())),
        (",,nonsense", None, unnamed()),
    ] {
        assert_eq!(name(text, site), expected, "{text}");
    }
}

#[test]
fn the_table_itself_may_tell_the_organization() {
    let names = |text: &str| -> Vec<String> {
        let entries = table(&format!("Obj-Class,Obj-Container,Directory Name,Home-MDB,Comment\n{text}"), None);
        let name = |entry: Result<Entry, ExportError>| entry.map_or_else(|error| error.to_string(), |entry| entry.dn.to_string());
        entries.map_or_else(|error| vec![error.to_string()], |entries| entries.into_iter().map(name).collect())
    };
    let homeless = "Mailbox,/ou=S/cn=Recipients,a,,\n";
    let at_home = "Mailbox,/ou=S/cn=Recipients,b,/o=Org/ou=S/cn=Configuration/cn=Servers/cn=SRV/cn=Microsoft Private MDB,\n";
    let whole = "Container,/o=Org/ou=S,Recipients,,\n";
    let [a, b] = ["cn=a,cn=Recipients,ou=S,o=Org", "cn=b,cn=Recipients,ou=S,o=Org"];
    assert_eq!(names(&[homeless, at_home].concat()), [a, b]);
    assert_eq!(names(&[whole, homeless].concat()), ["cn=Recipients,ou=S,o=Org", a]);
    // two organizations tell neither, and a text is no name
    for text in [[homeless, whole, &whole.replace("=Org", "=Other")].concat(), homeless.replace(",,\n", ",,/o=Org/ou=S/cn=x\n")] {
        let found = names(&text);
        assert!(
            found.iter().any(|said| said.contains("line 2: ") && said.contains("say -b 'o=ORGANIZATION'"))
                || !found.contains(&a.to_owned()),
            "{found:?}"
        );
    }
}

#[test]
fn members_of_a_list_and_lists_of_a_member() {
    let entries = table(
        "Obj-Class,Obj-Dist-Name,Members\nDL,/o=Org/ou=S/cn=R/cn=l,R/cn=a%/o=Org/ou=T/cn=R/cn=b\nMailbox,/o=Org/ou=S/cn=R/cn=a,R/cn=l\n",
        None,
    );
    let entries: Vec<Entry> = entries.expect("table").into_iter().map(|entry| entry.expect("row")).collect();
    let texts = |at: usize, name: &str| entries[at].texts(name).collect::<Vec<_>>();
    assert_eq!(texts(0, "member"), ["cn=a,cn=R,ou=S,o=Org", "cn=b,cn=R,ou=T,o=Org"]);
    assert_eq!((texts(1, "member"), texts(1, "memberOf")), (vec![], vec!["cn=l,cn=R,ou=S,o=Org".to_owned()]));
}

#[test]
fn what_is_no_export_is_refused() {
    for (text, word) in [
        ("", "no object"),
        ("Obj-Class,Obj-Dist-Name\n", "it contains a header and no objects"),
        ("foo,bar\n1,2\n", "line 1: not an Exchange export: it has no Exchange column (found: foo, bar)"),
        ("Obj-Class,Obj-Dist-Name\nMailbox,nonsense\nMailbox,nonsense\n", "line 2: the object has no name"),
        ("Obj-Class,Obj-Dist-Name", "line 1: the file ends without a line end"),
    ] {
        let error = table(text, None).expect_err(text).to_string();
        assert!(error.contains(word), "{text:?}: {error}");
    }
    let wide = format!("Obj-Dist-Name{}\n/o=Org/ou=S/cn=a\n", ",x".repeat(100_000));
    assert_eq!(table(&wide, None).expect_err("wide").to_string(), "line 1: more than 4096 columns, more than are read");
    let nul = table("Obj-Dist-Name,x\0\n", None).expect_err("nul").to_string();
    assert!(nul.contains("--encoding utf-16le"), "{nul}");
    let utf8 = CsvOptions { encoding: "utf-8".parse().ok(), ..CsvOptions::default() };
    let error = Table::read(b"Obj-Dist-Name,cn\n/o=Org/ou=S/cn=a,M\xfcller\n".to_vec(), &utf8).expect_err("no text");
    assert_eq!(error.to_string(), "line 2: this is not UTF-8 text; name another encoding with --encoding");
}

#[test]
fn every_other_separator_is_told_by_the_header() {
    for text in [
        "Obj-Class;Obj-Dist-Name;E-mail Addresses\nMailbox;/o=Org/ou=S/cn=a;\"X400:c=US;a= ;s=A;%SMTP:a@x\"\n",
        "Obj-Class\tObj-Dist-Name\tE-mail Addresses\nMailbox\t/o=Org/ou=S/cn=a\tX400:c=US;a= ;s=A;%SMTP:a@x\n",
    ] {
        let entry = one(text);
        assert_eq!((entry.text("mail"), entry.text("textEncodedORAddress")), (Some("a@x".into()), Some("c=US;a= ;s=A;".into())));
    }
}

#[test]
fn a_table_costs_what_its_cells_cost() {
    // 4096 columns and as many rows with few cells; a step that looks at all columns for each would take minutes
    let header: String = (0..4094).map(|n| format!(",Column-{n}")).collect();
    let rows: String = (0..20_000).map(|n| format!("/o=Org/ou=S/cn=a{n},Mailbox\n")).collect();
    let started = std::time::Instant::now();
    let entries = table(&format!("Obj-Dist-Name,Obj-Class{header}\n{rows}"), None).expect("table");
    assert_eq!(entries.len(), 20_000);
    // values that nobody counts: a million of them are refused as they come
    let many = "x%".repeat(2_000_000);
    let entries = table(&format!("Obj-Dist-Name,Comment,Routing-List\n/o=Org/ou=S/cn=a,,\n/o=Org/ou=S/cn=b,,{many}\n"), None);
    assert_eq!(entries.expect("table").pop(), Some(Err(ExportError::TooMany { line: 3 })));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
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
    assert!(errors[1].starts_with("line 3: the row belongs to an import file (Mode \"delete\")"), "{errors:?}");
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
