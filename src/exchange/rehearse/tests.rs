use super::*;
use crate::directory::ldif;
use crate::exchange::fake::questions_of;
use crate::exchange::questions::{Lookup, Truth};

/// A site whose export says what was asked for, with a hidden recipient, so that "not there" means something.
const SITE: &str = "# extended LDIF\n#\n# base <o=Org> with scope subtree\n# filter: (objectClass=*)\n# requesting: * Is-Deleted \
    Hide-From-Address-Book Proxy-Addresses memberOf Home-MDB\n#\n\n\
    dn: o=Org\nobjectClass: organization\n\n\
    dn: ou=S,o=Org\nobjectClass: organizationalUnit\n\n\
    dn: cn=R,ou=S,o=Org\nobjectClass: Container\n\n\
    dn: cn=a,cn=R,ou=S,o=Org\nobjectClass: organizationalPerson\nrdn: a\ncn: Anna\nmail: a@x\nrfc822Mailbox: a@x\n\
    textEncodedORAddress: c=US;a= ;p=Org;s=a;\notherMailbox: smtp$aa@x\nmemberOf: cn=l,cn=R,ou=S,o=Org\nsn: A\n\n\
    dn: cn=h,cn=R,ou=S,o=Org\nobjectClass: organizationalPerson\ncn: Hanna\nHide-From-Address-Book: TRUE\nmail: h@x\n\
    textEncodedORAddress: c=US;a= ;p=Org;s=h;\notherMailbox: smtp$hh@x\n\n\
    dn: cn=l,cn=R,ou=S,o=Org\nobjectClass: groupOfNames\ncn: List\nmember: cn=a,cn=R,ou=S,o=Org\nmail: l@x\n\
    Proxy-Addresses: SMTP:l@x\nProxy-Addresses: X400:c=US;a= ;p=Org;s=l;\ntextEncodedORAddress: c=US;a= ;p=Org;s=l;\n\n\
    search: 2\nresult: 0 Success\n";

fn questions() -> Questions {
    questions_of(&[("site.ldif", SITE)])
}

fn changed(changes: &str) -> Result<Rehearsed, String> {
    let changes = ldif::changes(changes.as_bytes(), "c").expect("changes");
    rehearse(&questions(), &changes).map_err(|error| error.to_string())
}

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect("dn")
}

fn shown(rehearsed: &Rehearsed, name: &str, attribute: &str) -> Vec<String> {
    rehearsed.directory.find(&dn(name)).map(|entry| entry.texts(attribute).collect()).unwrap_or_default()
}

#[test]
fn what_a_change_takes_away_is_known_to_be_gone() {
    let rehearsed = changed("dn: cn=a,cn=R,ou=S,o=Org\nchangetype: delete\n").expect("deleted");
    assert!(rehearsed.unseen.is_empty());
    assert_eq!(rehearsed.directory.len(), 5);
    // the list keeps the name
    assert_eq!(shown(&rehearsed, "cn=l,cn=R,ou=S,o=Org", "member"), ["cn=a,cn=R,ou=S,o=Org"]);
    let after = Questions::of(rehearsed.directory, dn("o=Org"), crate::exchange::declaration::Hints::default(), []);
    assert!(matches!(after.object(&dn("cn=a,cn=R,ou=S,o=Org")), Lookup::Gone(..)));
}

#[test]
fn a_modification_is_told_and_back_links_follow() {
    let rehearsed = changed(
        "dn: cn=l,cn=R,ou=S,o=Org\nchangetype: modify\nadd: member\nmember: cn=h,cn=R,ou=S,o=Org\n-\ndelete: member\nmember: \
         CN=a,CN=R,OU=S,O=Org\n-\n\ndn: cn=a,cn=R,ou=S,o=Org\nchangetype: modify\ndelete: sn\n-\nreplace: cn\ncn: Anne\n-\n",
    )
    .expect("modified");
    assert_eq!(shown(&rehearsed, "cn=l,cn=R,ou=S,o=Org", "member"), ["cn=h,cn=R,ou=S,o=Org"]);
    assert_eq!(shown(&rehearsed, "cn=a,cn=R,ou=S,o=Org", "memberOf"), Vec::<String>::new());
    assert_eq!(shown(&rehearsed, "cn=h,cn=R,ou=S,o=Org", "memberOf"), ["cn=l,cn=R,ou=S,o=Org"]);
    let after = Questions::of(rehearsed.directory, dn("o=Org"), crate::exchange::declaration::Hints::default(), []);
    let anna = after.find(&dn("cn=a,cn=R,ou=S,o=Org")).expect("there");
    assert!(
        matches!(anna.values("sn").is_set(), Truth::No(ground) if ground == crate::exchange::questions::Ground::documented())
    );
    assert_eq!(anna.values("cn").texts().collect::<Vec<_>>(), ["Anne"]);
}

#[test]
fn the_spellings_of_an_address_stay_in_step() {
    let step = |name: &str, steps: &str| changed(&format!("dn: cn={name},cn=R,ou=S,o=Org\nchangetype: modify\n{steps}"));
    let list = "cn=l,cn=R,ou=S,o=Org";
    let without = step("l", "delete: textEncodedORAddress\n-\n").expect("modified");
    assert_eq!(shown(&without, list, "Proxy-Addresses"), ["SMTP:l@x"]);
    let other =
        step("l", "replace: Proxy-Addresses\nProxy-Addresses: SMTP:new@x\nProxy-Addresses: MS:O/S/L\n-\n").expect("modified");
    assert_eq!(shown(&other, list, "mail"), ["new@x"]);
    assert_eq!(shown(&other, list, "textEncodedORAddress"), Vec::<String>::new());
    assert_eq!(shown(&other, list, "otherMailbox"), ["MS$O/S/L"]);
    let mailbox = "cn=a,cn=R,ou=S,o=Org";
    let moved = step("a", "replace: mail\nmail: b@x\n-\n").expect("modified");
    assert_eq!(
        (shown(&moved, mailbox, "rfc822Mailbox"), shown(&moved, mailbox, "Proxy-Addresses")),
        (vec!["b@x".into()], vec![])
    );
    // where the one that holds all is not shown, the others tell it
    let only = step("a", "replace: Proxy-Addresses\nProxy-Addresses: SMTP:a@x\n-\n").expect("modified");
    assert_eq!(shown(&only, mailbox, "textEncodedORAddress"), Vec::<String>::new());
    assert_eq!((shown(&only, mailbox, "mail"), shown(&only, mailbox, "otherMailbox")), (vec!["a@x".into()], vec![]));
    let less = step("a", "delete: Proxy-Addresses\nProxy-Addresses: X400:c=US;a= ;p=Org;s=a;\n-\n").expect("modified");
    assert_eq!((shown(&less, mailbox, "textEncodedORAddress"), less.unseen.len()), (vec![], 0));
    // and two places in one change
    let both = step("a", "delete: textEncodedORAddress\n-\nadd: Proxy-Addresses\nProxy-Addresses: X400:c=US;a= ;p=Org;s=b;\n-\n");
    let both = both.expect("modified");
    assert_eq!(shown(&both, mailbox, "textEncodedORAddress"), ["c=US;a= ;p=Org;s=b;"]);
    assert!(!shown(&both, mailbox, "Proxy-Addresses").iter().any(|text| text.contains("s=a;")));
    // and what is gone is known to be gone, in whichever place it stood
    let after = Questions::of(without.directory, dn("o=Org"), crate::exchange::declaration::Hints::default(), []);
    assert!(matches!(after.find(&dn(list)).expect("there").has_address("X400"), Truth::No(_)));
}

#[test]
fn a_name_moves_with_what_stands_below_it() {
    let rehearsed = changed(
        "dn: cn=R,ou=S,o=Org\nchangetype: modrdn\nnewrdn: cn=Q\ndeleteoldrdn: 1\n\n\
         dn: cn=a,cn=Q,ou=S,o=Org\nchangetype: moddn\nnewrdn: cn=b\ndeleteoldrdn: 1\nnewsuperior: ou=S,o=Org\n",
    )
    .expect("renamed");
    assert_eq!(shown(&rehearsed, "cn=b,ou=S,o=Org", "cn"), ["Anna"], "what people call it stays");
    assert_eq!(shown(&rehearsed, "cn=b,ou=S,o=Org", "rdn"), ["b"]);
    assert!(rehearsed.directory.find(&dn("cn=l,cn=Q,ou=S,o=Org")).is_some());
    let names: Vec<String> = rehearsed.renamed.iter().map(|(from, to)| format!("{from} > {to}")).collect();
    assert!(names.contains(&"cn=l,cn=R,ou=S,o=Org > cn=l,cn=Q,ou=S,o=Org".to_owned()), "{names:?}");
    assert!(rehearsed.directory.was_taken(&dn("cn=a,cn=R,ou=S,o=Org")));
}

#[test]
fn an_added_object_comes_as_others_of_its_kind_did() {
    let rehearsed = changed(
        "dn: cn=n,cn=R,ou=S,o=Org\nchangetype: add\nobjectClass: organizationalPerson\ncn: New\nmail: n@x\n\n\
         dn: cn=n,cn=R,ou=S,o=Org\nchangetype: modify\nadd: sn\nsn: N\n-\n",
    )
    .expect("added");
    assert_eq!(shown(&rehearsed, "cn=n,cn=R,ou=S,o=Org", "sn"), ["N"]);
    let after = Questions::of(rehearsed.directory, dn("o=Org"), crate::exchange::declaration::Hints::default(), []);
    let new = after.find(&dn("cn=n,cn=R,ou=S,o=Org")).expect("there");
    assert!(matches!(new.has_address("X400"), Truth::No(_)), "others of the site show theirs");
}

#[test]
fn refuses_what_a_directory_refuses() {
    let at = |name: &str, rest: &str| format!("dn: {name}\nchangetype: {rest}\n");
    let mailbox = "cn=a,cn=R,ou=S,o=Org";
    for (change, expected) in [
        (at("cn=x,cn=R,ou=S,o=Org", "delete"), "there is no such object"),
        (at("cn=R,ou=S,o=Org", "delete"), "it has 3 children, such as cn=a,cn=R,ou=S,o=Org: delete those first"),
        (at(mailbox, "add\nobjectClass: top"), "it already exists: modify it, or delete it first"),
        (at("cn=x,cn=R,ou=S,o=Org", "add\ncn: x"), "it has no objectClass: every object has one"),
        (
            at("cn=x,cn=a,cn=gone,cn=R,ou=S,o=Org", "add\nobjectClass: top"),
            "its parent cn=a,cn=gone,cn=R,ou=S,o=Org does not exist: add that first",
        ),
        (at(mailbox, "modify\nadd: mail\nmail: A@X\n-"), "its mail already has the value A@X"),
        (at(mailbox, "modify\nadd: sn\nsn: B\n-"), "sn holds one value: replace it instead of adding to it"),
        (at(mailbox, "modify\ndelete: sn\nsn: B\n-"), "its sn has no value B"),
        (at("cn=h,cn=R,ou=S,o=Org", "modify\ndelete: rfc822Mailbox\n-"), "it has no rfc822Mailbox to remove"),
        (
            at(mailbox, "modify\nreplace: Hide-From-Address-Book\nHide-From-Address-Book: yes\n-"),
            "Hide-From-Address-Book cannot hold yes: it must be TRUE or FALSE",
        ),
        (
            at(mailbox, "modify\nreplace: Home-MDB\nHome-MDB: nonsense\n-"),
            "Home-MDB cannot hold nonsense: it is not a distinguished name",
        ),
        (at(mailbox, "modify\nreplace: cn\ncn: x\ncn: X\n-"), "its cn already has the value X"),
        (at(mailbox, "modify\nreplace: Is-Deleted\nIs-Deleted: TRUE\n-"), "only the server sets Is-Deleted"),
        (at(mailbox, "modify\ndelete: memberOf\n-"), "only the server sets memberOf"),
        (at(mailbox, "modify\nreplace: rdn\nrdn: b\n-"), "rdn is in its name: rename it instead (changetype: modrdn)"),
        (at(mailbox, "modrdn\nnewrdn: cn=h\ndeleteoldrdn: 1"), "it already exists: modify it, or delete it first"),
        (
            at("cn=R,ou=S,o=Org", "modrdn\nnewrdn: cn=Q\ndeleteoldrdn: 1\nnewsuperior: cn=a,cn=R,ou=S,o=Org"),
            "it cannot be below itself",
        ),
    ] {
        let name = change.lines().next().and_then(|line| line.strip_prefix("dn: ")).unwrap_or_default();
        assert_eq!(changed(&change).map(|_| ()), Err(format!("c: line 1: {name}: {expected}")), "{change}");
    }
}

#[test]
fn what_was_not_seen_is_said() {
    let text = "dn: cn=a,cn=R,ou=S,o=Org\nobjectClass: organizationalPerson\ncn: A\n";
    let questions = questions_of(&[("part.ldif", text)]);
    let one = |change: &str| {
        let changes = ldif::changes(change.as_bytes(), "c").expect("changes");
        rehearse(&questions, &changes).map(|rehearsed| rehearsed.unseen.into_iter().map(|unseen| unseen.what).collect::<Vec<_>>())
    };
    let gone = one("dn: cn=x,ou=T,o=Org\nchangetype: delete\n").expect("taken for there");
    assert_eq!(gone, ["cn=x,ou=T,o=Org was not seen; assumed to have existed."]);
    let taken = one("dn: cn=a,cn=R,ou=S,o=Org\nchangetype: modify\ndelete: Home-MDB\n-\n").expect("taken for set");
    assert_eq!(taken, ["Home-MDB of cn=a,cn=R,ou=S,o=Org was not seen; assumed to hold the removed value."]);
    let error = one("dn: cn=x,ou=T,o=Org\nchangetype: modify\nreplace: cn\ncn: x\n-\n").expect_err("nobody knows it");
    assert!(error.to_string().contains("cn=x,ou=T,o=Org was not seen"), "{error}");
    // a container of which only what stands in it was seen is there
    let added = one("dn: cn=b,cn=R,ou=S,o=Org\nchangetype: add\nobjectClass: organizationalPerson\n").expect("added");
    assert_eq!(added, ["Could not see whether cn=b,cn=R,ou=S,o=Org exists; treated as new."]);
}
