//! Reading, comparing and writing names.

use super::*;
use proptest::prelude::*;

fn parse(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect(text)
}

#[test]
fn writes_rfc_4514_whatever_was_read() {
    for (read, written) in [
        ("cn=Admin,cn=Recipients,ou=Site,o=Org", "cn=Admin,cn=Recipients,ou=Site,o=Org"),
        ("CN = \"Doe, John\" ; O=Org", "CN=Doe\\, John,O=Org"),
        ("cn=Doe\\2C John,o=Org", "cn=Doe\\, John,o=Org"),
        ("cn=a=b,o=Org", "cn=a=b,o=Org"),
        ("cn=\\ x\\ ,o=Org", "cn=\\ x\\ ,o=Org"),
        ("cn=x ,o=Org", "cn=x,o=Org"),
        ("cn=\\1B[31m,o=Org", "cn=\\1B[31m,o=Org"),
        ("cn=#04024869,o=Org", "cn=Hi,o=Org"),
        ("cn=\\#x,o=Org", "cn=\\#x,o=Org"),
        ("", ""),
    ] {
        assert_eq!(parse(read).to_string(), written, "{read}");
        assert_eq!(parse(written).key(), parse(read).key(), "{read}");
    }
}

#[test]
fn names_that_are_not_utf8_survive() {
    let dn = Dn::parse(b"cn=M\xfcller,o=Org").expect("bytes are allowed");
    assert_eq!(dn.to_string(), "cn=M\\FCller,o=Org");
    assert_eq!(parse("cn=M\\FCller,o=Org"), dn);
}

#[test]
fn compares_without_case_and_knows_oids() {
    assert_eq!(parse("CN=ÄÖ,OU=x,O=y").key(), parse("cn=äö, ou=X, o=Y").key());
    assert_eq!(parse("2.5.4.3=a,OID.2.5.4.10=b").key(), parse("cn=A,o=B").key());
    assert_ne!(parse("cn=a,cn=b,o=c").key(), parse("cn=a\\,cn=b,o=c").key());
    assert_eq!(parse("cn=a+ou=b,o=c").key(), parse("ou=b+cn=a,o=c").key());
}

#[test]
fn refuses_what_is_no_name() {
    for text in ["cn", "=x", "cn=x,", "cn=\"x", "cn=\"x\"y", "cn=x\\", "cn=a\"b", "cn=#zz"] {
        assert!(Dn::parse(text.as_bytes()).is_err(), "{text}");
    }
}

proptest! {
    /// What is kept as it stands says the same as what was taken apart.
    #[test]
    fn a_plain_name_is_like_any_other(
        text in r#"(cn|CN|o|Ou|l|x1|oid)=[ -~é]{0,6}(,(c|Cn|ou|o)=[ a-zA-Z#,=+"<;]{0,5}){0,3}"#,
        other in "(cn|o)=[a-bA-B]{0,2}(,(cn|O)=[aA]?){0,2}",
    ) {
        let Ok(apart) = parse::dn(text.as_bytes()).map(Dn::new) else {
            prop_assert!(Dn::parse(text.as_bytes()).is_err());
            return Ok(());
        };
        let dn = Dn::parse(text.as_bytes()).expect("a name");
        let other = Dn::parse(other.as_bytes()).expect("a name");
        prop_assert_eq!(dn.rdns(), apart.rdns());
        prop_assert_eq!((dn.to_string(), dn.key(), dn.depth()), (apart.to_string(), apart.key(), apart.depth()));
        prop_assert_eq!(dn.leaf(), apart.leaf());
        prop_assert_eq!(&dn, &apart);
        prop_assert_eq!(dn.number(), apart.number());
        for count in 0..5 {
            let (own, reference) = (dn.ancestor(count), apart.ancestor(count));
            prop_assert_eq!(own.rdns(), reference.rdns());
            prop_assert_eq!((own.depth(), own.is_empty()), (reference.depth(), reference.is_empty()));
            prop_assert!(dn.plain_ancestor(count).is_none_or(|text| text == reference.to_string()));
        }
        for types in [&["o"][..], &["ou", "o"], &["cn", "ou", "o"], &[]] {
            prop_assert_eq!(dn.ends_in(types), apart.ends_in(types), "{:?}", types);
        }
        let taken_apart = Dn::new(other.rdns().to_vec());
        prop_assert_eq!(dn.is_within(&other), apart.is_within(&taken_apart));
        prop_assert_eq!(other.is_within(&dn), taken_apart.is_within(&apart));
        prop_assert_eq!(dn == other, apart == taken_apart);
    }
}

#[test]
fn knows_its_place_in_the_tree() {
    let dn = parse("cn=a,cn=Recipients,ou=S,o=O");
    assert!(dn.is_within(&parse("OU=s,O=o")));
    assert!(!dn.is_within(&parse("ou=t,o=O")));
    assert_eq!(dn.parent().to_string(), "cn=Recipients,ou=S,o=O");
    assert_eq!(dn.ancestor(2).to_string(), "ou=S,o=O");
    assert_eq!(Dn::parse_lossy(b"garbage").to_string(), "garbage");
}
