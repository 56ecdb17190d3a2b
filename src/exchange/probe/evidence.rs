//! What shows what is visible: what was collected, and a few searches more. Deleted objects are no witness of anything
//! but themselves.

use super::super::class::name_classes;
use super::super::discover::Found;
use super::super::naming;
use super::super::organization::Organization;
use super::super::requests;
use super::super::visibility::is_operational;
use super::inventory::Server;
use super::sights::State;
use super::{Depth, LimitState, SizeLimit};
use crate::directory::dn::{Dn, DnKey};
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Search, SessionFacts, Source};
use std::collections::{BTreeMap, BTreeSet};

/// Sites that are asked one by one for a hidden object.
const MOST_SITES: usize = 20;

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
    /// The servers, with the key of their site.
    pub(super) found_servers: BTreeMap<DnKey, (DnKey, Server)>,
    /// The sites seen here; those of the collection come on top.
    pub(super) sites: BTreeMap<DnKey, Dn>,
    /// Whether an object below a site's Configuration container was seen.
    pub(super) configuration: bool,
    /// Whether an operational attribute was seen.
    pub(super) operational: bool,
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
    pub(super) fn gather(source: &mut dyn Source, found: &Found, organization: &Organization, depth: Depth) -> Self {
        let origin = source.origin();
        let mut evidence = Self {
            live: !origin.is_file(),
            anonymous: !origin.is_file() && origin.bind_dn.is_none(),
            asked: found.base.is_ok(),
            servers: Ended::Cut("it was not asked".into()),
            found_servers: BTreeMap::new(),
            sites: BTreeMap::new(),
            configuration: organization.living().any(|entry| naming::is_configuration(&entry.dn)),
            operational: organization.shown_attributes().any(is_operational),
            concealed: BTreeSet::new(),
            deleted: organization.shows_deleted(),
            hidden: organization.hidden_looked.then_some(Ended::Complete),
            hidden_by_site: BTreeMap::new(),
            tombstones: None,
            limit: None,
        };
        // an audit does not ask more of a server that could not answer what it needs
        let is_enough = depth == Depth::Audit && organization.was_cut();
        match found.base.as_ref() {
            Ok(base) if !evidence.live => evidence.servers_of_file(base, organization),
            Ok(base) if !is_enough => {
                evidence.look_for_servers(source, base);
                if depth == Depth::Doctor {
                    evidence.look_for_a_limit(source, base);
                    evidence.look_for_hidden(source, base, organization);
                }
            }
            _ => {}
        }
        evidence
    }

    fn look_for_servers(&mut self, source: &mut dyn Source, base: &Dn) {
        self.servers = self.run(source, requests::servers(base), |evidence, entry| {
            if !entry.flag("Is-Deleted") {
                evidence.add_server(entry);
            }
        });
    }

    /// A file was read whole with the services.
    fn servers_of_file(&mut self, base: &Dn, organization: &Organization) {
        for entry in organization.servers_in_file.iter().filter(|entry| entry.dn.is_within(base)) {
            self.notice(entry);
            self.add_server(entry);
        }
        self.servers = organization.ims_search.clone();
    }

    fn add_server(&mut self, entry: &Entry) {
        if let Some(site) = naming::site_of(&entry.dn) {
            let server = Server::of(entry);
            let known = self.found_servers.entry(entry.dn.key()).or_insert_with(|| (site.key(), server.clone()));
            // of several records in a file, one may show what another does not
            known.1.version = known.1.version.take().or(server.version);
        }
    }

    fn look_for_a_limit(&mut self, source: &mut dyn Source, base: &Dn) {
        let mut came = 0;
        let ended = self.run(source, requests::any(base), |_, _| came += 1);
        self.limit = Some((ended, came));
    }

    /// Once in the whole organization; where there are too many to see of which sites, site by site.
    fn look_for_hidden(&mut self, source: &mut dyn Source, base: &Dn, organization: &Organization) {
        let ended = self.run(source, requests::hidden(base, 99), |_, _| {});
        let many = ended == Ended::OwnLimit;
        self.hidden = Some(ended);
        if !many {
            return;
        }
        let mut sites = self.sites.clone();
        sites.extend(organization.living().filter_map(|entry| naming::site_of(&entry.dn)).map(|site| (site.key(), site)));
        sites.retain(|key, _| !self.concealed.contains(key) && !organization.shows_hidden_of(key));
        for (key, site) in sites.into_iter().take(MOST_SITES) {
            let ended = self.run(source, requests::hidden(&site, 1), |_, _| {});
            self.hidden_by_site.insert(key, ended);
        }
        if !self.deleted {
            self.tombstones = Some(self.run(source, requests::deleted(base), |_, _| {}));
        }
    }

    fn run(&mut self, source: &mut dyn Source, search: Search, mut each: impl FnMut(&mut Self, &Entry)) -> Ended {
        source.search(search, &mut |mut entry| {
            name_classes(&mut entry);
            self.notice(&entry);
            each(self, &entry);
        })
    }

    fn notice(&mut self, entry: &Entry) {
        let deleted = entry.flag("Is-Deleted");
        if let Some(site) = naming::site_of(&entry.dn) {
            if deleted || entry.flag("Hide-From-Address-Book") {
                self.concealed.insert(site.key());
            }
            self.sites.entry(site.key()).or_insert(site);
        }
        self.deleted |= deleted;
        if !deleted {
            self.configuration |= naming::is_configuration(&entry.dn);
            self.operational |= entry.attributes().iter().any(|attribute| is_operational(attribute.name));
        }
    }

    /// Whether hidden or deleted objects of a site are seen.
    pub(super) fn hidden_at(&self, site: &DnKey, organization: &Organization) -> State {
        if self.concealed.contains(site) || organization.shows_hidden_of(site) {
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
