//! Judging what a source gave that did not give everything.

use super::*;
use crate::check::Sweeper;
use crate::check::wants;
use crate::directory::source::Search;
use crate::exchange::collect::collect;
use crate::exchange::declaration::Hints;
use crate::exchange::fake::{Fake, entry};

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
    let checks = catalogue.with_needs(&selected);
    let mut sweeper = Sweeper::new(&checks);
    let base = Dn::of([("o", "Org")]);
    let wanted = wants::of(&checks);
    let collected = sweeper.watch(|watch| collect(source, &base, Hints::default(), &wanted, watch));
    let organization = collected.expect("collects");
    let findings = super::judge(&catalogue, &selected, &organization, &sweeper, 0, Options::default());
    findings.into_iter().map(|finding| (finding.check, finding.verdict, finding.reason)).collect()
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
        for id in ["recipient-no-x400", "duplicate-proxy"] {
            let of: Vec<_> = found.iter().filter(|(check, ..)| check == id).collect();
            assert_eq!(of, [&(id.to_owned(), Verdict::Unknown, reason.clone())], "{refusal:?}");
        }
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
