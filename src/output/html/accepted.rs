//! Failures that somebody accepts: who, why, and until when.

use super::state::State;
use super::text;
use crate::report::{Finding, Report, Waiver};
use maud::{Markup, html};

/// The columns of the table.
const COLUMNS: [&str; 5] = ["What", "Where", "Why it is accepted", "By", "Until"];

/// The accepted failures; nothing where there are none.
pub(super) fn section(report: &Report) -> Markup {
    let accepted: Vec<(&Finding, &Waiver)> =
        report.results.iter().filter_map(|finding| finding.waiver.as_ref().map(|waiver| (finding, waiver))).collect();
    html! {
        @if !accepted.is_empty() {
            section #accepted aria-labelledby="accepted-title" {
                h2 #accepted-title { "Accepted failures" }
                p { "They still fail. Each has an owner, and a last day." }
                div .scroll tabindex="0" role="group" aria-label="Accepted failures" {
                    table .rows {
                        thead { tr { @for column in COLUMNS { th scope="col" { (column) } } } }
                        tbody { @for (finding, waiver) in accepted { (row(finding, waiver, report)) } }
                    }
                }
            }
        }
    }
}

fn row(finding: &Finding, waiver: &Waiver, report: &Report) -> Markup {
    let word = finding.severity.word();
    html! {
        tr .item data-verdict="accepted" data-severity=(word) data-site=(text::site(finding)) data-check=(text::plain(&finding.check)) {
            td {
                (text::prose(finding.headline())) br;
                span .pill.(State::from(finding.severity).word()) { (word) } " " (text::code(&finding.check))
            }
            td { (text::own(&text::place(finding, report))) }
            td { (text::prose(&waiver.reason)) }
            td { (text::own(&waiver.owner)) }
            td .date { (text::own(&waiver.until)) }
        }
    }
}
