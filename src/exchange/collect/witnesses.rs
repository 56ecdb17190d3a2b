//! What shows that an absence means something: parents, addresses, hidden objects.

use super::{Collector, MOST_READS, MOST_SITES, in_order};
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Scope};
use crate::directory::whole::{Answered, EntryRef};
use crate::exchange::address::{self, shows_type};
use crate::exchange::class::Kind;
use crate::exchange::{naming, requests};
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Collector<'_> {
    /// What shows that an absence means something: parents, X.400 addresses, hidden objects.
    pub(super) fn witnesses(&mut self) {
        let dangling = self.dangling();
        let directory = self.builder.so_far();
        let parents: BTreeMap<u128, Dn> = dangling.iter().map(|dn| (dn.parent().number(), dn.parent())).collect();
        let parents: Vec<Dn> = parents.into_values().filter(|dn| !dn.is_empty() && directory.find(dn).is_none()).collect();
        let parents: Vec<Dn> =
            in_order(parents.into_iter()).filter(|dn| !self.was_read.contains(&dn.number())).take(MOST_READS).collect();
        self.read(parents.iter().map(requests::container).collect());
        for site in self.sites_without_addresses() {
            self.probe(requests::x400(&site), "recipients with an X.400 address");
        }
        self.look_for_hidden(&dangling);
    }

    /// The objects that were looked up and are not there.
    fn dangling(&self) -> Vec<Dn> {
        let searches = self.builder.so_far().source(self.id).map_or(&[] as &[Answered], |source| &source.searches);
        let gone =
            searches.iter().filter(|answered| answered.search.scope == Scope::Base && answered.ended == Ended::NoSuchObject);
        gone.map(|answered| answered.search.base.clone()).collect()
    }

    /// The sites of administrators that lack an address of a default type (Q148727), of which nobody else there shows one.
    fn sites_without_addresses(&self) -> Vec<Dn> {
        let directory = self.builder.so_far();
        let shows = |entry: &EntryRef<'_>, kind: &str| address::ATTRIBUTES.iter().any(|place| shows_type(entry, place, kind));
        let mut lacking: BTreeSet<(u128, &str)> = BTreeSet::new();
        let mut sites: BTreeMap<u128, Dn> = BTreeMap::new();
        for target in self.named_by_services.values().filter_map(|dn| directory.find(dn)) {
            let is_living = Kind::of(&target).is_recipient() && !target.is_deleted();
            if let Some(site) = naming::site_of(&target.dn()).filter(|_| is_living) {
                let without = address::DEFAULT_TYPES.iter().filter(|kind| !shows(&target, kind));
                lacking.extend(without.map(|kind| (site.number(), *kind)));
                sites.insert(site.number(), site);
            }
        }
        if lacking.is_empty() {
            return Vec::new();
        }
        for entry in directory.entries().filter(|entry| !entry.is_deleted()) {
            let Some(site) = naming::site_of(&entry.dn()).map(|site| site.number()) else { continue };
            lacking.retain(|(of, kind)| *of != site || !shows(&entry, kind));
        }
        sites.retain(|number, _| lacking.iter().any(|(of, _)| of == number));
        in_order(sites.into_values()).take(MOST_SITES).collect()
    }

    /// Looks for hidden objects of the sites that names lead into, and of all where recipients are judged: once in the whole
    /// organization, then site by site.
    fn look_for_hidden(&mut self, dangling: &[Dn]) {
        if self.hints.sees_hidden.is_some() {
            return;
        }
        let mut sites: BTreeMap<u128, Dn> =
            dangling.iter().filter_map(naming::real_site_of).map(|site| (site.number(), site)).collect();
        self.retain_unseen(&mut sites, self.wanted.of_hidden());
        if sites.is_empty() {
            return;
        }
        if self.probe(requests::hidden(self.base, 99), "hidden objects") == Ended::OwnLimit {
            self.retain_unseen(&mut sites, false);
            for site in in_order(sites.into_values()).take(MOST_SITES) {
                self.probe(requests::hidden(&site, 1), "hidden objects");
            }
        }
    }

    /// Leaves those of the sites of which no hidden object was seen, with `all` of all sites within the base.
    pub(super) fn retain_unseen(&self, sites: &mut BTreeMap<u128, Dn>, all: bool) {
        let mut before: Option<(Vec<u8>, Option<Dn>)> = None;
        let mut seen: HashSet<u128> = HashSet::new();
        for entry in self.builder.so_far().entries() {
            let hides = entry.is_deleted() || entry.flag("Hide-From-Address-Book");
            let text = entry.dn_text();
            let tail = text.get(text.len().saturating_sub(64)..).unwrap_or_default();
            let comma = memchr::memrchr_iter(b',', tail).nth(1);
            let tail = comma.and_then(|at| tail.get(at..));
            let site = match (&before, tail) {
                (Some((known, site)), Some(tail)) if known == tail && !tail.contains(&b'\\') => site.clone(),
                _ => {
                    let site =
                        naming::real_site_of(&entry.dn()).filter(|site| site.is_within(self.base) || self.base.is_within(site));
                    before = tail.map(|tail| (tail.to_vec(), site.clone()));
                    site
                }
            };
            let Some(site) = site else { continue };
            if hides && !(entry.is_deleted() && naming::is_configuration(&entry.dn())) {
                seen.insert(site.number());
            }
            if all && !sites.contains_key(&site.number()) {
                sites.insert(site.number(), site);
            }
        }
        sites.retain(|number, _| !seen.contains(number));
    }
}
