//! A few sites: open cards in a row, what joins them in arcs above, and what lies outside of the organization below.

use super::card::{self, Card};
use super::draw::{Drawing, Pill, Stroke};
use super::figure::{Figure, Tie};
use super::place::{Point, curve, number};

/// The most sites for which there is room in a row.
pub(super) const MOST: usize = 5;
/// The rim, the way down to what lies outside, and the size of what does.
const RIM: f64 = 28.0;
const DOWN: f64 = 92.0;
/// Lines that say what they are: more would hide one another.
const MOST_LABELS: usize = 8;
const PILL: (f64, f64) = (216.0, 46.0);

/// The sites in a row.
pub(super) fn drawing(figure: &Figure<'_>) -> Drawing {
    let count = figure.sites.len();
    let (width, gap) = match count {
        0..=2 => (300.0, 110.0),
        3 => (270.0, 80.0),
        4 => (230.0, 60.0),
        _ => (206.0, 40.0),
    };
    let arcs: Vec<(&Tie, usize)> = figure.ties.iter().map(|tie| (tie, rank(tie, &figure.ties))).collect();
    let top = 2.0 * RIM + arcs.iter().map(|(tie, rank)| rise(tie, *rank) * 0.75 + 26.0).fold(0.0, f64::max);
    let pills = figure.outside.len() as f64 * (PILL.0 + 20.0) - 20.0;
    let cards_wide = count as f64 * (width + gap) - gap;
    let whole = cards_wide.max(pills) + 2.0 * RIM;
    let left = (whole - cards_wide) / 2.0;
    let cards: Vec<Card> = figure
        .sites
        .iter()
        .enumerate()
        .map(|(site, (data, _))| Card {
            site,
            at: Point::at(left + site as f64 * (width + gap), top),
            width,
            height: card::height(data),
            is_open: true,
        })
        .collect();
    let bottom = cards.iter().map(|card| card.at.y + card.height).fold(top, f64::max);
    let pill_left = (whole - pills) / 2.0;
    let pills: Vec<Pill> = (0..figure.outside.len())
        .map(|outside| Pill {
            outside,
            at: Point::at(pill_left + outside as f64 * (PILL.0 + 20.0), bottom + DOWN),
            width: PILL.0,
            height: PILL.1,
        })
        .collect();
    let mut strokes: Vec<Stroke> = arcs.iter().filter_map(|(tie, rank)| arc(tie, *rank, &cards, figure)).collect();
    strokes.extend(ways(figure, &cards, &pills, bottom));
    let frame = Some((Point::at(6.0, 6.0), Point::at(whole - 6.0, bottom + 20.0)));
    let height = if pills.is_empty() { bottom + RIM } else { bottom + DOWN + PILL.1 + RIM };
    Drawing {
        width: whole,
        height,
        cards,
        pills,
        strokes,
        tags: Vec::new(),
        is_labelled: figure.ties.len() <= MOST_LABELS,
        frame,
    }
}

/// Which of the ties between the same two sites it is.
fn rank(tie: &Tie, all: &[Tie]) -> usize {
    all.iter().filter(|other| (other.from, other.to) == (tie.from, tie.to) && other.kind < tie.kind).count()
}

/// How far the ends of an arc are drawn up.
fn rise(tie: &Tie, rank: usize) -> f64 {
    54.0 + (tie.to - tie.from - 1) as f64 * 62.0 + rank as f64 * 38.0
}

fn arc(tie: &Tie, rank: usize, cards: &[Card], figure: &Figure<'_>) -> Option<Stroke> {
    let from = port(tie.from, tie, cards.get(tie.from)?, &figure.ties);
    let to = port(tie.to, tie, cards.get(tie.to)?, &figure.ties);
    let up = rise(tie, rank);
    let path = curve(from, Point::at(from.x, from.y - up), Point::at(to.x, to.y - up), to);
    let mut heads = Vec::new();
    heads.extend((tie.forth > 0).then_some(to));
    heads.extend((tie.back > 0).then_some(from));
    let label = Point::at(f64::midpoint(from.x, to.x), from.y - up * 0.75 - 5.0);
    Some(Stroke { ends: vec![tie.from, tie.to], path, heads, label: Some(label), tie: Some(tie.clone()), state: tie.state })
}

/// Where a tie ends on a card, so that arcs lie in one another: to the left the nearer first, to the right the farther.
fn port(own: usize, tie: &Tie, card: &Card, all: &[Tie]) -> Point {
    let key = |tie: &Tie| {
        let far = (tie.to - tie.from) * 100 + rank(tie, all);
        if tie.to == own { far } else { usize::MAX - far }
    };
    let touching = || all.iter().filter(|other| other.from == own || other.to == own);
    let before = touching().filter(|other| key(other) < key(tie)).count() as f64;
    Point::at(card.at.x + card.width * (before + 1.0) / (touching().count() as f64 + 1.0), card.at.y)
}

fn ways<'a>(figure: &'a Figure<'_>, cards: &'a [Card], pills: &'a [Pill], bottom: f64) -> impl Iterator<Item = Stroke> + 'a {
    let share = |before: usize, all: usize| (before as f64 + 1.0) / (all as f64 + 1.0);
    figure.ways.iter().filter_map(move |way| {
        let (card, pill) = (cards.get(way.site)?, pills.get(way.outside)?);
        let of_site = || figure.ways.iter().filter(|other| other.site == way.site);
        let of_pill = || figure.ways.iter().filter(|other| other.outside == way.outside);
        let from_x =
            card.at.x + card.width * share(of_site().filter(|other| other.outside < way.outside).count(), of_site().count());
        let to_x = pill.at.x + pill.width * share(of_pill().filter(|other| other.site < way.site).count(), of_pill().count());
        let start = Point::at(from_x, card.at.y + card.height);
        let (from, to) = (Point::at(from_x, bottom), Point::at(to_x, pill.at.y));
        let half = (to.y - from.y) * 0.55;
        // straight down first, so that it does not run behind the next card
        let down = format!("M{} {}V{}", number(start.x), number(start.y), number(bottom));
        let path = down + &curve(from, Point::at(from.x, from.y + half), Point::at(to.x, to.y - half), to);
        Some(Stroke { ends: vec![way.site], path, heads: vec![to], label: None, tie: None, state: way.state })
    })
}
