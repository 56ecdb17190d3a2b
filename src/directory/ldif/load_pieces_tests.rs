//! However many pieces a file is read in, the directory and what is said of it are the same.

use super::*;
use proptest::prelude::*;

/// What is said of a text that is read in so many pieces.
fn said(text: &str, pieces: usize) -> String {
    match try_in(text, pieces) {
        Ok((directory, loaded)) => format!("{}{loaded:?}", told(&directory)),
        Err(error) => error.to_string(),
    }
}

#[test]
fn pieces_make_the_same_directory_and_name_the_same_lines() {
    let record = |n: usize| match n % 6 {
        0 => format!("dn: cn=a{n},o=Org\ncn: {n}\n\n"),
        1 => format!("DN:  CN=a{n}, o=Org\r\ncn: {n}\r\n\r\n"),
        2 => format!("dn: cn=a{n},\n o=Org\ncn: {n}\nmember;range=0-1: x\n\r\n"),
        3 => format!("dn:: Y249YQ==\ncn:: {}\n\n", ["YQ==", "YWE="][n % 2]),
        4 => format!("# x\ndn: cn=\"a{n}\",o=org\nsn: {n}\nNew-{n}: x\n\n\n"),
        _ => format!("{HEADER}dn: cn=a{},o=Org\nCN: {n}\n\n{SUCCESS}\n", n % 7),
    };
    let text: String = (0..200).map(record).collect();
    let marked = format!("\u{feff}{text}");
    let (_, collected) = collected();
    let wrong = format!("{text}malformed\n\n{text}");
    for text in [text.as_str(), &marked, &wrong, &format!("{text}dn: cn=z,o=Org\ncn: z"), &collected] {
        let one = said(text, 1);
        for pieces in 2..20 {
            let several = said(text, pieces);
            let differs = several.lines().zip(one.lines()).find(|(several, one)| several != one);
            assert!(several == one, "{pieces}: {differs:?}");
        }
    }
    let lines = format!("{text}malformed\n").lines().count();
    assert!(said(&wrong, 7).contains(&format!("line {lines}: no `name: value`")));
}

fn block() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        6 => "(cn|CN|sn|member;range=0-1): [a-c ]{0,3}",
        2 => Just("cn:: YQ==".to_owned()),
        1 => "(# x|#: asked 1|#: end, entries: 1|# requesting: sn|dn: o=y|changetype: add|cn:: \\?|-|x)",
    ];
    let head = prop_oneof![
        8 => "dn: (cn=[a-c],)?o=[a-c]",
        1 => Just("search: 2\nresult: 0 Success".to_owned()),
        1 => Just("search: 2\nresult: 0 Success\npagedresults: cookie=x".to_owned()),
        1 => Just("version: 1".to_owned()),
        1 => Just(HEADER.trim_end().to_owned()),
        1 => "(ref: ldap://x|# x|)",
    ];
    let end = prop_oneof![Just("\n"), Just("\n\n"), Just("\r\n\r\n"), Just("\n\n\n"), Just("\n\r\n")];
    let lines = proptest::collection::vec(line, 0..4);
    (head, lines, end).prop_map(|(head, lines, end)| format!("{head}\n{}{end}", lines.join("\n")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn pieces_of_any_text_say_the_same(blocks in proptest::collection::vec(block(), 0..12), cut in 0..400_usize, pieces in 2..9_usize) {
        let text = blocks.concat();
        let at = text.len().saturating_sub(cut % (2 * text.len() + 1));
        let text = &text[..if text.is_char_boundary(at) && at > 0 { at } else { text.len() }];
        // how a name is spelled may come from behind an error, where nothing else does
        prop_assert_eq!(said(text, pieces).to_lowercase(), said(text, 1).to_lowercase(), "{:?}", text);
    }
}
