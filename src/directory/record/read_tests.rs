use super::super::About;
use super::*;
use proptest::prelude::*;

const HEAD: &str = "exaudit collect, form 2\nbase: o=Org\nattributes 1: objectClass cn\n";

fn error(text: &str) -> String {
    parse(text.as_bytes()).expect_err(text).to_string()
}

#[test]
fn says_which_line_is_wrong() {
    for (text, expected) in [
        ("exaudit collect, form 9\n", "line 1: this form of record is not known"),
        (HEAD, "line 4: the line is not `key: value`"),
        (&format!("{HEAD}colour: red"), "line 4: \"colour\" is not known here"),
        (&format!("{HEAD}attributes 1: x"), "line 4: number 2 is expected here, not \"1\""),
        (&format!("{HEAD}search 2: sub o=Org"), "line 4: number 1 is expected here, not \"2\""),
        (&format!("{HEAD}search 1: deep o=Org"), "line 4: the scope is not base, one or sub"),
        (&format!("{HEAD}search 1: sub nonsense"), "line 4: not a distinguished name"),
        (&format!("{HEAD}search 1: sub o=Org\n  filter: (cn="), "line 5: not an LDAP filter"),
        (&format!("{HEAD}search 1: sub o=Org\n  attributes: 0"), "line 5: there is no list of attributes of that number"),
        (&format!("{HEAD}search 1: sub o=Org\n  ended: complete"), "line 5: the search lacks its filter or its attributes"),
        (&format!("{HEAD}search 1: sub o=Org\nserver: x"), "line 5: the search before this line does not say how it ended"),
        (&format!("{HEAD}search 1: sub o=Org\n  filter: (cn=*)"), "line 5: the last search does not say how it ended"),
        (&format!("{HEAD}  ended: complete"), "line 4: there is no search that this line belongs to"),
        (
            &format!("{HEAD}search 1: sub o=Org\n  filter: (cn=*)\n  attributes: 1\n  ended: well"),
            "line 7: \"well\" is not an ending",
        ),
        (HEAD.trim_end(), "line 3: it names no search"),
    ] {
        assert!(error(text).starts_with(expected), "{text}: {}", error(text));
    }
}

fn endings() -> impl Strategy<Value = Ended> {
    prop_oneof![
        Just(Ended::Complete),
        Just(Ended::OwnLimit),
        Just(Ended::NoSuchObject),
        Just(Ended::Denied),
        Just(Ended::Referral),
        "[ -~é]{0,40}".prop_map(Ended::Refused),
        "[ -~]{0,40}".prop_map(Ended::Cut),
    ]
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        names in proptest::collection::vec(("[a-z=,+\\\\ é\\x00-\\x1f]{1,12}", "\\PC{1,8}", 0..3_usize, endings(), 0..3_u32), 1..6),
        site in "\\PC{0,12}",
    ) {
        let searches = names.into_iter().map(|(name, value, scope, ended, size_limit)| {
            let search = Search {
                base: Dn::of([("cn", name.as_str()), ("o", "Org")]),
                scope: [Scope::Base, Scope::One, Scope::Sub][scope],
                filter: Filter::And(vec![Filter::equal("cn", &value), Filter::present("objectClass")]),
                attributes: (0..40).map(|n| format!("Attribute-{n}")).take(size_limit as usize * 20).collect(),
                size_limit,
                in_one_piece: false,
            };
            Recorded { search, ended }
        });
        let searches: Vec<Recorded> = searches.collect();
        // what an entry was asked for need not be what one search asked for
        let mut lists = vec![vec!["cn".to_owned(), "sn".to_owned()], Vec::new()];
        for one in &searches {
            if !lists.contains(&one.search.attributes) {
                lists.push(one.search.attributes.clone());
            }
        }
        let record = Record {
            about: About {
                program: "exaudit 0.1.0".into(),
                base: Dn::of([("o", "Org")]),
                hidden: vec![(site.replace(char::is_control, " "), true), ("T".into(), false)],
                notes: vec!["a note: with a colon".into()],
                ..About::default()
            },
            lists,
            searches,
        };
        let comments = record.to_comments();
        let unfolded = comments.replace("\n ", "");
        let lines: Vec<&str> = unfolded.lines().filter_map(|line| line.strip_prefix("#: ")).collect();
        prop_assert!(comments.lines().all(|line| line.starts_with('#') || line.starts_with("  ")), "{}", comments);
        prop_assert_eq!(parse(lines.join("\n").as_bytes()), Ok(record));
    }

    #[test]
    fn no_bytes_break_it(text in proptest::collection::vec(any::<u8>(), 0..200), head in any::<bool>()) {
        let bytes = if head { [HEAD.as_bytes(), &text].concat() } else { text };
        _ = parse(&bytes);
    }
}
