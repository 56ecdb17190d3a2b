//! What people read.

use super::super::fixture::STYLE;
use super::super::wrap::width;
use super::*;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::{Paging, SessionFacts, Source, TlsFacts};
use crate::exchange::collect::{Collected, Depth};
use crate::exchange::declaration::Hints;
use crate::exchange::fake::{self, Fake, entry};
use crate::exchange::questions::Questions;
use crate::exchange::{discover, probe};
use crate::output::sanitize;
use crate::report::{EXAMINATION_SCHEMA, Tool};

const ASCII: Style = Style { unicode: false, ..STYLE };

fn examination(source: &mut Fake) -> Examination {
    let found = discover::look(source, None);
    let Collected { directory, problems, complete } = fake::collected_of(source, &found, Depth::Doctor);
    let base = found.base.clone().unwrap_or_default();
    let questions = Questions::of(directory, base, Hints::default(), []);
    let (origin, session) = (source.origin(), source.session());
    let visibility = Some(probe::look(&questions, &found, &origin, session.as_ref(), complete));
    let organization = questions.organization();
    let target = Target { organization, complete, problems, visibility, ..Target::at(origin.kind, origin.location) };
    let time = || "2026-01-02T03:04:05Z".to_owned();
    let (schema, tool) = (EXAMINATION_SCHEMA, Tool::this());
    Examination { schema, tool, started: time(), finished: time(), complete: target.complete, targets: vec![target] }
}

fn old_server(name: &str) -> Fake {
    let sp2 = "Version 5.5 (Build 2448.0: Service Pack 2)";
    let dn = |text: &str| {
        let site = [("ou", name), ("o", "Org")];
        let mut rdns = Dn::parse(text.as_bytes()).expect("dn").rdns().to_vec();
        rdns.extend(Dn::of(site).rdns().to_vec());
        Dn::new(rdns)
    };
    let object = |text: &str, attributes: &[(&str, &str)]| {
        let mut object = Entry::new(dn(text));
        attributes.iter().for_each(|&(attribute, value)| object.add(attribute, value));
        object
    };
    let entries = vec![
        entry("", &[("objectClass", "top"), ("namingContexts", "o=Org"), ("vendorName", name)]),
        object("cn=Connections,cn=Configuration", &[("objectClass", "Container")]),
        object("cn=SRV,cn=Servers,cn=Configuration", &[("objectClass", "Computer"), ("serialNumber", sp2)]),
        object("cn=OLD,cn=Servers,cn=Configuration", &[("objectClass", "Computer")]),
    ];
    let tls = TlsFacts { version: "TLS 1.2".into(), name: "exch01".into(), sha256: "ab".repeat(32) };
    let session =
        SessionFacts { address: "192.0.2.1:636".into(), tls: Some(tls), paging: Paging::Ignored, stopped_at: Some(100) };
    Fake { session: Some(session), bind_dn: Some("cn=a,dc=D,cn=admin".into()), ..Fake::of(entries) }
}

fn controller() -> Fake {
    let root = [("objectClass", "top"), ("defaultNamingContext", "DC=example,DC=com"), ("namingContexts", "DC=example,DC=com")];
    let session = SessionFacts { address: "192.0.2.2:389".into(), tls: None, paging: Paging::Unknown, stopped_at: None };
    Fake { session: Some(session), ..Fake::of(vec![entry("", &root)]) }
}

#[test]
fn an_old_server_over_tls() {
    insta::assert_snapshot!(page(&examination(&mut old_server("S")), &STYLE, true));
}

#[test]
fn active_directory_says_where_else_to_look() {
    insta::assert_snapshot!(page(&examination(&mut controller()), &ASCII, true));
}

#[test]
fn every_width_fits_and_shows_no_hidden_character() {
    for text in ["\u{1b}[31m\n\u{202e}x", "\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}", &"y".repeat(300)] {
        let mut examination = examination(&mut old_server(text));
        examination.targets[0].organization = Some(text.to_owned());
        examination.targets[0].problems.push(text.to_owned());
        for columns in (20..=200).step_by(12) {
            for style in [Style { width: columns, ..STYLE }, Style { width: columns, ..ASCII }] {
                for line in page(&examination, &style, true).lines() {
                    assert!(width(line) <= columns, "{columns}: {line}");
                    assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
                }
            }
        }
    }
}
