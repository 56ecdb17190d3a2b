//! The chart of what was seen. Only what shows itself is looked at: that something is not there says nothing.

use super::joins::{self, Addresses};
use super::{Chart, Connector, Kind, LONGEST, LeftOut, MOST, Most, Server, Sight, Site};
use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::directory::filter::Shows;
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Questions, Seen};
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use std::collections::{BTreeMap, HashSet};

impl Chart {
    /// The organization of a directory, within what is audited.
    pub fn of(questions: &Questions) -> Self {
        survey(questions, MOST)
    }
}

/// The chart, with at most so much of each.
pub(super) fn survey(questions: &Questions, most: Most) -> Chart {
    let mut sites: BTreeMap<u128, (Dn, Site)> = BTreeMap::new();
    let base = questions.base();
    let is_audited = |site: &Dn| naming::is_site(site) && (site.is_within(base) || base.is_within(site));
    for (_, dn) in questions.sites_seen().filter(|(_, dn)| is_audited(dn)) {
        let name = naming::site_name(dn).unwrap_or_default();
        sites.insert(dn.number(), (dn.clone(), unseen(&name)));
    }
    for seen in members(questions, "server") {
        of_site(&mut sites, &seen).into_iter().for_each(|site| site.servers.push(server(&seen)));
    }
    let addresses = Addresses::of(questions);
    for seen in ["connector", "replication-connector", "dirsync-partner"].iter().flat_map(|word| members(questions, word)) {
        let Some(site) = of_site(&mut sites, &seen) else { continue };
        let connector = connector(&seen, &site.name, &addresses);
        if connector.kind == Kind::Ims { site.services.push(connector) } else { site.connectors.push(connector) }
    }
    let mut sites: Vec<(Option<Dn>, Site)> = sites.into_values().map(|(dn, site)| (Some(dn), site)).collect();
    let named = sites.iter().flat_map(|(_, site)| site.connectors.iter().chain(&site.services)).flat_map(|link| &link.joins);
    let mut others: Vec<String> = named.map(|join| join.site.clone()).chain(only_named(questions)).collect();
    others.sort_unstable_by_key(|name| name.to_lowercase());
    others.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    let seen: HashSet<String> = sites.iter().map(|(_, site)| site.name.to_ascii_lowercase()).collect();
    others.retain(|name| !seen.contains(&name.to_ascii_lowercase()));
    sites.extend(others.iter().map(|name| (None, unseen(name))));
    sites.sort_by(|(_, one), (_, other)| one.name.cmp(&other.name));
    let left_out = sites.len().saturating_sub(most.sites);
    sites.truncate(most.sites);
    // of those alone that are shown: what stands in the way of each is remembered
    let sites = sites.into_iter().map(|(dn, site)| match dn {
        Some(dn) => Site { seen: sight(questions, &dn), ..site },
        None => site,
    });
    bound(sites.collect(), left_out, most)
}

/// A site of which nothing is known but its name.
fn unseen(name: &str) -> Site {
    let name = bounded::text(name, LONGEST.0).into_owned();
    Site { name, seen: Sight::NotAtAll, servers: Vec::new(), services: Vec::new(), connectors: Vec::new() }
}

/// The sites that names lead to and of which nothing was seen.
fn only_named(questions: &Questions) -> Vec<String> {
    let sites = Selection::named("site").map(|selection| questions.all(selection, None).elsewhere());
    let causes = sites.map(|causes| questions.told(&causes)).unwrap_or_default();
    let site = |cause| if let Cause::SiteUnseen { site } = cause { site } else { None };
    causes.into_iter().filter_map(site).map(|name| bounded::text(&name, LONGEST.0).into_owned()).collect()
}

fn members<'q>(questions: &'q Questions, word: &str) -> Vec<Seen<'q>> {
    let all = Selection::named(word).map(|selection| questions.all(selection, None));
    all.map(|all| all.seen().collect()).unwrap_or_default()
}

fn of_site<'s>(sites: &'s mut BTreeMap<u128, (Dn, Site)>, seen: &Seen<'_>) -> Option<&'s mut Site> {
    sites.get_mut(&seen.site_dn()?.number()).map(|(_, site)| site)
}

/// Whether all that a site has on the chart was seen.
fn sight(questions: &Questions, site: &Dn) -> Sight {
    let words = ["server", "connector", "replication-connector"];
    let is_whole =
        |word: &&str| Selection::named(word).is_some_and(|selection| questions.all(selection, Some(site)).read().is_ok());
    if words.iter().all(is_whole) { Sight::Whole } else { Sight::InPart }
}

fn server(seen: &Seen<'_>) -> Server {
    let version = seen.shown().texts_of("serialNumber").find_map(|text| Version::parse(&text));
    Server { name: name(&seen.dn().leaf()), dn: dn(&seen.dn()), version: version.map(|version| name(&version.name)) }
}

fn connector(seen: &Seen<'_>, site: &str, addresses: &Addresses) -> Connector {
    let shown = seen.shown();
    let ims = Ims::of(&shown);
    let kind = match &ims {
        Some(_) => Kind::Ims,
        None => kind(seen),
    };
    let (joins, spaces) = joins::of(&shown, site, addresses);
    let server = ims.and_then(|ims| ims.server).or_else(|| home(&shown)).map(|server| name(&server));
    Connector { name: name(&seen.dn().leaf()), dn: dn(&seen.dn()), kind, server, joins, spaces }
}

fn kind(seen: &Seen<'_>) -> Kind {
    let of = |classes: &[&str]| classes.iter().any(|class| seen.has_class(class));
    match () {
        () if of(&["X400-Link"]) => Kind::X400,
        () if of(&["Mail-Connector"]) => Kind::MsMail,
        () if of(&["Site-Connector"]) => Kind::Site,
        () if of(&["Replication-Connector"]) => Kind::Replication,
        () if of(&["DXA-Site-Server", "DX-Requestor", "DX-Server-Conn", "Remote-DXA"]) => Kind::Dirsync,
        () => Kind::Gateway,
    }
}

/// The server that a connector runs on: its Computer-Name, or the one that its MTA, its local bridgehead or the object responsible for it
/// is of.
fn home(shown: &impl Shows) -> Option<String> {
    let of_name = |text: String| match text.starts_with('/') || text.contains('=') {
        true => naming::from_either(&text).and_then(|dn| naming::server_of(&dn)).map(|dn| dn.leaf().into_owned()),
        false => Some(text.trim().to_owned()).filter(|name| !name.is_empty()),
    };
    let attributes = ["Computer-Name", "Local-Bridge-Head", "Home-MTA", "Responsible-Local-DXA"];
    attributes.iter().find_map(|attribute| shown.texts_of(attribute).find_map(of_name))
}

/// The sites with what there is place for, in order; so many were left out.
fn bound(mut sites: Vec<Site>, left_out: usize, most: Most) -> Chart {
    let mut left_out = LeftOut { sites: left_out, ..LeftOut::default() };
    let (mut servers, mut links) = (most.servers, most.links);
    for site in &mut sites {
        site.servers.sort_by(|one, other| one.name.cmp(&other.name));
        left_out.servers += keep(&mut site.servers, &mut servers);
        for connectors in [&mut site.services, &mut site.connectors] {
            connectors.sort_by(|one, other| (&one.name, &one.dn).cmp(&(&other.name, &other.dn)));
            left_out.connectors += keep(connectors, &mut links);
        }
    }
    Chart { sites, left_out }
}

/// Keeps as many as there is place for; how many there are besides.
fn keep<T>(all: &mut Vec<T>, place: &mut usize) -> usize {
    let besides = all.len().saturating_sub(*place);
    all.truncate(*place);
    *place -= all.len();
    besides
}

fn name(text: &str) -> String {
    bounded::text(text, LONGEST.0).into_owned()
}

fn dn(dn: &Dn) -> String {
    bounded::text(&dn.to_string(), LONGEST.1).into_owned()
}
