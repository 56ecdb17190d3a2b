//! The report that people read first.

use super::{ASCII, STYLE, fixture, sanitize, wrap::width};
use crate::directory::dn::Dn;
use crate::output::{Digest, Format, Style};
use crate::report::{Finding, Report, Severity, Unseen, Verdict};

fn digest(report: &Report, style: Style) -> String {
    let text = String::from_utf8(Digest { style, only_news: false }.write(report).unwrap()).unwrap();
    assert!(text.ends_with('\n') && !text.contains("\n\n\n"));
    text
}

/// The report of the fixture, with something that was not seen.
fn report() -> Report {
    let mut report = fixture::full();
    let remedy = Some("Bind as an administrator:".to_owned());
    let paste =
        Some("exaudit audit -H ldap://exch01:389 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W --allow-plaintext-password".to_owned());
    let mut unseen = Unseen::of("No hidden object of site TOKYO was seen, and one may exist".into(), remedy, paste);
    report.results.iter().filter(|finding| finding.verdict == Verdict::Unknown).for_each(|finding| unseen.leaves(finding));
    report.targets[0].unseen = vec![unseen];
    report
}

#[test]
fn digest_of_80_columns() {
    insta::assert_snapshot!(digest(&report(), STYLE));
}

#[test]
fn digest_of_120_columns_in_ascii() {
    insta::assert_snapshot!(digest(&report(), Style { width: 120, ..ASCII }));
}

#[test]
fn digest_of_50_columns() {
    insta::assert_snapshot!(digest(&report(), Style { width: 50, ..STYLE }));
}

/// One service, with which all is well.
fn well() -> Report {
    let pass = |check| fixture::finding(check, Verdict::Pass, Severity::Critical);
    fixture::report(crate::output::digest::services::critical().map(pass).collect())
}

#[test]
fn nothing_wrong_is_few_lines() {
    let fine = well();
    insta::assert_snapshot!(digest(&fine, STYLE));
    insta::assert_snapshot!(digest(&fixture::report(Vec::new()), STYLE));
}

#[test]
fn a_remedy_is_told_once() {
    let mut report = report();
    let mut other = report.targets[0].unseen[0].clone();
    other.what = "Another thing".into();
    report.targets[0].unseen.push(other);
    let text = digest(&report, STYLE);
    assert_eq!(text.matches("Bind as an administrator:").count(), 1, "{text}");
    assert_eq!(text.matches("exaudit audit -H").count(), 1, "{text}");
    assert!(text.contains("Another thing. As above."), "{text}");
}

#[test]
fn an_incomplete_audit_is_never_called_clean() {
    let mut report = well();
    report.complete = false;
    report.targets[0].complete = false;
    report.targets[0].problems = vec!["The server ldap://exch01:389 closed the connection after 99 entries; try again.".into()];
    insta::assert_snapshot!(digest(&report, STYLE));
}

#[test]
fn colour_marks_what_stands_out_and_says_nothing_alone() {
    for width in [200, 120, 80, 60, 50] {
        let plain = Style { width, ..STYLE };
        let coloured = digest(&report(), Style { colour: true, ..plain });
        let codes = ["\u{1b}[1m\u{1b}[31m", "\u{1b}[33m", "\u{1b}[36m", "\u{1b}[1m", "\u{1b}[0m"];
        assert!(coloured.contains("\u{1b}[1m\u{1b}[31mCRITICAL\u{1b}[0m") && coloured.contains("\u{1b}[33mWARNING\u{1b}[0m"));
        let stripped = codes.iter().fold(coloured, |text, code| text.replace(code, ""));
        assert_eq!(stripped, digest(&report(), plain));
    }
}

/// Every width, with text that is hostile, wide or very long in each place where text can be. Only what is to be pasted is longer.
#[test]
fn every_width_fits_and_shows_no_hidden_character() {
    let hostile =
        ["\u{1b}[31m\n\u{202e}x", "\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}", "\u{2764}\u{fe0f}"];
    let long = format!("cn={},{}o=X", "y".repeat(100), "ou=a long part,".repeat(13));
    for text in hostile.iter().map(|&text| text.to_owned()).chain([long]) {
        let mut report = report();
        for result in &mut report.results {
            result.message = format!("Seen: {text} {text}");
            result.fails = Some(text.clone());
            let subject = result.subject.as_mut().unwrap();
            (subject.site, subject.server) = (Some(text.clone()), Some(text.clone()));
        }
        let target = &mut report.targets[0];
        target.organization = Some(text.clone());
        target.problems = vec![text.clone()];
        target.shown_by_nobody = vec![text.clone()];
        target.unseen[0].what.clone_from(&text);
        target.unseen[0].paste = None;
        for width_asked in 20..=200 {
            for unicode in [true, false] {
                for line in digest(&report, Style { width: width_asked, unicode, ..STYLE }).lines() {
                    assert!(width(line) <= width_asked, "{width_asked}: {line}");
                    assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
                }
            }
        }
    }
}

#[test]
fn what_is_to_be_pasted_is_one_line() {
    for width in [20, 50, 80] {
        let text = digest(&report(), Style { width, ..STYLE });
        assert!(
            text.lines().any(|line| line.trim().starts_with("exaudit audit -H") && line.ends_with("--allow-plaintext-password"))
        );
    }
}

#[test]
fn many_failures_of_one_severity_are_counted() {
    let of = |number: usize| {
        let mut finding = fixture::finding(&format!("check-{number:02}"), Verdict::Fail, Severity::Warning);
        finding.subject.as_mut().expect("a subject").dn = Dn::of([("cn", format!("n{number}").as_str()), ("o", "O")]);
        finding
    };
    let all: Vec<Finding> = (0..50).map(of).collect();
    let text = digest(&fixture::report(all), STYLE);
    assert!(text.contains(" and 30 more failures, of 30 checks: see --detail.\n"), "{text}");
    assert!(text.contains("WARNING: 50 failures") && text.lines().count() < 60);
}
