use super::*;
use crate::directory::dn::Dn;
use crate::directory::source::Kind;
use crate::report::{Blind, Confidence, Failing, Known, Presence, Severity, Target, Tool, USES_SCHEMA, Use, Used};

const STYLE: Style = Style { width: 80, colour: false, unicode: false, interactive: false };

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect(text)
}

fn one(role: &str, whom: &str, attribute: &str, to: &str, by: &[&str]) -> Use {
    Use {
        what: format!("{role} {whom}"),
        parts: (role.into(), whom.into()),
        attribute: attribute.into(),
        to: dn(to),
        confidence: Confidence::Documented,
        count: by.len(),
        by: by.iter().map(|by| (*by).to_owned()).collect(),
        checks: Vec::new(),
    }
}

fn uses() -> Uses {
    let own = "cn=pm,cn=Recipients,ou=S,o=Org";
    let mut administrator =
        one("administrator mailbox of", "the Internet Mail Service on SRV", "Extension-Data", own, &["cn=IMS,o=Org"]);
    administrator.confidence = Confidence::Inferred;
    administrator.checks = vec![Failing {
        check: "ims-admin-exists".into(),
        severity: Severity::Critical,
        kb: Some("Q183178".into()),
        fails: "The administrator mailbox does not exist".into(),
        known: Known::Follows,
    }];
    let hostile = "cn=\u{1b}[31m<script>\"\\n&amp;\u{202e},o=Org";
    Uses {
        schema: USES_SCHEMA,
        tool: Tool::this(),
        started: "2026-01-02T03:04:05Z".into(),
        finished: "2026-01-02T03:04:06Z".into(),
        complete: true,
        target: Target { organization: Some("Org".into()), ..Target::at(Kind::Ldif, "org.ldif".into()) },
        object: Used { dn: dn(own), kind: Some("a mailbox".into()), state: Presence::There, below: 1 },
        count: 5,
        confidence: Confidence::Documented,
        references: vec![
            administrator,
            one("member of", "3 distribution lists", "member", own, &["cn=a,o=Org", "cn=b,o=Org", "cn=c,o=Org"]),
            one("named by own of", hostile, "own", "cn=below,cn=pm,cn=Recipients,ou=S,o=Org", &[hostile]),
        ],
        unseen: vec![
            Blind {
                what: "Nothing of site T was seen".into(),
                remedy: Some("Ask it.".into()),
                paste: Some("exaudit x".into()),
                counts: true,
            },
            Blind { what: "Only servers of T show x".into(), remedy: None, paste: None, counts: false },
        ],
    }
}

fn text(format: UsesFormat) -> String {
    String::from_utf8(write(&uses(), format, &STYLE).expect("bytes")).expect("text")
}

#[test]
fn each_form_of_the_fixture() {
    for (name, format) in
        [("table", UsesFormat::Table), ("json", UsesFormat::Json), ("dot", UsesFormat::Dot), ("svg", UsesFormat::Svg)]
    {
        let text = text(format).replace(env!("CARGO_PKG_VERSION"), "VERSION");
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn nothing_of_the_directory_steers_a_reader() {
    for format in [UsesFormat::Table, UsesFormat::Json, UsesFormat::Dot, UsesFormat::Svg] {
        let text = text(format);
        assert!(!text.chars().any(|c| c != '\n' && crate::output::sanitize::is_hidden(c)), "{text}");
        assert!(format == UsesFormat::Table || format == UsesFormat::Json || !text.contains("<script"), "{text}");
    }
    assert!(text(UsesFormat::Table).lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn the_drawing_is_xml() {
    let text = text(UsesFormat::Svg);
    let mut reader = quick_xml::Reader::from_str(&text);
    let mut depth = 0;
    loop {
        match reader.read_event().expect("XML") {
            quick_xml::events::Event::Start(_) => depth += 1,
            quick_xml::events::Event::End(_) => depth -= 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0);
}

/// Graphviz says so itself, where it is installed.
#[test]
fn the_graph_is_one() {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let started = Command::new("dot").arg("-Tplain").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut dot) = started else { return };
    dot.stdin.take().expect("piped").write_all(text(UsesFormat::Dot).as_bytes()).expect("written");
    let done = dot.wait_with_output().expect("ended");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn nobody_is_said_only_where_everything_was_seen() {
    let last = |uses: &Uses| table::page(uses, &STYLE).lines().last().unwrap_or_default().to_owned();
    let nobody = Uses { count: 0, references: Vec::new(), ..uses() };
    assert_eq!(last(&nobody), "Nothing that was seen refers to it, but not everything was seen.");
    let whole = Uses { unseen: nobody.unseen[1..].to_vec(), ..nobody.clone() };
    assert_eq!((last(&whole).as_str(), crate::exit::Exit::of_uses(&whole).code()), ("Nothing refers to it.", 0));
    assert_eq!(crate::exit::Exit::of_uses(&nobody).code(), 3);
    assert_eq!(crate::exit::Exit::of_uses(&Uses { complete: false, ..whole }).code(), 3);
    assert_eq!(crate::exit::Exit::of_uses(&uses()).code(), 1);
}

/// docs/uses.schema.json is made from the types, so it tells what is written.
#[test]
fn the_schema_in_docs_is_that_of_the_types() {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let schema = settings.into_generator().into_root_schema_for::<Uses>();
    let text = String::from_utf8(Json::bytes(&schema).expect("JSON")).expect("text");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/uses.schema.json");
    if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
        std::fs::write(path, &text).expect("written");
    }
    assert_eq!(std::fs::read_to_string(path).expect("read"), text, "write it with EXAUDIT_WRITE_DOCS=1");
}
