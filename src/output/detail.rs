//! Each result by itself, with all that is known of it: what was observed, the evidence, every step of the fix, and the line that shows
//! the evidence again.

use super::paint::{self, paint};
use super::row::{self, shown};
use super::words::CAUTION;
use super::wrap::{width, wrap};
use super::{Format, OutputError, Style, frame};
use crate::report::{Evidence, Finding, Report, Verdict};

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
        for finding in shown(report, self.all) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            self.block(finding, report, &mut lines);
        }
        if lines.is_empty() {
            lines.push(
                if report.results.is_empty() { "Nothing was checked." } else { "Nothing fails in what was read." }.to_owned(),
            );
        }
        Ok(frame::page(report, &self.style, &lines))
    }
}

impl Detail {
    fn block(&self, finding: &Finding, report: &Report, lines: &mut Vec<String>) {
        let verdict = row::verdict(finding).join(" ");
        let text = if finding.verdict == Verdict::Fail { finding.headline() } else { &finding.title };
        let before = lines.len();
        self.add(lines, "", &format!("{verdict}: {text}"));
        if let Some(first) = lines.get_mut(before).filter(|_| self.style.colour) {
            let word = finding.severity.word();
            *first = first.replacen(word, &paint(paint::of(finding.severity), word), usize::from(first.starts_with(word)));
        }
        self.add(lines, "  ", &row::place(finding, report).join(" / "));
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
        if let Some(line) = finding.reproduce.as_ref().filter(|_| finding.verdict != Verdict::Pass) {
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
