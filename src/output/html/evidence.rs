//! What was observed of one object, and what became of it since another report.

use super::text;
use crate::report::{Change, Evidence, Finding, Report};
use maud::{Markup, html};

/// What was looked at, what came back, and what was expected. A box of its own, in which a wide table scrolls.
pub(super) fn table(evidence: &[Evidence]) -> Markup {
    html! {
        @if !evidence.is_empty() {
            div .scroll tabindex="0" role="group" aria-label="Evidence" {
                table .evidence {
                    thead { tr { th scope="col" { "Object" } th scope="col" { "Attribute" } th scope="col" { "Observed" } th scope="col" { "Expected" } } }
                    tbody {
                        @for one in evidence {
                            tr {
                                td { (text::code(&one.dn.to_string())) }
                                td { @if one.attribute.is_empty() { "the object itself" } @else { (text::code(&one.attribute)) } }
                                td {
                                    @if one.observed.is_empty() { span .none { "no value" } }
                                    @for value in &one.observed { div { (text::code(value)) } }
                                }
                                td { (text::prose(&one.expected)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What became of a result since another report.
pub(super) fn change(finding: &Finding) -> Markup {
    let words = finding.change.filter(|change| *change != Change::Still).map(|change| match change {
        Change::New => "new",
        Change::WaiverEnded => "no longer accepted",
        Change::CheckAdded => "check added",
        Change::CheckChanged => "check changed",
        Change::Undecided => "now undecided",
        Change::Decided => "now decided",
        Change::Still => "as before",
    });
    html! {
        @if let Some(words) = words { " " span .pill.change title=[finding.change.map(Change::meaning)] { (words) } }
        @if let Some(since) = &finding.since { " " small { "since " (text::time(since)) } }
    }
}

/// A row each, for many.
pub(super) fn rows<'a>(findings: impl Iterator<Item = &'a Finding>, report: &Report) -> Markup {
    html! {
        div .scroll tabindex="0" role="group" aria-label="Results" {
            table .rows {
                thead { tr { th scope="col" { "Where" } th scope="col" { "What was observed" } } }
                tbody {
                    @for finding in findings {
                        tr .item data-verdict=(finding.verdict.word()) data-severity=(finding.severity.word()) data-site=(text::site(finding)) {
                            td { (text::own(&text::place(finding, report))) (change(finding)) }
                            td { (text::prose(&finding.told())) }
                        }
                    }
                }
            }
        }
    }
}
