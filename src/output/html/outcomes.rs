//! Every check that was run, and how often it came out how: what passed is counted, not told.

use super::text;
use crate::report::{Report, Verdict};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The columns of the table.
const COLUMNS: [(Verdict, &str); 5] = [
    (Verdict::Pass, "Passed"),
    (Verdict::Fail, "Failed"),
    (Verdict::Unknown, "Undecided"),
    (Verdict::Blocked, "Waits for another check"),
    (Verdict::NotApplicable, "Nothing to check"),
];

/// What a check came to.
#[derive(Default)]
struct Row<'a> {
    title: &'a str,
    counts: [u64; COLUMNS.len()],
}

/// The table of checks.
pub(super) fn section(report: &Report) -> Markup {
    let mut rows: BTreeMap<&str, Row<'_>> =
        report.checks.iter().map(|check| (check.id.as_str(), Row { title: &check.title, ..Row::default() })).collect();
    for finding in report.results.iter().filter(|finding| finding.verdict != Verdict::Manual) {
        let row = rows.entry(&finding.check).or_default();
        row.title = &finding.title;
        let places = COLUMNS.iter().zip(&mut row.counts).filter(|((verdict, _), _)| *verdict == finding.verdict);
        places.for_each(|(_, count)| *count += finding.count);
    }
    rows.retain(|_, row| row.counts.iter().any(|count| *count > 0));
    let passed = report.summary.pass as u64;
    html! {
        section #outcomes aria-labelledby="outcomes-title" {
            h2 #outcomes-title { "What was checked" }
            p { (text::thousands(rows.len() as u64)) " checks were decided by the audit; " (text::thousands(passed)) " results passed." }
            @if !rows.is_empty() {
                details { summary { "Every check, and its results" }
                    div .scroll tabindex="0" role="group" aria-label="Checks" {
                        table .rows.checks {
                            thead { tr { th scope="col" { "Check" } @for (_, word) in COLUMNS { th scope="col" .number { (word) } } } }
                            tbody { @for (check, row) in &rows { (line(check, row)) } }
                        }
                    }
                }
            }
        }
    }
}

fn line(check: &str, row: &Row<'_>) -> Markup {
    html! {
        tr {
            th scope="row" { (text::prose(row.title)) br; (text::code(check)) }
            @for count in row.counts { td .number { @if count > 0 { (text::thousands(count)) } @else { span .none { "0" } } } }
        }
    }
}
