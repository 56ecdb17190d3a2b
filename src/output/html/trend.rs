//! Failures and undecided results over time, as a plot: a bar an audit, and a mark above it for what could not be decided.

use super::text;
use crate::report::{Night, Report};
use maud::{Markup, html};

/// The plot, in its own units.
const WIDTH: usize = 920;
const HEIGHT: usize = 150;
/// What is left for words on the left, and below.
const LEFT: usize = 46;
const BELOW: usize = 22;
/// A bar is no wider.
const WIDEST: usize = 22;

/// The plot; nothing where fewer than two audits are remembered.
pub(super) fn section(report: &Report) -> Markup {
    let nights = report.history.as_slice();
    let ([first, ..], [_, .., last]) = (nights, nights) else { return html! {} };
    let most = nights.iter().map(|night| night.fail.max(night.unknown)).max().unwrap_or_default().max(1);
    let room = HEIGHT - BELOW;
    // what is there at all is seen
    let height = |count: usize| if count == 0 { 0 } else { (count.saturating_mul(room - 12) / most).max(2) };
    let step = (WIDTH - LEFT) / nights.len().max(1);
    let bar = step.saturating_sub(2).clamp(1, WIDEST);
    let title = format!("Failures and undecided results of {} audits, from {} to {}", nights.len(), day(first), day(last));
    html! {
        section #trend aria-labelledby="trend-title" {
            h2 #trend-title { "Over time" }
            svg .trend viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(title) {
                line .axis x1=(LEFT) y1=(room) x2=(WIDTH) y2=(room) {}
                line .grid x1=(LEFT) y1=(room - height(most)) x2=(WIDTH) y2=(room - height(most)) {}
                text x=(LEFT - 8) y=(room - height(most) + 4) text-anchor="end" { (text::thousands(most as u64)) }
                text x=(LEFT - 8) y=(room + 4) text-anchor="end" { "0" }
                @for (night, place) in nights.iter().zip(0..) {
                    @let x = LEFT + place * step + step.saturating_sub(bar) / 2;
                    @let (all, critical) = (height(night.fail), height(night.critical.min(night.fail)));
                    g {
                        title { (words(night)) }
                        // the whole of it is what the title is of
                        rect .all x=(LEFT + place * step) y="0" width=(step.max(1)) height=(room) {}
                        rect .fails x=(x) y=(room - all) width=(bar) height=(all.saturating_sub(critical)) {}
                        rect .critical x=(x) y=(room - critical) width=(bar) height=(critical) {}
                        @if night.unknown > 0 { circle .unknown cx=(x + bar / 2) cy=(room - height(night.unknown)) r="4" {} }
                        @if !night.complete { text .unread x=(x + bar / 2) y=(room + 13) text-anchor="middle" { "!" } }
                    }
                }
                text x=(LEFT) y=(HEIGHT - 4) { (day(first)) }
                text x=(WIDTH) y=(HEIGHT - 4) text-anchor="end" { (day(last)) }
            }
            p .legend {
                span { svg .key viewBox="0 0 12 12" aria-hidden="true" { rect .critical width="12" height="12" {} } " critical failures" }
                span { svg .key viewBox="0 0 12 12" aria-hidden="true" { rect .fails width="12" height="12" {} } " other failures" }
                span { svg .key viewBox="0 0 12 12" aria-hidden="true" { circle .unknown cx="6" cy="6" r="4" {} } " undecided results" }
            }
            p .aside { "Accepted failures are not counted. An exclamation mark is for an audit that could not read everything." }
            details {
                summary { "The same as a table" }
                div .scroll tabindex="0" role="group" aria-label="Audits" {
                    table {
                        thead { tr { th { "Audit" } th { "Critical" } th { "Failures" } th { "Accepted" } th { "Undecided" } th { "Read" } } }
                        tbody {
                            @for night in nights.iter().rev() {
                                tr {
                                    td { (text::time(&night.started)) } td { (night.critical) } td { (night.fail) } td { (night.waived) } td { (night.unknown) }
                                    td { @if night.complete { "completely" } @else { "not completely" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the pointer is told of an audit.
fn words(night: &Night) -> String {
    let Night { fail, critical, waived, unknown, complete, .. } = night;
    let read = if *complete { "" } else { ", not read completely" };
    format!("{}: {fail} failures ({critical} critical), {waived} accepted, {unknown} undecided{read}", day(night))
}

fn day(night: &Night) -> String {
    super::super::sanitize::visible(night.started.get(..10).unwrap_or(&night.started))
}
