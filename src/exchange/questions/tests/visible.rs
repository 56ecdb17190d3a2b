//! What is visible, what nobody shows, and what is not replicated.

use super::*;

#[test]
fn operational_attributes_are_visible_by_another_of_them_on_the_same_object() {
    let asked = "Deliv-Cont-Length Object-Version Home-MTA createTimestamp Port-Number Is-Deleted";
    let limit = "Deliv-Cont-Length: 1";
    for (shown, expected) in [
        (vec![VERSION], "no, documented"),
        // one that need not be named tells nothing of one that must
        (vec!["Home-MTA: x"], "open: not-visible Deliv-Cont-Length S"),
        (vec!["uid: a"], "open: not-visible Deliv-Cont-Length S"),
        // every LDAP server makes these for itself
        (vec!["createTimestamp: 19980101000000Z"], "open: not-visible Deliv-Cont-Length S"),
        // one that can be withheld by itself tells of nothing else
        (vec!["Alt-Recipient: x"], "open: not-visible Deliv-Cont-Length S"),
    ] {
        let pair = live(&[(asked, &object("w", &[limit, VERSION])), (asked, &object("a", &shown))]);
        assert_eq!(is_set(&pair, "a", "Deliv-Cont-Length"), expected, "{shown:?}");
    }
}

#[test]
fn what_can_be_withheld_by_itself_is_visible_by_itself_on_another_object_of_the_site() {
    let asked = "Alt-Recipient Hide-From-Address-Book uid title department Object-Version Is-Deleted";
    let target = "Alt-Recipient: cn=x,cn=Recipients,ou=S,o=Org";
    for (witness, expected) in [
        (object("w", &[target]), "no, documented"),
        (object("groupOfNames:w", &[target]), "no, inferred"),
        // an attribute of the same visibility shows that the kind is not withheld, which may be assumed of this one
        (object("w", &["Hide-From-Address-Book: TRUE"]), "no, assumed: shown-by-nobody Alt-Recipient S"),
        (object("w", &[VERSION]), "open: not-visible Alt-Recipient S"),
        (object("w", &["title: x"]), "open: not-visible Alt-Recipient S"),
        (object("cn=w,cn=Recipients,ou=T", &[target]), "open: not-visible Alt-Recipient S"),
        (object("w", &[target, "Is-Deleted: TRUE"]), "open: not-visible Alt-Recipient S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object("a", &[VERSION]))]);
        assert_eq!(is_set(&pair, "a", "Alt-Recipient"), expected, "{witness}");
    }
    let pair = live(&[(asked, &object("w", &["department: x"])), (asked, &object("a", &["uid: a"]))]);
    assert_eq!(is_set(&pair, "a", "title"), "no, assumed: shown-by-nobody title S");
}

#[test]
fn what_anybody_may_see_is_visible_and_what_is_outside_the_schema_by_itself() {
    let asked = "description X-Own Is-Deleted";
    assert_eq!(is_set(&live(&[(asked, &object("a", &["uid: a"]))]), "a", "description"), "no, documented");
    for (witness, expected) in [
        (object("w", &["X-Own: 1"]), "no, documented"),
        (object("groupOfNames:w", &["X-Own: 1"]), "open: not-visible X-Own S"),
        (object("cn=w,cn=Recipients,ou=T", &["X-Own: 1"]), "open: not-visible X-Own S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object("a", &[VERSION]))]);
        assert_eq!(is_set(&pair, "a", "X-Own"), expected, "{witness}");
    }
}

#[test]
fn every_object_has_a_class_though_it_was_not_shown() {
    let unclassed = format!("dn: {}\nuid: a\n\n", dn("a"));
    for (asked, expected) in
        [("objectClass Is-Deleted", "open: not-visible objectClass S"), ("uid Is-Deleted", "open: not-asked objectClass")]
    {
        let one = live(&[(asked, &unclassed)]);
        assert_eq!(holds(&one, "a", "(objectClass=*)"), "yes, documented");
        assert_eq!(holds(&one, "a", "(objectClass=groupOfNames)"), expected);
    }
    let by_oid = live(&[("objectClass", &object("1.2.840.113556.1.3.22:a", &[]))]);
    assert!(seen(&by_oid, "a").kind() != &crate::exchange::class::Kind::Unknown);
}

#[test]
fn values_that_are_shown_are_all_of_them_unless_only_a_part_came() {
    let asked = "member Is-Deleted";
    let whole = live(&[(asked, &object("a", &["member: cn=x"]))]);
    assert_eq!(holds(&whole, "a", "(member=cn=x)"), "yes, documented");
    assert_eq!(holds(&whole, "a", "(member=cn=y)"), "no, documented");
    let part = live(&[(asked, &object("a", &["member;range=0-0: cn=x"]))]);
    assert_eq!(holds(&part, "a", "(member=cn=x)"), "yes, documented");
    assert_eq!(holds(&part, "a", "(member=cn=y)"), format!("open: in-part member {}", dn("a")));
}

#[test]
fn what_exchange_gives_every_object_of_a_kind_is_unseen_where_nobody_shows_it() {
    let asked = "* Home-MDB Deliv-Cont-Length Object-Version Computer-Name serialNumber Home-MTA Is-Deleted";
    let of = |name: &str, attribute: &str| {
        let one = live(&[(asked, &object(name, &[VERSION]))]);
        is_set(&one, name.rsplit_once(':').map_or(name, |(_, name)| name), attribute)
    };
    let server = "Computer:cn=SRV,cn=Servers,cn=Configuration,ou=S";
    let service = "Mail-Gateway:cn=IMC,cn=Connections,cn=Configuration,ou=S";
    for (name, attribute) in [("a", "Home-MDB"), ("a", "Home-MTA"), (service, "Computer-Name"), (server, "serialNumber")] {
        assert_eq!(of(name, attribute), format!("open: not-visible {attribute} S"), "{name}");
    }
    for (name, attribute) in
        [("a", "Deliv-Cont-Length"), ("groupOfNames:l", "Home-MDB"), (server, "Computer-Name"), (service, "serialNumber")]
    {
        assert_eq!(of(name, attribute), format!("no, assumed: shown-by-nobody {attribute} S"), "{name}");
    }
    // where another shows it, one that does not has none
    let pair = live(&[(asked, &objects(&[("a", &[VERSION]), ("b", &[STORE, VERSION])]))]);
    assert_eq!(is_set(&pair, "a", "Home-MDB"), "no, documented");
}

#[test]
fn only_a_server_of_its_site_shows_what_is_not_replicated() {
    let asked = "Port-Number Anonymous-Access Object-Version Is-Deleted";
    let protocol = |site: &str, name: &str| format!("Protocol-Cfg-LDAP:cn={name},cn=Protocols,cn=Configuration,ou={site}");
    let (a, w) = ("cn=LDAP,cn=Protocols,cn=Configuration,ou=S", protocol("S", "NNTP"));
    for (witness, expected) in [
        (object(&w, &["Port-Number: 119", VERSION]), "no, documented"),
        (object(&w, &["Anonymous-Access: TRUE", VERSION]), "no, assumed: shown-by-nobody Port-Number S"),
        (object(&w, &[VERSION]), "open: not-replicated Port-Number S"),
        (object(&protocol("T", "NNTP"), &["Port-Number: 119", VERSION]), "open: not-replicated Port-Number S"),
    ] {
        let pair = live(&[(asked, &witness), (asked, &object(&protocol("S", "LDAP"), &[VERSION]))]);
        assert_eq!(is_set(&pair, a, "Port-Number"), expected, "{witness}");
    }
}
