//! The drawing itself, once everything has its place.

use super::card::{self, Card};
use super::figure::{Figure, Tie};
use super::place::{Point, fit, number};
use super::{ring, row};
use crate::exchange::chart::{Kind, Sight};
use crate::output::html::state::State;
use crate::output::sanitize::visible;
use crate::output::words::counted;
use crate::report::Target;
use maud::{Markup, html};

/// Everything with its place.
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) cards: Vec<Card>,
    pub(super) pills: Vec<Pill>,
    pub(super) strokes: Vec<Stroke>,
    pub(super) tags: Vec<Tag>,
    /// What stands around the organization: its corner, and its other one.
    pub(super) frame: Option<(Point, Point)>,
    /// Whether lines say what they are.
    pub(super) is_labelled: bool,
}

/// Something outside of the organization.
pub(super) struct Pill {
    /// Its number.
    pub(super) outside: usize,
    pub(super) at: Point,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A line.
pub(super) struct Stroke {
    /// The sites that it belongs to.
    pub(super) ends: Vec<usize>,
    pub(super) path: String,
    /// Where it has an arrowhead: where it comes from above.
    pub(super) heads: Vec<Point>,
    pub(super) label: Option<Point>,
    /// What it stands for; none where it leads outside.
    pub(super) tie: Option<Tie>,
    pub(super) state: State,
}

/// What a small card says of what lies outside.
pub(super) struct Tag {
    pub(super) at: Point,
    /// Where it touches the card.
    pub(super) stub: Point,
    pub(super) text: String,
    pub(super) state: State,
    pub(super) site: usize,
}

/// The size of a tag.
const TAG: (f64, f64) = (50.0, 18.0);

/// The map of a target.
pub(super) fn drawing(figure: &Figure<'_>, index: usize, target: &Target) -> Markup {
    let drawing = if figure.sites.len() <= row::MOST { row::drawing(figure) } else { ring::drawing(figure) };
    let (hatch, title, desc) = (format!("hatch-{index}"), format!("map-{index}-title"), format!("map-{index}-desc"));
    let name = target.organization.as_deref().unwrap_or("the organization");
    let (width, height) = (number(drawing.width.ceil()), number(drawing.height.ceil()));
    html! {
        svg role="img" aria-labelledby={ (title) " " (desc) } viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) {
            title #(title) { (visible(&format!("Map of {name}"))) }
            desc #(desc) { (told(figure)) }
            defs {
                pattern #(hatch) width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { path .hatching d="M0 0V9" {} }
            }
            @if let Some((from, to)) = drawing.frame {
                rect .frame x=(number(from.x)) y=(number(from.y)) width=(number(to.x - from.x)) height=(number(to.y - from.y)) rx="14" {}
                text .much x=(number(from.x + 16.0)) y=(number(from.y + 24.0)) font-size="13" { (fit(name, 320.0, 13.0)) }
            }
            g .strokes { @for stroke in &drawing.strokes { (line(stroke)) } }
            @for pill in &drawing.pills { (self::pill(pill, figure)) }
            @for card in &drawing.cards {
                @if let Some((site, state)) = figure.sites.get(card.site) {
                    g .site {
                        // its own lines once more, to be seen while somebody points at it
                        g .own { @for stroke in drawing.strokes.iter().filter(|stroke| stroke.ends.contains(&card.site)) { path d=(stroke.path) {} } }
                        @for tag in drawing.tags.iter().filter(|tag| tag.site == card.site) { (self::tag(tag)) }
                        (card::draw(card, site, *state, figure.worst, &hatch))
                    }
                }
            }
            @if drawing.is_labelled { g .labels { @for stroke in &drawing.strokes { (label(stroke)) } } }
        }
    }
}

/// The map in a sentence or two.
fn told(figure: &Figure<'_>) -> String {
    let sites = figure.sites.len();
    let unseen = figure.sites.iter().filter(|(site, _)| site.seen == Sight::NotAtAll).count();
    let of = |state: State| figure.sites.iter().filter(|(_, own)| *own == state).count();
    let mut text =
        format!("{}, {}", counted(sites as u64, "site", "sites"), counted(figure.ties.len() as u64, "connection", "connections"));
    let parts = [(unseen, "not seen"), (of(State::Critical), "with a critical failure"), (of(State::Warning), "with a warning")];
    for (count, words) in parts.iter().filter(|(count, _)| *count > 0) {
        text.push_str(&format!("; {count} {words}"));
    }
    format!("{text}. The same is below as a list.")
}

/// The word by which the style knows a kind.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Ims => "k-ims",
        Kind::Site => "k-site",
        Kind::X400 => "k-x400",
        Kind::MsMail => "k-msmail",
        Kind::Replication => "k-replication",
        Kind::Dirsync => "k-dirsync",
        Kind::Gateway => "k-gateway",
    }
}

fn line(stroke: &Stroke) -> Markup {
    let kind = stroke.tie.as_ref().map_or("k-out", |tie| kind(tie.kind));
    html! {
        g .stroke.(kind).(stroke.state.word()) {
            @if let Some(tie) = &stroke.tie { title { (words(tie)) "; " (stroke.state.words()) } }
            path d=(stroke.path) {}
            @for Point { x, y } in &stroke.heads { path .head d={ "M" (number(x - 4.5)) " " (number(y - 9.0)) "L" (number(*x)) " " (number(*y)) "l4.5-9z" } {} }
        }
    }
}

fn words(tie: &Tie) -> String {
    let count = tie.forth + tie.back;
    let inferred = if tie.is_documented { "" } else { " (inferred)" };
    match (count, tie.forth > 0 && tie.back > 0) {
        (1, _) | (2, true) => format!("{}{inferred}", tie.kind.words()),
        (count, _) => format!("{} \u{d7}{count}{inferred}", tie.kind.words()),
    }
}

fn label(stroke: &Stroke) -> Markup {
    html! {
        @if let (Some(Point { x, y }), Some(tie)) = (stroke.label, &stroke.tie) {
            @for class in ["halo", stroke.state.word()] {
                text .(class) x=(number(x)) y=(number(y)) text-anchor="middle" font-size="12" { (words(tie)) }
            }
        }
    }
}

fn pill(pill: &Pill, figure: &Figure<'_>) -> Markup {
    let Some(outside) = figure.outside.get(pill.outside) else { return html! {} };
    let spaces = outside.told();
    html! {
        g .pill transform={ "translate(" (number(pill.at.x)) " " (number(pill.at.y)) ")" } {
            title { (visible(&format!("{}: {spaces}", outside.words()))) }
            rect width=(number(pill.width)) height=(number(pill.height)) rx=(number(pill.height / 2.0)) {}
            text x=(number(pill.width / 2.0)) y="20" text-anchor="middle" font-size="13" { (fit(&outside.words(), pill.width - 20.0, 12.0)) }
            text .much x=(number(pill.width / 2.0)) y="35" text-anchor="middle" font-size="10.5" { (fit(&spaces, pill.width - 40.0, 10.5)) }
        }
    }
}

fn tag(tag: &Tag) -> Markup {
    let Point { x, y } = tag.at;
    let middle = Point::at(x + TAG.0 / 2.0, y + TAG.1 / 2.0);
    html! {
        g .tag.(tag.state.word()) {
            path d={ "M" (number(tag.stub.x)) " " (number(tag.stub.y)) "L" (number(middle.x)) " " (number(middle.y)) } {}
            rect x=(number(x)) y=(number(y)) width=(number(TAG.0)) height=(number(TAG.1)) rx="9" {}
            text x=(number(middle.x)) y=(number(middle.y + 3.5)) text-anchor="middle" font-size="10" { (fit(&tag.text, TAG.0 - 6.0, 10.0)) }
        }
    }
}
