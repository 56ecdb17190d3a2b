//! The table and the list.

use super::{ASCII, STYLE, fixture, sanitize, wrap::width};
use crate::output::{Format, Style, Table};
use crate::report::{Report, Severity, Verdict};

fn table(report: &Report, style: Style) -> String {
    let text = String::from_utf8(Table { style }.write(report).unwrap()).unwrap();
    assert!(text.ends_with('\n') && !text.contains("\n\n\n"));
    text
}

#[test]
fn table_of_80_columns() {
    insta::assert_snapshot!(table(&fixture::full(), STYLE));
}

#[test]
fn table_of_80_columns_in_ascii() {
    insta::assert_snapshot!(table(&fixture::full(), ASCII));
}

#[test]
fn table_of_100_columns() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 100, ..STYLE }));
}

#[test]
fn table_of_60_columns_puts_the_place_below_the_check() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 60, ..STYLE }));
}

#[test]
fn below_60_columns_each_result_is_a_block() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 50, ..STYLE }));
}

#[test]
fn nothing_to_show_is_one_line() {
    insta::assert_snapshot!(table(
        &fixture::report(vec![fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical)]),
        STYLE
    ));
    insta::assert_snapshot!(table(&fixture::report(Vec::new()), STYLE));
}

#[test]
fn an_incomplete_audit_says_so() {
    let mut report = fixture::report(vec![fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical)]);
    report.complete = false;
    report.targets[0].complete = false;
    report.targets[0].problems = vec!["The server ldap://exch01:389 closed the connection after 99 entries; try again.".into()];
    insta::assert_snapshot!(table(&report, STYLE));
}

#[test]
fn colour_marks_the_answer_and_the_severity_and_nothing_else() {
    for width in [100, 80, 60, 50] {
        for unicode in [true, false] {
            let plain = Style { width, unicode, ..STYLE };
            let coloured = table(&fixture::full(), Style { colour: true, ..plain });
            for painted in ["\u{1b}[1m\u{1b}[31mcritical\u{1b}[0m", "\u{1b}[33mwarning\u{1b}[0m"] {
                assert!(coloured.contains(painted), "{painted:?} at {width}");
            }
            let answer = coloured.lines().filter(|line| line.starts_with("\u{1b}[1m") && !line.contains("\u{1b}[31m")).count();
            assert_eq!(coloured.matches("\u{1b}[0m").count(), 4 + answer, "{coloured}");
            let stripped =
                ["\u{1b}[1m", "\u{1b}[31m", "\u{1b}[33m", "\u{1b}[0m"].iter().fold(coloured, |text, code| text.replace(code, ""));
            assert_eq!(stripped, table(&fixture::full(), plain));
            assert!(!stripped.contains('\u{1b}'));
        }
    }
}

/// Every width, with text that is hostile, wide or very long in each place where text can be.
#[test]
fn every_width_fits_and_shows_no_hidden_character() {
    let hostile =
        ["\u{1b}[31m\n\u{202e}x", "\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}", "\u{2764}\u{fe0f}"];
    let long = format!("cn={},{}o=X", "y".repeat(100), "ou=a long part,".repeat(13));
    assert!(long.len() >= 300);
    for text in hostile.iter().map(|&text| text.to_owned()).chain([long]) {
        let mut report = fixture::full();
        for result in &mut report.results {
            result.message = format!("Seen: {text} {text}");
            let subject = result.subject.as_mut().unwrap();
            (subject.site, subject.server) = (Some(text.clone()), Some(text.clone()));
        }
        report.targets[0].organization = Some(text.clone());
        report.targets[0].problems = vec![text.clone()];
        for width_asked in 20..=200 {
            for unicode in [true, false] {
                let style = Style { width: width_asked, unicode, ..STYLE };
                // what is to be pasted, and ids, are never cut
                let is_wrapped = |line: &&str| !line.starts_with("  ldapsearch ");
                for line in table(&report, style).lines().filter(is_wrapped) {
                    assert!(width(line) <= width_asked.max(2 + "ims-admin-recipient".len()), "{width_asked}: {line}");
                    assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
                }
            }
        }
    }
}

#[test]
fn a_long_id_is_never_cut() {
    let id = "a-check-of-an-operator-with-a-very-long-identifier-indeed";
    let report = fixture::report(vec![fixture::finding(id, Verdict::Fail, Severity::Critical)]);
    for width in [20, 50, 60, 80, 120] {
        let text = table(&report, Style { width, ..STYLE });
        assert!(text.lines().any(|line| line.contains(id)), "{width}: {text}");
    }
}

#[test]
fn a_terminal_of_another_character_set_gets_ascii() {
    let text = table(&fixture::full(), Style { interactive: true, ..ASCII });
    assert!(text.is_ascii() || cfg!(windows), "{text}");
}
