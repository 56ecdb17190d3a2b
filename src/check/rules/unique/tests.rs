use super::*;
use crate::exchange::address::Addresses;
use crate::exchange::fake::entry;
use crate::report::Confidence;

fn form(kind: &str, value: &str) -> String {
    let mut text = text::Text::default();
    let shown = entry("cn=x,o=O", &[("Proxy-Addresses", &format!("{kind}:{value}"))]);
    let addresses = Addresses::of(&shown);
    assert!(addresses.iter().all(|address| text.take(address)), "{kind}:{value}");
    String::from_utf8(text.form().unwrap_or(text.written()).to_vec()).expect("text")
}

#[test]
fn the_same_addresses_have_one_form() {
    for (kind, one, other) in [
        ("SMTP", "Anna@Example.com", " anna@example.com "),
        ("MS", "ÄRZTE/PO/ANNA", "ärzte/po/anna"),
        ("X400", "c=US;a= ;p=Org;s=A;", "C=us; A=;P = Org ;S=a"),
        ("X400", "c=US;a= ;p=Org;s=A;", "s=A;p=Org;a= ;c=US"),
        ("X400", "c=US;;a= ;ou=1;ou=2", "a=;ou=1;ou=2;c=US;"),
    ] {
        assert_eq!(form(kind, one), form(&kind.to_lowercase(), other), "{one} {other}");
    }
    for (one, other) in [
        (("SMTP", "a@b"), ("MS", "a@b")),
        (("SMTP", "c=US;s=A"), ("SMTP", "s=A;c=US")),
        (("X400", "c=US;s=A"), ("X400", "c=US;s=A;g=B")),
        (("X400", "c=US;ou=1;ou=2"), ("X400", "c=US;ou=2;ou=1")),
        (("X400", "c=US;s=A B"), ("X400", "c=US;s=AB")),
        (("SMTP", "=;"), ("X400", "SMTP:")),
        (("X400", "c=US;a= ;p=Org;s=A;"), ("X400", "c=US;a= ;p=Org;s=A;g=B;")),
    ] {
        assert_ne!(form(one.0, one.1), form(other.0, other.1), "{one:?} {other:?}");
    }
    let shown = entry("cn=x,o=O", &[("mail", " ")]);
    assert!(!Addresses::of(&shown).iter().any(|address| text::Text::default().take(address)), "nothing in it");
}

/// Who shares what, of objects with these `otherMailbox` values.
fn found(objects: &[&[&str]]) -> Vec<(Vec<u32>, String, Confidence)> {
    let mut gathered = Gathered::default();
    for (index, values) in (0..).zip(objects) {
        let attributes: Vec<(&str, &str)> = values.iter().map(|value| ("otherMailbox", *value)).collect();
        gathered.see(&Glance::of(&entry(&format!("cn={index},o=O"), &attributes)), index);
    }
    gathered.settle();
    let found = gathered.found(&|index| format!("cn={index},o=O"), 3);
    found.into_iter().map(|(holders, ruling)| (holders, ruling.message, ruling.confidence)).collect()
}

#[test]
fn the_same_holders_are_told_once() {
    let shared = found(&[&["SMTP$a@b", "MS$O/S/A", "x400$c=US;s=A"], &["smtp$A@B", "MS$o/s/a", "X400$s=A;c=US;"]]);
    let told: Vec<_> =
        shared.iter().map(|(holders, message, confidence)| (holders.clone(), message.as_str(), *confidence)).collect();
    assert_eq!(
        told,
        [
            (vec![0, 1], "MS:o/s/a, SMTP:A@B are also addresses of cn=1,o=O", Confidence::Documented),
            (
                vec![0, 1],
                "X400:s=A;c=US; is also an address of cn=1,o=O, but for blanks, a semicolon at the end or the order of its terms",
                Confidence::Inferred
            ),
        ]
    );
    assert_eq!(found(&[&["SMTP$a@b", "smtp$A@b"], &["MBX$1"], &["mbx$1", "a@b"]]), []);
}

#[test]
fn what_is_told_is_bounded() {
    let objects: Vec<Vec<String>> = (0..10).map(|n| vec![format!("SMTP${}@b", n / 2), "MS$all".to_owned()]).collect();
    let objects: Vec<Vec<&str>> = objects.iter().map(|values| values.iter().map(String::as_str).collect()).collect();
    let shared = found(&objects.iter().map(Vec::as_slice).collect::<Vec<_>>());
    assert_eq!(shared.len(), 4, "three groups, and what is left: {shared:?}");
    assert_eq!(shared.last().map(|(holders, ..)| holders.len()), Some(0));
}

/// Only so many addresses of one object are told apart from those of others: what is shared is found all the same.
#[test]
fn an_object_may_have_very_many_addresses() {
    let many: Vec<String> = (0..5000).map(|n| format!("SMTP${n}@b")).collect();
    let twice: Vec<&str> = many.iter().chain(&many).map(String::as_str).collect();
    let shared = found(&[&twice, &["smtp$4999@b", "smtp$5000@b"]]);
    let told: Vec<_> = shared.iter().map(|(holders, message, _)| (holders.clone(), message.as_str())).collect();
    assert_eq!(told, [(vec![0, 1], "SMTP:4999@b is also an address of cn=1,o=O")]);
}
