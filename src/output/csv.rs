//! CSV (RFC 4180), one row a result. A spreadsheet computes what begins like a formula: such cells begin with an apostrophe.

use super::sanitize::bounded;
use super::{Format, OutputError};
use crate::report::{Change, Evidence, Finding, Report, Target, Verdict};
use ::csv::{Terminator, WriterBuilder};

/// CSV.
#[derive(Debug, Clone, Copy)]
pub struct Csv;

/// The columns. More may be added, at the end.
const COLUMNS: [&str; 26] = [
    "target",
    "organization",
    "site",
    "server",
    "kind",
    "verdict",
    "severity",
    "check",
    "headline",
    "kb",
    "message",
    "advice",
    "reason",
    "confidence",
    "count",
    "subject",
    "object",
    "evidence",
    "caution",
    "steps",
    "waived-by",
    "waived-until",
    "waived-because",
    "change",
    "since",
    "fingerprint",
];

/// Characters of a cell: a spreadsheet takes 32,767, and an escape has up to ten for one.
const LONGEST: usize = 3_200;

impl Format for Csv {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut writer =
            WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::with_capacity(report.results.len() << 10));
        writer.write_record(COLUMNS)?;
        // a directory that was not read has no results, and a table without rows would look like a clean one
        for target in report.targets.iter().filter(|target| !target.complete) {
            writer.write_record(incomplete(target).iter().map(|text| cell(text)))?;
        }
        for finding in &report.results {
            writer.write_record(row(finding, report).iter().map(|text| cell(text)))?;
        }
        writer.into_inner().map_err(|error| OutputError::Csv(error.into_error().into()))
    }
}

/// The cells of a result, in the order of the columns.
fn row(finding: &Finding, report: &Report) -> [String; 26] {
    let target = report.targets.get(finding.target);
    let subject = finding.subject.as_ref();
    let waiver = finding.waiver.as_ref();
    let fix = finding.fix.as_ref();
    let is_waived = finding.verdict == Verdict::Fail && waiver.is_some();
    [
        target.map(|target| target.label().to_owned()).unwrap_or_default(),
        target.and_then(|target| target.organization.clone()).unwrap_or_default(),
        subject.and_then(|subject| subject.site.clone()).unwrap_or_default(),
        subject.and_then(|subject| subject.server.clone()).unwrap_or_default(),
        subject.map(|subject| subject.kind.clone()).unwrap_or_default(),
        if is_waived { "waived" } else { finding.verdict.word() }.to_owned(),
        finding.severity.word().to_owned(),
        finding.check.clone(),
        finding.headline().to_owned(),
        finding.kb.join(" "),
        finding.message.clone(),
        finding.advice.clone().unwrap_or_default(),
        finding.reason.to_string(),
        finding.confidence.word().to_owned(),
        finding.count.to_string(),
        subject.map(|subject| subject.dn.to_string()).unwrap_or_default(),
        finding.object.as_ref().map(|object| object.dn.to_string()).unwrap_or_default(),
        finding.evidence.iter().map(evidence).collect::<Vec<_>>().join(" / "),
        fix.and_then(|fix| fix.caution.clone()).unwrap_or_default(),
        fix.map(|fix| fix.steps.join(" / ")).unwrap_or_default(),
        waiver.map(|waiver| waiver.owner.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.until.clone()).unwrap_or_default(),
        waiver.map(|waiver| waiver.reason.clone()).unwrap_or_default(),
        finding.change.map(Change::word).unwrap_or_default().to_owned(),
        finding.since.clone().unwrap_or_default(),
        finding.fingerprint.clone(),
    ]
}

/// The row of a target that was not read completely.
fn incomplete(target: &Target) -> [String; 26] {
    let mut row = [const { String::new() }; 26];
    let [label, organization, _, _, _, verdict, _, _, _, _, message, ..] = &mut row;
    *label = target.label().to_owned();
    *organization = target.organization.clone().unwrap_or_default();
    *verdict = "incomplete".to_owned();
    *message = target.problems.join("; ");
    row
}

fn evidence(evidence: &Evidence) -> String {
    let Evidence { dn, attribute, observed, expected } = evidence;
    let values = if observed.is_empty() { "no value".to_owned() } else { observed.join("; ") };
    let attribute = if attribute.is_empty() { "the object" } else { attribute };
    format!("{dn} {attribute}: {values}; expected: {expected}")
}

/// Safe to show, of a length that a cell takes, and no formula.
pub(super) fn cell(text: &str) -> String {
    let text = bounded(text, LONGEST);
    // the last four are what full-width keyboards type, which some spreadsheets take for the first
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if is_formula { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn text(report: &Report) -> String {
        String::from_utf8(Csv.write(report).unwrap()).unwrap()
    }

    #[test]
    fn a_row_is_a_result() {
        insta::assert_snapshot!(text(&fixture::compared()).replace("\r\n", "\n"));
    }

    #[test]
    fn rows_end_as_the_standard_has_it_and_an_empty_report_has_a_header() {
        let text = text(&fixture::report(Vec::new()));
        assert!(text.starts_with("target,") && text.ends_with(",fingerprint\r\n") && text.lines().count() == 1, "{text}");
    }

    #[test]
    fn no_cell_is_a_formula_and_each_row_has_every_column() {
        let mut report = fixture::hostile();
        report.targets[0].complete = false;
        let text = text(&report);
        let mut reader = ::csv::ReaderBuilder::new().from_reader(text.as_bytes());
        let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!((rows.len(), &rows[0][5]), (10, "incomplete"));
        for row in &rows {
            assert_eq!(row.len(), 26);
            assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{row:?}");
            assert!(row[10].starts_with("'=Evil|"), "{row:?}");
        }
    }

    #[test]
    fn what_begins_like_a_formula_does_not() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 89", "'+49 89"),
            ("-x", "'-x"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\\u{9}=1"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            assert_eq!(cell(text), expected);
        }
        assert!(cell(&"\u{1b}".repeat(100_000)).len() < 32_767);
    }
}
