//! Failures that somebody accepts: who, why, and until when.

use super::text;
use crate::report::{Finding, Report, Waiver};
use maud::{Markup, html};

/// The accepted failures; nothing where there are none.
pub(super) fn section(report: &Report) -> Markup {
    let accepted: Vec<(&Finding, &Waiver)> =
        report.results.iter().filter_map(|finding| finding.waiver.as_ref().map(|waiver| (finding, waiver))).collect();
    html! {
        @if !accepted.is_empty() {
            section #accepted aria-labelledby="accepted-title" {
                h2 #accepted-title { "Accepted failures" }
                p { "They still fail. Somebody answers for them, and until when." }
                div .scroll tabindex="0" role="group" aria-label="Accepted failures" {
                    table .rows {
                        thead { tr { th scope="col" { "What" } th scope="col" { "Where" } th scope="col" { "Why it is accepted" } th scope="col" { "By" } th scope="col" { "Until" } } }
                        tbody { @for (finding, waiver) in accepted { (row(finding, waiver, report)) } }
                    }
                }
            }
        }
    }
}

fn row(finding: &Finding, waiver: &Waiver, report: &Report) -> Markup {
    html! {
        tr .item data-verdict="accepted" data-severity=(finding.severity.word()) data-site=(text::site(finding)) data-check=(text::plain(&finding.check)) {
            td { (text::prose(finding.headline())) br; span .pill.(super::state::State::from(finding.severity).word()) { (finding.severity.word()) } " " (text::code(&finding.check)) }
            td { (text::own(&text::place(finding, report))) }
            td { (text::prose(&waiver.reason)) }
            td { (text::own(&waiver.owner)) }
            td .date { (text::own(&waiver.until)) }
        }
    }
}
