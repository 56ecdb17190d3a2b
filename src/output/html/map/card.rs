//! A site as a card: its name and how it is; where there is room, its servers, each with the services and connectors that run on it.

use super::figure::links;
use super::place::{Point, fit, number};
use super::worst::Worst;
use crate::exchange::chart::{Connector, Kind, Server, Sight, Site};
use crate::output::html::state::State;
use crate::output::sanitize::visible;
use crate::output::words::counted;
use maud::{Markup, html};

/// Lines of a card; more are counted.
const MOST_LINES: usize = 16;
/// The height of the top of a card, of a line in it, and of the blank below.
const HEIGHTS: (f64, f64, f64) = (50.0, 22.0, 10.0);

/// A card and its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    /// The number of its site.
    pub(super) site: usize,
    /// Its corner.
    pub(super) at: Point,
    pub(super) width: f64,
    pub(super) height: f64,
    /// Whether it tells what stands in the site, or only how much.
    pub(super) is_open: bool,
}

impl Card {
    /// Its middle.
    pub(super) fn middle(&self) -> Point {
        Point::at(self.at.x + self.width / 2.0, self.at.y + self.height / 2.0)
    }
}

/// A line of a card.
enum Line<'a> {
    Server(&'a Server),
    Link(&'a Connector, bool),
    More(usize),
}

/// How high a card must be that tells what stands in a site.
pub(super) fn height(site: &Site) -> f64 {
    let lines = lines(site).len().max(1) as f64;
    HEIGHTS.0 + lines * HEIGHTS.1 + HEIGHTS.2
}

fn lines(site: &Site) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let is_on =
        |link: &&Connector, server: &Server| link.server.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(&server.name));
    for server in &site.servers {
        lines.push(Line::Server(server));
        lines.extend(links(site).filter(|link| is_on(link, server)).map(|link| Line::Link(link, true)));
    }
    let elsewhere = links(site).filter(|link| !site.servers.iter().any(|server| is_on(link, server)));
    lines.extend(elsewhere.map(|link| Line::Link(link, false)));
    if let more @ 1.. = lines.len().saturating_sub(MOST_LINES) {
        lines.truncate(MOST_LINES - 1);
        lines.push(Line::More(more + 1));
    }
    lines
}

/// How much there is in a site, in a few words.
pub(super) fn summary(site: &Site) -> String {
    if site.seen == Sight::NotAtAll {
        return "not seen".into();
    }
    let mut parts = vec![counted(site.servers.len() as u64, "server", "servers")];
    if !site.services.is_empty() {
        parts.push(format!("{} IMS", site.services.len()));
    }
    let in_part = if site.seen == Sight::InPart { ", in part" } else { "" };
    format!("{}{in_part}", parts.join(" \u{b7} "))
}

/// A site in words, for whoever points at it.
fn told(site: &Site, state: State) -> String {
    visible(&match site.seen {
        Sight::NotAtAll => format!("{}: {}", site.name, summary(site)),
        _ => format!("{}: {}; {}", site.name, summary(site), state.words()),
    })
}

/// The card, with its corner at its place.
pub(super) fn draw(card: &Card, site: &Site, state: State, worst: &Worst, hatch: &str) -> Markup {
    let Card { at, width, height, is_open, .. } = *card;
    let is_unseen = site.seen == Sight::NotAtAll;
    let (name_size, left) = if is_open { (16.0, 40.0) } else { (12.5, 30.0) };
    let mark = if is_open { Point::at(22.0, 25.0) } else { Point::at(16.0, height / 2.0) };
    let (name_y, more_y) = if is_open { (23.0, 40.0) } else { (height / 2.0 - 3.0, height / 2.0 + 12.0) };
    let class = if is_unseen { "unseen" } else { state.word() };
    html! {
        g .card.(class) transform={ "translate(" (number(at.x)) " " (number(at.y)) ")" } {
            title { (told(site, state)) }
            rect .back width=(number(width)) height=(number(height)) rx="7" {}
            @if site.seen != Sight::Whole { rect .hatch width=(number(width)) height=(number(height)) rx="7" fill={ "url(#" (hatch) ")" } {} }
            rect .edge width=(number(width)) height=(number(height)) rx="7" {}
            @if is_unseen { text .question x=(number(mark.x)) y=(number(mark.y + 5.0)) text-anchor="middle" { "?" } }
            @else { (state.mark(mark.x, mark.y, if is_open { 20.0 } else { 16.0 })) }
            text .name x=(number(left)) y=(number(name_y)) font-size=(name_size) { (fit(&site.name, width - left - 8.0, name_size)) }
            text .much x=(number(left)) y=(number(more_y)) font-size="10.5" { (fit(&summary(site), width - left, 9.0)) }
            @if is_open {
                @for (place, line) in lines(site).iter().enumerate() {
                    (self::line(line, HEIGHTS.0 + place as f64 * HEIGHTS.1, width, worst))
                }
            }
        }
    }
}

/// What a line says of a connector: where it leads, where that is known; its name is told to whoever points at it.
fn link_words(link: &Connector, is_below: bool) -> String {
    match (link.kind, link.joins.as_slice()) {
        (Kind::Ims, []) if is_below => link.kind.words().to_owned(),
        (_, []) => link.name.clone(),
        (kind, [only]) => format!("{} \u{2192} {}", short(kind), only.site),
        (kind, [first, more @ ..]) => format!("{} \u{2192} {} +{}", short(kind), first.site, more.len()),
    }
}

fn short(kind: Kind) -> &'static str {
    match kind {
        Kind::Ims => "IMS",
        Kind::Site => "Site",
        Kind::X400 => "X.400",
        Kind::MsMail => "MS Mail",
        Kind::Replication => "Replication",
        Kind::Dirsync => "DirSync",
        Kind::Gateway => "Gateway",
    }
}

/// A server in words.
fn server_told(server: &Server, worst: &Worst) -> String {
    let version = server.version.as_ref().map(|version| format!(", {version}")).unwrap_or_default();
    visible(&format!("Server {}{version}: {}", server.name, worst.object(&server.dn).words()))
}

fn line(line: &Line<'_>, top: f64, width: f64, worst: &Worst) -> Markup {
    let base = top + 15.0;
    html! {
        @match line {
            Line::Server(server) => {
                @let version = server.version.as_deref().map(|version| version.trim_start_matches("Exchange ")).unwrap_or_default();
                g {
                    title { (server_told(server, worst)) }
                    rect .server x="10" y=(number(top)) width=(number(width - 20.0)) height="20" rx="3" {}
                    (worst.object(&server.dn).mark(22.0, top + 10.0, 12.0))
                    text x="34" y=(number(base)) font-size="12.5" { (fit(&server.name, width - 34.0 - 74.0, 12.5)) }
                    text .much x=(number(width - 16.0)) y=(number(base)) font-size="10.5" text-anchor="end" { (fit(version, 62.0, 10.5)) }
                }
            }
            Line::Link(link, is_below) => {
                @let x = if *is_below { 34.0 } else { 22.0 };
                @let words = link_words(link, *is_below);
                g {
                    title { (visible(&format!("{}: {}; {}", link.kind.words(), link.name, worst.object(&link.dn).words()))) }
                    (worst.object(&link.dn).mark(x, top + 10.0, 12.0))
                    text x=(number(x + 12.0)) y=(number(base)) font-size="12" { (fit(&words, width - x - 20.0, 12.0)) }
                }
            }
            Line::More(more) => { text .much x="22" y=(number(base)) font-size="12" { "and " (more) " more, in the list below" } }
        }
    }
}
