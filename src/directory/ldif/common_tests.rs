//! The reader of common records against that of single lines.

use super::super::places::Places;
use super::super::reader::{Record, entries};
use super::*;
use proptest::prelude::*;
use std::io::{BufReader, Read as _};

/// What a file holds, read with so many bytes at hand. With few no record is whole in memory.
fn read(text: &[u8], at_hand: usize) -> Vec<String> {
    let mut reader = entries(BufReader::with_capacity(at_hand, text));
    let mut shown = Vec::new();
    while let Some(record) = reader.next() {
        let cut = reader.cut_inside();
        shown.push(match record {
            Ok(Record::Entry(entry)) => format!("{:?} {:?} {cut}", entry.dn, entry.attributes()),
            Ok(other) => format!("{other:?} {cut}"),
            Err(error) => error.to_string(),
        });
    }
    shown
}

/// How many records of a file the reader of common records takes.
fn taken(text: &[u8]) -> usize {
    let (mut common, mut rest, mut count) = (Common::default(), text, 0);
    while let Some(read) = common.read(rest, Limits::default()) {
        count += 1;
        rest = &rest[read.bytes..];
    }
    count
}

#[test]
fn takes_what_exports_are_made_of() {
    let text = "dn: cn=a,o=Org\ncn: a\nmail: a@example.com\nmail: b\n\ndn:: Y249w6Qsbz1P\ncn;lang-de:: w6Q=\ndescription: lo\n ng\nsn:\n\n\
                DN: o=Org, c=US\nchangetype: add\nobjectClass: Top\n\n";
    assert_eq!(taken(text.as_bytes()), 3);
    assert_eq!(taken(text.replace('\n', "\r\n").as_bytes()), 3);
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        assert_eq!(read(text.as_bytes(), 1 << 16), read(text.as_bytes(), 1));
    }
}

/// A record is read by the form of those before it, and differs from them all the same.
#[test]
fn a_record_need_not_go_on_as_the_one_before() {
    let records = [
        "cn: a\nsn: b\n",
        "cn: a\nsn: b\n",
        "sn: a\ncn: b\n",
        "cn: a\nCN: b\nsn: c\n",
        "cn: a\ncn:: Yg==\nsn:  c\n",
        "cn: a\nsn;x: b\n",
        "cn: a\n",
        "cn: a\nsn:\nsn: \nuid: b\n",
        "cn: a\nsn: b\nuid: c\n",
    ];
    let text: String = records.iter().cycle().take(27).map(|lines| format!("dn: o=x\n{lines}\n")).collect();
    assert_eq!(taken(text.as_bytes()), 27);
    let (by_forms, by_lines) = (read(text.as_bytes(), 1 << 16), read(text.as_bytes(), 1));
    assert_eq!(by_forms, by_lines);
    assert!(by_forms[2].contains("[Attribute { name: \"sn\", values: [[97]] }, Attribute { name: \"cn\""), "{}", by_forms[2]);
}

#[test]
fn leaves_what_is_odd() {
    for text in [
        "dn: cn=a\ncn: a\n",
        "dn: cn\ncn: a\n\n",
        "dn: o=a\n# x\ncn: a\n\n",
        "dn: o=a\ndn: o=b\n\n",
        "dn: o=a\nchangetype: delete\n\n",
        "dn: o=a\ncn: a\nchangetype: add\n\n",
        "dn: o=a\ncn\n\n",
        "dn: o=a\ncn: \0\n\n",
        "dn: o=a\ncn: a\rb\n\n",
        "dn: o=a\ncn:: ?\n\n",
        "dn: o=a\ncn:< file:x\n\n",
        "dn;x: o=a\ncn: a\n\n",
        "version: 1\n\n",
    ] {
        assert_eq!(taken(text.as_bytes()), 0, "{text:?}");
    }
    let long = format!("dn: o=a\ncn: {}\n\n", "x".repeat(1 << 16));
    assert_eq!(taken(long.as_bytes()), 0);
}

fn line() -> impl Strategy<Value = String> {
    let name = "(cn|CN|sn|mail|otherMailbox|dn|add|changetype|cn;x|ref|search|result|#: answers|-|version| |)";
    let value = prop_oneof!["[ -~]{0,12}", "(::?|:<)? ?(add|YQ==|w6Q=|o=a|cn=b,o=a|o=|0|1|4 x)?", "\\PC{0,3}", "[\0\r:]{0,2}"];
    let between = "(: |:|:: |::|:\n |)";
    let end =
        prop_oneof![8 => Just("\n"), 2 => Just("\r\n"), 1 => Just("\r\r\n"), 2 => Just("\n "), 3 => Just("\n\n"), 1 => Just("")];
    (name, between, value, end).prop_map(|(name, between, value, end)| format!("{name}{between}{value}{end}"))
}

/// Each entry is found again where it is said to stand, however it is written and whatever stands before it.
#[test]
fn an_entry_is_found_where_it_stands() {
    let record = |n: usize| match n % 5 {
        0 => format!("dn: cn=a{n},o=Org\ncn: {n}\n\n"),
        1 => format!("DN:  CN=a{n}, o=Org\r\ncn: {n}\r\n\r\n"),
        2 => format!("dn: cn=a{n},\n o=Org\ncn: {n}\n\r\n"),
        3 => format!("dn:: {}\ncn: {n}\n\n", STANDARD.encode(format!("cn=a{n},o=Org"))),
        _ => format!("# x\ndn: cn=\"a{n}\",o=org\ncn: {n}\n\n"),
    };
    for start in ["", "\u{feff}", "version: 1\n\n"] {
        // the last again: one name may have several records
        let text: String = start.to_owned() + &(0..100).chain([99]).map(record).collect::<String>();
        let mut reader = entries(text.as_bytes());
        reader.places = Some(Places::default());
        assert_eq!(reader.by_ref().filter(Result::is_ok).count(), 101);
        let places = reader.places.and_then(Places::whole).expect("all of them");
        for n in 0..100 {
            let dn = Dn::of([("CN", format!("A{n}").as_str()), ("o", "ORG")]);
            let found: Vec<String> = places
                .of([&dn].into_iter())
                .into_iter()
                .map(|place| match entries(&text.as_bytes()[place as usize..]).next() {
                    Some(Ok(Record::Entry(entry))) => entry.text("cn").expect("a value"),
                    other => panic!("{n} at {place}: {other:?}"),
                })
                .collect();
            assert_eq!(found, vec![n.to_string(); 1 + usize::from(n == 99)]);
        }
        assert_eq!(places.of([&Dn::of([("cn", "b"), ("o", "Org")])].into_iter()).len(), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Whatever the file holds, and wherever it is cut, both say the same of it.
    #[test]
    fn both_readers_agree(records in proptest::collection::vec(proptest::collection::vec(line(), 0..6), 0..5), at_hand in 1..200_usize) {
        let text: String = records.iter().map(|lines| format!("dn: cn=x,o=Org\n{}\n", lines.concat())).collect();
        let all = read(text.as_bytes(), 1 << 16);
        prop_assert_eq!(&all, &read(text.as_bytes(), 1));
        prop_assert_eq!(&all, &read(text.as_bytes(), at_hand));
        let mut first = Vec::new();
        (&mut text.as_bytes()).take(at_hand as u64).read_to_end(&mut first).expect("bytes");
        prop_assert_eq!(read(&first, 1 << 16), read(&first, 1));
    }
}
