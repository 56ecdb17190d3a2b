//! A report as bytes: one file a format, each a pure function, and the one place that writes them out.

pub mod checklist;
pub mod checks;
mod csv;
mod destination;
mod detail;
mod digest;
pub mod doctor;
mod doctor_rows;
mod draft;
mod error;
pub mod explanation;
mod fault;
mod file;
mod fit;
#[cfg(test)]
pub(crate) mod fixture;
mod frame;
pub mod history;
mod html;
mod json;
mod junit;
mod list;
pub mod listing;
mod log;
#[cfg(test)]
mod looks;
mod markdown;
pub mod matches;
pub mod message;
mod nagios;
mod ndjson;
pub mod pages;
mod paint;
mod plan;
mod progress;
mod prometheus;
pub mod remedy;
mod row;
pub mod sanitize;
mod sarif;
mod table;
mod terminal;
pub mod trial;
pub mod uses;
mod words;
pub mod wrap;
pub mod x400;

pub use csv::Csv;
pub use destination::Destination;
pub use detail::Detail;
pub use digest::Digest;
pub use draft::draft;
pub use error::OutputError;
pub use file::write_atomically;
pub use html::Html;
pub use json::Json;
pub use junit::Junit;
pub use list::List;
pub use markdown::Markdown;
pub use nagios::Nagios;
pub use ndjson::Ndjson;
pub use plan::Plan;
pub use progress::Progress;
pub use prometheus::Prometheus;
pub use sarif::Sarif;
pub use table::Table;
pub use terminal::{ColorChoice, Style};

use crate::exit::Rule;
use crate::report::{Change, Finding, Report, Verdict};

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
    /// One line a result, for grep and cut
    List,
    /// One JSON object with every result
    Json,
    /// One JSON object a line: a header, each result, a summary
    Ndjson,
    /// One row a result, for spreadsheets
    Csv,
    /// One row a fault, with owner and day to be filled in
    Plan,
    /// For a ticket or a wiki
    Markdown,
    /// One page for a browser, with a map of the organization
    Html,
    /// Test results, for build servers
    Junit,
    /// Results of static analysis, for code scanning
    Sarif,
    /// The output of a plugin, for Nagios and its kin
    Nagios,
    /// Metrics, for the textfile collector of Prometheus
    Prometheus,
}

/// The forms of what is no report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Shape {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

/// What formats must know beside the report; each takes what matters to it.
#[derive(Debug, Clone, Copy)]
pub struct Manner {
    /// How text for people may look.
    pub style: Style,
    /// How much people are shown.
    pub view: View,
    /// What counts for the outcome.
    pub rule: Rule,
    /// Whether metrics name objects.
    pub names: bool,
}

impl FormatName {
    /// The format.
    pub fn format(self, manner: &Manner) -> Box<dyn Format> {
        let &Manner { style, view, rule, names } = manner;
        match (self, view) {
            (Self::Table, View::Digest) => Box::new(Digest { style, only_news: false }),
            (Self::Table, View::News) => Box::new(Digest { style, only_news: true }),
            (Self::Table, View::Detail) => Box::new(Detail { style, all: false }),
            (Self::Table, View::All) => Box::new(Table { style }),
            (Self::List, _) => Box::new(List { all: view == View::All }),
            (Self::Json, _) => Box::new(Json),
            (Self::Ndjson, _) => Box::new(Ndjson),
            (Self::Csv, _) => Box::new(Csv),
            (Self::Plan, _) => Box::new(Plan),
            (Self::Markdown, _) => Box::new(Markdown),
            (Self::Junit, _) => Box::new(Junit { rule }),
            (Self::Sarif, _) => Box::new(Sarif),
            (Self::Nagios, _) => Box::new(Nagios { rule }),
            (Self::Prometheus, _) => Box::new(Prometheus { names }),
            (Self::Html, _) => Box::new(Html),
        }
    }

    /// Whether programs read it: they want it also where nothing could be read.
    pub fn is_for_programs(self) -> bool {
        !matches!(self, Self::Table | Self::List | Self::Markdown)
    }
}

/// How much people are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// What is wrong, what to do first, what could not be seen.
    #[default]
    Digest,
    /// Only what is new, if the report was compared with anything.
    News,
    /// Each result that needs attention, with its evidence and every step.
    Detail,
    /// Every result.
    All,
}

/// Whether a report holds anything that somebody must hear of: a failure that is not accepted, an unknown, or an audit
/// that could not read everything. Manual steps are no news. Of a report that was compared with another, what changed is.
pub fn is_news(report: &Report) -> bool {
    let counts = |result: &Finding| match result.verdict {
        Verdict::Fail => result.waiver.is_none(),
        Verdict::Unknown => true,
        _ => false,
    };
    match &report.comparison {
        None => !report.complete || report.results.iter().any(counts),
        Some(comparison) => {
            let changed = report.results.iter().any(|result| result.change.is_some_and(|change| change != Change::Still));
            changed || !comparison.ended.is_empty() || !comparison.notes.is_empty() || report.notes.iter().any(|note| note.new)
        }
    }
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
        let report = fixture::full();
        let manner = Manner { style: fixture::STYLE, view: View::Digest, rule: Rule::default(), names: false };
        for (name, begin) in [
            (FormatName::Table, "Example Corp"),
            (FormatName::List, "LONDON/EXCH01: critical"),
            (FormatName::Json, "{\n  \"schema\""),
            (FormatName::Ndjson, "{\"record\":\"header\""),
            (FormatName::Csv, "target,"),
            (FormatName::Markdown, "# "),
            (FormatName::Junit, "<?xml"),
            (FormatName::Sarif, "{\n  \"$schema\""),
            (FormatName::Nagios, "EXAUDIT CRITICAL"),
            (FormatName::Prometheus, "# HELP exaudit_"),
        ] {
            let bytes = name.format(&manner).write(&report).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.starts_with(begin) && text.ends_with('\n'), "{name:?}: {text}");
        }
    }

    /// Whatever stands in a directory: no format shows it as a control or bidirectional character.
    #[test]
    fn no_format_lets_hidden_characters_through() {
        let manner = Manner { style: fixture::STYLE, view: View::All, rule: Rule::default(), names: true };
        let report = fixture::hostile();
        for name in <FormatName as clap::ValueEnum>::value_variants() {
            let text = String::from_utf8(name.format(&manner).write(&report).unwrap()).unwrap();
            let shown = text.chars().find(|&c| sanitize::is_hidden(c) && !matches!(c, '\n' | '\r'));
            assert_eq!(shown, None, "{name:?}");
            assert!(text.contains("Evil"), "{name:?}");
        }
    }
}
