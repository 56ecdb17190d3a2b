//! Which sites a connector leads to, and which address spaces it is for.

use super::{By, Join, LONGEST, MOST_ENDS};
use crate::directory::bounded;
use crate::directory::filter::Shows;
use crate::exchange::address_space::AddressSpace;
use crate::exchange::confidence::Confidence;
use crate::exchange::naming;
use crate::exchange::questions::Questions;
use crate::exchange::selection::Selection;
use crate::exchange::x400;
use std::collections::{BTreeMap, BTreeSet};

/// The X.400 addresses of sites, as they compare, with the one site that each is of.
pub(super) struct Addresses(BTreeMap<String, String>);

impl Addresses {
    /// Those that Site Addressing shows. Of several Site Addressing objects in a site none is known to count, and an address that two sites
    /// have tells nothing.
    pub(super) fn of(questions: &Questions) -> Self {
        let all = Selection::named("site-addressing").map(|selection| questions.all(selection, None));
        let mut by_site: BTreeMap<String, Vec<BTreeSet<String>>> = BTreeMap::new();
        for seen in all.iter().flat_map(|all| all.seen()) {
            let Some(site) = seen.site() else { continue };
            let own = seen.shown().texts_of("Gateway-Proxy").filter_map(|text| comparison(&text)).collect();
            by_site.entry(site.to_owned()).or_default().push(own);
        }
        let mut known: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (site, own) in by_site {
            let [own] = own.as_slice() else { continue };
            for address in own {
                known.entry(address.clone()).and_modify(|of| *of = None).or_insert_with(|| Some(site.clone()));
            }
        }
        Self(known.into_iter().filter_map(|(address, site)| site.map(|site| (address, site))).collect())
    }
}

/// An X.400 address with its type, as it compares; none if it is another kind of address, or cannot be read.
fn comparison(text: &str) -> Option<String> {
    let (kind, address) = text.split_once(':')?;
    let address = x400::parse(address).ok().filter(|_| kind.trim().eq_ignore_ascii_case("X400"))?;
    Some(address.comparison())
}

/// What a connector joins to its own site, and the address spaces that it is for besides.
pub(super) fn of(connector: &impl Shows, own: &str, addresses: &Addresses) -> (Vec<Join>, Vec<String>) {
    let mut joins: Vec<Join> = Vec::new();
    let mut add = |site: String, by: By, confidence: Confidence| {
        let is_known = joins.iter().any(|join| join.site.eq_ignore_ascii_case(&site));
        if joins.len() < MOST_ENDS && !is_known && !site.eq_ignore_ascii_case(own) {
            joins.push(Join { site, by, confidence });
        }
    };
    for named in connector.texts_of("Remote-Site") {
        let site = naming::from_either(&named).filter(naming::is_site).and_then(|dn| naming::site_name(&dn));
        site.into_iter().for_each(|site| add(short(&site), By::RemoteSite, Confidence::Documented));
    }
    for value in connector.texts_of("Connected-Domains") {
        connected(&value).into_iter().for_each(|site| add(short(site), By::ConnectedSite, Confidence::Inferred));
    }
    let mut spaces = BTreeSet::new();
    for space in connector.texts_of("Routing-List").filter_map(|text| AddressSpace::parse(&text)) {
        let text = format!("{}:{}", space.kind, space.address);
        match comparison(&text).and_then(|address| addresses.0.get(&address)) {
            Some(site) => add(short(site), By::AddressSpace, Confidence::Inferred),
            None => _ = spaces.insert(short(&text)),
        }
    }
    (joins, spaces.into_iter().take(MOST_ENDS).collect())
}

/// The site of a value of `Connected-Domains`, `Org§Site§1§X400:c=US;...`: the form is known from one sample (Q199412), and what has another
/// is not read.
fn connected(value: &str) -> Option<&str> {
    let fields: Vec<&str> = value.split('§').collect();
    let [_, site, cost, address] = fields.as_slice() else { return None };
    let is_cost = !cost.is_empty() && cost.bytes().all(|byte| byte.is_ascii_digit());
    (is_cost && !site.is_empty() && address.contains(':')).then_some(site)
}

fn short(text: &str) -> String {
    bounded::text(text, LONGEST.0).into_owned()
}
