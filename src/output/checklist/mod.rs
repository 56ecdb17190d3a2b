//! The pre-change checklist: one box a check, and at the end whether to go.

mod decision;
mod item;
mod markdown;
mod text;

pub use decision::Decision;

use super::Style;
use crate::exit::FailOn;
use crate::report::Report;

/// How a checklist is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// Markdown: for a change record.
    Markdown,
    /// Plain text within the style's width: for a terminal.
    Text,
}

/// A checklist, and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// The whole text, ending with a newline.
    pub text: String,
    /// Whether to go.
    pub decision: Decision,
}

impl Checklist {
    /// Writes the checklist of a report; failures below `fail_on` are crossed and do not hinder a go.
    pub fn of(report: &Report, fail_on: FailOn, layout: Layout, style: &Style) -> Self {
        let decision = Decision::of(report, fail_on);
        let boxes = item::boxes(report);
        let text = match layout {
            Layout::Markdown => markdown::write(report, &boxes, decision, style),
            Layout::Text => text::write(report, &boxes, decision, style),
        };
        Self { text, decision }
    }
}

/// The line that a person signs.
const SIGN: &str = "Done by: ____________  Date: ____________";

/// When the directory was read, and with what.
fn read_at(report: &Report) -> String {
    format!("Read: {}, {} {}", report.started, report.tool.name, report.tool.version)
}
