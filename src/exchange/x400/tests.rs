//! Each code by itself, both ways of asking, and what must hold of any text.

use super::*;
use proptest::prelude::*;

/// What is found, as `code@position`.
fn found(text: &str) -> Vec<String> {
    examine(text).problems.iter().map(|problem| format!("{}@{}", problem.code, problem.position)).collect()
}

/// Every code, alone in an address that has no other fault.
const ALONE: &[(&str, Code, usize)] = &[
    ("", Code::Empty, 1),
    ("   ", Code::Empty, 1),
    ("/o=Org/ou=Site/cn=x", Code::SlashForm, 1),
    ("c=US;a= ;Org;s=x;", Code::NoEquals, 10),
    (";c=US;a= ;s=x;", Code::NoEquals, 1),
    ("c=US;a= ;s=x; ;g=y;", Code::NoEquals, 14),
    ("c=US;a= ;x=1;s=x;", Code::UnknownKey, 10),
    ("c=US;a= ;=1;s=x;", Code::UnknownKey, 10),
    ("c=US;a= ;ou5=1;s=x;", Code::UnknownKey, 10),
    ("c=US;a= ;p=Org;l=SRV-1;", Code::UnknownKey, 16),
    ("c=US;a= ;s=x;s=y;", Code::Twice, 14),
    ("c=US;c=US;a= ;s=x;", Code::Twice, 6),
    ("c=US;a= ;s=x;dda=y;", Code::DdaWithoutType, 14),
    ("c=US;a= ;s=x;dda:=y;", Code::DdaWithoutType, 14),
    ("c=US;a= ;s=x;dda:A=1;dda:A=2;dda:B=3;dda:C=4;dda:D=5;dda:E=6;", Code::TooManyDda, 46),
    ("c=US;a= ;o=;s=x;", Code::EmptyValue, 10),
    ("c=US;a= ;p=Org;s=  ;", Code::EmptyValue, 16),
    ("c=US;a= ;p=Org;dda:ms=;", Code::EmptyValue, 16),
    ("c=US;a= ;p=12345678901234567;", Code::TooLong, 28),
    ("c=US;a=12345678901234567;s=x;", Code::TooLong, 24),
    ("c=US;a= ;s=x;g=12345678901234567;", Code::TooLong, 32),
    ("c=US;a= ;s=x;i=123456;", Code::TooLong, 21),
    ("c=US;a= ;s=x;q=1234;", Code::TooLong, 19),
    ("c=US;a= ;s=x;dda:123456789=y;", Code::TooLong, 14),
    ("c=US;a= ;s=O_x;", Code::NotPrintable, 13),
    ("c=US;a= ;s=M\u{fc}ller;", Code::NotPrintable, 13),
    ("c=US;a= ;s=a\tb;", Code::NotPrintable, 13),
    ("c=US;a= ;s=a;;b;", Code::NotPrintable, 13),
    ("c=US;a= ;s=x;dda:a_b=y;", Code::NotPrintable, 14),
    ("a= ;s=x;", Code::NoCountry, 1),
    ("c=U;a= ;s=x;", Code::CountryLength, 3),
    ("c=USAX;a= ;s=x;", Code::CountryLength, 3),
    ("c=;a= ;s=x;", Code::CountryLength, 1),
    ("c=US;s=x;", Code::NoAdmd, 1),
    ("c=US;a= ;", Code::NoIdentifyingTerm, 1),
    ("c=USA;a= ;s=x;", Code::CountryForm, 3),
    ("c=12;a= ;s=x;", Code::CountryForm, 3),
    ("c=US;a=;s=x;", Code::EmptyAdmd, 6),
    ("c=US;a= ;p=;s=x;", Code::EmptyPrmd, 10),
    ("c=US;a= ;p=Org;i=J;", Code::NoSurname, 16),
    ("c=US;A= ;s=x;", Code::UpperCaseKey, 6),
    ("c=US;a= ;s=x;DDA:ms=y;", Code::UpperCaseKey, 14),
    ("c=US;admd= ;s=x;", Code::OtherSpelling, 6),
    ("c=US;a= ;s=x;dda.type=ms;dda.value=y;", Code::OtherSpelling, 14),
    ("c=US; a= ;s=x;", Code::BlanksAroundSeparator, 6),
    ("c=US;a= ;s=x ;", Code::BlanksAroundSeparator, 13),
    ("c=US;a= ;s =x;", Code::BlanksAroundSeparator, 11),
    ("c=US;a= ;s= x;", Code::BlanksAroundSeparator, 12),
    ("c=US;a= ;s=x; ", Code::BlanksAroundSeparator, 14),
    (" c=US;a= ;s=x;", Code::BlanksAroundSeparator, 1),
    ("c=US;a= ;s=x;dda: ms=y;", Code::BlanksAroundSeparator, 18),
    ("c=US;a=  ;s=x;", Code::SurplusBlanks, 6),
    ("c=US;a= ;s=x  y;", Code::SurplusBlanks, 14),
    ("c=US;a= ;s=x;p=Org;", Code::Order, 14),
    ("c=US;a= ;g=y;s=x;", Code::Order, 14),
    ("c=US;a= ;s=x", Code::NoFinalSemicolon, 12),
];

#[test]
fn each_code_alone() {
    for (text, code, position) in ALONE {
        assert_eq!(found(text), [format!("{code}@{position}")], "{text}");
        assert_eq!(class_of(text), code.class(), "{text}");
    }
    // and what does not come alone
    for (text, expected) in [
        ("c=FR;a=ATLAS;x.121=93312345678;", &["unsupported-form@14"][..]),
        ("c=FR;a=ATLAS;n-id=12 34;", &["unsupported-form@14"]),
        ("c=FR;a=ATLAS;x.121=1;t-ty=g3fax;t-id=x;", &["unsupported-form@14"]),
        ("c=FR;a=ATLAS;n-id=12a;", &["unsupported-form@14", "not-numeric@21"]),
        ("c=FR;a=ATLAS;x.121=12345678901234567;", &["unsupported-form@14", "too-long@36"]),
        ("c=FR;a=ATLAS;t-ty=g3fax;", &["no-identifying-term@1", "unsupported-form@14"]),
        // the generation qualifier is no name
        ("c=US;a= ;q=III;", &["no-identifying-term@1", "no-surname@10"]),
        // a pair of semicolons hides what else the value is
        ("c=US;;x;a= ;s=x;", &["not-printable@5"]),
        // blanks that count as one are counted as one: 16 characters
        ("c=US;a= ;p=1234567  12345678;", &["surplus-blanks@20"]),
        ("c=US;a= ;s=x;dda.type=ms;", &["empty-value@14", "other-spelling@14"]),
        ("c=US;a= ;s=x;dda.type=ms;dda.type=b;dda.value=y;", &["empty-value@14", "other-spelling@14"]),
        ("c=US;a= ;s=x;dda.value=y;", &["dda-without-type@14", "other-spelling@14"]),
        ("c=US;a= ;s=x;dda.type=a=b;dda.value=y;", &["dda-without-type@14", "other-spelling@14"]),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
    let seen = |code: &&Code| ALONE.iter().any(|(_, known, _)| known == *code);
    let others: Vec<_> = Code::ALL.iter().filter(|code| !seen(code)).collect();
    assert_eq!(others, [&Code::NotNumeric, &Code::UnsupportedForm], "every code has a row here");
}

#[test]
fn bounds_are_the_longest_that_fits() {
    for (key, bound) in [
        ("a", 16),
        ("p", 16),
        ("o", 64),
        ("ou1", 32),
        ("ou4", 32),
        ("s", 40),
        ("cn", 64),
        ("x.121", 16),
        ("n-id", 32),
        ("dda:SMTP", 128),
    ] {
        for (length, fits) in [(bound, true), (bound + 1, false)] {
            let start = if key == "a" {
                "c=US;p=Org;"
            } else if key == "p" {
                "c=US;a= ;"
            } else {
                "c=US;a= ;p=Org;"
            };
            let text = format!("{start}{key}={};", "1".repeat(length));
            assert_eq!(class_of(&text) != Class::Broken, fits, "{text}");
        }
    }
    let whole = |length: usize| {
        let start = "c=US;a= ;s=x;dda:A=";
        format!("{start}{};", "y".repeat(length - start.len() - 1))
    };
    assert_eq!(found(&whole(1124)), ["too-long@1124"]);
    assert_eq!(found(&whole(1123)), ["too-long@148"]);
}

#[test]
fn what_is_as_exchange_writes_it() {
    for text in [
        "c=US;a= ;p=Org;o=Site;s=Surname;g=Given;",
        "c=840;a= ;p=Org;",
        "c=us;a=admd;p=prmd;o=org;ou1=1;ou2=2;ou3=3;ou4=4;s=s;g=g;i=i;q=IV;cn=cn;",
        "c=US;a= ;p=Org;o=Site;cn=Name;s=x;",
        "c=US;a= ;p=Org;o=Site;dda:SMTP=user(a)domain.com;dda:MSXENCAP=SMTP;",
        "c=US;a= ;p=Org;o=O'Neil + Co, (a-b) c.d/e:f=g?;s=x;",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
        assert_eq!(parse(text).unwrap().terms().len(), text.matches(';').count());
    }
}

#[test]
fn a_style_is_told_once_and_a_fault_each_time() {
    assert_eq!(found("C=US;A= ;P=Org;S=x;"), ["upper-case-key@1"]);
    assert_eq!(found("c=US;a= ;s=_;g=_;"), ["not-printable@12", "not-printable@16"]);
    assert_eq!(found("zz;c=US;"), ["no-equals@1", "no-admd@1", "no-identifying-term@1"]);
    assert_eq!(found(" zz"), ["no-equals@2"], "nothing more can be said of what has no key at all");
}

#[test]
fn each_key_is_read_as_it_is_written() {
    for key in Key::ALL.into_iter().filter(|key| *key != Key::DomainDefined) {
        assert_eq!(Key::read(key.text()), Some((key, true)));
        assert_eq!(Key::read(&key.text().to_ascii_uppercase()), Some((key, true)));
    }
    for (text, expected) in
        [("admd", Some((Key::Admd, false))), ("X121", Some((Key::X121, false))), ("dda", None), ("", None), ("x", None)]
    {
        assert_eq!(Key::read(text), expected, "{text}");
    }
    assert!(Key::ALL.is_sorted());
}

#[test]
fn terms_and_comparison() {
    let address = parse("C=US; A= ;P=Contoso  Ltd;O=Site;S=Doe;DDA:smtp=x(a)y;dda:MS=a//b;").unwrap();
    for (key, expected) in [
        ("c", Some("US")),
        ("A", Some(" ")),
        ("p", Some("Contoso Ltd")),
        ("ou1", None),
        ("dda:SMTP", Some("x(a)y")),
        ("DDA:ms", Some("a//b")),
        ("dda", None),
        ("zz", None),
    ] {
        assert_eq!(address.term(key), expected, "{key}");
    }
    let same = parse("c=us;a= ;p=CONTOSO LTD;o=site;s=doe;dda:ms=a/b;dda:smtp=X(A)Y;").unwrap();
    assert!(address.is_same(&same) && address != same);
    for (space, outside) in [
        ("c=US;a= ;p=Contoso Ltd;o=Site;", None),
        ("c=us;a= ;p=contoso ltd;", None),
        ("c=DE;a= ;p=Contoso Ltd;", Some(Key::Country)),
        ("c=US;a=;p=Contoso Ltd;", Some(Key::Admd)),
        ("c=US;a= ;p=Other;o=Site;", Some(Key::Prmd)),
        ("c=US;a= ;p=Contoso Ltd;o=Site;ou1=x;", Some(Key::Unit1)),
        // a name routes nothing
        ("c=US;a= ;p=Contoso Ltd;s=Other;", None),
    ] {
        assert_eq!(address.outside(&parse(space).unwrap()), outside, "{space}");
    }
    for (one, other, expected) in
        [("a b", "A  B ", true), ("a", "b", false), (" ", "", false), (" ", "  ", true), ("", "", true), ("ab", "a b", false)]
    {
        assert_eq!(same_value(one, other), expected, "{one:?} {other:?}");
    }
    assert_eq!(parse("c=US").unwrap_err().len(), 3);
}

#[test]
fn words_are_unique_and_kebab_case() {
    let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
    assert!(words.iter().all(|word| word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')));
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), Code::ALL.len());
    assert!(Code::ALL.len() <= 32, "judge.rs keeps a bit for each");
    assert!(Code::ALL.iter().all(|code| code.class() != Class::Ok && !code.source().is_empty()));
}

/// docs/x400.md holds a row for each, in this order.
#[test]
fn the_page_holds_every_code() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/x400.md")).unwrap();
    let codes = page.split_once("## Codes").unwrap().1;
    let rows: Vec<_> = codes.lines().filter(|line| line.starts_with("| `")).collect();
    let row = |code: &Code| format!("| `{code}` | {} | {} | {} |", code.class().word(), code.about(), code.source());
    let expected: Vec<_> = Code::ALL.iter().map(row).collect();
    assert_eq!(rows, expected, "docs/x400.md is stale");
}

/// Text that looks much like an address.
fn address_like() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "c",
        "a",
        "p",
        "o",
        "ou1",
        "ou2",
        "s",
        "g",
        "i",
        "q",
        "cn",
        "x.121",
        "n-id",
        "t-id",
        "t-ty",
        "dda:ms",
        "dda:",
        "dda",
        "DDA:SMTP",
        "dda.type",
        "DDA.VALUE",
        "ADMD",
        "prmd",
        "OU",
        "l",
        "C",
        "A",
        " s",
        "s ",
        "",
        "x_",
    ]);
    let value = prop_oneof![
        Just("US".to_owned()),
        Just(" ".to_owned()),
        "[ A-Za-z0-9/(=;_@\u{fc}]{0,20}",
        prop::sample::select(vec!["Org", "x", "a  b", " y", "1234567890123456789", "z ", ""]).prop_map(str::to_owned),
    ];
    let end = prop::sample::select(vec![";", "; ", ";;", "", ";", ";"]);
    prop::collection::vec((key, value, end), 0..9)
        .prop_map(|terms| terms.iter().map(|(key, value, end)| format!("{key}={value}{end}")).collect())
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let examination = examine(text);
    prop_assert_eq!(examination.class, class_of(text));
    let length = text.chars().count().max(1);
    for problem in &examination.problems {
        prop_assert!((1..=length).contains(&problem.position), "{:?}", problem);
        prop_assert_eq!(problem.class, problem.code.class());
        prop_assert!(problem.message.chars().count() < 250, "{}", problem.message);
    }
    prop_assert!(examination.problems.is_sorted_by_key(|problem| problem.position));
    prop_assert_eq!(parse(text).is_ok(), examination.class != Class::Broken);
    prop_assert_eq!(examination.normalized.is_none(), examination.class == Class::Broken);
    if let Some(normalized) = examination.normalized {
        let again = examine(&normalized);
        prop_assert_ne!(again.class, Class::Broken, "{} -> {}", text, &normalized);
        prop_assert_eq!(again.normalized.as_ref(), Some(&normalized));
        prop_assert!(parse(text).unwrap().is_same(&parse(&normalized).unwrap()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn holds_of_what_looks_like_an_address(text in address_like()) {
        holds(&text)?;
    }

    #[test]
    fn holds_of_a_damaged_address(at in 0_usize..40, put in "(;|=| |\\PC){0,3}") {
        let text = "c=US;a= ;p=Org;o=Site;s=Doe;g=John;dda:ms=a/b;";
        let at = at.min(text.len());
        holds(&format!("{}{put}{}", &text[..at], &text[at..]))?;
    }

    #[test]
    fn holds_of_any_text(text in "\\PC{0,80}") {
        holds(&text)?;
    }

    #[test]
    fn order_does_not_matter_to_what_is_written(order in Just(vec!["c=US;", "a= ;", "p=Org;", "o=Site;", "ou1=Unit;", "s=Doe;", "g=John;", "i=J;"]).prop_shuffle()) {
        let normalized = examine(&order.concat()).normalized;
        prop_assert_eq!(normalized.as_deref(), Some("c=US;a= ;p=Org;o=Site;ou1=Unit;s=Doe;g=John;i=J;"));
    }
}
