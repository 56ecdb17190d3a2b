//! What a person must look at.

use super::{failures, text};
use crate::output::words::counted;
use crate::report::{Finding, Report, Verdict};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The checks that a person must do; nothing where there are none.
pub(super) fn section(report: &Report) -> Markup {
    let mut checks: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in report.results.iter().filter(|finding| finding.verdict == Verdict::Manual) {
        checks.entry(&finding.check).or_default().push(finding);
    }
    html! {
        @if !checks.is_empty() {
            section #by-hand aria-labelledby="by-hand-title" {
                h2 #by-hand-title { "To be done by hand" }
                p { "No directory shows these. " (counted(checks.len() as u64, "check needs", "checks need")) " a person." }
                ul .hand { @for (check, findings) in checks { @if let Some(first) = findings.first() { (item(check, first, &findings, report)) } } }
            }
        }
    }
}

fn item(check: &str, first: &Finding, findings: &[&Finding], report: &Report) -> Markup {
    html! {
        li .item data-verdict="manual" data-severity=(first.severity.word()) data-check=(text::plain(check)) {
            details {
                summary { span .box {} " " (text::prose(&first.title)) }
                p .meta { (text::code(check)) (failures::articles(first)) }
                p { (text::prose(&first.message)) }
                @if findings.iter().any(|finding| finding.subject.is_some()) {
                    ul .names { @for finding in findings { li { (text::own(&text::place(finding, report))) } } }
                }
                (failures::fix(first))
            }
        }
    }
}
