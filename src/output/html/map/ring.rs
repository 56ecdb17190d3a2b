//! Many sites: small cards around the rim, those that many are joined to in the middle, and what joins them drawn inward. What lies outside of
//! the organization is a tag on the outer side of a card.

use super::card::Card;
use super::draw::{Drawing, Stroke, Tag};
use super::figure::{Figure, Tie};
use super::place::{Point, curve};
use std::collections::BTreeMap;
use std::f64::consts::PI;

/// Sites in the middle, and what makes one stand there: so many others that it is joined to.
const MOST_HUBS: usize = 4;
const LEAST_DEGREE: usize = 4;
/// Sites for each that stands in the middle: of few there would be no ring left.
const LEAST_PER_HUB: usize = 7;
/// The size of a card, and of one in the middle.
const CARD: (f64, f64) = (142.0, 42.0);
const HUB: (f64, f64) = (168.0, 52.0);
/// What is left free around the cards for tags, and between them.
const RIM: (f64, f64) = (72.0, 44.0);
const GAP: (f64, f64) = (12.0, 12.0);
/// The least that is left free in the middle.
const LEAST: (f64, f64) = (1000.0, 560.0);
/// How far the middle of each side stands out.
const BOW: (f64, f64) = (54.0, 30.0);
/// Tags of a card; more are counted.
const MOST_TAGS: usize = 2;

/// The side of the drawing on which a card stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Top,
    Right,
    Bottom,
    Left,
}

/// The sites in a ring.
pub(super) fn drawing(figure: &Figure<'_>) -> Drawing {
    let hubs = hubs(figure);
    let around = around(figure, &hubs);
    let (along, across) = shape(around.len());
    let width = ((along as f64) * (CARD.0 + GAP.0) + 2.0 * (CARD.0 + BOW.0 + RIM.0)).max(LEAST.0);
    let height = ((across as f64) * (CARD.1 + GAP.1) + 2.0 * (CARD.1 + BOW.1 + RIM.1)).max(LEAST.1);
    let slots = slots(around.len(), along, across, width, height);
    let middle = Point::at(width / 2.0, height / 2.0);
    let mut placed: BTreeMap<usize, (Card, Option<Side>)> = BTreeMap::new();
    // those that are joined to the first in the middle stand on its side
    let start = slots.len().saturating_sub(across / 2 + group_size(figure, &hubs, &around) / 2);
    for (place, site) in around.iter().enumerate() {
        let Some((side, at)) = slots.get((start + place) % slots.len().max(1)) else { continue };
        placed.insert(*site, (Card { site: *site, at: *at, width: CARD.0, height: CARD.1, is_open: false }, Some(*side)));
    }
    for (place, site) in hubs.iter().enumerate() {
        let turn = PI + 2.0 * PI * place as f64 / hubs.len() as f64;
        let far = if hubs.len() == 1 { 0.0 } else { 0.17 };
        let at = Point::at(middle.x + width * far * turn.cos() - HUB.0 / 2.0, middle.y + height * far * turn.sin() - HUB.1 / 2.0);
        placed.insert(*site, (Card { site: *site, at, width: HUB.0, height: HUB.1, is_open: false }, None));
    }
    let strokes = figure.ties.iter().filter_map(|tie| stroke(tie, figure, &placed, middle)).collect();
    let tags = placed.values().flat_map(|(card, side)| tags(figure, card, *side)).collect();
    let cards = placed.into_values().map(|(card, _)| card).collect();
    Drawing { width, height, cards, pills: Vec::new(), strokes, tags, is_labelled: false, frame: None }
}

/// The sites that many others are joined to, the most first.
fn hubs(figure: &Figure<'_>) -> Vec<usize> {
    let degrees = figure.degrees();
    let least = LEAST_DEGREE.max(figure.sites.len() / 6);
    let mut hubs: Vec<usize> =
        (0..degrees.len()).filter(|site| degrees.get(*site).is_some_and(|degree| *degree >= least)).collect();
    hubs.sort_by_key(|site| std::cmp::Reverse(degrees.get(*site).copied()));
    hubs.truncate(MOST_HUBS.min(figure.sites.len() / LEAST_PER_HUB));
    hubs
}

/// The other sites: by the first in the middle that they are joined to, then by name.
fn around(figure: &Figure<'_>, hubs: &[usize]) -> Vec<usize> {
    let mut around: Vec<usize> = (0..figure.sites.len()).filter(|site| !hubs.contains(site)).collect();
    around.sort_by_key(|site| (first_hub(figure, hubs, *site), *site));
    around
}

fn first_hub(figure: &Figure<'_>, hubs: &[usize], site: usize) -> usize {
    let is_tied = |hub: &usize| figure.ties.iter().any(|tie| (tie.from, tie.to) == (site.min(*hub), site.max(*hub)));
    hubs.iter().position(is_tied).unwrap_or(hubs.len())
}

fn group_size(figure: &Figure<'_>, hubs: &[usize], around: &[usize]) -> usize {
    around.iter().filter(|site| first_hub(figure, hubs, **site) == 0).count()
}

/// How many cards stand at the top and at a side, for a drawing that is about half as wide again as it is high.
fn shape(count: usize) -> (usize, usize) {
    let sides = |along: usize| count.saturating_sub(2 * along).div_ceil(2);
    let wide = |along: usize| (along as f64 + 2.0) * (CARD.0 + GAP.0) + 2.0 * RIM.0;
    let high = |along: usize| (sides(along) as f64 + 2.0) * (CARD.1 + GAP.1) + 2.0 * RIM.1;
    let skew = |along: usize| (wide(along) / high(along) / 1.45).ln().abs();
    // more would not fit a page
    // of an odd number the bottom has one less, but not none
    let least = if count.is_multiple_of(2) { 1 } else { 2 };
    let along = (least..=6.min(count / 2).max(least)).min_by(|one, other| skew(*one).total_cmp(&skew(*other))).unwrap_or(1);
    (along, sides(along))
}

/// The places around the rim, clockwise from the top left.
fn slots(count: usize, along: usize, across: usize, width: f64, height: f64) -> Vec<(Side, Point)> {
    let bottom = count.saturating_sub(along + 2 * across);
    let left = count.saturating_sub(along + across + bottom);
    // the middle of each side stands out
    let share = |place: usize, all: usize| (place as f64 + 0.5) / all.max(1) as f64;
    let bow = |share: f64| (2.0 * share - 1.0).powi(2);
    let row = |place: usize, all: usize| {
        let room = width - 2.0 * (RIM.0 + CARD.0 + BOW.0);
        (RIM.0 + CARD.0 + BOW.0 + room * share(place, all) - CARD.0 / 2.0, BOW.1 * bow(share(place, all)))
    };
    let column = |place: usize, all: usize| {
        let room = height - 2.0 * (RIM.1 + CARD.1 + BOW.1);
        (RIM.1 + CARD.1 + BOW.1 + room * share(place, all) - CARD.1 / 2.0, BOW.0 * bow(share(place, all)))
    };
    let mut slots = Vec::new();
    for place in 0..along.min(count) {
        let (x, dip) = row(place, along);
        slots.push((Side::Top, Point::at(x, RIM.1 + dip)));
    }
    for place in 0..across {
        let (y, dip) = column(place, across);
        slots.push((Side::Right, Point::at(width - RIM.0 - CARD.0 - dip, y)));
    }
    for place in (0..bottom).rev() {
        let (x, dip) = row(place, bottom);
        slots.push((Side::Bottom, Point::at(x, height - RIM.1 - CARD.1 - dip)));
    }
    for place in (0..left).rev() {
        let (y, dip) = column(place, left);
        slots.push((Side::Left, Point::at(RIM.0 + dip, y)));
    }
    slots.truncate(count);
    slots
}

fn stroke(tie: &Tie, figure: &Figure<'_>, placed: &BTreeMap<usize, (Card, Option<Side>)>, middle: Point) -> Option<Stroke> {
    let (one, other) = (placed.get(&tie.from)?, placed.get(&tie.to)?);
    let rank =
        figure.ties.iter().filter(|same| (same.from, same.to) == (tie.from, tie.to) && same.kind < tie.kind).count() as f64;
    let (from, to) = (end(tie.from, tie, one, figure, placed), end(tie.to, tie, other, figure, placed));
    // between two at the rim a line takes its way through the middle; to one in the middle it goes straight
    let long = (to.x - from.x).hypot(to.y - from.y).max(1.0);
    let pull = if one.1.is_some() && other.1.is_some() { 0.18 + 0.37 * (long / 500.0).min(1.0) } else { 0.12 };
    let aside =
        |point: Point| Point::at(point.x - (to.y - from.y) / long * rank * 16.0, point.y + (to.x - from.x) / long * rank * 16.0);
    let path = curve(from, aside(from.toward(middle, pull)), aside(to.toward(middle, pull)), to);
    Some(Stroke { ends: vec![tie.from, tie.to], path, heads: Vec::new(), label: None, tie: Some(tie.clone()), state: tie.state })
}

/// Where a line ends on a card: on its inner edge, beside the other lines there; on the edge towards the other of one in the middle.
fn end(
    own: usize,
    tie: &Tie,
    (card, side): &(Card, Option<Side>),
    figure: &Figure<'_>,
    placed: &BTreeMap<usize, (Card, Option<Side>)>,
) -> Point {
    let Some(side) = side else {
        let other = placed.get(&if tie.from == own { tie.to } else { tie.from });
        return other.map_or(card.middle(), |(other, _)| edge(card, other.middle()));
    };
    let far = |tie: &Tie| {
        let other = if tie.from == own { tie.to } else { tie.from };
        let middle = placed.get(&other).map_or(Point::at(0.0, 0.0), |(card, _)| card.middle());
        let along = if matches!(side, Side::Top | Side::Bottom) { middle.x } else { middle.y };
        (along, tie.from + tie.to, tie.kind)
    };
    let touching = || figure.ties.iter().filter(|other| other.from == own || other.to == own);
    let is_before = |other: &&Tie| far(other).partial_cmp(&far(tie)) == Some(std::cmp::Ordering::Less);
    let share = (touching().filter(is_before).count() as f64 + 1.0) / (touching().count() as f64 + 1.0);
    let Point { x, y } = card.at;
    match side {
        Side::Top => Point::at(x + card.width * share, y + card.height),
        Side::Bottom => Point::at(x + card.width * share, y),
        Side::Left => Point::at(x + card.width, y + card.height * share),
        Side::Right => Point::at(x, y + card.height * share),
    }
}

/// Where the way from the middle of a card to a point leaves the card.
fn edge(card: &Card, to: Point) -> Point {
    let middle = card.middle();
    let part = |half: f64, way: f64| half / way.abs().max(half);
    middle.toward(to, part(card.width / 2.0, to.x - middle.x).min(part(card.height / 2.0, to.y - middle.y)))
}

/// What a site leads to outside: tags on the outer side of its card; below one in the middle.
fn tags(figure: &Figure<'_>, card: &Card, side: Option<Side>) -> Vec<Tag> {
    let ways: Vec<_> = figure.ways.iter().filter(|way| way.site == card.site).collect();
    let more = ways.len().saturating_sub(MOST_TAGS);
    let told = if more > 0 { MOST_TAGS - 1 } else { MOST_TAGS };
    let mut tags = Vec::new();
    for (place, way) in ways.iter().enumerate().take(MOST_TAGS) {
        let step = place as f64;
        let Point { x, y } = card.at;
        let (at, stub) = match side {
            Some(Side::Left) => (Point::at(x - 62.0, y + 2.0 + step * 20.0), Point::at(x, y + 11.0 + step * 20.0)),
            Some(Side::Right) => {
                (Point::at(x + card.width + 12.0, y + 2.0 + step * 20.0), Point::at(x + card.width, y + 11.0 + step * 20.0))
            }
            Some(Side::Top) => (Point::at(x + 18.0 + step * 56.0, y - 30.0), Point::at(x + 43.0 + step * 56.0, y)),
            Some(Side::Bottom) | None => {
                (Point::at(x + 18.0 + step * 56.0, y + card.height + 12.0), Point::at(x + 43.0 + step * 56.0, y + card.height))
            }
        };
        let kind = figure.outside.get(way.outside).map(|outside| outside.kind.to_owned()).unwrap_or_default();
        let text = if place < told { kind } else { format!("+{}", more + 1) };
        tags.push(Tag { at, stub, text, state: way.state, site: card.site });
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_around_the_rim_do_not_lie_on_one_another() {
        for count in [2, 3, 6, 7, 12, 39, 40, 41, 100, 200] {
            let (along, across) = shape(count);
            let width = ((along as f64) * (CARD.0 + GAP.0) + 2.0 * (CARD.0 + BOW.0 + RIM.0)).max(LEAST.0);
            let height = ((across as f64) * (CARD.1 + GAP.1) + 2.0 * (CARD.1 + BOW.1 + RIM.1)).max(LEAST.1);
            let slots = slots(count, along, across, width, height);
            assert_eq!(slots.len(), count);
            for (index, (_, one)) in slots.iter().enumerate() {
                assert!(one.x >= 0.0 && one.x + CARD.0 <= width && one.y >= 0.0 && one.y + CARD.1 <= height, "{count}: {one:?}");
                for (_, other) in &slots[index + 1..] {
                    let apart = (one.x - other.x).abs() >= CARD.0 || (one.y - other.y).abs() >= CARD.1;
                    assert!(apart, "{count} sites, {width} by {height}: {one:?} lies on {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_line_to_one_in_the_middle_ends_on_its_edge() {
        let card = Card { site: 0, at: Point::at(0.0, 0.0), width: 40.0, height: 20.0, is_open: false };
        assert_eq!(edge(&card, Point::at(120.0, 10.0)), Point::at(40.0, 10.0));
        assert_eq!(edge(&card, Point::at(20.0, -90.0)), Point::at(20.0, 0.0));
        assert_eq!(edge(&card, Point::at(25.0, 10.0)), Point::at(25.0, 10.0));
    }
}
