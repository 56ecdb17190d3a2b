//! A witness speaks for its own run, and of what was asked for there.

use super::*;

#[test]
fn a_witness_speaks_for_its_own_run() {
    let [a, b] = [object("a", &[STORE, VERSION]), object("b", &[VERSION])];
    let limit = "Deliv-Cont-Length: 1";
    let [c, d] = [object("c", &[limit, VERSION]), object("d", &[VERSION])];
    for (files, expected) in [
        (vec![format!("{a}{b}")], "no, documented"),
        (vec![format!("{a}version: 1\n\n{b}")], "open: not-asked Home-MDB"),
        (vec![format!("{a}search: 2\nresult: 0 Success\n\n{b}")], "open: not-asked Home-MDB"),
        (vec![a.clone(), b.clone()], "open: not-asked Home-MDB"),
        (vec![object("c", &[VERSION]), format!("{a}{b}")], "no, documented"),
        // several records of one name show different things: nobody knows what was asked of whom
        (vec![format!("{a}{b}{}", object("a", &["uid: a"]))], "open: not-asked Home-MDB"),
        (vec![format!("{a}{b}{a}")], "no, documented"),
    ] {
        let files: Vec<(&str, &str)> = ["one.ldif", "two.ldif"].into_iter().zip(files.iter().map(String::as_str)).collect();
        assert_eq!(is_set(&questions_of(&files), "b", "Home-MDB"), expected, "{files:?}");
    }
    // nor does an attribute that was seen in one run show what a bind sees in another
    let header = "# extended LDIF\n# requesting: * Deliv-Cont-Length Object-Version Is-Deleted\n\n";
    let one = format!("{header}{c}search: 2\nresult: 0 Success\n\n{header}{d}search: 2\nresult: 0 Success\n");
    assert_eq!(is_set(&questions(&one), "d", "Deliv-Cont-Length"), "no, assumed: shown-by-nobody Deliv-Cont-Length S");
    let one = format!("{header}{c}{d}search: 2\nresult: 0 Success\n");
    assert_eq!(is_set(&questions(&one), "d", "Deliv-Cont-Length"), "no, documented");
}

#[test]
fn an_attribute_is_unset_only_where_it_was_asked_for() {
    let (a, b) = (object("a", &[STORE, "Home-MTA: x", "cn: A", VERSION]), object("b", &[VERSION]));
    for (asked, attribute, expected) in [
        ("Home-MDB Object-Version Is-Deleted", "Home-MDB", "no, documented"),
        ("home-mdb Object-Version Is-Deleted", "HOME-MDB", "no, documented"),
        ("Object-Version Is-Deleted", "Home-MDB", "open: not-asked Home-MDB"),
        // what is operational does not come unnamed
        ("* Object-Version Is-Deleted", "Home-MDB", "open: not-asked Home-MDB"),
        ("* Object-Version Is-Deleted", "Home-MTA", "no, documented"),
        ("* Object-Version Is-Deleted", "cn", "no, documented"),
        ("Object-Version Is-Deleted", "cn", "open: not-asked cn"),
        ("* Object-Version Is-Deleted", "Nobody-Knows", "open: not-asked Nobody-Knows"),
    ] {
        let everything = "* Home-MDB Object-Version Is-Deleted";
        assert_eq!(is_set(&live(&[(everything, &a), (asked, &b)]), "b", attribute), expected, "{asked} {attribute}");
    }
    // asked for in two searches, one after the other
    let twice = live(&[("* Home-MDB Object-Version", &a), ("Object-Version Is-Deleted", &b), ("Home-MDB Object-Version", &b)]);
    assert_eq!(is_set(&twice, "b", "Home-MDB"), "no, documented");
}

#[test]
fn a_header_says_what_was_asked_for_and_a_plain_file_by_another_object() {
    let end = "search: 2\nresult: 0 Success\n";
    let pair = objects(&[("a", &[STORE, VERSION]), ("b", &[VERSION])]);
    for (requesting, expected) in [
        ("* Home-MDB Object-Version Is-Deleted", "no, documented"),
        ("ALL", "open: not-asked Is-Deleted"),
        ("* Is-Deleted", "open: not-asked Home-MDB"),
    ] {
        let text = format!("# extended LDIF\n# requesting: {requesting} \n\n{pair}{end}");
        assert_eq!(is_set(&questions(&text), "b", "Home-MDB"), expected, "{requesting}");
    }
    let alone = object("b", &[VERSION]);
    assert_eq!(is_set(&questions(&alone), "b", "Home-MDB"), "open: not-asked Home-MDB");
    assert_eq!(is_set(&questions(&alone), "b", "description"), "open: not-asked description", "whatever anybody may see, too");
}

#[test]
fn a_table_asks_for_its_columns_but_not_for_octets_that_no_row_fills() {
    let row = |name: &str, rest: &str| format!("Mailbox,/o=Org/ou=S/cn=Recipients/cn={name},{rest}\n");
    let of = |a: &str, attribute: &str| {
        let header = "Obj-Class,Obj-Dist-Name,Is-Deleted,Home-MTA,Extension-Data\n";
        is_set(&table(&format!("{header}{}{}", row("a", a), row("b", ",,"))), "b", attribute)
    };
    assert_eq!(of(",x,0041", "Home-MTA"), "no, inferred");
    assert_eq!(of(",x,0041", "Home-MDB"), "open: not-asked Home-MDB", "there is no column");
    assert_eq!(of(",x,0041", "Extension-Data"), "no, inferred");
    assert_eq!(of(",x,", "Extension-Data"), "open: not-visible Extension-Data S");
    // the Administrator program reads the directory itself: the column is no less visible where it is empty throughout
    let empty = "Obj-Class,Obj-Dist-Name,Is-Deleted,Alt-Recipient\nMailbox,/o=Org/ou=S/cn=Recipients/cn=b,,\n";
    assert_eq!(is_set(&table(empty), "b", "Alt-Recipient"), "no, assumed: shown-by-nobody Alt-Recipient S");
}
