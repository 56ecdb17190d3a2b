use super::*;

/// Typed from the SDK pages by hand, so that a damaged table shows.
#[test]
fn rows_are_as_published() {
    for (ldap_name, exchange_name, syntax, multi, heuristics) in [
        ("Extension-Data", "Extension-Data", Syntax::Octet, true, 12),
        ("Hide-From-Address-Book", "Hide-From-Address-Book", Syntax::Boolean, false, 20),
        ("Proxy-Addresses", "Proxy-Addresses", Syntax::Teletex, true, 18),
        ("rdn", "Common-Name", Syntax::Teletex, false, 2),
        ("cn", "Display-Name", Syntax::Unicode, false, 2),
        ("uid", "Mail-nickname", Syntax::Unicode, false, 18),
        ("Computer-Name", "Computer-Name", Syntax::Teletex, false, 4),
        ("Disabled-Gateway-Proxy", "Disabled-Gateway-Proxy", Syntax::Unicode, true, 13),
        ("mailPreferenceOption", "Delivery-Mechanism", Syntax::Enumeration, false, 4),
        ("Is-Deleted", "Is-Deleted", Syntax::Boolean, false, 12),
        ("modifyTimestamp", "When-Changed", Syntax::UtcTime, false, 12),
        ("distinguishedName", "Obj-Dist-Name", Syntax::Dn, false, 2),
        ("objectClass", "Object-Class", Syntax::ObjectIdentifier, true, 2),
        ("member", "Member", Syntax::OrName, true, 20),
        ("serialNumber", "Serial-Number", Syntax::Printable, true, 12),
        ("Target-Address", "Target-Address", Syntax::Teletex, false, 18),
        ("replicatedObjectVersion", "Replicated-Object-Version", Syntax::Integer, false, 5),
    ] {
        let found = attribute(&ldap_name.to_uppercase()).expect(ldap_name);
        assert_eq!(found.ldap_name, ldap_name);
        assert_eq!((found.exchange_name, found.syntax), (exchange_name, syntax), "{ldap_name}");
        assert_eq!((found.multi, found.heuristics), (multi, heuristics), "{ldap_name}");
        assert_eq!(attribute_by_exchange_name(exchange_name), Some(found));
    }
    assert_eq!(attribute("Extension-Data").and_then(|a| a.oid), Some("1.2.840.113556.1.2.228"));
    assert_eq!(attribute("Home-MDB").and_then(|a| a.linked), Some("Link-16"));
    assert_eq!(attribute("rdn").map(|a| a.linked), Some(None));
    assert!(attribute("Version-Number").is_none());
}

#[test]
fn no_row_is_lost() {
    assert_eq!(attributes().count(), 203 + 4);
    assert_eq!(ATTRIBUTES_CSV.lines().count() - 1, 203);
    assert_eq!(SCHEMA.classes.len(), CLASSES_CSV.lines().count() - 1);
    assert_eq!(SCHEMA.classes.len(), 35);
    assert_eq!(SCHEMA.by_ldap_name.len(), 207);
}

#[test]
fn visibility_follows_the_bits() {
    let seen = |name: &str| {
        let a = attribute(name).expect(name);
        [a.operational(), a.anonymous(), a.authenticated_only(), a.local_to_site(), a.withholdable()]
    };
    assert_eq!(seen("rdn"), [false, true, false, false, false]);
    assert_eq!(seen("sn"), [false, true, false, false, true]);
    assert_eq!(seen("Computer-Name"), [false, false, true, false, false]);
    assert_eq!(seen("Alt-Recipient"), [false, false, true, false, true]);
    assert_eq!(seen("Extension-Data"), [true, false, true, false, false]);
    assert_eq!(seen("Port-Number"), [true, false, true, true, false]);
    let both = Attribute { heuristics: 6, ..made("x", false) };
    assert!(!both.anonymous() && both.authenticated_only());
}

#[test]
fn the_four_addresses_are_made_from_one() {
    for name in ["mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox"] {
        let made = attribute(name).expect(name);
        assert_eq!((made.exchange_name, made.heuristics, made.oid), ("Proxy-Addresses", 18, None));
        assert_eq!(made.multi, name == "otherMailbox");
    }
    let published = attribute_by_exchange_name("proxy-addresses").expect("published");
    assert_eq!(published.ldap_name, "Proxy-Addresses");
}

#[test]
fn names_of_other_objects_are_told_apart() {
    for name in ["Home-MTA", "Auth-Orig", "INSAdmin", "Bridgehead-Servers"] {
        assert!(attribute(name).expect(name).holds_names(), "{name}");
    }
    for name in ["Local-Bridge-Head", "Target-MTAs", "Extension-Data", "Master-DSA"] {
        assert!(!attribute(name).expect(name).holds_names(), "{name}");
    }
}

#[test]
fn classes_know_what_is_above_them() {
    let above = |name: &str| superclasses(name).iter().map(|c| c.ldap_name).collect::<Vec<_>>();
    assert_eq!(above("organizationalPerson"), ["person", "Top"]);
    assert_eq!(above("x400-link"), ["Mail-Gateway", "Top"]);
    assert_eq!(above("Computer"), ["device", "Top"]);
    assert_eq!(above("Top"), [""; 0]);
    assert_eq!(above("no-such-class"), [""; 0]);
    assert_eq!(class("1.2.840.113556.1.3.51").map(|c| c.ldap_name), Some("Mail-Gateway"));
    assert_eq!(class_name_of_oid("1.2.840.113556.1.3.22"), Some("organizationalPerson"));
    assert_eq!(class_name_of_oid("organizationalPerson"), None);
    assert_eq!(class("organizationalUnit").and_then(|c| c.rdn_attribute), Some("Organizational-Unit-Name"));
}

#[test]
fn a_class_has_the_attributes_of_those_above_it() {
    let names: Vec<_> = attributes_of("Mail-Gateway").iter().map(|a| a.ldap_name).collect();
    for name in ["Routing-List", "mailPreferenceOption", "Extension-Data", "objectClass", "rdn"] {
        assert!(names.contains(&name), "{name}");
    }
    for name in ["cn", "Proxy-Addresses", "Hide-From-Address-Book"] {
        assert!(!names.contains(&name), "{name}");
    }
}
