//! Collecting from a source that answers as it is told, and notes what it was asked.

use super::*;
use crate::directory::filter::Filter;
use crate::exchange::fake::{Fake, entry};
use crate::exchange::wanted::{Blind, Wanted};

fn organization(refuses: fn(&Search) -> bool) -> Fake {
    let admin = "/o=Org/ou=S/cn=Recipients/cn=Admin";
    let ims = |server: &str| {
        let dn = format!("cn=Internet Mail Connector ({server}),cn=Connections,cn=Configuration,ou=S,o=Org");
        entry(&dn, &[("objectClass", "Mail-Gateway"), ("Computer-Name", server), ("Extension-Data", admin)])
    };
    let entries = vec![
        entry("cn=Connections,cn=Configuration,ou=S,o=Org", &[("objectClass", "Container")]),
        entry("cn=Recipients,ou=S,o=Org", &[("objectClass", "Container")]),
        ims("ONE"),
        ims("TWO"),
        entry("cn=Admin,cn=Recipients,ou=S,o=Org", &[("objectClass", "organizationalPerson"), ("uid", "Admin")]),
    ];
    Fake { refuses, ..Fake::of(entries) }
}

fn from(source: &mut Fake, hints: Hints) -> Result<Organization, CollectError> {
    collect(source, &Dn::of([("o", "Org")]), hints, &Wanted::default(), &mut Blind)
}

#[test]
fn a_server_that_takes_no_star_is_asked_by_names_alone() {
    let mut source = organization(|search| search.attributes.iter().any(|name| name == "*"));
    let organization = from(&mut source, Hints::default()).expect("collects");
    assert_eq!(organization.ims.len(), 2);
    assert!(organization.complete, "{:?}", organization.problems);
    let asked: Vec<bool> = source.asked.iter().map(|s| s.attributes.iter().any(|name| name == "*")).collect();
    assert_eq!(asked.iter().filter(|star| **star).count(), 1, "not twice");
    assert!(source.asked.iter().all(|s| !s.attributes.is_empty()), "attributes are always named");
}

#[test]
fn a_server_that_refuses_the_services_leaves_them_unknown() {
    let mut source = organization(|search| search.filter == Filter::equal("objectClass", "Mail-Gateway"));
    let organization = from(&mut source, Hints::default()).expect("collects");
    assert!(!organization.complete && organization.ims.is_empty());
    assert!(organization.ims_search.trouble().is_some());
}

#[test]
fn a_candidate_of_many_services_is_read_once() {
    let mut source = organization(|_| false);
    from(&mut source, Hints::default()).expect("collects");
    let reads = source.asked.iter().filter(|s| s.base.to_string().starts_with("cn=Admin,")).count();
    assert_eq!(reads, 1);
}

#[test]
fn declared_names_are_looked_up_together() {
    let declared = ["ONE=Admin", "TWO=admin@example.com"].map(|text| text.parse().expect("declaration")).to_vec();
    let mut source = organization(|_| false);
    from(&mut source, Hints { declared, ..Hints::default() }).expect("collects");
    let by_name: Vec<&Search> = source.asked.iter().filter(|s| s.filter.attributes().contains(&"uid")).collect();
    assert_eq!(by_name.len(), 1);
    assert!(by_name[0].filter.attributes().contains(&"mail"));
}

#[test]
fn a_declaration_that_fits_nothing_or_twice_is_refused() {
    let declared = |texts: &[&str]| {
        let declared = texts.iter().map(|text| text.parse().expect("declaration")).collect();
        from(&mut organization(|_| false), Hints { declared, ..Hints::default() }).map(|_| ())
    };
    let missing = declared(&["THREE=Admin"]).expect_err("no such server");
    assert!(missing.to_string().contains("found: ONE, TWO"), "{missing}");
    assert!(matches!(declared(&["ONE=Admin", "one="]), Err(CollectError::DeclaredTwice(_))));
    assert_eq!(declared(&["ONE=Admin", "TWO="]), Ok(()));
}
