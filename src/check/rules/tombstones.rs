//! `longest-tombstone`: no other site keeps deleted objects longer. The judged object is the DS Site Configuration of a site.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::questions::{Causes, Lookup, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// Days for which deleted objects are kept.
const LIFETIME: &str = "Tombstone-Lifetime";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LongestTombstone {}

impl Reading for LongestTombstone {
    fn attributes(&self) -> Vec<&str> {
        vec![LIFETIME]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("directory-configuration", &[LIFETIME]).into_iter().chain(site::beside("site", &[])).collect()
    }

    fn expected(&self) -> String {
        format!("the same {LIFETIME} in every site")
    }
}

impl Comparing for LongestTombstone {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut lifetimes = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let lifetimes = lifetimes.get_or_insert_with(|| Lifetimes::beside(&object));
            founds.add(&object, one(&object, lifetimes));
        }
        founds.and_missing(all)
    }
}

/// What is said of the DS Site Configuration of a site.
fn one(object: &Object<'_>, lifetimes: &Lifetimes<'_>) -> Answer {
    let Some(text) = object.text(LIFETIME)? else { return Ok(Ruling::nothing(format!("has no {LIFETIME}"))) };
    let Some(own) = number(&text) else {
        return Ok(Ruling::broken(Reason::Malformed, format!("{LIFETIME} is not a number: {text:?}")));
    };
    if let Some((days, seen)) = lifetimes.longest.filter(|(days, _)| *days > own) {
        let site = seen.site().unwrap_or_default();
        return Ok(Ruling::broken(Reason::Mismatch, format!("{LIFETIME} is {own} days; site {site} has {days}")));
    }
    // one that is not shown may be longer
    if !lifetimes.open.is_empty() {
        return Err(lifetimes.open.clone());
    }
    Ok(match lifetimes.count {
        0 | 1 => Ruling::nothing("no other site is visible"),
        _ => Ruling::holds(format!("{LIFETIME} is {own} days, and no site has more")),
    })
}

/// The lifetimes of all sites.
struct Lifetimes<'q> {
    /// How many DS Site Configurations there are.
    count: usize,
    /// The longest lifetime that was seen.
    longest: Option<(i64, Seen<'q>)>,
    /// Why there may be a longer one.
    open: Causes,
}

impl<'q> Lifetimes<'q> {
    /// Those of the organization that an object is of.
    fn beside(object: &Object<'q>) -> Self {
        let all = object.everywhere("directory-configuration");
        let mut open = site::every_site_of(object, &all).err().unwrap_or_default();
        let mut longest: Option<(i64, Seen<'q>)> = None;
        for other in all.seen().map(Object::of) {
            if let Err(causes) = other.values(LIFETIME) {
                open = open.and(&causes);
            } else if let Some(days) = other.seen_texts(LIFETIME).find_map(|text| number(&text))
                && longest.is_none_or(|(longest, _)| days >= longest)
            {
                longest = Some((days, other.seen()));
            }
        }
        // every site has a DS Site Configuration, of one name in all of them
        let name = object.dn();
        for site in site::without(object, &all) {
            open = match object.look_up(&site::below_configuration(&site, &[&name.leaf()])) {
                Lookup::There(_) => open.and(&site::unseen(object, &site)),
                Lookup::Open(causes) => open.and(&causes),
                Lookup::Deleted(_) | Lookup::Gone(..) => open,
            };
        }
        Self { count: all.count(), longest, open }
    }
}

/// A number of days.
fn number(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}
