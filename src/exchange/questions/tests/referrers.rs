//! Who names an object, and what was not seen that may name it too.

use super::*;

/// Who refers to an object, in the order they are told: the attribute, who, and what is named if it lies below.
fn refers(questions: &Questions, name: &str) -> Vec<String> {
    let dn = dn(name);
    let told = |referrer: &Referrer<'_>| {
        let below = if referrer.to.number() == dn.number() { String::new() } else { format!(" ({})", referrer.to.leaf()) };
        let inferred = if referrer.confidence == crate::exchange::confidence::Confidence::Inferred { "?" } else { "" };
        format!("{}{inferred} {}{below}", referrer.attribute, referrer.by.leaf())
    };
    questions.referrers(&dn).seen().iter().map(told).collect()
}

fn missing(questions: &Questions, name: &str) -> String {
    match questions.referrers(&dn(name)).whole() {
        Ok(of) => ground(questions, &of),
        Err(causes) => causes.iter().map(word).collect::<Vec<_>>().join(", "),
    }
}

const SERVER: &str = "cn=SRV,cn=Servers,cn=Configuration,ou=S";

#[test]
fn every_kind_of_reference_leads_back() {
    let questions = questions(&objects(&[
        ("a", &["memberOf: cn=unseen,cn=Recipients,ou=S,o=Org", "Alt-Recipient: cn=a,cn=Recipients,ou=S,o=Org"]),
        ("b", &["Alt-Recipient: CN=A, cn=recipients,ou=S,o=org", STORE]),
        ("groupOfNames:l", &["member: /o=Org/ou=S/cn=Recipients/cn=a", "Own-Thing: cn=a,cn=Recipients,ou=S,o=Org"]),
        ("c", &["Is-Deleted: TRUE", "Alt-Recipient: cn=a,cn=Recipients,ou=S,o=Org"]),
        (
            "Mail-Gateway:cn=IMS,cn=Connections,cn=Configuration,ou=S",
            &["Computer-Name: srv", "Extension-Data: x/o=Org/ou=S/cn=Recipients/cn=a"],
        ),
        ("Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S", &["Computer-Name: SRV"]),
    ]));
    assert_eq!(refers(&questions, "a"), ["Alt-Recipient b", "member l", "Own-Thing? l", "Extension-Data? IMS", "member unseen"]);
    assert_eq!(refers(&questions, SERVER), ["Computer-Name? IMS", "Home-MDB b (Microsoft Private MDB)"]);
    assert_eq!(refers(&questions, "cn=Recipients,ou=S"), ["Extension-Data? IMS (a)"]);
    assert_eq!(refers(&questions, "nobody"), Vec::<String>::new());
}

#[test]
fn nobody_is_said_only_where_everything_that_may_refer_was_seen() {
    let header = "cn objectClass Is-Deleted Object-Version Hide-From-Address-Book Alt-Recipient Auth-Orig Unauth-Orig \
                  DL-Mem-Reject-Perms DL-Mem-Submit-Perms Public-Delegates manager member owner seeAlso Home-MTA Home-MDB \
                  Folders-Container Supporting-Stack Sub-Refs Obj-View-Containers";
    let hidden = ("h", &["Hide-From-Address-Book: TRUE", VERSION][..]);
    let all = objects(&[("Container:cn=Recipients,ou=S", &[VERSION]), ("a", &[VERSION, X400]), hidden]);
    let unasked = missing(&live(&[("objectClass Is-Deleted Hide-From-Address-Book", &all)]), "a");
    assert!(unasked.contains("not-asked Alt-Recipient") && !unasked.contains("Home-MDB"), "{unasked}");
    let asked = missing(&live(&[(header, &all)]), "a");
    assert_eq!(asked, "inferred", "nobody shows one");
    let elsewhere = objects(&[RECIPIENTS, ("a", &["Alt-Recipient: cn=x,cn=Recipients,ou=T,o=Org"])]);
    let unseen = missing(&live(&[(header, &elsewhere)]), "a");
    assert!(unseen.contains("site-unseen T") && unseen.contains("hidden S"), "{unseen}");
    let unreadable = objects(&[RECIPIENTS, ("a", &["Alt-Recipient: nonsense"])]);
    let unreadable = missing(&live(&[(header, &unreadable)]), "a");
    assert!(unreadable.contains("unreadable Alt-Recipient"), "{unreadable}");
}
