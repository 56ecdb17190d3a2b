//! What the map shows, before it has a place: sites, the ties between them, and what lies outside.

use super::worst::Worst;
use crate::exchange::chart::{Chart, Connector, Kind, Sight, Site};
use crate::output::html::state::State;
use crate::report::Confidence;
use std::collections::{BTreeMap, BTreeSet};

/// Ties that are drawn: more would be a grey cloud. Those that fail go first.
const MOST_TIES: usize = 2000;

/// What the map shows.
pub(super) struct Figure<'a> {
    /// The sites, by name.
    pub(super) sites: Vec<(&'a Site, State)>,
    /// What joins two of them.
    pub(super) ties: Vec<Tie>,
    /// Ties that are not drawn.
    pub(super) undrawn: usize,
    /// What lies outside of the organization.
    pub(super) outside: Vec<Outside<'a>>,
    /// What joins a site to something outside: by site, then by what lies outside.
    pub(super) ways: Vec<Way>,
    /// What is said of each object.
    pub(super) worst: &'a Worst,
}

/// The connectors of one kind between two sites, in one line.
#[derive(Debug, Clone)]
pub(super) struct Tie {
    /// The site with the lower number.
    pub(super) from: usize,
    /// The other.
    pub(super) to: usize,
    /// What kind they are.
    pub(super) kind: Kind,
    /// How many there are each way.
    pub(super) forth: usize,
    /// And back.
    pub(super) back: usize,
    /// The worst of them.
    pub(super) state: State,
    /// Whether a connector says of itself where it leads; otherwise that is inferred.
    pub(super) is_documented: bool,
}

/// A kind of address outside of the organization.
#[derive(Debug)]
pub(super) struct Outside<'a> {
    /// The type of the address spaces: `SMTP`.
    pub(super) kind: &'a str,
    /// The address spaces, without the type.
    pub(super) spaces: Vec<&'a str>,
}

impl Outside<'_> {
    /// For which addresses.
    pub(super) fn told(&self) -> String {
        let told = |space: &&str| if matches!(*space, "" | "*") { "all addresses".to_owned() } else { (*space).to_owned() };
        let told: BTreeSet<String> = self.spaces.iter().map(told).collect();
        told.into_iter().collect::<Vec<_>>().join(", ")
    }

    /// What it is, in a few words.
    pub(super) fn words(&self) -> String {
        known(self.kind).map_or_else(|| format!("{} addresses", self.kind), str::to_owned)
    }
}

/// What addresses of a type are for; none for one that is not known.
fn known(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "SMTP" => "Internet mail (SMTP)",
        "X400" => "X.400 systems",
        "MS" => "MS Mail post offices",
        "CCMAIL" => "cc:Mail",
        "NOTES" => "Lotus Notes",
        "GWISE" => "GroupWise",
        "PROFS" => "PROFS",
        "SNADS" => "SNADS",
        "FAX" => "fax",
        _ => return None,
    })
}

/// The connectors from a site to one kind of address outside.
#[derive(Debug, Clone, Copy)]
pub(super) struct Way {
    /// The site.
    pub(super) site: usize,
    /// What it leads to.
    pub(super) outside: usize,
    /// The worst of the connectors.
    pub(super) state: State,
}

impl<'a> Figure<'a> {
    pub(super) fn of(chart: &'a Chart, worst: &'a Worst) -> Self {
        let sites: Vec<(&Site, State)> = chart.sites.iter().map(|site| (site, worst.site(&site.name))).collect();
        let (mut ties, ways, outside) = (ties(chart, worst), ways(chart, worst), outside(chart));
        let undrawn = ties.len().saturating_sub(MOST_TIES);
        if undrawn > 0 {
            ties.sort_by_key(|tie| std::cmp::Reverse(tie.state));
            ties.truncate(MOST_TIES);
            ties.sort_by_key(|tie| (tie.from, tie.to, tie.kind));
        }
        let place = |kind: &str| outside.iter().position(|outside| outside.kind == kind);
        let way = |((site, kind), state): ((usize, &str), State)| Some(Way { site, outside: place(kind)?, state });
        let ways = ways.into_iter().filter_map(way).collect();
        Self { sites, ties, undrawn, outside, ways, worst }
    }

    /// What is said of any part that is drawn: of the sites, and where they are open of what stands in them.
    pub(super) fn states(&self, is_open: bool) -> BTreeSet<State> {
        let seen = self.sites.iter().filter(|(site, _)| site.seen != Sight::NotAtAll);
        let mut states: BTreeSet<State> = seen.map(|(_, state)| *state).collect();
        for (site, _) in self.sites.iter().filter(|_| is_open) {
            let names = site.servers.iter().map(|server| &server.dn).chain(links(site).map(|link| &link.dn));
            states.extend(names.map(|name| self.worst.object(name)));
        }
        states
    }

    /// How many other sites each site is tied to.
    pub(super) fn degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.sites.len()];
        let mut pairs: Vec<(usize, usize)> = self.ties.iter().map(|tie| (tie.from, tie.to)).collect();
        pairs.dedup();
        for end in pairs.into_iter().flat_map(|(from, to)| [from, to]) {
            degrees.get_mut(end).into_iter().for_each(|degree| *degree += 1);
        }
        degrees
    }
}

/// The services and the other connectors of a site.
pub(super) fn links(site: &Site) -> impl Iterator<Item = &Connector> {
    site.services.iter().chain(&site.connectors)
}

fn ties(chart: &Chart, worst: &Worst) -> Vec<Tie> {
    let places: BTreeMap<String, usize> =
        chart.sites.iter().enumerate().map(|(place, site)| (site.name.to_lowercase(), place)).collect();
    let mut ties: BTreeMap<(usize, usize, Kind), Tie> = BTreeMap::new();
    for (own, link) in chart.sites.iter().enumerate().flat_map(|(own, site)| links(site).map(move |link| (own, link))) {
        for join in &link.joins {
            let Some(other) = places.get(&join.site.to_lowercase()).copied().filter(|other| *other != own) else { continue };
            let (from, to) = (own.min(other), own.max(other));
            let new = Tie { from, to, kind: link.kind, forth: 0, back: 0, state: State::Fine, is_documented: false };
            let tie = ties.entry((from, to, link.kind)).or_insert(new);
            *if own == from { &mut tie.forth } else { &mut tie.back } += 1;
            tie.state = tie.state.max(worst.object(&link.dn));
            tie.is_documented |= join.confidence == Confidence::Documented;
        }
    }
    ties.into_values().collect()
}

fn ways<'a>(chart: &'a Chart, worst: &Worst) -> BTreeMap<(usize, &'a str), State> {
    let mut ways = BTreeMap::new();
    for (site, link) in chart.sites.iter().enumerate().flat_map(|(place, site)| links(site).map(move |link| (place, link))) {
        for (kind, _) in link.spaces.iter().filter_map(|space| space.split_once(':')) {
            let state = ways.entry((site, kind)).or_insert(State::Fine);
            *state = worst.object(&link.dn).max(*state);
        }
    }
    ways
}

/// Kinds of address that have a place on the map: those of most sites.
const MOST_OUTSIDE: usize = 6;

fn outside(chart: &Chart) -> Vec<Outside<'_>> {
    let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let spaces = chart.sites.iter().flat_map(links).flat_map(|link| &link.spaces);
    for (kind, space) in spaces.filter_map(|space| space.split_once(':')) {
        kinds.entry(kind).or_default().push(space);
    }
    let mut outside: Vec<Outside<'_>> = kinds.into_iter().map(|(kind, spaces)| Outside { kind, spaces }).collect();
    outside.sort_by_key(|outside| std::cmp::Reverse(outside.spaces.len()));
    outside.truncate(MOST_OUTSIDE);
    for of in &mut outside {
        of.spaces.sort_unstable();
        of.spaces.dedup();
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::questions;
    use crate::output::fixture;

    /// A site, and a directory replication connector from it to each of the others.
    fn site(name: &str, others: &[&str]) -> String {
        let link = |other: &&str| {
            let dn = format!("cn=To {other},cn=Connections,cn=Configuration,ou={name},o=O");
            format!("dn: {dn}\nobjectClass: Replication-Connector\nRemote-Site: ou={other},o=O\n\n")
        };
        let links: String = others.iter().map(link).collect();
        format!("dn: ou={name},o=O\nobjectClass: organizationalUnit\n\n{links}")
    }

    #[test]
    fn connectors_of_a_kind_both_ways_are_one_line() {
        let chart = Chart::of(&questions(&[site("A", &["B", "C"]), site("B", &["A"])].concat()));
        let worst = Worst::of(&fixture::report(Vec::new()), 0);
        let figure = Figure::of(&chart, &worst);
        let ties: Vec<_> = figure.ties.iter().map(|tie| (tie.from, tie.to, tie.forth, tie.back, tie.is_documented)).collect();
        assert_eq!(ties, [(0, 1, 1, 1, true), (0, 2, 1, 0, true)]);
        assert_eq!((figure.degrees(), figure.undrawn), (vec![2, 1, 1], 0));
    }

    #[test]
    fn of_too_many_lines_the_others_are_counted() {
        let names: Vec<String> = (0..70).map(|n| format!("S{n:02}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let text: String = names
            .iter()
            .map(|name| site(name, &names.iter().copied().filter(|o| o != name).take(69).collect::<Vec<_>>()))
            .collect();
        let chart = Chart::of(&questions(&text));
        let worst = Worst::of(&fixture::report(Vec::new()), 0);
        let figure = Figure::of(&chart, &worst);
        assert_eq!((figure.ties.len(), figure.undrawn), (MOST_TIES, 70 * 69 / 2 - MOST_TIES));
    }
}
