//! Judging what a source gave that did not give everything.

use super::*;
use crate::check::wants;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Search, Source as _};
use crate::exchange::collect::Depth;
use crate::exchange::declaration::Hints;
use crate::exchange::fake::{self, Fake, entry};
use proptest::prelude::*;

const CONNECTIONS: &str = "cn=Connections,cn=Configuration,ou=S,o=Org";

fn source(refuses: fn(&Search) -> bool, refusal: Ended) -> Fake {
    let kept = |dn: &str, class: &str, more: &[(&str, &str)]| {
        entry(dn, &[&[("objectClass", class), ("Object-Version", "1")], more].concat())
    };
    let address = [("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=A;"), ("uid", "A")];
    let entries = vec![
        kept("ou=S,o=Org", "organizationalUnit", &[]),
        kept(CONNECTIONS, "Container", &[]),
        kept("cn=Recipients,ou=S,o=Org", "Container", &[]),
        kept(
            &format!("cn=Internet Mail Connector (SRV),{CONNECTIONS}"),
            "Mail-Gateway",
            &[("Computer-Name", "SRV"), ("Extension-Data", "/o=Org/ou=S/cn=Recipients/cn=A")],
        ),
        kept(
            "cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org",
            "Computer",
            &[("serialNumber", "Version 5.5 (Build 2653.23: Service Pack 4)")],
        ),
        kept("cn=A,cn=Recipients,ou=S,o=Org", "organizationalPerson", &address),
    ];
    Fake { refuses, refusal, ..Fake::of(entries) }
}

/// What each of these checks says: verdict and reason, in the order of the results.
fn judged(source: &mut Fake, ids: &[&str]) -> Vec<(String, Verdict, Reason)> {
    let catalogue = Catalogue::embedded().expect("catalogue");
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let selected = catalogue.select(&ids, &[], &[]).expect("known");
    let findings = findings(&catalogue, &selected, source, Options::default());
    findings.into_iter().map(|finding| (finding.check, finding.verdict, finding.reason)).collect()
}

fn findings(catalogue: &Catalogue, selected: &[&Check], source: &mut Fake, options: Options) -> Vec<Finding> {
    let (base, wanted) = (Dn::of([("o", "Org")]), wants::of(&catalogue.with_needs(selected)));
    let collected = fake::collected(source, &base, &Hints::default(), &wanted, Depth::Audit);
    let questions = Questions::of(collected.directory, base, Hints::default(), wanted.all());
    super::judge(catalogue, selected, &questions, &source.origin(), 0, options)
}

fn sweeps(search: &Search) -> bool {
    search.filter.to_string().contains("Remote-Address")
}

fn configures(search: &Search) -> bool {
    search.filter.to_string().contains("Site-Addressing")
}

const CHECKS: [&str; 4] = ["recipient-no-x400", "duplicate-proxy", "gateway-proxy-ms", "site-proxy-space-overflow"];

#[test]
fn recipients_that_may_not_be_searched_are_unknown_and_the_rest_is_judged() {
    for (refusal, reason) in [
        (Ended::Denied, Reason::AccessDenied),
        (Ended::Refused("busy (51)".into()), Reason::Truncated),
        (Ended::Cut("the connection was closed".into()), Reason::Truncated),
        (Ended::NoSuchObject, Reason::Truncated),
        (Ended::Referral, Reason::Truncated),
    ] {
        let found = judged(&mut source(sweeps, refusal.clone()), &CHECKS);
        // the administrator was read by name, and passes by itself; whom its addresses clash with is not known
        let of = |id| found.iter().filter(move |(check, ..)| check == id).map(|(_, verdict, why)| (*verdict, why.clone()));
        let unknown = (Verdict::Unknown, reason.clone());
        assert!(of("recipient-no-x400").eq([unknown.clone(), (Verdict::Pass, Reason::Met)]), "{refusal:?} {found:?}");
        assert!(of("duplicate-proxy").count() > 0 && of("duplicate-proxy").all(|said| said == unknown), "{refusal:?} {found:?}");
        let rest = found.iter().filter(|(check, ..)| check.contains("site-") || check.contains("gateway-"));
        assert!(rest.clone().count() == 2 && rest.clone().all(|(_, verdict, _)| *verdict == Verdict::NotApplicable), "{found:?}");
    }
}

#[test]
fn configuration_that_may_not_be_searched_is_unknown_though_services_and_recipients_are_seen() {
    for (refusal, reason) in [
        (Ended::Denied, Reason::AccessDenied),
        (Ended::Refused("busy (51)".into()), Reason::Truncated),
        (Ended::Cut("the connection was closed".into()), Reason::Truncated),
        (Ended::NoSuchObject, Reason::Truncated),
    ] {
        let found = judged(&mut source(configures, refusal.clone()), &CHECKS);
        for id in ["gateway-proxy-ms", "site-proxy-space-overflow"] {
            let of: Vec<_> = found.iter().filter(|(check, ..)| check == id).collect();
            assert_eq!(of, [&(id.to_owned(), Verdict::Unknown, reason.clone())], "{refusal:?}");
        }
        assert!(found.contains(&("recipient-no-x400".into(), Verdict::Pass, Reason::Met)), "{found:?}");
    }
}

#[test]
fn a_read_that_fails_does_not_undo_what_streamed_by() {
    // the list is read as a member of another, and that read is refused: it was seen all the same
    let mut source = source(|search| search.base.to_string().starts_with("cn=B,"), Ended::NoSuchObject);
    let target = ("Alt-Recipient", "cn=B,cn=Recipients,ou=S,o=Org");
    let class = ("objectClass", "organizationalPerson");
    source.entries.push(entry("cn=B,cn=Recipients,ou=S,o=Org", &[class, ("Hide-From-Address-Book", "TRUE")]));
    source.entries.push(entry("cn=C,cn=Recipients,ou=S,o=Org", &[class, target]));
    let found = judged(&mut source, &["alt-recipient-exists"]);
    assert!(found.iter().all(|(_, verdict, _)| *verdict != Verdict::Fail), "{found:?}");
    assert!(found.contains(&("alt-recipient-exists".into(), Verdict::Pass, Reason::Met)), "{found:?}");
}

/// What all checks say of these recipients, beside the usual configuration: what is told one by one, as `check object`, the verdict
/// and why.
fn of_recipients(catalogue: &Catalogue, recipients: &[Entry], each: bool) -> Vec<String> {
    let mut source = source(|_| false, Ended::Complete);
    source.entries.extend_from_slice(recipients);
    let checks: Vec<&Check> = catalogue.checks().iter().collect();
    let findings = findings(catalogue, &checks, &mut source, Options { each, ..Options::default() });
    let told = findings.into_iter().filter(|found| found.verdict != Verdict::Pass && found.subject.is_some());
    told.map(|found| format!("{} {:?} {:?} {} {}", found.check, found.subject, found.verdict, found.reason, found.message))
        .collect()
}

/// A few recipients, so that many are of one shape.
fn recipients() -> impl Strategy<Value = Vec<Entry>> {
    let class = proptest::sample::select(vec!["organizationalPerson", "Remote-Address", "groupOfNames", "1.2.840.113556.1.3.22"]);
    let shown: Vec<(&str, &str)> = vec![
        ("uid", "a"),
        ("uid", "a b"),
        ("rdn", "a-1"),
        ("mail", "a@b"),
        ("mail", "a..b@c"),
        ("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=B;"),
        ("textEncodedORAddress", "c=USA"),
        ("otherMailbox", "X400$c=US;a= ;p=Org;o=S;s=C;"),
        ("otherMailbox", "MS$O/S/A"),
        ("Home-MDB", "cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org"),
        ("Home-MTA", "cn=Microsoft MTA,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org"),
        ("Alt-Recipient", "cn=R1,cn=Recipients,ou=S,o=Org"),
        ("Hide-From-Address-Book", "TRUE"),
        ("Is-Deleted", "TRUE"),
        ("Object-Version", "1"),
    ];
    let one = (class, proptest::collection::vec(proptest::sample::select(shown), 0..5), 0..3_usize);
    proptest::collection::vec(one, 1..8).prop_map(|kinds| {
        let many = kinds.into_iter().flat_map(|(class, shown, more)| std::iter::repeat_n((class, shown), more + 1));
        let named = many.enumerate().map(|(number, (class, mut shown))| {
            shown.push(("objectClass", class));
            entry(&format!("cn=R{number},cn=Recipients,ou=S,o=Org"), &shown)
        });
        named.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn one_look_passes_only_what_passes_when_it_is_judged(recipients in recipients()) {
        assert_one_look_suffices(&recipients);
    }
}

/// The input that this was once wrong for.
#[test]
fn one_look_at_a_mailbox_that_shows_only_its_class_is_enough() {
    assert_one_look_suffices(&[entry("cn=R0,cn=Recipients,ou=S,o=Org", &[("objectClass", "organizationalPerson")])]);
}

fn assert_one_look_suffices(recipients: &[Entry]) {
    let catalogue = Catalogue::embedded().expect("catalogue");
    let fails = |each| -> Vec<String> {
        of_recipients(&catalogue, recipients, each).into_iter().filter(|told| told.contains(" Fail ")).collect()
    };
    assert_eq!(fails(true), fails(false));
}
