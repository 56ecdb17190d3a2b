//! The graph as a drawing that stands alone: no script, nothing fetched, light and dark as the reader has it.

use super::graph::{Arrow, End, Graph};
use crate::output::fit::fit;
use crate::output::sanitize::{self, xml};
use crate::output::words::counted;
use crate::report::{Severity, Uses};
use maud::{Markup, PreEscaped, html};

/// Width of the drawing; left edge and width of the boxes on each side.
const WIDTH: u32 = 920;
const LEFT: (u32, u32) = (20, 400);
const RIGHT: (u32, u32) = (600, 300);
/// Height of a row, and of the box in it.
const ROW: (u32, u32) = (70, 56);
/// Height of what stands above.
const TOP: u32 = 46;

/// The colours are those of the HTML report.
const STYLE: &str = "svg{color-scheme:light dark;--sheet:#fff;--ink:#1c2127;--soft:#565e68;--rule:#8a8f96;--critical:#a81e1e;--warning:#7f4d00;\
--info:#1f5f8b}@media (prefers-color-scheme:dark){svg{--sheet:#1c2024;--ink:#e9e7e2;--soft:#a9b1ba;--rule:#7b838c;--critical:#ff8d84;\
--warning:#f0b45c;--info:#8ec5ee}}text{font-family:system-ui,\"Segoe UI\",Roboto,Arial,sans-serif;fill:var(--ink)}.soft{fill:var(--soft)}\
.paper{fill:var(--sheet)}.box{fill:var(--sheet);stroke:var(--rule)}.own{stroke:var(--ink);stroke-width:2.5}\
.line{fill:none;stroke:var(--rule);stroke-width:1.6}.inferred{stroke-dasharray:6 4}.unseen{stroke-dasharray:2 4}\
.critical{stroke:var(--critical)}.warning{stroke:var(--warning)}.info{stroke:var(--info)}";

/// The drawing.
pub(super) fn drawing(uses: &Uses) -> String {
    let graph = Graph::of(uses);
    let rows = (graph.arrows.len() + graph.unseen.len()).max(graph.ends.len()).max(1);
    let height = TOP + ROW.0 * place(rows) + if graph.undrawn > 0 { 30 } else { 10 };
    let title = format!("Who refers to {}", sanitize::bounded(&uses.object.dn.to_string(), 300));
    let ends: Vec<u32> = (0..graph.ends.len()).map(|end| middle_of(&graph, end, rows)).collect();
    let at = |end: usize| ends.get(end).copied().unwrap_or(TOP);
    let markup = html! {
        svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" viewBox={ "0 0 " (WIDTH) " " (height) } width=(WIDTH) height=(height) {
            title #title { (xml(&title)) }
            style { (PreEscaped(STYLE)) }
            rect .paper width=(WIDTH) height=(height) {}
            text x="20" y="28" font-size="16" font-weight="650" { (fit(&title, f64::from(WIDTH) - 40.0, 16.0)) }
            @for (row, arrow) in graph.arrows.iter().enumerate() {
                path .line.(style_of(arrow)).(word(arrow.severity)) d=(curve(middle(row), at(arrow.end))) {}
            }
            @for row in 0..graph.unseen.len() { path .line.unseen d=(curve(middle(graph.arrows.len() + row), at(0))) {} }
            @for (row, arrow) in graph.arrows.iter().enumerate() { (referrer(arrow, middle(row))) }
            @for (row, what) in graph.unseen.iter().enumerate() { (unseen(what, middle(graph.arrows.len() + row))) }
            @for (number, end) in graph.ends.iter().enumerate() { (self::end(end, at(number), number == 0)) }
            @if graph.undrawn > 0 {
                text .soft x="20" y=(height - 12) font-size="12" { "and " (counted(graph.undrawn as u64, "more kind", "more kinds")) " of reference" }
            }
        }
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}\n", markup.into_string())
}

fn place(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX / ROW.0 / 2).min(1000)
}

/// The height at which the middle of a row is.
fn middle(row: usize) -> u32 {
    TOP + ROW.0 * place(row) + ROW.0 / 2
}

/// The same of what is referred to: they share the height of the drawing.
fn middle_of(graph: &Graph<'_>, end: usize, rows: usize) -> u32 {
    let share = ROW.0 * place(rows) / place(graph.ends.len()).max(1);
    TOP + share * place(end) + share / 2
}

fn curve(from: u32, to: u32) -> String {
    let (left, right) = (LEFT.0 + LEFT.1, RIGHT.0);
    let half = (left + right) / 2;
    format!("M{left} {from}C{half} {from} {half} {to} {right} {to}")
}

fn style_of(arrow: &Arrow<'_>) -> &'static str {
    if arrow.is_inferred { "inferred" } else { "documented" }
}

fn word(severity: Option<Severity>) -> &'static str {
    severity.map_or("quiet", Severity::word)
}

fn referrer(arrow: &Arrow<'_>, middle: u32) -> Markup {
    let fails = arrow.fails.as_deref().map(|fails| format!("if it goes: {fails}")).unwrap_or_default();
    let inferred = if arrow.is_inferred { " (inferred)" } else { "" };
    html! {
        g {
            title { (xml(&sanitize::bounded(&arrow.told, 400))) }
            (boxed(LEFT, middle, word(arrow.severity)))
            (line(LEFT, middle, &format!("{}{inferred}", arrow.role), (-14, 11.0), true))
            (line(LEFT, middle, arrow.whom, (3, 13.0), false))
            (line(LEFT, middle, &fails, (20, 11.0), true))
        }
    }
}

fn unseen(what: &str, middle: u32) -> Markup {
    html! {
        g {
            title { (xml(&sanitize::bounded(what, 400))) }
            (boxed(LEFT, middle, "unseen"))
            (line(LEFT, middle, "not seen, and may refer to it", (-6, 11.0), true))
            (line(LEFT, middle, what, (11, 12.0), false))
        }
    }
}

fn end(end: &End, middle: u32, is_own: bool) -> Markup {
    html! {
        g {
            title { (xml(&sanitize::bounded(&end.dn, 400))) }
            (boxed(RIGHT, middle, if is_own { "own" } else { "below" }))
            (line(RIGHT, middle, &end.name, (-3, 14.0), false))
            (line(RIGHT, middle, &end.words, (14, 11.0), true))
        }
    }
}

fn boxed((x, width): (u32, u32), middle: u32, class: &str) -> Markup {
    html! { rect .box.(class) x=(x) y=(middle.saturating_sub(ROW.1 / 2)) width=(width) height=(ROW.1) rx="8" {} }
}

/// A line of text in a box, so far below its middle, in letters of that size.
fn line((x, width): (u32, u32), middle: u32, text: &str, (below, size): (i32, f64), is_soft: bool) -> Markup {
    html! {
        text class=(if is_soft { "soft" } else { "name" }) x=(x + 14) y=(middle.saturating_add_signed(below)) font-size=(size) { (fit(text, f64::from(width) - 28.0, size)) }
    }
}
