//! Whether an object lives, and what its name tells.

use super::*;

#[test]
fn a_record_that_did_not_ask_whether_it_is_deleted_proves_neither_life_nor_absence() {
    let asked = "* Alt-Recipient Object-Version";
    let (witness, a) = (object("w", &["Alt-Recipient: x"]), object("a", &[VERSION, X400]));
    let both = |own: &str| live(&[(&format!("{asked} Is-Deleted"), &witness), (own, &a)]);
    let unasked = both(asked);
    assert_eq!(lives(&unasked, "a"), "open: not-asked Is-Deleted");
    assert_eq!(is_set(&unasked, "a", "Alt-Recipient"), "open: not-asked Is-Deleted", "a tombstone keeps little");
    assert_eq!(address(&both("* otherMailbox textEncodedORAddress"), "w", "X400"), "no, documented");
    assert_eq!(
        address(&live(&[("* otherMailbox textEncodedORAddress", &(a.clone() + &object("b", &[])))]), "b", "X400"),
        "open: not-asked Is-Deleted"
    );
    let asked_for = both(&format!("{asked} Is-Deleted"));
    assert_eq!(
        (lives(&asked_for, "a"), is_set(&asked_for, "a", "Alt-Recipient")),
        ("yes, documented".into(), "no, documented".into())
    );
    // where nobody says what was asked for, it lives
    assert_eq!(lives(&questions(&a), "a"), "yes, documented");
}

#[test]
fn within_one_run_the_living_record_wins_and_across_runs_they_are_at_odds() {
    let (dead, alive) = (object("a", &["Is-Deleted: TRUE"]), object("a", &["Is-Deleted: FALSE", "uid: a"]));
    let unsaid = object("a", &["uid: a"]);
    let at_odds = format!("open: ambiguous {}", dn("a"));
    for (files, life, leads_to) in [
        (vec![format!("{dead}{alive}")], "yes, documented".to_owned(), "there: a"),
        (vec![format!("{alive}{dead}")], "yes, documented".into(), "there: a"),
        (vec![format!("{dead}{unsaid}")], "yes, documented".into(), "there: a"),
        (vec![dead.clone(), alive.clone()], at_odds.clone(), at_odds.as_str()),
        (vec![alive.clone(), dead.clone()], at_odds.clone(), at_odds.as_str()),
        // one that could not tell says nothing against the other
        (vec![dead.clone(), unsaid.clone()], "no, documented".into(), "deleted"),
        (vec![unsaid.clone(), dead.clone()], "no, documented".into(), "deleted"),
    ] {
        let files: Vec<(&str, &str)> = ["one.ldif", "two.ldif"].into_iter().zip(files.iter().map(String::as_str)).collect();
        let questions = questions_of(&files);
        assert_eq!((lives(&questions, "a"), leads(&questions, "a").as_str()), (life, leads_to), "{files:?}");
    }
}

#[test]
fn records_of_one_name_agree_on_values_as_sets_and_on_what_is_proven_absent() {
    let header = "# extended LDIF\n# requesting: * Deliv-Cont-Length Object-Version Is-Deleted \n\n";
    let end = "search: 2\nresult: 0 Success\n";
    let w = object("w", &["Deliv-Cont-Length: 9", VERSION]);
    let limit = |lines: &[&str]| object("a", lines);
    let a = dn("a");
    let odds = format!("open: ambiguous Deliv-Cont-Length {a}");
    for (one, other, expected) in [
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["Deliv-Cont-Length: 1"]), "yes, documented"),
        (
            limit(&["Deliv-Cont-Length: 1", "Deliv-Cont-Length: 2"]),
            limit(&["Deliv-Cont-Length: 2", "Deliv-Cont-Length: 1"]),
            "yes, documented",
        ),
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["Deliv-Cont-Length: 2"]), odds.as_str()),
        // that one does not show it counts only where that proves that it was unset
        (limit(&["Deliv-Cont-Length: 1"]), limit(&["uid: a"]), "yes, documented"),
        (limit(&["Deliv-Cont-Length: 1"]), format!("{header}{w}{}{end}", limit(&[VERSION])), odds.as_str()),
        (limit(&["Deliv-Cont-Length: 1"]), format!("{header}{}{end}", limit(&[VERSION])), "yes, documented"),
    ] {
        let two = questions_of(&[("one.ldif", &one), ("two.ldif", &other)]);
        assert_eq!(is_set(&two, "a", "Deliv-Cont-Length"), expected, "{one}{other}");
        assert_eq!(seen(&two, "a").agrees_on(&["Deliv-Cont-Length"]).is_err(), expected != "yes, documented", "{one}{other}");
    }
}

#[test]
fn the_name_of_an_object_tells_its_rdn_whether_or_not_that_came_back() {
    for text in [object("a", &[]), object("a", &["rdn: a"])] {
        let one = questions(&text);
        assert_eq!(holds(&one, "a", "(rdn=a)"), "yes, documented", "{text}");
        assert_eq!(holds(&one, "a", "(rdn=b)"), "no, documented", "{text}");
        assert_eq!(holds(&one, "a", "(rdn=*)"), "yes, documented", "{text}");
    }
    assert_eq!(holds(&questions(&object("a", &[])), "a", "(distinguishedName=cn=a,cn=Recipients,ou=S,o=Org)"), "yes, documented");
}

/// What nobody asked whether it is deleted may be what is left of a deleted object: no name leads to it for sure.
#[test]
fn a_name_leads_only_to_what_lives() {
    let text = object("a", &["uid: a"]);
    assert_eq!(leads(&live(&[("* Is-Deleted", &text)]), "a"), "there: a");
    assert_eq!(leads(&live(&[("*", &text)]), "a"), "open: not-asked Is-Deleted");
    assert_eq!(leads(&questions(&text), "a"), "there: a", "where nobody says what was asked for, it lives");
}
