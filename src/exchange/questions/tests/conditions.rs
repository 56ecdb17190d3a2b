//! Conditions over what was not seen.

use super::*;

#[test]
fn a_condition_is_decided_where_it_comes_out_the_same_whatever_was_not_seen() {
    let one = live(&[("uid Is-Deleted", &object("a", &["uid: a"]))]);
    for (filter, expected) in [
        ("(&(uid=b)(Home-MDB=*))", "no, documented"),
        ("(&(Home-MDB=*)(uid=b))", "no, documented"),
        ("(|(uid=a)(Home-MDB=*))", "yes, documented"),
        ("(|(Home-MDB=*)(uid=a))", "yes, documented"),
        ("(&(uid=a)(Home-MDB=*))", "open: not-asked Home-MDB"),
        ("(|(uid=b)(!(Home-MDB=*)))", "open: not-asked Home-MDB"),
        ("(!(&(uid=b)(Home-MDB=*)))", "yes, documented"),
        ("(&)", "yes, documented"),
        ("(|)", "no, documented"),
        ("(uid:x:=a)", "open: cut a match by rule (RFC 4515 extensible match) is not evaluated"),
        ("(&(uid=b)(uid:x:=a))", "no, documented"),
    ] {
        assert_eq!(holds(&one, "a", filter), expected, "{filter}");
    }
}

#[test]
fn all_addresses_of_a_type_are_seen_where_each_place_is_shown_or_known_to_be_empty() {
    let whole = |questions: &Questions, kind: &str| match seen(questions, "a").all_addresses(kind) {
        Ok(of) => ground(questions, &of),
        Err(causes) => format!("open: {}", words(questions, &causes)),
    };
    let both = "textEncodedORAddress otherMailbox mail Is-Deleted";
    for (asked, lines, kind, expected) in [
        (both, vec![X400, "otherMailbox: MS$x"], "X400", "documented"),
        (both, vec![X400], "X400", "documented"),
        ("textEncodedORAddress Is-Deleted", vec![X400], "X400", "open: not-asked otherMailbox"),
        (both, vec!["Proxy-Addresses: X400:s=A"], "X400", "documented"),
        (both, vec!["otherMailbox: MS$x"], "MS", "documented"),
        (both, vec!["otherMailbox;range=0-0: MS$x"], "MS", "open: in-part otherMailbox cn=a,cn=Recipients,ou=S,o=Org"),
        ("mail Is-Deleted", vec!["mail: a@b"], "MS", "open: not-asked otherMailbox"),
    ] {
        assert_eq!(whole(&live(&[(asked, &object("a", &lines))]), kind), expected, "{asked} {lines:?} {kind}");
    }
}
