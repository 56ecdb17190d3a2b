//! The checklist.

use super::{ASCII, STYLE, fixture, sanitize};
use crate::exit::FailOn;
use crate::output::Style;
use crate::output::checklist::{Checklist, Layout};
use crate::report::{Evidence, Fix, Report, Severity, Summary, Unseen, Verdict};

fn checklist(report: &Report, layout: Layout, style: Style) -> String {
    Checklist::of(report, FailOn::Warning, layout, false, &style).text
}

/// The report of the fixture, with a cause of what is undecided, and a manual check of two servers.
fn full() -> Report {
    let mut report = fixture::full();
    let mut unseen = Unseen::of(
        "An anonymous bind sees too little of this directory".into(),
        Some("Bind with an account:".into()),
        Some("exaudit audit -H ldap://exch01:389 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W".into()),
    );
    report.results.iter().filter(|finding| finding.verdict == Verdict::Unknown).for_each(|finding| unseen.leaves(finding));
    report.targets[0].unseen.push(unseen);
    let mut other = fixture::finding("ims-admin-repoint", Verdict::Manual, Severity::Critical);
    other.subject = Some(fixture::subject("OSLO", "OSL02"));
    report.results.push(other);
    Report { summary: Summary::of(&report.results), ..report }
}

#[test]
fn checklist_in_markdown() {
    insta::assert_snapshot!(checklist(&full(), Layout::Markdown, STYLE));
}

#[test]
fn checklist_of_80_columns() {
    insta::assert_snapshot!(checklist(&full(), Layout::Text, STYLE));
}

#[test]
fn checklist_on_a_narrow_ascii_terminal() {
    insta::assert_snapshot!(checklist(&full(), Layout::Text, Style { width: 60, ..ASCII }));
}

#[test]
fn checklist_that_may_go_after_manual_items() {
    let report = fixture::report(vec![
        fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical),
        fixture::finding("ims-admin-repoint", Verdict::Manual, Severity::Critical),
    ]);
    insta::assert_snapshot!(checklist(&report, Layout::Text, STYLE));
}

#[test]
fn checklist_with_each_pass_and_failures_that_do_not_count() {
    let style = Style { colour: true, ..STYLE };
    let mut report = full();
    report.results[2].waiver = Some(fixture::waiver());
    report.summary = Summary::of(&report.results);
    insta::assert_snapshot!(Checklist::of(&report, FailOn::Never, Layout::Text, true, &style).text);
}

#[test]
fn what_nothing_is_known_to_decide_is_told_by_its_check() {
    let text = checklist(&fixture::full(), Layout::Markdown, STYLE);
    let expected = "- [ ] **The title of ims-admin-exists**: TOKYO / TYO-EXCH-03 (critical at worst; Q183178, ims-admin-exists)\n  \
                    - The mailbox was not seen and may be hidden.";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn only_so_many_objects_of_a_fault_are_told_and_all_are_signed_for() {
    let of = |n: usize, check: &str, verdict| {
        let mut finding = fixture::finding(check, verdict, Severity::Warning);
        finding.subject = Some(fixture::subject("SITE", &format!("SRV{n}")));
        finding
    };
    let all = (0..30).flat_map(|n| [of(n, "a-check", Verdict::Fail), of(n, "b-check", Verdict::Manual)]).collect();
    let text = checklist(&fixture::report(all), Layout::Markdown, STYLE);
    assert!(
        text.contains("**What is wrong by a-check**: SRV0, SRV1, SRV2, SRV3, SRV4 and 25 more")
            && text.contains("20 more objects"),
        "{text}"
    );
    assert_eq!(text.matches("The message of a-check.").count(), 10);
    assert_eq!((text.matches("The message of b-check.").count(), text.matches("Done by: ").count()), (1, 30));
}

/// Text in every place that comes from a directory.
fn with(text: &str) -> Report {
    let mut report = full();
    for result in &mut report.results {
        let dn = result.subject.as_ref().map(|subject| subject.dn.clone()).unwrap_or_default();
        result.message = format!("M {text}");
        result.title = format!("T {text}");
        result.fails = Some(format!("F {text}"));
        result.fix = Some(Fix { caution: Some(format!("C {text}")), steps: vec![format!("S {text}"); 2] });
        result.evidence =
            vec![Evidence { dn, attribute: "cn".into(), observed: vec![text.into(), String::new()], expected: text.into() }];
        if let Some(subject) = &mut result.subject {
            subject.site = Some(text.into());
        }
    }
    report.targets[0].organization = Some(text.into());
    report.targets[0].problems.push(text.into());
    report.targets[0].unseen[0].what = text.into();
    report.targets[0].unseen[0].paste = Some(text.into());
    report
}

#[test]
fn checklist_keeps_hostile_text_as_text() {
    let report = with("x\n- [x] done\n**GO** <script> `a|b` [l](http://h)\u{1b}[2J\u{202e}");
    for layout in [Layout::Markdown, Layout::Text] {
        let text = checklist(&report, layout, STYLE);
        assert!(!text.chars().any(|c| c != '\n' && sanitize::is_hidden(c)));
        assert!(!text.lines().any(|line| line.trim_start().starts_with("- [x] done")));
    }
}

/// Markdown without its code: spans and fences, whose text is never markup.
fn without_code(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        if c == '\\' {
            out.extend(rest.chars().take(2));
            rest = rest.get(1 + rest.chars().nth(1).map_or(0, char::len_utf8)..).unwrap_or_default();
        } else if run > 0 {
            let (fence, after) = rest.split_at(run);
            // a run of as many ends it
            let mut at = 0;
            let end = loop {
                let Some(found) = after[at..].find('`') else { break None };
                let length = after[at + found..].len() - after[at + found..].trim_start_matches('`').len();
                if length == run {
                    break Some(at + found);
                }
                at += found + length;
            };
            let end = end.unwrap_or_else(|| panic!("{fence} has no end in {line}"));
            rest = &after[end + run..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// What begins a line: blanks, a bullet or a number, and a box.
fn marker(line: &str) -> &str {
    let blanks = line.len() - line.trim_start_matches(' ').len();
    let digits = line[blanks..].len() - line[blanks..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &line[blanks + digits..];
    let own = ["- [ ] ", "- [x] ", "- ", ". ", "# ", "## "].into_iter().find(|own| after.starts_with(own));
    own.map_or("", |own| &line[..blanks + digits + own.len()])
}

/// How often it stands there, without a backslash before it.
fn count(markup: &str, text: &str) -> usize {
    let mut chars = text.chars();
    let mut bare = String::new();
    while let Some(c) = chars.next() {
        // what a backslash takes away is nothing that may join its neighbours
        bare.push(if c == '\\' { chars.next().map_or(c, |_| '\u{fffd}') } else { c });
    }
    bare.matches(markup).count()
}

proptest::proptest! {
    #[test]
    fn no_text_of_a_directory_is_markup(
        text in "([ a-cx1@.,:;/<>!?&#$%|~*_=+(){}\\[\\]`\\\\\n-]|\\[x\\]|\\]\\(|http://|www\\.|&amp;|<b>|\\*\\*|~~){1,24}"
    ) {
        let text = checklist(&with(&text), Layout::Markdown, STYLE);
        let plain = checklist(&with("q"), Layout::Markdown, STYLE);
        let lines: Vec<&str> = text.lines().collect();
        proptest::prop_assert_eq!(lines.len(), plain.lines().count(), "{}", text);
        let mut fence: Option<&str> = None;
        for (line, plain) in lines.iter().zip(plain.lines()) {
            if let Some(open) = fence {
                fence = (line.trim() != open).then_some(open);
                continue;
            }
            if line.trim_start().starts_with("```") && plain.trim() == "```text" {
                fence = Some(line.trim().trim_end_matches("text"));
                continue;
            }
            proptest::prop_assert_eq!(marker(line), marker(plain), "{}", line);
            let (bare, plain) = (without_code(line), without_code(plain));
            for markup in ["](", "]:", "<b", "</", "<!", "&amp;", "http://", "www.", "**", "~~", "[x]", "`"] {
                proptest::prop_assert_eq!(count(markup, &bare), count(markup, &plain), "{} in {}", markup, line);
            }
        }
    }
}
