//! The attributes that the condition of a check speaks of, looked up once and not for every object.

use crate::check::definition::{Check, Expect, Reference};
use crate::directory::dn::{Dn, DnKey};
use crate::exchange::schema::{self, Attribute};
use std::sync::Mutex;

/// The attributes of one check.
#[derive(Debug)]
pub(super) struct Watched {
    names: Vec<(String, Option<&'static Attribute>)>,
    /// The sites that something hangs on, by number: few, and seldom any.
    sites: Mutex<Vec<DnKey>>,
}

impl Watched {
    pub(super) fn of(check: &Check) -> Self {
        let mut names: Vec<&str> = check.subject.only.iter().flat_map(|only| only.attributes()).collect();
        match &check.expect {
            Expect::Filter { filter, .. } => names.extend(filter.attributes()),
            Expect::Rule(rule) => names.extend(rule.judging().attributes()),
            _ => {}
        }
        for reference in [check.subject.follow.as_ref(), check.expect.reference()].into_iter().flatten() {
            if let Reference::Attribute(name) = reference {
                names.push(name);
            }
        }
        names.extend(check.lesser.iter().filter_map(|lesser| lesser.filter.as_ref()).flat_map(|filter| filter.attributes()));
        // what a rule asks about beside those it names
        names.push("another attribute");
        let names = names.into_iter().map(|name| (name.to_owned(), schema::attribute(name))).collect();
        Self { names, sites: Mutex::new(Vec::new()) }
    }

    /// The place of a name; the last for one that is not there.
    pub(super) fn place(&self, name: &str) -> usize {
        let last = self.names.len().saturating_sub(1);
        self.names.iter().position(|(known, _)| known.eq_ignore_ascii_case(name)).unwrap_or(last)
    }

    /// The name at a place.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", |(name, _)| name)
    }

    /// The number of a site.
    pub(super) fn site(&self, site: &Dn) -> usize {
        let key = site.key();
        let Ok(mut sites) = self.sites.lock() else { return usize::MAX };
        if let Some(at) = sites.iter().position(|known| *known == key) {
            return at;
        }
        sites.push(key);
        sites.len() - 1
    }

    /// Asks something of the site with that number.
    pub(super) fn with_site(&self, number: usize, ask: impl Fn(&DnKey) -> bool) -> bool {
        self.sites.lock().is_ok_and(|sites| sites.get(number).is_some_and(ask))
    }

    /// What the published schema says of the name at a place.
    pub(super) fn known(&self, place: usize) -> Option<&'static Attribute> {
        self.names.get(place).and_then(|(_, known)| *known)
    }
}
