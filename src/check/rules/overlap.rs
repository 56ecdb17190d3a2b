//! `space-overlap`: what recipients added to Site-Proxy-Space is no address space of a connector, and no other site's.

use super::founds::Founds;
use super::space::Space;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::questions::{Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overlap {}

/// The attributes that hold what recipients added, the addresses of a site itself, and the address spaces of a connector.
const ADDED: &str = "Site-Proxy-Space";
const OWN: &str = "Gateway-Proxy";
const ROUTES: &str = "Routing-List";

/// Overlaps that a message tells.
const MOST_TOLD: usize = 3;

impl Reading for Overlap {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDED, OWN]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let compared =
            [("site-addressing", OWN), ("connector", ROUTES)].map(|(word, attribute)| site::beside(word, &[attribute]));
        compared.into_iter().chain([site::beside("site", &[])]).flatten().collect()
    }

    fn expected(&self) -> String {
        "no address space of a connector or of another site".into()
    }
}

impl Comparing for Overlap {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut claims = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let answer = foreign(&object).and_then(|foreign| match foreign.is_empty() {
                true => {
                    object.values(ADDED)?;
                    Ok(Ruling::holds("Site-Proxy-Space holds nothing but the site's own address"))
                }
                false => one(&object, &foreign, claims.get_or_insert_with(|| Claims::beside(&object))),
            });
            founds.add(&object, answer);
        }
        founds.all()
    }
}

/// What recipients added to a site, but for the site's own address: each value, and the space that it is.
pub(super) fn foreign(object: &Object<'_>) -> Result<Vec<(String, Space)>, Causes> {
    let added = object.seen_texts(ADDED).filter_map(|text| Space::read(&text).map(|space| (text, space)));
    let mut added: Vec<(String, Space)> = added.collect();
    // A site's own address is no overlap: Q169672 shows two sites with the same one and finds nothing wrong with that.
    let own: HashSet<Space> = object.seen_texts(OWN).filter_map(|text| Space::read(&text)).collect();
    added.retain(|(_, space)| !own.contains(space));
    if !added.is_empty() {
        object.values(OWN)?;
    }
    Ok(added)
}

/// What is said of a Site Addressing with such values.
fn one(object: &Object<'_>, foreign: &[(String, Space)], claims: &Claims<'_>) -> Answer {
    let (mut routed, mut shared) = (Told::default(), Told::default());
    for (text, space) in foreign {
        // a connector that leads to another site has its address for a space: that is one overlap, not two
        if let Some(sites) = claims.sites.get(space) {
            shared.add(sites, |seen| format!("{text} is the address of site {}", seen.site().unwrap_or_default()));
        } else if let Some(connectors) = claims.connectors.get(space) {
            routed.add(connectors, |seen| format!("{text} is an address space of {}", seen.dn()));
        }
    }
    let told: Vec<String> = routed.words.into_iter().chain(shared.words).take(MOST_TOLD).collect();
    let more = (routed.count + shared.count).saturating_sub(MOST_TOLD);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    let message = format!("{}{more}", told.join("; "));
    if routed.count > 0 {
        return Ok(Ruling::broken(Reason::Overlap, message));
    }
    if shared.count > 0 {
        // where the directory keeps the switch is not published
        let advice =
            "Nothing is wrong if Share address space with other X.400 systems is ticked on purpose (Site Addressing > General).";
        return Ok(Ruling::broken(Reason::Overlap, format!("{message}\n{advice}")).inferred());
    }
    object.values(ADDED)?;
    match claims.open.is_empty() {
        true => Ok(Ruling::holds("Site-Proxy-Space holds nothing that is a connector's or another site's")),
        false => Err(claims.open.clone()),
    }
}

/// Overlaps: how many, and words for the first.
#[derive(Default)]
struct Told {
    count: usize,
    words: Vec<String>,
}

impl Told {
    fn add(&mut self, all: &[Seen<'_>], words: impl Fn(&Seen<'_>) -> String) {
        self.count += all.len();
        let more = MOST_TOLD.saturating_sub(self.words.len());
        self.words.extend(all.iter().take(more).map(words));
    }
}

/// Who has which space in the organization.
struct Claims<'q> {
    connectors: HashMap<Space, Vec<Seen<'q>>>,
    sites: HashMap<Space, Vec<Seen<'q>>>,
    /// Why there may be others.
    open: Causes,
}

impl<'q> Claims<'q> {
    /// Those of the organization that an object is of.
    fn beside(object: &Object<'q>) -> Self {
        let (connectors, addressing) = (object.everywhere("connector"), object.everywhere("site-addressing"));
        let mut open = site::each_has_one(object, &addressing).err().unwrap_or_default();
        open = open.and(&connectors.whole().err().unwrap_or_default());
        Self { connectors: spaces(&connectors, ROUTES, &mut open), sites: spaces(&addressing, OWN, &mut open), open }
    }
}

/// The spaces that objects have in an attribute; why there may be others is added to `open`.
fn spaces<'q>(all: &Population<'q>, attribute: &str, open: &mut Causes) -> HashMap<Space, Vec<Seen<'q>>> {
    let mut spaces: HashMap<Space, Vec<Seen<'q>>> = HashMap::new();
    for object in all.seen().map(Object::of) {
        let own: HashSet<Space> = object.seen_texts(attribute).filter_map(|text| Space::read(&text)).collect();
        for space in own {
            spaces.entry(space).or_default().push(object.seen());
        }
        if let Err(causes) = object.values(attribute) {
            *open = std::mem::take(open).and(&causes);
        }
    }
    spaces
}
