//! `size-limits`: a message that a connector refuses for its size is not passed on to another site that serves the same
//! address space, and from there back, until it has made 512 hops (Q160534).
//!
//! That takes a connector with a limit, another with the same address space in another site, and a way there without a limit
//! as low. The article's cure is one limit on every message transfer agent.

use super::beside::of_site;
use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::address_space::AddressSpace;
use crate::exchange::class::has_class;
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::selection::Selection;
use crate::exchange::visibility;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeLimits {}

const LIMIT: &str = "Deliv-Cont-Length";
const SPACES: &str = "Routing-List";
const SITES: &str = "Connected-Domains";

impl Judging for SizeLimits {
    fn attributes(&self) -> Vec<&str> {
        vec![LIMIT, SPACES, "Home-MTA"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let of = |(word, names)| Selection::named(word).map(|selection| (selection, names));
        [("connector", vec![LIMIT, SPACES, SITES]), ("ims", vec![LIMIT]), ("mta", vec![LIMIT])]
            .into_iter()
            .filter_map(of)
            .collect()
    }

    fn expected(&self) -> String {
        "one limit everywhere, on every message transfer agent".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let Some(limit) = object.values(LIMIT)?.first().and_then(number) else {
            return Some(Ruling::holds("it has no size limit"));
        };
        let own: Vec<AddressSpace> = object.texts(SPACES)?.iter().filter_map(|text| AddressSpace::parse(text)).collect();
        let rivals = Rivals::of(organization, object.entry, &own);
        let Some((rival, rival_limit)) = rivals.first else {
            return Some(match rivals.unread {
                Some(other) => Ruling::unknown(Reason::NotVisible, format!("{other} shows no {SPACES}: it may serve the same")),
                None => Ruling::holds("no other site serves its address spaces"),
            });
        };
        match lower_at_mta(organization, object, limit) {
            Some(true) => return Some(Ruling::holds("its message transfer agent has a limit as low")),
            Some(false) => {}
            None => {
                let message = format!("whether its message transfer agent has a {LIMIT} is not shown");
                return Some(Ruling::unknown(Reason::NotVisible, message));
            }
        }
        match free_way(organization, object.entry, limit) {
            Way::Limited => return Some(Ruling::holds("every way from its site to another has a limit as low")),
            Way::Unseen => {
                let message = format!("{} serves the same address space; no way there was seen", rival.dn);
                return Some(Ruling::unknown(Reason::NotVisible, message));
            }
            Way::Free => {}
        }
        let message =
            format!("it takes {limit} K; a larger message goes on to {}, which serves the same address space", rival.dn);
        Some(match rival_limit {
            // there it gets through
            None => Ruling::broken(Reason::Mismatch, format!("{message} and has no limit")).only(Severity::Info),
            Some(other) => Ruling::broken(Reason::Mismatch, format!("{message} and takes {other} K")),
        })
    }
}

/// The connectors of other sites that serve one of these address spaces: one, with a limit if any has; and one of which it is
/// not known.
struct Rivals<'a> {
    first: Option<(&'a Entry, Option<u64>)>,
    unread: Option<&'a Dn>,
}

impl<'a> Rivals<'a> {
    fn of(organization: &'a Organization, entry: &Entry, own: &[AddressSpace]) -> Self {
        let mut rivals = Self { first: None, unread: None };
        let site = naming::site_of(&entry.dn).map(|site| site.key());
        let Some(connectors) = Selection::named("connector").filter(|_| !own.is_empty()) else { return rivals };
        for other in organization.living().filter(|other| connectors.takes(other)) {
            if naming::site_of(&other.dn).map(|site| site.key()) == site {
                continue;
            }
            if !other.has(SPACES) && visibility::proven_unset(organization, other, SPACES).is_err() {
                rivals.unread = Some(&other.dn);
            }
            let mut spaces = other.texts(SPACES).filter_map(|text| AddressSpace::parse(&text));
            if !spaces.any(|space| own.iter().any(|own| own.is_same(&space))) {
                continue;
            }
            let limit = other.values(LIMIT).first().and_then(number);
            if rivals.first.is_none() || limit.is_some() {
                rivals.first = Some((other, limit));
            }
        }
        rivals
    }
}

/// Whether the message transfer agent of a connector refuses as much; none if that is not known.
fn lower_at_mta(organization: &Organization, object: &Object<'_>, limit: u64) -> Option<bool> {
    let named = object.texts("Home-MTA")?.iter().find_map(|text| naming::from_either(text))?;
    let Destination::Living(mta) = organization.follow(&named) else { return None };
    match mta.values(LIMIT).first() {
        Some(value) => Some(number(value)? <= limit),
        None => visibility::proven_unset(organization, mta, LIMIT).is_ok().then_some(false),
    }
}

enum Way {
    Free,
    Limited,
    Unseen,
}

/// Whether a connector leads from the site to another and takes more.
fn free_way(organization: &Organization, entry: &Entry, limit: u64) -> Way {
    let mut seen = false;
    for way in of_site(organization, "connector", &entry.dn) {
        if way.dn == entry.dn || !(has_class(way, "Site-Connector") || way.has(SITES)) {
            continue;
        }
        seen = true;
        let lower = way.values(LIMIT).first().and_then(number).is_some_and(|other| other <= limit);
        if !lower {
            return Way::Free;
        }
    }
    if seen { Way::Limited } else { Way::Unseen }
}

/// A limit in kilobytes; 0 is taken for none.
fn number(value: &[u8]) -> Option<u64> {
    std::str::from_utf8(value).ok()?.trim().parse().ok().filter(|limit| *limit > 0)
}
