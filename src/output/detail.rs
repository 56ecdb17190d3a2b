//! Each result by itself, with all that is known of it: what was observed, the evidence, every step of the fix, and the line that shows
//! the evidence again. What is to be done by hand is told once for all the objects that it concerns.

use super::paint::{self, paint};
use super::row::{self, shown};
use super::words::{CAUTION, listed};
use super::wrap::{width, wrap};
use super::{Format, OutputError, Style, digest};
use crate::report::{Evidence, Finding, Report, Verdict};
use std::collections::HashMap;

/// The objects told of a check that is to be done by hand for several.
const MOST_PLACES: usize = 5;

/// Each result by itself.
#[derive(Debug, Clone, Copy)]
pub struct Detail {
    /// How it may look.
    pub style: Style,
    /// Whether to tell every result, not only those that need attention.
    pub all: bool,
}

impl Format for Detail {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut lines = Vec::new();
        for alike in one_task_each(shown(report, self.all)) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            self.block(&alike, report, &mut lines);
        }
        if lines.is_empty() {
            lines.push(
                if report.results.is_empty() { "Nothing was checked." } else { "Nothing fails in what was read." }.to_owned(),
            );
        }
        Ok(digest::around(report, &self.style, &lines))
    }
}

impl Detail {
    fn block(&self, alike: &[&Finding], report: &Report, lines: &mut Vec<String>) {
        let Some(finding) = alike.first() else { return };
        let verdict = row::verdict(finding).join(" ");
        let text = if finding.verdict == Verdict::Fail { finding.headline() } else { &finding.title };
        let before = lines.len();
        self.add(lines, "", &format!("{verdict}: {text}"));
        if let Some(first) = lines.get_mut(before).filter(|_| self.style.colour) {
            let word = finding.severity.word();
            *first = first.replacen(word, &paint(paint::of(finding.severity), word), usize::from(first.starts_with(word)));
        }
        let places: Vec<String> = alike.iter().map(|finding| row::place(finding, report).join(" / ")).collect();
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        self.add(lines, "  ", &listed(&places, MOST_PLACES));
        // an id is not cut in two: it could not be copied
        lines.push(format!("  {}", self.style.safe(&finding.check)));
        self.add(lines, "  ", &finding.kb.join(", "));
        self.add(lines, "  ", &finding.message);
        finding.advice.iter().for_each(|advice| self.add(lines, "  ", advice));
        if finding.verdict == Verdict::Fail {
            finding.evidence.iter().for_each(|evidence| self.evidence(lines, evidence));
            if let Some(fix) = &finding.fix {
                fix.caution.iter().for_each(|caution| self.add(lines, &format!("  {CAUTION}"), caution));
                for (step, number) in fix.steps.iter().zip(1..) {
                    self.add(lines, &format!("  {number}. "), step);
                }
            }
        }
        if let Some(line) = finding.reproduce.as_ref().filter(|_| finding.verdict != Verdict::Pass && alike.len() == 1) {
            // to be pasted: never wrapped
            lines.push(format!("  {}", self.style.safe(line)));
        }
    }

    fn evidence(&self, lines: &mut Vec<String>, evidence: &Evidence) {
        let values = if evidence.observed.is_empty() { "no value".to_owned() } else { evidence.observed.join("; ") };
        let attribute = if evidence.attribute.is_empty() { String::new() } else { format!(" {}", evidence.attribute) };
        self.add(lines, "  - ", &format!("{}{attribute}: {values}; expected: {}", evidence.dn, evidence.expected));
    }

    /// A paragraph, made safe and wrapped below its own beginning, which is our own text.
    fn add(&self, lines: &mut Vec<String>, begin: &str, text: &str) {
        let indent = width(begin);
        let mut begin = begin.to_owned();
        for line in wrap(&self.style.safe(text), self.style.width.saturating_sub(indent)) {
            lines.push(format!("{begin}{line}"));
            begin = " ".repeat(indent);
        }
    }
}

/// The results in their order, those together that ask for the same to be looked at by hand, of several objects.
fn one_task_each<'a>(findings: Vec<&'a Finding>) -> Vec<Vec<&'a Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    let mut tasks: HashMap<(&'a str, &'a str), usize> = HashMap::new();
    for finding in findings {
        if finding.verdict != Verdict::Manual {
            groups.push(vec![finding]);
            continue;
        }
        let group = *tasks.entry((&finding.check, &finding.message)).or_insert(groups.len());
        match groups.get_mut(group) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, STYLE, finding};
    use super::*;
    use crate::report::Severity::Critical;

    #[test]
    fn what_is_to_be_done_by_hand_is_told_once_for_all_it_concerns() {
        let by_hand = |server: &str, check: &str| {
            let subject = Some(fixture::subject("LONDON", server));
            Finding { subject, ..finding(check, Verdict::Manual, Critical) }
        };
        let fails = || finding("fails", Verdict::Fail, Critical);
        let report =
            fixture::report(vec![fails(), by_hand("A", "by-hand"), by_hand("A", "other"), by_hand("B", "by-hand"), fails()]);
        let text = String::from_utf8(Detail { style: STYLE, all: false }.write(&report).expect("a report")).expect("text");
        assert_eq!([text.matches("\n  fails\n").count(), text.matches("\n  by-hand\n").count()], [2, 1], "{text}");
        assert!(text.contains("\n  LONDON / A and LONDON / B\n"), "{text}");
        // one line cannot show the evidence of several
        assert_eq!(text.matches("ldapsearch").count(), 3, "{text}");
    }
}
