//! The output of a plugin (Monitoring Plugins Development Guidelines): a line with the state and performance data, then what is
//! wrong, the worst first. It is shorter than 4 KiB, since agents cut what is longer.

use super::fault::faults;
use super::row::place;
use super::sanitize::bounded;
use super::words::{self, counted, others};
use super::{Format, OutputError};
use crate::exit::{Rule, State};
use crate::report::{Finding, Report, Severity, Summary, Target, Verdict};
use std::fmt::Write;

/// The output of a plugin.
#[derive(Debug, Clone, Copy)]
pub struct Nagios {
    /// What counts for the state.
    pub rule: Rule,
}

/// Bytes in all, those of the last line left out.
const MOST: usize = 3_900;
/// Bytes of a name, and of a text.
const NAME: usize = 100;
const TEXT: usize = 300;

impl Nagios {
    /// What a plugin says where it could not do its work: the state is unknown.
    pub fn trouble(text: &str) -> Vec<u8> {
        format!("EXAUDIT {}: {}\n", State::Unknown.word(), safe(text, 4 * TEXT)).into_bytes()
    }
}

impl Format for Nagios {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let state = State::of(report, &self.rule).word();
        let mut text = format!("EXAUDIT {state}: {} | {}\n", headline(report), measured(report));
        let lines = details(report);
        for (number, line) in lines.iter().enumerate() {
            if text.len() + line.len() > MOST {
                // nobody is told less without being told so; writing to a string cannot fail
                _ = writeln!(text, "and {}", counted((lines.len() - number) as u64, "more line", "more lines"));
                break;
            }
            text += line;
        }
        Ok(text.into_bytes())
    }
}

/// The counts, what was not read, and the worst failure.
fn headline(report: &Report) -> String {
    let Summary { unknown, blocked, waived, .. } = report.summary;
    let others = others(&[(unknown, "undecided"), (blocked, "skipped"), (waived, "accepted")]);
    let chosen = words::chosen(report).map(|checks| format!(" in {checks}")).unwrap_or_default();
    let mut text = format!("{}{chosen}{others}", words::failures(report));
    if let Some(target) = report.targets.iter().find(|target| !target.complete) {
        let how = if target.is_read() { "not read completely" } else { "not read" };
        text += &format!("; {}: {how}", safe(target.label(), NAME));
    }
    if let Some(worst) = faults(report).first() {
        text += &format!("; {}", one(worst.lead, report));
    }
    text
}

/// What is measured: the same labels in the same order in each run, so that graphs go on.
fn measured(report: &Report) -> String {
    let of = |severity: Severity| -> u64 {
        let fails = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.waiver.is_none();
        report.results.iter().filter(fails).filter(|finding| finding.severity == severity).map(|finding| finding.count).sum()
    };
    let Summary { pass, unknown, blocked, manual, waived, .. } = report.summary;
    let unread = report.targets.iter().filter(|target| !target.is_read()).count();
    let counts = [
        ("critical", of(Severity::Critical)),
        ("warning", of(Severity::Warning)),
        ("info", of(Severity::Info)),
        ("unknown", unknown as u64),
        ("blocked", blocked as u64),
        ("manual", manual as u64),
        ("waived", waived as u64),
        ("pass", pass as u64),
        ("targets", report.targets.len() as u64),
        ("unread", unread as u64),
    ];
    let counts: Vec<String> = counts.iter().map(|(label, count)| format!("{label}={count};;;0")).collect();
    format!("{} time={}s;;;0", counts.join(" "), seconds(report))
}

/// How long the run took, in whole seconds.
pub(super) fn seconds(report: &Report) -> i64 {
    let time = |text: &str| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second);
    time(&report.finished).zip(time(&report.started)).map_or(0, |(finished, started)| (finished - started).max(0))
}

/// The long lines.
fn details(report: &Report) -> Vec<String> {
    let several = report.targets.len() > 1;
    let label = |target: &Target| if several { format!("{}: ", safe(target.label(), NAME)) } else { String::new() };
    let mut lines = vec![format!("Read: {}\n", safe(&report.started, NAME))];
    for target in report.targets.iter().filter(|target| !target.complete) {
        let why = target.problems.first().map_or("not read completely", String::as_str);
        lines.push(format!("{}! {}\n", label(target), safe(why, TEXT)));
    }
    lines.extend(faults(report).iter().map(|fault| format!("{}: {}\n", fault.lead.severity.word(), one(fault.lead, report))));
    for target in &report.targets {
        for unseen in &target.unseen {
            let count = counted(unseen.results, "result", "results");
            lines.push(format!("{}not seen: {}: {count} undecided\n", label(target), safe(&unseen.what, TEXT)));
        }
    }
    lines
}

/// A failure: where, what, and the check that says so.
fn one(finding: &Finding, report: &Report) -> String {
    let place = safe(&place(finding, report).join("/"), NAME);
    let article = finding.kb.first().map(|article| format!(", {}", safe(article, NAME))).unwrap_or_default();
    format!("{place}: {} ({}{article})", safe(finding.headline(), TEXT), safe(&finding.check, NAME))
}

/// Text that is safe to show, has no bar, which begins performance data, and at most so many bytes.
fn safe(text: &str, most: usize) -> String {
    let mut text = bounded(text, most).replace('|', "\\u{7c}");
    if text.len() > most {
        let end = text.char_indices().map(|(at, _)| at).take_while(|at| at + 3 <= most).last().unwrap_or_default();
        text.truncate(end);
        text.push_str("...");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::directory::source::Kind;

    fn text(report: &Report) -> String {
        String::from_utf8(Nagios { rule: Rule::default() }.write(report).unwrap()).unwrap()
    }

    /// The labels of the performance data, which must be readable as such.
    fn labels(text: &str) -> Vec<String> {
        let (_, data) = text.lines().next().unwrap().split_once(" | ").unwrap();
        let label = |item: &str| {
            let (label, value) = item.split_once('=').unwrap();
            let number = value.split(';').next().unwrap().trim_end_matches('s');
            number.parse::<u64>().unwrap();
            label.to_owned()
        };
        data.split(' ').map(label).collect()
    }

    #[test]
    fn the_state_comes_first_and_the_worst_behind_it() {
        insta::assert_snapshot!(text(&fixture::compared()));
    }

    #[test]
    fn labels_are_the_same_in_each_run_and_there_is_one_bar() {
        let unread = Report {
            complete: false,
            targets: vec![Target::unread(None, Kind::Live, "ldap://gone".into(), "no connection".into())],
            ..fixture::report(Vec::new())
        };
        let known = labels(&text(&fixture::full()));
        assert_eq!(known.len(), 11);
        for report in [fixture::compared(), fixture::hostile(), fixture::report(Vec::new()), unread] {
            let text = text(&report);
            assert_eq!((labels(&text), text.matches('|').count()), (known.clone(), 1), "{text}");
        }
    }

    #[test]
    fn a_report_of_any_size_stays_below_4_kib_and_says_what_is_left_out() {
        let mut report = fixture::hostile();
        report.targets[0].location = "\u{1b}".repeat(10_000);
        let one = report.results[1].clone();
        report.results.extend((0..2_000).map(|n| Finding { check: format!("check-{n}"), ..one.clone() }));
        let text = text(&report);
        assert!(text.len() < 4_096 && text.len() > 3_000, "{}", text.len());
        assert!(text.lines().last().unwrap().ends_with(" more lines"), "{text}");
        assert!(Nagios::trouble(&"|".repeat(10_000)).len() < 4_096);
    }

    #[test]
    fn trouble_is_unknown() {
        assert_eq!(Nagios::trouble("there is no option --x|y\n"), b"EXAUDIT UNKNOWN: there is no option --x\\u{7c}y\\u{a}\n");
    }
}
