//! What could not be seen, what that leaves undecided, and what to do to have it decided.

use super::evidence;
use super::state::State;
use super::text;
use crate::output::words::{counted, listed};
use crate::report::{Finding, Report, Unseen, Verdict};
use maud::{Markup, html};
use std::collections::{BTreeMap, BTreeSet};

/// Checks that a cause names.
const MOST_CHECKS: usize = 8;
/// Undecided results of one check that have a row each.
const MOST_ROWS: usize = 2000;

/// What could not be seen. Nothing, if everything was decided and everything was read.
pub(super) fn section(report: &Report) -> Markup {
    let several = report.targets.len() > 1;
    let causes = report.targets.iter().flat_map(|target| target.unseen.iter().map(move |unseen| (target, unseen)));
    let causes: Vec<_> = causes.collect();
    let open: Vec<&Finding> = report.results.iter().filter(|finding| finding.verdict == Verdict::Unknown).collect();
    let nobody: BTreeSet<&str> = report.targets.iter().flat_map(|target| &target.shown_by_nobody).map(String::as_str).collect();
    let results: u64 = open.iter().map(|finding| finding.count).sum();
    html! {
        section #undecided aria-labelledby="undecided-title" {
            h2 #undecided-title { "What could not be seen" }
            @if open.is_empty() { p { "Every check was decided." } } @else {
                p .lead { (State::Undecided.glyph()) " " (counted(results, "result is", "results are")) " undecided: neither a pass nor a failure." }
            }
            @for (target, unseen) in &causes {
                (cause(unseen, several.then(|| target.label())))
            }
            @if !nobody.is_empty() {
                p .aside {
                    "Shown by no object, so taken for unset: "
                    @for (place, name) in nobody.iter().enumerate() { @if place > 0 { ", " } (text::code(name)) }
                    ". If you know one of these to be in use, it is withheld from this account."
                }
            }
            @if !open.is_empty() { (each(&open, report)) }
        }
    }
}

fn cause(unseen: &Unseen, target: Option<&str>) -> Markup {
    let checks: Vec<&str> = unseen.checks.iter().map(String::as_str).collect();
    html! {
        article .group.undecided {
            h3 { @if let Some(target) = target { (text::own(target)) ": " } (text::prose(&unseen.what)) }
            p .meta {
                (counted(unseen.results, "result", "results")) " undecided; the worst would be "
                span .pill.(State::from(unseen.severity).word()) { (unseen.severity.word()) }
            }
            @if let Some(remedy) = &unseen.remedy { p { (text::prose(remedy)) } }
            @if let Some(paste) = &unseen.paste {
                pre tabindex="0" role="group" aria-label="To paste" { (text::code(paste)) }
            }
            p .small { span .label { "Checks " } (text::own(&listed(&checks, MOST_CHECKS))) }
        }
    }
}

/// The undecided results one by one, by check.
fn each(open: &[&Finding], report: &Report) -> Markup {
    let mut by_check: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    open.iter().for_each(|finding| by_check.entry(&finding.check).or_default().push(finding));
    html! {
        details .part { summary { "The undecided results, one by one" }
            @for (check, findings) in by_check {
                @let told = findings.get(..MOST_ROWS).unwrap_or(&findings);
                div .group data-check=(text::plain(check)) {
                    h3 { @if let Some(first) = findings.first() { (text::prose(&first.title)) } }
                    p .meta { (text::code(check)) " · " (counted(findings.len() as u64, "row", "rows")) }
                    (evidence::rows(told.iter().copied(), report))
                    @if findings.len() > told.len() {
                        p { (text::thousands((findings.len() - told.len()) as u64)) " more in the JSON report." }
                    }
                }
            }
        }
    }
}
