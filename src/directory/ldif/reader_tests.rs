use super::*;
use proptest::prelude::*;

const SMALL: Limits = Limits { value: 30, record: 120, values: 6, attributes: 4, dn: 20 };

/// What a text reads as: a line a record, the error last.
fn read_within(text: &[u8], limits: Limits) -> String {
    let mut shown = Vec::new();
    for record in within(text, limits) {
        shown.push(match record {
            Ok(Record::Entry(entry)) => {
                let values = entry.attributes().map(|a| {
                    let values: Vec<_> = a.values.iter().map(|v| v.escape_ascii().to_string()).collect();
                    format!(" {}={}", a.name, values.join("|"))
                });
                format!("<{}>{}", entry.dn, values.collect::<String>())
            }
            Ok(Record::SearchResult { line, code, text }) => format!("result@{line} {code} {text}"),
            Ok(Record::Reference(urls)) => format!("ref {}", urls.join(" ")),
            Ok(Record::Unfinished { line }) => format!("unfinished@{line}"),
            Err(error) => format!("! {error}"),
        });
    }
    shown.join("\n")
}

fn read(text: &[u8]) -> String {
    read_within(text, Limits::default())
}

#[test]
fn reads_content_records() {
    for (text, expected) in [
        (&b""[..], ""),
        (b"\n\n# nothing\n", ""),
        (b"version: 1\n", ""),
        (b"dn: o=Org\no: Org", "<o=Org> o=Org"),
        (b"version: 1\ndn: o=Org\no: Org\n", "<o=Org> o=Org"),
        (b"version: 1\n\ndn: o=A\n\nversion:1\n\ndn: o=B\n", "<o=A>\n<o=B>"),
        (b"\xef\xbb\xbfdn: o=Org\n", "<o=Org>"),
        (b"\r\ndn: o=A\r\no: A\r\n\r\n\r\n\r\ndn: o=B\r\no: B\r\n", "<o=A> o=A\n<o=B> o=B"),
        (b"dn: o=A\n# a comment\n that goes on\no: A\n\n\n\n# o: C\ndn: o=B\n", "<o=A> o=A\n<o=B>"),
        (b"dn: cn=a,\n o=Org\ncn: a\n b\ncn:: Y2\n Nj\n", "<cn=a,o=Org> cn=ab|ccc"),
        (b"DN: o=Org\nO: x\no: y\n", "<o=Org> O=x|y"),
        (b"dn:: bz1Pcmc=\n", "<o=Org>"),
        (b"dn:: bz1P/HJn\n", "<o=O\\FCrg>"),
        (b"dn: o=O\xfcrg\no: \xfc\n", "<o=O\\FCrg> o=\\xfc"),
        (b"dn:\nobjectClass: top\n", "<> objectClass=top"),
        (b"dn: o=Org\ncn;lang-de: a\nCN;binary:: AA==\nsn:\nuid: a= ;p=x \n", "<o=Org> CN=a|\\x00 uid=a= ;p=x "),
        (b"dn: o=Org\nversion: 3\nsearch: x\nresult: y\nref: z\n", "<o=Org> version=3 search=x result=y ref=z"),
        (b"dn: o=A\n\ndn: o=A\n", "<o=A>\n<o=A>"),
    ] {
        assert_eq!(read(text), expected, "{}", text.escape_ascii());
    }
}

#[test]
fn ends_at_the_first_malformed_record() {
    let change = |line, what| {
        format!(
            "! line {line}: this is a change file ({what}), not an export; export the directory instead, \
            for example with ldapsearch"
        )
    };
    for (text, expected) in [
        ("version: 2\n\ndn: o=Org\n", "! line 1: LDIF version \"2\" is not known; only version 1 is".to_owned()),
        ("# x\ncn: a\ndn: o=Org\n", "! line 2: the record does not start with a dn (it starts with \"cn\")".to_owned()),
        (
            "dn: o=Org\no: Org\ndn: o=Other\n",
            "! line 3: a dn in the middle of a record; an empty line must separate two records".to_owned(),
        ),
        ("dn: Org\n", "! line 1: the dn is not a distinguished name: `=` is missing at byte 3".to_owned()),
        ("dn: o=Org\no\n\n", "! line 2: no `name: value` here; is this an LDIF file?".to_owned()),
        ("dn: o=Org\no: Org\ndescr", "! line 3: the file ends in the middle of a line".to_owned()),
        ("dn: o=Org\ncn:: QUJ\n DRE\n", "! line 2: the base64 value of \"cn\" is malformed".to_owned()),
        ("dn: o=Org\ncn:: QUJ\n DRE", "! line 2: the file ends in the middle of the base64 value of \"cn\"".to_owned()),
        (
            "dn: o=Org\ncn:< file:///x\n",
            "! line 2: the value of \"cn\" is a URL; export with the values in the file (ldapsearch without -t)".to_owned(),
        ),
        (
            "dn: o=Org\n\n o: Org\n",
            "<o=Org>\n! line 3: the line starts with a space, but there is no line it continues".to_owned(),
        ),
        ("dn: o=Org\nchangetype: modify\no: Org\n", change(2, "changetype:")),
        ("dn: o=Org\no: Org\nchangetype: add\n", change(3, "changetype:")),
        ("dn: o=Org\nchangetype: add\nchangetype: add\n", change(3, "changetype:")),
        ("dn: o=Org\nControl: 1.2.3 true\nchangetype: delete\n", change(2, "control:")),
        ("dn: o=Org\nadd: o\no: x\n-\n", change(2, "add:")),
        ("dn: o=Org\ndelete: o\n", change(2, "delete:")),
        ("dn: o=Org\nreplace: o\n", change(2, "replace:")),
        ("dn: o=Org\nincrement: o\n", change(2, "increment:")),
        ("dn: o=Org\no: x\n-\n", change(3, "-")),
        ("changetype: add\ndn: o=Org\n", change(1, "changetype:")),
        ("dn: o=A\no: x\n\ndn: o=B\no: \0\n\ndn: o=C\n", "<o=A> o=x\n! line 5: a NUL byte; this is not LDIF text".to_owned()),
        ("\x7fELF\x02\x01\x01\0\0", "! line 1: a NUL byte; this is not LDIF text".to_owned()),
        ("Estimate\n", "! line 1: no `name: value` here; is this an LDIF file?".to_owned()),
    ] {
        assert_eq!(read(text.as_bytes()), expected, "{text:?}");
    }
}

#[test]
fn bounds_values_and_records() {
    let long = "x".repeat(30);
    for (text, expected) in [
        (format!("dn: o=A\no: {long}\n"), format!("<o=A> o={long}")),
        (format!("dn: o=A\no: {long}y\n"), "! line 2: the value of \"o\" is longer than 30 bytes, more than is read".into()),
        (format!("dn: o={long}\n"), "! line 1: the value of \"dn\" is longer than 30 bytes, more than is read".to_owned()),
        ("dn: o=345678901234567890\n".into(), "<o=345678901234567890>".into()),
        ("dn: o=3456789012345678901\n".into(), "! line 1: the dn is longer than 20 bytes, more than is read".into()),
        (
            format!("dn: o=A\n{}", format!("o: {long}\n").repeat(4)),
            "! line 5: the record is longer than 120 bytes, more than is read".into(),
        ),
        ("dn: o=A\n".to_owned() + &"o: x\n".repeat(6), "<o=A> o=x|x|x|x|x|x".into()),
        (
            "dn: o=A\n".to_owned() + &"o: x\n".repeat(7),
            "! line 8: the record holds more than 6 values, more than are read".into(),
        ),
        (
            "dn: o=A\na: x\nb: x\nc: x\nd: x\na: y\ne: x\n".into(),
            "! line 7: the record holds more than 4 attributes, more than are read".into(),
        ),
        ("ref: x\n".repeat(7), "! line 7: the record holds more than 6 values, more than are read".into()),
    ] {
        assert_eq!(read_within(text.as_bytes(), SMALL), expected, "{text:?}");
    }
}

#[test]
fn reads_what_ldapsearch_writes_around_the_entries() {
    let header = "# extended LDIF\n#\n# LDAPv3\n# base <o=Org> with scope subtree\n#\n\n";
    let more = "result: 0 Success\ncontrol: 1.2.840.113556.1.4.319 false MA0CAQAECAMAAAAAAAAA\n\
        pagedresults: cookie=AwAAAAAAAAA=\n";
    let last = "result: 0 Success\ncontrol: 1.2.840.113556.1.4.319 false MAUCAQAEAA==\npagedresults: cookie=\n";
    let prompt = "Press [size] Enter for the next {3|size} entries.\n";
    let count = "\n# numResponses: 2\n# numEntries: 1\n";
    for (text, expected) in [
        (
            format!("{header}# Org\ndn: o=Org\no: Org\n\n# search result\nsearch: 2\nresult: 0 Success\n{count}"),
            "<o=Org> o=Org\nresult@12 0 Success",
        ),
        (
            format!("{header}dn: o=Org\n\nsearch: 2\nresult: 4 Size limit exceeded\n{count}"),
            "<o=Org>\nresult@9 4 Size limit exceeded",
        ),
        (
            format!("{header}search: 2\nresult: 11 Administrative limit exceeded\ntext: illegal page size\nand more\n{count}"),
            "result@7 11 Administrative limit exceeded: illegal page size",
        ),
        (format!("{header}search: 2\nresult: 32 No such object\nmatchedDN: o=Org\n{count}"), "result@7 32 No such object"),
        (
            format!("{header}dn: o=A\n\nref: ldap://a/\nref:: bGRhcDovL2Iv\n\nsearch: 2\nresult: 0 Success\n{count}"),
            "<o=A>\nref ldap://a/ ldap://b/\nresult@12 0 Success",
        ),
        // Pages: on their own, and asked for one by one.
        (
            format!("{header}dn: o=A\n\nsearch: 2\n{more}{header}dn: o=B\n\nsearch: 3\n{last}{count}"),
            "<o=A>\nresult@9 0 Success\n<o=B>\nresult@21 0 Success",
        ),
        (
            format!("{header}dn: o=A\n\nsearch: 2\n{more}{prompt}{header}dn: o=B\n\nsearch: 3\n{last}{count}"),
            "<o=A>\nresult@9 0 Success\n<o=B>\nresult@22 0 Success",
        ),
        (
            format!("dn: o=A\n\n# pagedresults: cookie=Aw==\nEstimate entries: 7\n{prompt}dn: o=B\n\n# pagedresults: cookie=\n"),
            "<o=A>\n<o=B>",
        ),
        // Searches that did not end, or not in this file.
        (format!("{header}dn: o=A\n"), "<o=A>\nunfinished@1"),
        (format!("{header}dn: o=A\n\nsearch: 2\n{more}{prompt}"), "<o=A>\nresult@9 0 Success\nunfinished@9"),
        ("dn: o=A\n\n# pagedresults: cookie=Aw==\n".into(), "<o=A>\nunfinished@3"),
        ("dn: o=A\n\n# pagedresults: estimate=7 cookie=\n".into(), "<o=A>"),
        (
            format!("{header}dn: o=A\n\n{header}dn: o=B\n\nsearch: 2\nresult: 0 Success\n"),
            "<o=A>\n<o=B>\nresult@17 0 Success\nunfinished@1",
        ),
        ("search: 2\n".into(), "! line 1: the search result does not say how the search ended (no `result:` with a number)"),
        (
            "search: 2\nresult: x\n".into(),
            "! line 2: the search result does not say how the search ended (no `result:` with a number)",
        ),
        (
            "search: 2\nresult: 0 Success\ndn: o=A\n".into(),
            "! line 3: a dn in the middle of a record; an empty line must separate two records",
        ),
        (
            "dn: o=A\nPress [size] Enter for the next {3|size} entries.\n".into(),
            "! line 2: no `name: value` here; is this an LDIF file?",
        ),
        ("Press [size] Enter for the next {x|size} entries.\n".into(), "! line 1: no `name: value` here; is this an LDIF file?"),
    ] {
        assert_eq!(read(text.as_bytes()), expected, "{text}");
        assert_eq!(read(text.replace('\n', "\r\n").as_bytes()), expected, "{text}");
    }
}

#[test]
fn a_value_of_the_longest_length_is_read_and_one_byte_more_is_not() {
    let longest = super::super::limits::VALUE;
    for (length, fits) in [(longest, true), (longest + 1, false)] {
        let text = [b"dn: o=A\no: ".as_slice(), &vec![b'x'; length]].concat();
        let record = entries(text.as_slice()).next().expect("a record");
        assert_eq!(record.is_ok(), fits, "{length}");
    }
}

/// Pieces that reach far into the reader.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..40),
        proptest::sample::select(vec![
            "dn: ",
            "dn:: ",
            "o=Org",
            "cn: a",
            "\n",
            "\n\n",
            "\r\n",
            "\n ",
            ":",
            "::",
            ":<",
            "# ",
            "QUJD",
            "=",
            "version: 1",
            "search: 2\nresult: ",
            "4 Size limit",
            "ref: ",
            "text: ",
            "# extended LDIF\n",
            "changetype: ",
            "pagedresults: cookie=",
            "Press [size] Enter for the next {3|size} entries.",
            "\u{feff}",
            ",",
            "\\",
            "+",
        ])
        .prop_map(|piece| piece.as_bytes().to_vec()),
        (0..4000_usize).prop_map(|count| vec![b'x'; count]),
    ];
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_panics_and_nothing_passes_the_bound(text in pieces()) {
        let mut held = 0;
        let mut is_ended = false;
        for record in within(text.as_slice(), SMALL) {
            prop_assert!(!is_ended, "an error is the last");
            match record {
                Ok(Record::Entry(entry)) => {
                    let values: Vec<_> = entry.attributes().flat_map(|a| a.values).map(<[u8]>::len).collect();
                    prop_assert!(values.iter().all(|&length| length <= SMALL.value) && values.len() <= SMALL.values);
                    prop_assert!(values.iter().sum::<usize>() <= SMALL.record);
                    held += values.iter().sum::<usize>();
                }
                Ok(_) => {}
                Err(error) => {
                    prop_assert!(error.to_string().starts_with("line "), "{}", error);
                    prop_assert!(error.to_string().len() < 600, "{}", error);
                    is_ended = true;
                }
            }
        }
        prop_assert!(held <= text.len());
    }
}
