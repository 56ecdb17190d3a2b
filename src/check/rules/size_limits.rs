//! `size-limits`: a message that a connector refuses for its size is not passed on to another site that serves the same
//! address space, and from there back, until it has made 512 hops (Q160534).
//!
//! That takes a connector with a limit, another with the same address space in another site, and a way there without a limit
//! as low. The article's cure is one limit on every message transfer agent.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::directory::whole::EntryId;
use crate::exchange::address_space::AddressSpace;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Ground, Lookup, Object, Population, Seen, UntoldReason};
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::collections::HashMap;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeLimits {}

const LIMIT: &str = "Deliv-Cont-Length";
const SPACES: &str = "Routing-List";
const SITES: &str = "Connected-Domains";
const AGENT: &str = "Home-MTA";

impl Reading for SizeLimits {
    fn attributes(&self) -> Vec<&str> {
        vec![LIMIT, SPACES, AGENT]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let compared: [(&str, &[&'static str]); 4] =
            [("connector", &[LIMIT, SPACES, SITES]), ("ims", &[LIMIT]), ("mta", &[LIMIT]), ("site", &[])];
        compared.into_iter().filter_map(|(word, names)| site::beside(word, names)).collect()
    }

    fn expected(&self) -> String {
        "one limit everywhere, on every message transfer agent".into()
    }
}

impl Comparing for SizeLimits {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let (mut rivals, mut ways) = (None, HashMap::new());
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let answer = limit_of(&object).and_then(|limit| {
                let Some(limit) = limit else { return Ok(Ruling::holds("it has no size limit")) };
                let rivals = rivals.get_or_insert_with(|| Rivals::beside(&object));
                let Some(rival) = rivals.of(&object) else {
                    rivals.are_whole_for(&object)?;
                    return Ok(Ruling::holds("no other site serves its address spaces"));
                };
                let ways = ways.entry(site::key(&object)).or_insert_with(|| Ways::at(&object));
                one(&object, limit, rival, ways)
            });
            founds.add(&object, answer);
        }
        founds.all()
    }
}

/// What is said of a connector with a limit, of which another site serves an address space.
fn one(object: &Object<'_>, limit: u64, rival: &Rival<'_>, ways: &Ways<'_>) -> Answer {
    // either saves it: a limit as low where the message comes from, or on every way to another site
    let (agent, way) = (lower_at_agent(object, limit), ways.free(object, limit));
    if matches!(agent, Ok(true)) {
        return Ok(Ruling::holds("its message transfer agent has an equal or lower limit"));
    }
    if matches!(way, Ok(Way::Limited)) {
        return Ok(Ruling::holds("every route from its site to another has an equal or lower limit"));
    }
    agent?;
    let rival_dn = rival.seen.dn();
    if let Way::None = way? {
        let what = format!("a way to {rival_dn}, which serves the same address space,");
        return Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
    }
    let message = format!("it takes {limit} K; a larger message goes on to {rival_dn}, which serves the same address space");
    Ok(match rival.limit {
        // there it gets through
        None if rival.is_surely_free => {
            Ruling::broken(Reason::Mismatch, format!("{message} and has no limit")).only(Severity::Info)
        }
        None => Ruling::broken(Reason::Mismatch, format!("{message} and shows no limit")).only(Severity::Info),
        Some(other) => Ruling::broken(Reason::Mismatch, format!("{message} and takes {other} K")),
    })
}

/// A connector that serves an address space.
#[derive(Clone, Copy)]
struct Rival<'q> {
    seen: Seen<'q>,
    /// What tells its site from others.
    site: Option<u128>,
    limit: Option<u64>,
    /// Whether it is certain that it has no limit, where none was seen.
    is_surely_free: bool,
}

/// The connectors of all sites, by what they serve.
#[derive(Default)]
struct Rivals<'q> {
    /// By type and address of a space, one of each site, those with a limit first.
    by_space: HashMap<(String, String), Vec<Rival<'q>>>,
    /// Why there may be connectors that were not seen.
    unseen: Causes,
    /// By site, why it is not known what all of its connectors serve.
    silent: Vec<(Option<u128>, Causes)>,
}

impl<'q> Rivals<'q> {
    /// Those of the organization that an object is of.
    fn beside(object: &Object<'q>) -> Self {
        let all = object.everywhere("connector");
        let mut rivals = Self { unseen: site::every_site_of(object, &all).err().unwrap_or_default(), ..Self::default() };
        let mut silent: HashMap<Option<u128>, Causes> = HashMap::new();
        let mut known: HashMap<((String, String), Option<u128>), Rival<'q>> = HashMap::new();
        let mut order = Vec::new();
        for connector in all.seen().map(Object::of) {
            let site = site::key(&connector);
            if let Err(causes) = connector.values(SPACES) {
                let before = silent.remove(&site).unwrap_or_default();
                silent.insert(site, before.and(&causes));
            }
            let values = connector.seen().values(LIMIT);
            let limit = connector.seen_texts(LIMIT).next().and_then(|text| number(&text));
            let is_surely_free = limit.is_none() && values.whole().is_ok_and(|ground| !ground.is_assumed());
            let rival = Rival { seen: connector.seen(), site, limit, is_surely_free };
            for space in connector.seen_texts(SPACES).filter_map(|text| AddressSpace::parse(&text)) {
                let key = (space.key(), site);
                match known.get_mut(&key) {
                    Some(known) if known.limit.is_none() && limit.is_some() => *known = rival,
                    Some(_) => {}
                    None => {
                        order.push(key.clone());
                        known.insert(key, rival);
                    }
                }
            }
        }
        for key in order {
            if let Some(rival) = known.remove(&key) {
                rivals.by_space.entry(key.0).or_default().push(rival);
            }
        }
        rivals.by_space.values_mut().for_each(|all| all.sort_by_key(|rival| rival.limit.is_none()));
        rivals.silent = silent.into_iter().collect();
        rivals
    }

    /// A connector of another site that serves an address space of this one; one with a limit, if there is any.
    fn of(&self, object: &Object<'_>) -> Option<&Rival<'q>> {
        let site = site::key(object);
        let mut found: Option<&Rival<'q>> = None;
        for space in object.seen_texts(SPACES).filter_map(|text| AddressSpace::parse(&text)) {
            let rivals = self.by_space.get(&space.key()).map_or(&[] as &[_], Vec::as_slice);
            // one for each site: at most the first is of the same
            match rivals.iter().find(|rival| rival.site != site) {
                Some(rival) if rival.limit.is_some() => return Some(rival),
                other => found = found.or(other),
            }
        }
        found
    }

    /// Nothing, if no other connector can serve an address space of this one.
    fn are_whole_for(&self, object: &Object<'_>) -> Result<(), Causes> {
        if object.texts(SPACES)?.is_empty() {
            return Ok(());
        }
        let site = site::key(object);
        // by site: at most the first is its own
        let silent = self.silent.iter().find(|(other, _)| *other != site).map(|(_, causes)| causes.clone());
        let open = self.unseen.clone().and(&silent.unwrap_or_default());
        if open.is_empty() { Ok(()) } else { Err(open) }
    }
}

/// Whether the message transfer agent of a connector refuses as much.
fn lower_at_agent(object: &Object<'_>, limit: u64) -> Result<bool, Causes> {
    let named = object.texts(AGENT)?.iter().find_map(|text| naming::from_either(text));
    let untold = || {
        object
            .cause(Cause::Untold { reason: UntoldReason::NotVisible, what: format!("the {LIMIT} of its message transfer agent") })
    };
    let agent = match object.look_up(&named.ok_or_else(untold)?) {
        Lookup::There(seen) => Object::of(seen),
        Lookup::Open(causes) => return Err(causes),
        Lookup::Deleted(_) | Lookup::Gone(..) => return Err(untold()),
    };
    let is_lower = limit_of(&agent)?.is_some_and(|other| other <= limit);
    object.rests_on(&agent.ground());
    Ok(is_lower)
}

/// The ways from a site to another.
#[derive(Clone, Copy)]
enum Way {
    /// One takes more.
    Free,
    /// None does.
    Limited,
    /// There is none.
    None,
}

/// The connectors of a site that lead to others. Of each sort two are enough, for one may be the judged connector.
struct Ways<'q> {
    connectors: Population<'q>,
    /// Those with the highest limits; none: without any, and that is certain.
    widest: Vec<(EntryId, Option<u64>)>,
    /// Those that are taken to have no limit.
    assumed: Vec<(EntryId, Ground)>,
    /// Those of which it is not known whether they lead to others, or what they take.
    open: Vec<(EntryId, Causes)>,
}

impl<'q> Ways<'q> {
    /// Those of the site of an object.
    fn at(object: &Object<'q>) -> Self {
        let connectors = object.of_site("connector");
        let mut ways = Self { connectors, widest: Vec::new(), assumed: Vec::new(), open: Vec::new() };
        let all: Vec<Seen<'q>> = ways.connectors.seen().collect();
        for way in all.into_iter().map(Object::of) {
            let id = way.seen().id();
            let leads = way.seen().has_class("Site-Connector") || way.seen_texts(SITES).next().is_some();
            if !leads {
                ways.open.extend(way.values(SITES).err().map(|causes| (id, causes)));
                continue;
            }
            match limit_of(&way) {
                Ok(None) if way.ground().is_assumed() => ways.assumed.push((id, way.ground())),
                Ok(limit) => ways.widest.push((id, limit)),
                Err(causes) => ways.open.push((id, causes)),
            }
        }
        ways.widest.sort_by_key(|(_, limit)| std::cmp::Reverse(limit.unwrap_or(u64::MAX)));
        ways
    }

    /// Whether one of them, other than the judged connector, takes more than that.
    fn free(&self, object: &Object<'_>, limit: u64) -> Result<Way, Causes> {
        let own = object.seen().id();
        let widest = self.widest.iter().find(|(id, _)| *id != own);
        if widest.is_some_and(|(_, other)| other.is_none_or(|other| other > limit)) {
            return Ok(Way::Free);
        }
        if let Some((_, ground)) = self.assumed.iter().find(|(id, _)| *id != own) {
            object.rests_on(ground);
            return Ok(Way::Free);
        }
        if let Some((_, causes)) = self.open.iter().find(|(id, _)| *id != own) {
            return Err(causes.clone());
        }
        self.connectors.whole()?;
        Ok(if widest.is_some() { Way::Limited } else { Way::None })
    }
}

/// The size limit of an object, in kilobytes; 0 is taken for none.
fn limit_of(object: &Object<'_>) -> Result<Option<u64>, Causes> {
    Ok(object.text(LIMIT)?.and_then(|text| number(&text)))
}

fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok().filter(|limit| *limit > 0)
}
