//! SARIF 2.1.0, for code scanning and whatever collects results of analysis tools. The types are the part of the format that is
//! written here.

mod invocation;
mod place;
mod results;
mod rules;

use super::json::Json;
use super::sanitize::bounded;
use super::{Format, OutputError, checklist::head};
use crate::report::{Report, Severity, Summary};
use invocation::Invocation;
use results::Outcome;
use rules::{Driver, Rules};
use serde::Serialize;

/// SARIF.
#[derive(Debug, Clone, Copy)]
pub struct Sarif;

/// Characters of a text, and of a name.
const TEXT: usize = 8_000;
const NAME: usize = 1_000;

/// The address by which validators know the version.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    automation_details: Automation,
    invocations: [Invocation; 1],
    // no region has columns; readers of the format ask for it all the same
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
    properties: Properties,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

/// What tells runs of the same directories from others.
#[derive(Serialize)]
struct Automation {
    id: String,
    description: Message,
}

/// A text for people.
#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties {
    complete: bool,
    summary: Summary,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

impl Format for Sarif {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let rules = Rules::of(report);
        let results = results::of(report, &rules);
        let labels: Vec<String> = report.targets.iter().map(|target| name(target.label())).collect();
        let run = Run {
            tool: Tool { driver: Driver::of(report, rules) },
            automation_details: Automation {
                id: format!("exaudit/{}/", labels.join(" ").replace('/', "_")),
                description: message(&head::directories(report).join("\n")),
            },
            invocations: [Invocation::of(report)],
            column_kind: "utf16CodeUnits",
            results,
            properties: Properties {
                complete: report.complete,
                summary: report.summary,
                notes: report.notes.iter().map(|note| bounded(&note.text, TEXT)).collect(),
            },
        };
        Json::bytes(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
    }
}

/// Text that is safe to show. A blank keeps it from being read as an embedded link (3.11.6), which a directory could lead anywhere.
fn message(text: &str) -> Message {
    let text = bounded(text, TEXT).replace("](", "] (");
    Message { text }
}

fn name(text: &str) -> String {
    bounded(text, NAME)
}

/// The level of a failure.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

#[cfg(test)]
mod tests;
