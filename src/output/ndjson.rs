//! One JSON object a line: a header, each result, a summary. A stream that was cut has no summary.

use super::json::escape;
use super::{Format, OutputError};
use crate::report::{Checked, Comparison, Finding, Note, Report, Summary, Target, Tool};
use serde::Serialize;

/// NDJSON. The keys are those of the JSON report.
#[derive(Debug, Clone, Copy)]
pub struct Ndjson;

/// One line.
#[derive(Serialize)]
#[serde(tag = "record", rename_all = "lowercase")]
enum Line<'a> {
    Header {
        schema: &'a str,
        tool: &'a Tool,
        started: &'a str,
        complete: bool,
        targets: &'a [Target],
        checks: &'a [Checked],
        #[serde(rename = "left-out", skip_serializing_if = "crate::report::is_zero")]
        left_out: usize,
        #[serde(skip_serializing_if = "Option::is_none")]
        comparison: Option<&'a Comparison>,
        #[serde(skip_serializing_if = "<[Note]>::is_empty")]
        notes: &'a [Note],
    },
    Result(&'a Finding),
    Summary {
        finished: &'a str,
        complete: bool,
        /// How many lines of results stand above: less came if it was cut and joined again.
        results: usize,
        summary: Summary,
    },
}

impl Format for Ndjson {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let header = Line::Header {
            schema: &report.schema,
            tool: &report.tool,
            started: &report.started,
            complete: report.complete,
            targets: &report.targets,
            checks: &report.checks,
            left_out: report.left_out,
            comparison: report.comparison.as_ref(),
            notes: &report.notes,
        };
        let summary = Line::Summary {
            finished: &report.finished,
            complete: report.complete,
            results: report.results.len(),
            summary: report.summary,
        };
        let mut text = Vec::with_capacity(report.results.len() << 10);
        for line in std::iter::once(header).chain(report.results.iter().map(Line::Result)).chain([summary]) {
            serde_json::to_writer(&mut text, &line)?;
            text.push(b'\n');
        }
        Ok(escape(text))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use serde_json::Value;

    fn text(report: &Report) -> String {
        String::from_utf8(Ndjson.write(report).unwrap()).unwrap()
    }

    #[test]
    fn a_line_is_a_record() {
        insta::assert_snapshot!(text(&fixture::compared()));
    }

    #[test]
    fn each_line_is_an_object_and_the_last_is_the_summary() {
        for report in [fixture::full(), fixture::hostile(), fixture::report(Vec::new())] {
            let text = text(&report);
            let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(lines.len(), report.results.len() + 2);
            assert_eq!((&lines[0]["record"], &lines[0]["schema"]), (&"header".into(), &"exaudit.report/2".into()));
            assert!(lines[1..lines.len() - 1].iter().all(|line| line["record"] == "result"));
            let last = lines.last().unwrap();
            assert_eq!((&last["record"], &last["results"]), (&"summary".into(), &report.results.len().into()));
        }
    }

    /// A result is what it is in the JSON report.
    #[test]
    fn results_are_those_of_the_json_report() {
        let report = fixture::compared();
        let json: Value = serde_json::to_value(&report).unwrap();
        let text = text(&report);
        for (line, result) in text.lines().skip(1).zip(json["results"].as_array().unwrap()) {
            let mut line: Value = serde_json::from_str(line).unwrap();
            assert_eq!(line.as_object_mut().unwrap().remove("record"), Some("result".into()));
            assert_eq!(&line, result);
        }
    }
}
