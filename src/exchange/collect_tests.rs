//! Collecting from a source that answers as it is told, and notes what it was asked.

use super::*;
use crate::directory::filter::Filter;
use crate::directory::source::Scope;
use crate::exchange::class::has_class;
use crate::exchange::fake::{self, Fake, entry};
use crate::exchange::selection::Selection;

const ADMIN: &str = "cn=Admin,cn=Recipients,ou=S,o=Org";

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
        entry(ADMIN, &[("objectClass", "organizationalPerson"), ("uid", "Admin")]),
    ];
    Fake { refuses, ..Fake::of(entries) }
}

fn base() -> Dn {
    Dn::of([("o", "Org")])
}

fn from(source: &mut Fake, hints: &Hints) -> Collected {
    fake::collected(source, &base(), hints, &Wanted::default(), Depth::Audit)
}

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect(text)
}

fn services(collected: &Collected) -> usize {
    collected.directory.entries().filter(|entry| has_class(entry, "Mail-Gateway")).count()
}

/// The names that were read one by one.
fn reads(source: &Fake) -> Vec<String> {
    source.asked.iter().filter(|search| search.scope == Scope::Base).map(|search| search.base.to_string()).collect()
}

#[test]
fn what_came_is_a_directory_with_what_was_asked_and_how_that_ended() {
    let mut source = organization(|_| false);
    let collected = from(&mut source, &Hints::default());
    assert!(collected.complete && collected.problems.is_empty(), "{:?}", collected.problems);
    let directory = &collected.directory;
    let record = &directory.sources()[0];
    assert!(record.proves && record.trouble.is_none() && !record.is_file());
    let asked: Vec<&Search> = record.searches.iter().map(|answered| &answered.search).collect();
    assert_eq!(asked, source.asked.iter().collect::<Vec<_>>(), "all of it, in order");
    let admin = directory.find(&dn(ADMIN)).expect("read");
    let list = admin.records().iter().filter_map(|record| directory.asked(record.asked)).next().expect("a list");
    let asked_for = |name: &str| directory.name(name).is_some_and(|name| list.names(name));
    assert!(asked_for("textEncodedORAddress") && asked_for("Is-Deleted") && !asked_for("Routing-List"));
    let came: usize =
        record.searches.iter().filter(|answered| answered.search.base == dn(ADMIN)).map(|answered| answered.came).sum();
    assert_eq!(came, 1);
}

#[test]
fn a_server_that_takes_no_star_is_asked_by_names_alone() {
    let mut source = organization(|search| search.attributes.iter().any(|name| name == "*"));
    let collected = from(&mut source, &Hints::default());
    assert_eq!(services(&collected), 2);
    assert!(collected.complete, "{:?}", collected.problems);
    let stars = source.asked.iter().filter(|search| search.attributes.iter().any(|name| name == "*")).count();
    assert_eq!(stars, 1, "not twice");
    assert!(source.asked.iter().all(|search| !search.attributes.is_empty()), "attributes are always named");
}

#[test]
fn a_server_that_refuses_the_services_leaves_them_unread() {
    let mut source = organization(|search| search.filter == Filter::equal("objectClass", "Mail-Gateway"));
    let collected = from(&mut source, &Hints::default());
    assert!(!collected.complete && services(&collected) == 0);
    assert_eq!(collected.problems, ["The search for the Internet Mail Services did not complete: no."]);
    assert!(!collected.directory.sources()[0].is_whole());
}

#[test]
fn a_candidate_of_many_services_is_read_once() {
    let mut source = organization(|_| false);
    from(&mut source, &Hints::default());
    assert_eq!(reads(&source).iter().filter(|read| *read == ADMIN).count(), 1);
}

#[test]
fn declared_names_are_looked_up_together() {
    let declared = ["ONE=Admin", "TWO=admin@example.com"].map(|text| text.parse().expect("declaration")).to_vec();
    let mut source = organization(|_| false);
    from(&mut source, &Hints { declared, ..Hints::default() });
    let by_name: Vec<&Search> = source.asked.iter().filter(|search| search.filter.attributes().contains(&"uid")).collect();
    assert_eq!(by_name.len(), 1);
    assert!(by_name[0].filter.attributes().contains(&"mail"));
}

#[test]
fn a_name_that_leads_nowhere_is_looked_for_with_what_shows_that_it_is_not_there() {
    let mut source = organization(|_| false);
    source.entries.retain(|entry| entry.dn != dn(ADMIN) && entry.dn != dn("cn=Recipients,ou=S,o=Org"));
    source.refuses = |search| search.base.to_string() == ADMIN;
    source.refusal = Ended::NoSuchObject;
    from(&mut source, &Hints::default());
    assert_eq!(reads(&source), [ADMIN, "cn=Recipients,ou=S,o=Org"], "its container is read too");
    let looks = |source: &Fake| {
        source.asked.iter().filter(|search| search.filter.attributes().contains(&"Hide-From-Address-Book")).count()
    };
    assert_eq!(looks(&source), 1, "one look shows whether hidden objects are seen");
    // not where the operator knows, and not where nothing dangles
    let mut known = Fake { asked: Vec::new(), ..source };
    from(&mut known, &Hints { sees_hidden: Some(true), ..Hints::default() });
    assert_eq!(looks(&known), 0);
    let mut whole = organization(|_| false);
    from(&mut whole, &Hints::default());
    assert_eq!(looks(&whole), 0);
}

#[test]
fn references_are_followed_from_one_object_to_the_next_and_never_in_a_circle() {
    let person = |name: &str, to: &str| {
        let to = format!("cn={to},cn=Recipients,ou=S,o=Org");
        entry(&format!("cn={name},cn=Recipients,ou=S,o=Org"), &[("objectClass", "organizationalPerson"), ("Alt-Recipient", &to)])
    };
    let mut source =
        organization(|search| search.scope == Scope::Sub && search.filter.to_string().contains("organizationalPerson"));
    source.entries.retain(|entry| entry.dn != dn(ADMIN));
    source.entries.extend([person("Admin", "B"), person("B", "C"), person("C", "Admin")]);
    let mailboxes = Selection::named("mailbox").expect("known");
    let wanted = Wanted {
        followed: vec![crate::exchange::wanted::Followed { each: mailboxes, only: None, attribute: "Alt-Recipient".into() }],
        followed_on: vec!["Alt-Recipient".into()],
        ..Wanted::default()
    };
    fake::collected(&mut source, &base(), &Hints::default(), &wanted.and(["Alt-Recipient".to_owned()]), Depth::Audit);
    let name = |name: &str| format!("cn={name},cn=Recipients,ou=S,o=Org");
    assert_eq!(reads(&source), [name("Admin"), name("B"), name("C")]);
}

#[test]
fn what_is_beyond_the_bound_is_left_out_and_nothing_is_taken_for_whole() {
    let mut source = organization(|_| false);
    source
        .entries
        .extend((0..100).map(|n| entry(&format!("cn={n},cn=Configuration,ou=S,o=Org"), &[("objectClass", "Container")])));
    let collected = collect(&mut source, &base(), &Hints::default(), &Wanted::default(), Depth::Audit, 4000, &mut |_, _| {});
    assert!(!collected.complete && collected.directory.len() < 100);
    assert!(collected.problems.iter().any(|problem| problem.contains("--max-directory")), "{:?}", collected.problems);
    let record = &collected.directory.sources()[0];
    assert!(record.trouble.is_some() && record.searches.iter().all(|answered| !answered.ended.is_complete()));
}

#[test]
fn no_secret_is_kept() {
    let mut source = organization(|_| false);
    source.entries[2].add("userPassword", "x");
    let collected = from(&mut source, &Hints::default());
    assert_eq!(services(&collected), 2);
    assert!(collected.directory.entries().all(|entry| entry.values("userPassword").next().is_none()));
}
