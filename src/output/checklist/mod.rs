//! The pre-change checklist: whether to go, then what hinders it, what is left to do by hand, and what passed.

mod by_hand;
mod change;
mod decision;
mod failures;
mod form;
pub(super) mod head;
mod markdown;
mod passed;
mod section;
mod text;
mod undecided;

pub use change::ChangeForm;
pub use decision::Decision;
pub use form::Form;

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
    /// Writes the checklist of a report; failures below `fail_on` do not hinder a go. `passes` tells each pass, not only how many.
    pub fn of(report: &Report, fail_on: FailOn, layout: Layout, passes: bool, style: &Style) -> Self {
        let decision = Decision::of(report, fail_on);
        let mut sections = failures::sections(report, fail_on);
        sections
            .extend([undecided::undecided(report), undecided::skipped(report), by_hand::section(report)].into_iter().flatten());
        sections.extend([passed::accepted(report), passed::passed(report, passes)].into_iter().flatten());
        let text = match layout {
            Layout::Markdown => markdown::write(report, &sections, &decision.told(report)),
            Layout::Text => text::write(report, &sections, &decision.told(report), style),
        };
        Self { text, decision }
    }
}

/// The sections of what fails, was not seen, waits and is accepted, as lines of Markdown without boxes: for a ticket.
pub(super) fn without_boxes(report: &Report) -> Vec<String> {
    let mut sections = failures::sections(report, FailOn::Info);
    sections.extend([undecided::undecided(report), undecided::skipped(report), passed::accepted(report)].into_iter().flatten());
    markdown::told(&sections, false)
}

/// What the people fill in who decide, and the columns for it.
const FIELDS: [(&str, usize); 3] = [("Change", 20), ("Date", 12), ("Approver", 18)];

/// What a person fills in who has looked.
const SIGN: &str = "Done by: ____________ Date: ________";

/// The same, and what came of it.
const SIGN_RESULT: &str = "Done by: ____________ Date: ________ Result: ____________________";
