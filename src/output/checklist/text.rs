//! The checklist as plain text, within a width.

use super::item::CheckBox;
use super::{Decision, SIGN, read_at};
use crate::output::{Style, frame, wrap};
use crate::report::Report;

/// The checklist.
pub(super) fn write(report: &Report, boxes: &[CheckBox], decision: Decision, style: &Style) -> String {
    let mut page = Page { style, text: String::new() };
    page.line("", "Pre-change checklist");
    for line in frame::targets(report).into_iter().chain([read_at(report)]).chain(frame::problems(report)) {
        page.line("", &line);
    }
    for check in boxes {
        page.text.push('\n');
        page.one_box(check);
    }
    page.text.push('\n');
    page.line("", frame::NOT_CHECKED);
    page.text.push('\n');
    page.line("", &decision.to_string());
    page.text
}

struct Page<'a> {
    style: &'a Style,
    text: String,
}

impl Page<'_> {
    fn one_box(&mut self, check: &CheckBox) {
        self.line(&format!("{} ", check.mark.text(self.style.unicode)), &check.title);
        self.line("    ", &check.check);
        for item in &check.items {
            self.line("    - ", &format!("{}, {}", item.verdict, item.place));
            for text in item.message.iter().chain(&item.evidence) {
                self.line("      ", text);
            }
            if item.sign {
                self.line("      ", SIGN);
            }
        }
        for steps in &check.fixes {
            self.line("    ", "To do:");
            for (step, number) in steps.iter().zip(1..) {
                self.line(&format!("    {number}. "), step);
            }
        }
    }

    /// One line, made safe and wrapped under its own beginning. The beginning is our own text.
    fn line(&mut self, begin: &str, text: &str) {
        let indent = wrap::width(begin);
        let mut begin = begin.to_owned();
        for line in wrap::wrap(&self.style.safe(text), self.style.width.saturating_sub(indent)) {
            self.text.push_str(&begin);
            self.text.push_str(&line);
            self.text.push('\n');
            begin = " ".repeat(indent);
        }
    }
}
