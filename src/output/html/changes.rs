//! What changed since the report that this one was compared with.

use super::state::State;
use super::text;
use crate::output::words::{self, counted};
use crate::report::{Change, Comparison, Ended, Finding, How, Report};
use maud::{Markup, html};

/// Results of one kind of change that are named here; each is told below.
const MOST: usize = 20;

/// What changed; nothing if the report was compared with none.
pub(super) fn section(report: &Report) -> Markup {
    let Some(comparison) = &report.comparison else { return html! {} };
    html! {
        section #changes aria-labelledby="changes-title" {
            h2 #changes-title { "What changed" }
            p .lead {
                @match &comparison.started {
                    Some(started) => { "Compared with the audit of " (text::time(started)) " (" (text::code(&comparison.with)) ")." }
                    None => { "There was no report to compare with in " (text::code(&comparison.with)) "." }
                }
            }
            @if !comparison.notes.is_empty() { ul .notes { @for note in &comparison.notes { li { (text::prose(note)) } } } }
            @for change in Change::ALL { (changed(change, report)) }
            (ended(comparison))
        }
    }
}

fn changed(change: Change, report: &Report) -> Markup {
    let of: Vec<&Finding> = report.results.iter().filter(|finding| finding.change == Some(change)).collect();
    let results = of.iter().map(|finding| finding.count).sum();
    let words = match change {
        Change::New => "New failures",
        Change::WaiverEnded => "No longer accepted",
        Change::CheckAdded => "Found by a check that is new",
        Change::CheckChanged => "Found by a check that changed",
        Change::Undecided => "No longer decided",
        Change::Decided => "Decided now",
        Change::Still => "As before",
    };
    html! {
        @if !of.is_empty() {
            h3 { (words) " " small { (counted(results, "result", "results")) @if change != Change::Still { ". " (change.meaning()) } } }
            @if change != Change::Still {
                ul .changed {
                    @for finding in of.iter().take(MOST) {
                        li { (State::of(finding).glyph()) " " (text::prose(finding.headline())) ": " (text::own(&text::place(finding, report))) }
                    }
                    @if of.len() > MOST { li { (text::thousands((of.len() - MOST) as u64)) " more" } }
                }
            }
        }
    }
}

fn ended(comparison: &Comparison) -> Markup {
    html! {
        @for how in How::ALL {
            @let of: Vec<&Ended> = comparison.ended.iter().filter(|ended| ended.how == how).collect();
            @if !of.is_empty() {
                h3 { (end(how)) " " small { (counted(of.len() as u64, "result", "results")) } }
                // what never was known to fail is counted
                @if how != How::Decided { ul .changed {
                    @for ended in of.iter().take(MOST) {
                        li { (State::Fine.glyph()) " " (text::prose(&ended.title)) (place(ended)) " " small { "since " (text::time(&ended.since)) } }
                    }
                    @if of.len() > MOST { li { (text::thousands((of.len() - MOST) as u64)) " more" } }
                } }
            }
        }
    }
}

fn place(ended: &Ended) -> Markup {
    let place = words::place(ended.site.as_deref(), ended.server.as_deref(), ended.subject.as_deref());
    html! { @if !place.is_empty() { ": " (text::own(&place)) } }
}

fn end(how: How) -> &'static str {
    match how {
        How::Fixed => "Fixed",
        How::Gone => "Gone with its object",
        How::NotTold => "No longer reported: fixed, gone, or not seen",
        How::Decided => "Undecided before, and not failing",
        How::Accepted => "Accepted now",
        How::CheckRemoved => "No longer checked",
    }
}
