//! One line a result, for grep and cut: `SITE/SERVER: SEVERITY VERDICT CHECK KB: message`.

use super::row::{place, shown};
use super::sanitize::bounded;
use super::words::counted;
use super::{Format, OutputError};
use crate::report::{Finding, Report, Verdict};

/// The list.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// Whether to list every result, not only those that need attention.
    pub all: bool,
}

/// Characters of a place, and of a message.
const LONGEST_PLACE: usize = 300;
const LONGEST_MESSAGE: usize = 1000;

impl Format for List {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut lines = String::new();
        // a directory that was not read has no results, and an empty list would look like a clean one
        for target in report.targets.iter().filter(|target| !target.complete) {
            let why = if target.problems.is_empty() { "not read completely".to_owned() } else { target.problems.join("; ") };
            lines += &line(target.label(), "- incomplete - -", &why);
        }
        for finding in shown(report, self.all) {
            lines += &of(finding, report);
        }
        Ok(lines.into_bytes())
    }
}

fn of(finding: &Finding, report: &Report) -> String {
    let verdict = if finding.waiver.is_some() && finding.verdict == Verdict::Fail { "waived" } else { finding.verdict.word() };
    let article = finding.kb.first().map_or("-", String::as_str);
    let words = format!("{} {verdict} {} {article}", finding.severity.word(), finding.check);
    // what to do to have it decided may be longer than the line: other formats tell it
    let Finding { message, count, .. } = finding;
    let message = if *count > 1 { format!("{}: {message}", counted(*count, "object", "objects")) } else { message.clone() };
    line(&place(finding, report).join("/"), &words, &message)
}

/// A colon ends the place and the words: a place with one of its own would move the fields behind it.
fn line(place: &str, words: &str, message: &str) -> String {
    let place = bounded(place, LONGEST_PLACE).replace(':', "\\u{3a}");
    format!("{place}: {}: {}\n", bounded(words, LONGEST_PLACE), bounded(message, LONGEST_MESSAGE))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn text(report: &Report, all: bool) -> String {
        String::from_utf8(List { all }.write(report).unwrap()).unwrap()
    }

    #[test]
    fn a_line_is_a_result() {
        insta::assert_snapshot!(text(&fixture::compared(), false));
        insta::assert_snapshot!("all", text(&fixture::compared(), true));
    }

    #[test]
    fn fields_stay_where_they_are_whatever_a_directory_holds() {
        let mut report = fixture::hostile();
        report.targets[0].location = "ldap://exch01:389".into();
        report.results[0].subject.as_mut().unwrap().site = Some("a: b".into());
        for line in text(&report, true).lines() {
            let words: Vec<&str> = line.split(": ").nth(1).expect("words").split(' ').collect();
            assert_eq!(words.len(), 4, "{line}");
            assert!(["fail", "pass", "unknown", "blocked", "manual", "incomplete"].contains(&words[1]), "{line}");
        }
    }
}
