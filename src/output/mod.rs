//! A report as bytes: one file a format, each a pure function, and the one place that writes them out.

pub mod checklist;
pub mod checks;
mod destination;
mod detail;
mod digest;
pub mod doctor;
mod doctor_rows;
mod error;
pub mod explanation;
mod fault;
mod file;
#[cfg(test)]
pub(crate) mod fixture;
mod frame;
mod html;
mod json;
pub mod listing;
mod log;
#[cfg(test)]
mod looks;
pub mod matches;
pub mod message;
pub mod pages;
mod paint;
mod progress;
mod row;
pub mod sanitize;
mod table;
mod terminal;
pub mod trial;
mod words;
pub mod wrap;
pub mod x400;

pub use destination::Destination;
pub use detail::Detail;
pub use digest::Digest;
pub use error::OutputError;
pub use file::write_atomically;
pub use html::Html;
pub use json::Json;
pub use progress::Progress;
pub use table::Table;
pub use terminal::{ColorChoice, Style};

use crate::report::{Report, Verdict};

/// A form that a report can take.
pub trait Format {
    /// The report in this form, ending with a newline.
    ///
    /// # Errors
    /// [`OutputError`] where the report has no such form.
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError>;
}

/// The formats by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum FormatName {
    /// For people: what is wrong, what to do first, what could not be seen
    #[default]
    Table,
    /// One JSON object with every result
    Json,
    /// One page for a browser, with a map of the organization
    Html,
}

impl FormatName {
    /// The format; `style` and `view` matter to those for people.
    pub fn format(self, style: Style, view: View) -> Box<dyn Format> {
        match (self, view) {
            (Self::Table, View::Digest) => Box::new(Digest { style }),
            (Self::Table, View::Detail) => Box::new(Detail { style, all: false }),
            (Self::Table, View::All) => Box::new(Table { style }),
            (Self::Json, _) => Box::new(Json),
            (Self::Html, _) => Box::new(Html),
        }
    }
}

/// The formats of what is no report of an audit: lists, and what was found before any verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ListFormat {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

/// How much people are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// What is wrong, what to do first, what could not be seen.
    #[default]
    Digest,
    /// Each result that needs attention, with its evidence and every step.
    Detail,
    /// Every result.
    All,
}

/// Whether a report holds anything that somebody must hear of: a failure that is not accepted, an unknown, or an audit
/// that could not read everything. Manual steps are no news.
pub fn is_news(report: &Report) -> bool {
    !report.complete
        || report.results.iter().any(|result| match result.verdict {
            Verdict::Fail => result.waiver.is_none(),
            Verdict::Unknown => true,
            _ => false,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Severity;

    #[test]
    fn news_is_a_failure_an_unknown_or_an_incomplete_audit() {
        for (verdict, expected) in [
            (Verdict::Pass, false),
            (Verdict::Fail, true),
            (Verdict::Unknown, true),
            (Verdict::Blocked, false),
            (Verdict::NotApplicable, false),
            (Verdict::Manual, false),
        ] {
            let mut report = fixture::report(vec![fixture::finding("a-check", verdict, Severity::Info)]);
            assert_eq!(is_news(&report), expected, "{verdict:?}");
            report.complete = false;
            assert!(is_news(&report));
        }
        let mut waived = fixture::report(vec![fixture::finding("a-check", Verdict::Fail, Severity::Critical)]);
        waived.results[0].waiver = Some(fixture::waiver());
        assert!(!is_news(&waived));
    }

    #[test]
    fn each_name_opens_its_format() {
        let report = fixture::report(Vec::new());
        let first = |name: FormatName| name.format(fixture::STYLE, View::Digest).write(&report).unwrap()[0];
        assert_eq!([FormatName::Table, FormatName::Json, FormatName::Html].map(first), [b'E', b'{', b'<']);
    }
}
