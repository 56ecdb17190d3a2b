//! The filters. They need a script, so they are hidden until it shows them; without it everything is there to be read.

use super::text;
use crate::report::{Report, Severity, Verdict};
use maud::{Markup, html};
use std::collections::BTreeSet;

/// Sites and checks to choose from: more make no list that anybody reads.
const MOST: usize = 1000;

/// The filters; nothing where there is nothing to choose.
pub(super) fn form(report: &Report) -> Markup {
    let told = || {
        report
            .results
            .iter()
            .filter(|finding| !matches!(finding.verdict, Verdict::Pass | Verdict::NotApplicable | Verdict::Blocked))
    };
    let sites: BTreeSet<String> = told().map(text::site).filter(|site| !site.is_empty()).take(MOST).collect();
    let checks: BTreeSet<String> = told().map(|finding| text::plain(&finding.check)).take(MOST).collect();
    let verdicts = [("fail", "failures"), ("unknown", "undecided"), ("accepted", "accepted"), ("manual", "by hand")];
    html! {
        @if told().nth(1).is_some() {
            form #filters hidden role="search" aria-label="Choose results" {
                label {
                    "Verdict "
                    select name="verdict" { option value="" { "all" } @for (value, word) in verdicts { option value=(value) { (word) } } }
                }
                label {
                    "Severity "
                    select name="severity" {
                        option value="" { "all" }
                        @for severity in Severity::ALL { option value=(severity.word()) { (severity.word()) } }
                    }
                }
                label { "Site " select name="site" { option value="" { "all" } @for site in &sites { option value=(site) { (site) } } } }
                label { "Check " select name="check" { option value="" { "all" } @for check in &checks { option value=(check) { (check) } } } }
                label { "Text " input type="search" name="text" autocomplete="off"; }
                button type="reset" { "Show all" }
                output aria-live="polite" {}
            }
        }
    }
}
