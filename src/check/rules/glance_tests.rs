//! What is told at one look against what is found by reading.

use super::*;
use crate::check::Catalogue;
use crate::check::definition::Expect;
use crate::directory::entry::Entry;
use crate::exchange::fake::entry;
use crate::report::Verdict;
use proptest::prelude::*;

/// Values as recipients have them, good, odd and wrong, with the attributes they stand in.
const VALUES: [(&str, &[&str]); 8] = [
    ("mail", &["a@example.com", "a..b@example.com", "postmaster@org.com", " x@y", "Notes  x"]),
    ("rfc822Mailbox", &["a@example.com", "a..b@example.com"]),
    (
        "textEncodedORAddress",
        &["c=US;a= ;p=Org;o=S;s=A;", "c=US;a= ;p=Org;o=S;s=A", "C=US;a= ;p=Org;s=B;", "c=USA;a= ;s=A;", "s=A;a= ;c=US;", "cn=x"],
    ),
    (
        "otherMailbox",
        &[
            "MS$O/S/A",
            "smtp$a..b@c",
            "X400$c=US;a= ;p=Org;s=Z;",
            "x400$c=USA;a=;",
            "c=US;s=A",
            "NOTES$A  B@c",
            "notes$A ",
            "X.Y$z",
            "$",
        ],
    ),
    ("Proxy-Addresses", &["SMTP:a@b", "smtp:a..b@c", "X400:c=US;a= ;p=Org;s=Z;", "x400:c=USA;a=;", "c=US;s=A", "NOTES:A  B@c"]),
    ("Home-MDB", &["cn=MDB,cn=A,cn=Servers,cn=Configuration,ou=S,o=O", "/o=O/ou=S/cn=Configuration/cn=Servers/cn=A/cn=MDB", "x"]),
    (
        "Home-MTA",
        &[
            "cn=MTA,CN=a,cn=Servers,cn=Configuration,ou=S,o=O",
            "cn=MTA\\,x,cn=B,cn=Servers,cn=Configuration,ou=S,o=O",
            "cn=\"MTA\",cn=A",
        ],
    ),
    ("uid", &["a", "a b"]),
];

fn recipients() -> impl Strategy<Value = Entry> {
    let long = format!("cn={},ou=S,o=O", "x".repeat(300));
    let dn = proptest::sample::select(vec!["cn=a,ou=S,o=O".to_owned(), "cn=a?,ou=S,o=O".into(), "cn=é,ou=S,o=O".into(), long]);
    let values: Vec<_> = VALUES.iter().flat_map(|(name, values)| values.iter().map(move |value| (*name, *value))).collect();
    let attributes = proptest::collection::vec(proptest::sample::select(values), 0..9);
    (dn, attributes).prop_map(|(dn, attributes)| entry(&dn, &attributes))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn what_surely_holds_is_found_to_hold_whatever_else_is_shown(entry in recipients(), unset in any::<bool>()) {
        thread_local! {
            static RULES: Vec<Rule> = {
                let catalogue = Catalogue::embedded().expect("catalogue");
                let rules = catalogue.checks().iter().filter_map(|check| match &check.expect {
                    Expect::Rule(rule) if check.subject.each.is_swept() && !rule.gathers() => Some(rule.clone()),
                    _ => None,
                });
                rules.collect()
            };
        }
        RULES.with(|rules| {
            for rule in rules {
                if rule.judging().surely_holds(&Glance::of(&entry)) {
                    let ruling = rule.judging().judge(&Object::new(&entry, None, &mut |_| unset));
                    let verdict = ruling.map(|ruling| ruling.verdict);
                    assert_eq!(verdict, Some(Verdict::Pass), "{} {:?}", rule.name(), entry);
                }
            }
        });
    }
}

#[test]
fn each_rule_that_judges_every_recipient_tells_a_usual_one_at_one_look() {
    let usual = entry(
        "cn=a,cn=Recipients,ou=S,o=O",
        &[
            ("mail", "a@example.com"),
            ("textEncodedORAddress", "c=US;a= ;p=Org;o=S;s=A;"),
            ("otherMailbox", "MS$O/S/A"),
            ("Home-MDB", VALUES[5].1[0]),
            ("Home-MTA", VALUES[6].1[0]),
        ],
    );
    let catalogue = Catalogue::embedded().expect("catalogue");
    for check in catalogue.checks().iter().filter(|check| check.subject.each.is_swept()) {
        if let Expect::Rule(rule) = &check.expect
            && !rule.gathers()
        {
            assert!(rule.judging().surely_holds(&Glance::of(&usual)), "{}", check.id);
        }
    }
}
