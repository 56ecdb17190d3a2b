//! The places of addresses are one set.

use super::*;

#[test]
fn the_places_of_addresses_are_one_set() {
    let other = "otherMailbox: X400$c=US;a= ;p=Org;o=S;s=A;";
    let raw = "Proxy-Addresses: x400:c=US;a= ;p=Org;o=S;s=A;";
    for shown in [X400, other, raw] {
        let one = live(&[("textEncodedORAddress Is-Deleted", &object("a", &[shown]))]);
        assert_eq!(address(&one, "a", "X400"), "yes, documented", "{shown}");
        assert_eq!(address(&one, "a", "x400"), "yes, documented", "{shown}");
    }
    let witness = object("w", &[X400]);
    let both = "textEncodedORAddress otherMailbox Is-Deleted";
    for (asked, expected) in [
        (both, "no, documented"),
        ("Proxy-Addresses Is-Deleted", "no, documented"),
        // the primary alone says nothing of the others, nor the others of the primary
        ("textEncodedORAddress Is-Deleted", "open: not-asked otherMailbox"),
        ("otherMailbox Is-Deleted", "open: not-asked textEncodedORAddress"),
        ("mail otherMailbox Is-Deleted", "open: not-asked textEncodedORAddress"),
    ] {
        let pair = live(&[(both, &witness), (asked, &object("a", &["uid: a"]))]);
        assert_eq!(address(&pair, "a", "X400"), expected, "{asked}");
        // each item of a filter asks the set
        for item in ["(textEncodedORAddress=*)", "(otherMailbox=X400$*)", "(Proxy-Addresses=X400:*)"] {
            assert_eq!(holds(&pair, "a", item), expected, "{asked} {item}");
        }
        let filter = "(|(textEncodedORAddress=*)(otherMailbox=X400$*)(Proxy-Addresses=X400:*))";
        assert_eq!(holds(&pair, "a", filter), expected, "{asked}");
    }
    // where it stands in another place, one place is asked about by itself
    let one = live(&[(both, &object("a", &[other])), (both, &witness)]);
    assert_eq!(holds(&one, "a", "(otherMailbox=X400$*)"), "yes, documented");
    assert!(holds(&one, "a", "(textEncodedORAddress=c=US*)").starts_with("no, "));
}

#[test]
fn an_address_is_visible_where_another_object_of_the_site_shows_one_of_its_type() {
    let both = "textEncodedORAddress otherMailbox mail Is-Deleted";
    for (witness, expected) in [
        (object("w", &[X400]), "no, documented"),
        (object("Remote-Address:w", &[X400]), "no, inferred"),
        (object("MTA:cn=x,cn=Configuration,ou=S", &[X400]), "no, inferred"),
        (object("w", &["mail: a@b"]), "open: not-visible textEncodedORAddress S"),
        // one beside the primaries says nothing of them
        (object("w", &["otherMailbox: X400$c=US;"]), "open: not-visible textEncodedORAddress S"),
        (object("cn=w,cn=Recipients,ou=T", &[X400]), "open: not-visible textEncodedORAddress S"),
        (object("w", &[X400, "Is-Deleted: TRUE"]), "open: not-visible textEncodedORAddress S"),
    ] {
        assert_eq!(address(&live(&[(both, &witness), (both, &object("a", &["uid: a"]))]), "a", "X400"), expected, "{witness}");
    }
    // other addresses in the same place show nothing of it: each type may be left out by itself
    let raw = "Proxy-Addresses Is-Deleted";
    let pair = live(&[(raw, &object("w", &["Proxy-Addresses: SMTP:a@b"])), (raw, &object("a", &["uid: a"]))]);
    assert_eq!(address(&pair, "a", "X400"), "open: not-visible textEncodedORAddress S");
    // an address inside another, that was not taken apart
    let inside = "otherMailbox: SMTP$a@b|X400:c=US;a= ;p=Org;s=A;";
    let hidden = live(&[(both, &object("w", &[X400])), (both, &object("a", &[inside]))]);
    assert_eq!(address(&hidden, "a", "X400"), "open: not-visible X.400 address S");
    // a part of the values is not all of them
    let part = object("a", &["otherMailbox;range=0-1: MS$x"]);
    assert_eq!(
        address(&live(&[(both, &object("w", &[X400])), (both, &part)]), "a", "X400"),
        "open: in-part otherMailbox cn=a,cn=Recipients,ou=S,o=Org"
    );
}

#[test]
fn a_table_whose_column_of_addresses_some_row_fills_shows_them_all() {
    let of = |addresses: &str| {
        let row = |name: &str, addresses: &str| format!("Mailbox,/o=Org/ou=S/cn=Recipients/cn={name},,,{addresses}\n");
        let header = "Obj-Class,Obj-Dist-Name,Is-Deleted,Secondary-Proxy-Addresses,Proxy-Addresses\n";
        address(&table(&format!("{header}{}{}", row("a", ""), row("w", addresses))), "a", "X400")
    };
    let primaries = "Obj-Dist-Name,Is-Deleted,Proxy-Addresses\n/o=Org/ou=S/cn=Recipients/cn=a,,\n/o=Org/ou=S/cn=b,,SMTP:a@b\n";
    assert_eq!(address(&table(primaries), "a", "X400"), "open: not-asked otherMailbox");
    assert_eq!(of("SMTP:a@b"), "no, inferred");
    assert_eq!(of("X400:c=US;a= ;s=A;"), "no, documented");
    assert_eq!(of(""), "open: not-visible textEncodedORAddress S");
}

#[test]
fn records_that_contradict_each_other_in_their_addresses_decide_nothing() {
    let [one, other] = [object("a", &["otherMailbox: X400$s=A"]), object("a", &["otherMailbox: MS$x"])];
    let two = questions_of(&[("one.ldif", &one), ("two.ldif", &other)]);
    let a = dn("a").to_string();
    assert_eq!(address(&two, "a", "X400"), format!("open: ambiguous Proxy-Addresses {a}"));
}

/// One file asked for every place and shows none, the other shows one and asked for no other: neither tells of the others.
#[test]
fn a_record_tells_of_the_places_of_addresses_only_where_it_shows_one() {
    let file = |asked: &str, lines: &[&str]| format!("# extended LDIF\n# requesting: {asked} \n\n{}", object("a", lines));
    let whole = |first: String, second: String| {
        let questions = questions_of(&[("one.ldif", &first), ("two.ldif", &second)]);
        seen(&questions, "a").all_addresses("X400").map_err(|causes| words(&questions, &causes)).is_ok()
    };
    let every = "textEncodedORAddress otherMailbox Is-Deleted";
    let blind = file(every, &["uid: a"]);
    assert!(!whole(blind, file("textEncodedORAddress Is-Deleted", &[X400])));
    assert!(whole(file(every, &[X400]), file("textEncodedORAddress Is-Deleted", &[X400])));
}
