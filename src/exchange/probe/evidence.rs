//! What shows what is visible: what was collected. Deleted objects are no witness of anything but themselves.

use super::super::discover::Found;
use super::super::naming;
use super::super::questions::Questions;
use super::super::requests;
use super::super::schema::{self, Attribute};
use super::inventory::Server;
use super::sights::State;
use super::{LimitState, SizeLimit};
use crate::directory::dn::{Dn, DnKey};
use crate::directory::source::{Ended, Origin, SessionFacts};
use crate::directory::whole::Answered;
use std::collections::{BTreeMap, BTreeSet};

/// What shows what is visible.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Whether it is a server that was searched.
    pub(super) live: bool,
    /// Whether the bind is anonymous; false for a file.
    pub(super) anonymous: bool,
    /// Whether there was a base to search from.
    pub(super) asked: bool,
    /// How the search for servers ended.
    pub(super) servers: Ended,
    /// How the search for services ended.
    pub(super) services: Ended,
    /// The servers, with the key of their site.
    pub(super) found_servers: BTreeMap<DnKey, (DnKey, Server)>,
    /// The sites.
    pub(super) sites: BTreeMap<DnKey, Dn>,
    /// Whether an object below a site's Configuration container was seen.
    pub(super) configuration: bool,
    /// Whether an operational attribute was seen.
    pub(super) operational: bool,
    /// Whether a setting of a service was seen.
    pub(super) extension_data: bool,
    concealed: BTreeSet<DnKey>,
    deleted: bool,
    /// How the look for hidden and deleted objects ended in the whole organization, and site by site.
    hidden: Option<Ended>,
    hidden_by_site: BTreeMap<DnKey, Ended>,
    tombstones: Option<Ended>,
    /// How the look for a size limit ended, after how many entries.
    limit: Option<(Ended, usize)>,
}

impl Evidence {
    pub(super) fn of(questions: &Questions, found: &Found, origin: &Origin) -> Self {
        let live = !origin.is_file();
        let none = || Ended::Cut("it was not asked".into());
        let cut = questions.troubles().next().map(|how| Ended::Cut(how.to_owned()));
        let of_file = || cut.clone().unwrap_or(Ended::Complete);
        let mut evidence = Self {
            live,
            anonymous: origin.is_anonymous(),
            asked: found.base.is_ok(),
            servers: if live { none() } else { of_file() },
            services: if live { none() } else { of_file() },
            found_servers: BTreeMap::new(),
            sites: BTreeMap::new(),
            configuration: false,
            operational: false,
            extension_data: false,
            concealed: BTreeSet::new(),
            deleted: false,
            hidden: (!live && cut.is_none()).then_some(Ended::Complete),
            hidden_by_site: BTreeMap::new(),
            tombstones: None,
            limit: None,
        };
        if let (Ok(base), true) = (&found.base, live) {
            let searches = questions.directory().sources().iter().flat_map(|source| &source.searches);
            searches.for_each(|answered| evidence.answered(answered, base));
        }
        evidence.objects(questions);
        evidence
    }

    /// What the end of a search shows.
    fn answered(&mut self, answered: &Answered, base: &Dn) {
        let Answered { search, ended, came } = answered;
        let is = |other: crate::directory::source::Search| search.filter == other.filter && search.size_limit == other.size_limit;
        if is(requests::servers(base)) {
            self.servers = ended.clone();
        } else if is(requests::services(base, true, &[])) {
            self.services = ended.clone();
        } else if is(requests::any(base)) {
            self.limit = Some((ended.clone(), *came));
        } else if is(requests::hidden(base, 99)) {
            self.hidden = Some(ended.clone());
        } else if is(requests::hidden(base, 1)) {
            self.hidden_by_site.insert(search.base.key(), ended.clone());
        } else if is(requests::deleted(base)) {
            self.tombstones = Some(ended.clone());
        }
    }

    fn objects(&mut self, questions: &Questions) {
        let directory = questions.directory();
        let made = ["createTimestamp", "modifyTimestamp"];
        let is_operational = |name: &str| {
            let known = schema::attribute(name).is_some_and(|known| Attribute::operational(known) && !known.local_to_site());
            known && !made.iter().any(|made| made.eq_ignore_ascii_case(name))
        };
        let operational: Vec<_> = directory.names().filter(|name| is_operational(directory.spelled(*name))).collect();
        let extension_data = directory.name("Extension-Data");
        for (site, dn) in questions.sites_seen() {
            self.sites.insert(dn.key(), dn.clone());
            if questions.shows_hidden(site) {
                self.concealed.insert(dn.key());
            }
        }
        for entry in directory.entries() {
            if entry.is_deleted() {
                self.deleted = true;
                if let Some(site) = naming::site_of(&entry.dn()) {
                    self.concealed.insert(site.key());
                }
                continue;
            }
            let shown = entry.shown();
            self.operational = self.operational || operational.iter().any(|name| shown.has(*name));
            self.extension_data = self.extension_data || extension_data.is_some_and(|name| shown.has(name));
        }
        self.configuration = questions.sees_any_configuration();
        for seen in questions.servers_seen() {
            if let Some(site) = seen.site_dn() {
                let server = Server::of(&seen);
                self.found_servers.insert(seen.dn().key(), (site.key(), server));
            }
        }
    }

    /// Whether hidden or deleted objects of a site are seen.
    pub(super) fn hidden_at(&self, site: &DnKey) -> State {
        if self.concealed.contains(site) {
            return State::Seen;
        }
        match self.hidden_by_site.get(site).or(self.hidden.as_ref()) {
            Some(ended) => State::of_nothing(ended),
            None => State::Unknown,
        }
    }

    /// Whether deleted objects are seen.
    pub(super) fn deleted(&self) -> State {
        match self.tombstones.as_ref().or(self.hidden.as_ref()) {
            _ if self.deleted => State::Seen,
            Some(ended) => State::of_nothing(ended),
            None => State::Unknown,
        }
    }

    /// Whether hidden or deleted objects are seen anywhere: for sources that show no site.
    pub(super) fn hidden_anywhere(&self) -> State {
        self.hidden.as_ref().map_or(State::Unknown, State::of_nothing)
    }

    pub(super) fn size_limit(&self, session: Option<&SessionFacts>) -> SizeLimit {
        let stopped = session.and_then(|session| session.stopped_at);
        let (state, entries) = match &self.limit {
            _ if !self.live => (LimitState::NotApplicable, None),
            _ if stopped.is_some() => (LimitState::Limit, stopped),
            Some((Ended::Complete | Ended::OwnLimit, came)) => (LimitState::NoneUpTo, Some(*came)),
            _ => (LimitState::Unknown, None),
        };
        SizeLimit { state, entries }
    }
}
