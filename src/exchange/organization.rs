//! The collected directory: what was read, and what can be told from it. A value that checks judge; it holds no
//! connection and can be copied.

mod notice;

use super::bound::{Bound, MOST_PROBLEMS, MOST_SERVICES};
use super::class::{has_class, name_classes};
use super::declaration::Hints;
use super::ims::Ims;
use super::naming;
use super::noticed::{Settled, SiteBefore};
use super::sweep::{Seen, Sweep};
use crate::directory::dn::{Dn, DnKey, Rdn};
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Origin};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What was collected from one directory.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Where it came from.
    pub origin: Origin,
    /// Where the audit starts: what lies elsewhere is looked up where a reference leads there, and not judged.
    pub base: Dn,
    /// What the operator said beforehand.
    pub hints: Hints,
    /// The name of the organization, where it was seen.
    pub name: Option<String>,
    /// The Internet Mail Services, in a stable order.
    pub ims: Vec<Ims>,
    /// What went wrong or was noticed, in sentences.
    pub problems: Vec<String>,
    /// Whether everything asked for was answered.
    pub complete: bool,
    /// How the search for the services ended.
    pub ims_search: Ended,
    /// How the search for hidden objects ended.
    pub hidden_search: Ended,
    /// Whether hidden objects of the whole organization were looked for, and the answer was whole.
    pub(super) hidden_looked: bool,
    /// How the search for an X.400 address on any recipient ended.
    pub x400_search: Ended,
    /// How the search for the configuration objects ended; none if there was none.
    pub configuration_search: Option<Ended>,
    /// What streamed by.
    pub sweep: Sweep,
    /// How the look-up of declared names ended.
    pub names_search: Ended,
    /// Whether an object named like an IMS came without its class.
    pub unclassed_ims: bool,
    /// Whether the endings are the word of a server (see [`crate::directory::source::Source::proves_endings`]).
    pub proves_endings: bool,
    pub(super) objects: BTreeMap<DnKey, Entry>,
    pub(super) reads: BTreeMap<DnKey, Ended>,
    /// The servers of a file, with nothing but their version: it is read whole once, and not again for them.
    pub(super) servers_in_file: Vec<Entry>,
    sites: BTreeMap<DnKey, Dn>,
    /// By file: the sites of which a hidden object was seen, and those of which a deleted one was.
    hiding: BTreeSet<(usize, DnKey)>,
    deleted: BTreeSet<(usize, DnKey)>,
    /// By file and attribute: a witness speaks for its own file.
    shown: HashMap<(usize, String), Witnesses>,
    x400_shown: BTreeSet<(usize, &'static str)>,
    /// By file: the sites of which an attribute came back that is not replicated between sites.
    local: BTreeSet<(usize, DnKey)>,
    /// Of which nothing new can be noted.
    settled: Settled,
    site_before: SiteBefore,
    pub(super) bound: Bound,
}

/// Who shows an attribute.
#[derive(Debug, Clone)]
struct Witnesses {
    /// Two are enough: one of them is another object than the one in question.
    objects: Vec<DnKey>,
    /// Whether the attribute is one that is not replicated between sites.
    local: bool,
}

/// Where a name leads.
#[derive(Debug, Clone)]
pub enum Destination<'a> {
    /// To a living object.
    Living(&'a Entry),
    /// To a living object that streamed by and was not kept.
    Seen(Seen),
    /// To a deleted one.
    Tombstone(&'a Entry),
    /// Nowhere that can be read; with how the read ended.
    Nowhere(&'a Ended),
}

impl Organization {
    /// An empty collection.
    pub fn new(origin: Origin, hints: Hints) -> Self {
        Self {
            proves_endings: !origin.is_file(),
            origin,
            base: Dn::default(),
            hints,
            name: None,
            ims: Vec::new(),
            problems: Vec::new(),
            complete: true,
            ims_search: Ended::Complete,
            hidden_search: Ended::Complete,
            hidden_looked: false,
            x400_search: Ended::Complete,
            configuration_search: None,
            sweep: Sweep::default(),
            names_search: Ended::Complete,
            unclassed_ims: false,
            objects: BTreeMap::new(),
            reads: BTreeMap::new(),
            servers_in_file: Vec::new(),
            sites: BTreeMap::new(),
            hiding: BTreeSet::new(),
            deleted: BTreeSet::new(),
            shown: HashMap::new(),
            x400_shown: BTreeSet::new(),
            local: BTreeSet::new(),
            settled: Settled::default(),
            site_before: SiteBefore::default(),
            bound: Bound::default(),
        }
    }

    /// Keeps the version of a living server.
    pub(super) fn keep_server(&mut self, entry: &Entry) {
        if has_class(entry, "Computer") && !entry.flag("Is-Deleted") && self.bound.takes_server(self.servers_in_file.len()) {
            let mut server = Entry::new(entry.dn.clone());
            server.add("objectClass", "Computer");
            entry.values("serialNumber").iter().for_each(|value| server.add("serialNumber", value));
            self.servers_in_file.push(server);
        }
    }

    /// Keeps an entry. Of several records of one object a living one wins over a deleted one, and two living ones are
    /// joined: Exchange cannot hold two objects of one name. Says whether the object was known already. What is over the
    /// bound is as if it had not come.
    pub(super) fn keep(&mut self, mut entry: Entry) -> bool {
        if !self.bound.takes(&mut entry) {
            return false;
        }
        name_classes(&mut entry);
        self.notice(&entry, None);
        let key = entry.dn.key();
        match self.objects.get_mut(&key) {
            None => {
                self.objects.insert(key, entry);
                false
            }
            Some(known) => {
                match (known.flag("Is-Deleted"), entry.flag("Is-Deleted")) {
                    (false, true) => {}
                    (true, false) => *known = entry,
                    _ => known.join(&entry),
                }
                true
            }
        }
    }

    /// Whether a server of the object's own site is seen to have answered, in that file.
    pub(super) fn shows_local_of(&self, dn: &Dn, file: usize) -> bool {
        naming::site_of(dn).is_some_and(|site| self.answers_for(&site.key(), file))
    }

    /// Whether a server of that site is seen to have answered, in that file.
    pub fn answers_for(&self, site: &DnKey, file: usize) -> bool {
        self.local.contains(&(file, site.clone()))
    }

    /// Recognizes the services among what was kept. Says whether there were more than are judged.
    pub(super) fn recognize(&mut self) -> bool {
        let mut found = self.objects.values().filter_map(Ims::of);
        self.ims = found.by_ref().take(MOST_SERVICES).collect();
        found.next().is_some()
    }

    /// Notes a problem, each once, and no more than can be read.
    pub(super) fn problem(&mut self, text: String) {
        if self.problems.len() > MOST_PROBLEMS || self.problems.contains(&text) {
            return;
        }
        let last = self.problems.len() == MOST_PROBLEMS;
        self.problems.push(if last { "There were more problems than are told here.".into() } else { text });
    }

    /// The object of that name, living or deleted.
    pub fn object(&self, dn: &Dn) -> Option<&Entry> {
        self.objects.get(&dn.key())
    }

    /// The living objects that were kept, in a stable order.
    pub fn living(&self) -> impl Iterator<Item = &Entry> {
        self.objects.values().filter(|entry| !entry.flag("Is-Deleted"))
    }

    /// Where a name leads. A name that was never looked up leads nowhere, and its read counts as cut.
    pub fn follow(&self, dn: &Dn) -> Destination<'_> {
        static NEVER: std::sync::LazyLock<Ended> = std::sync::LazyLock::new(|| Ended::Cut("it was not looked up".into()));
        let key = dn.key();
        match self.objects.get(&key) {
            Some(entry) if entry.flag("Is-Deleted") => Destination::Tombstone(entry),
            Some(entry) => Destination::Living(entry),
            // what streamed by is there, even where a later read of it did not end well
            None => match (self.sweep.get(dn), self.reads.get(&key)) {
                (Some(seen), _) if !seen.deleted => Destination::Seen(seen),
                (_, Some(ended)) => Destination::Nowhere(ended),
                (_, None) => Destination::Nowhere(&NEVER),
            },
        }
    }

    /// Whether anything of the site that a name belongs to is in the collection.
    pub fn has_site_of(&self, dn: &Dn) -> bool {
        naming::site_of(dn).is_some_and(|site| self.sites.contains_key(&site.key()))
    }

    /// Whether hidden objects of the site that a name belongs to are seen: one came back (rights are per site, reference
    /// section I), or the operator says so. Of several files it must be one that shows the container of the name too.
    pub fn sees_hidden_at(&self, dn: &Dn) -> bool {
        let seen = || {
            let site = naming::site_of(dn)?.key();
            let container = self.object(&dn.parent())?;
            Some(container.parts().any(|part| self.conceals().any(|seen| *seen == (part.file, site.clone()))))
        };
        self.hints.sees_hidden.unwrap_or_else(|| seen().unwrap_or(false))
    }

    /// The files and sites of which a hidden or deleted object came back.
    fn conceals(&self) -> impl Iterator<Item = &(usize, DnKey)> {
        self.hiding.iter().chain(&self.deleted)
    }

    /// Whether a hidden object of the site that a name belongs to came back, from wherever.
    pub(super) fn saw_hidden_at(&self, dn: &Dn) -> bool {
        naming::site_of(dn).is_some_and(|site| self.shows_hidden_of(&site.key()))
    }

    /// The sites that anything came back from.
    pub(super) fn sites(&self) -> impl Iterator<Item = (&DnKey, &Dn)> {
        self.sites.iter()
    }

    /// The names of the sites that are audited and that anything came back from, and whether a hidden object of each did.
    pub fn sites_and_hidden(&self) -> Vec<(String, bool)> {
        let named = |(key, site): (&DnKey, &Dn)| (naming::site_name(site).unwrap_or_default(), self.shows_hidden_of(key));
        self.sites.iter().filter(|(_, site)| self.is_audited(site)).map(named).collect()
    }

    /// Whether a site lies in what is audited, or the other way round: one that only a reference led to does not.
    fn is_audited(&self, site: &Dn) -> bool {
        site.is_within(&self.base) || self.base.is_within(site)
    }

    /// Whether a hidden or deleted object of that site came back.
    pub(super) fn shows_hidden_of(&self, site: &DnKey) -> bool {
        self.conceals().any(|(_, seen)| seen == site)
    }

    /// Whether a deleted object came back.
    pub(super) fn shows_deleted(&self) -> bool {
        !self.deleted.is_empty()
    }

    /// Whether a search or read was cut: by time, by a limit, by the end of the connection.
    pub(super) fn was_cut(&self) -> bool {
        let searches = [&self.ims_search, &self.hidden_search, &self.x400_search, &self.names_search];
        searches.into_iter().chain(self.reads.values()).any(|ended| matches!(ended, Ended::Cut(_)))
    }

    /// The attributes that living objects of one file showed, in lower case.
    pub(super) fn shown_in(&self, file: usize) -> impl Iterator<Item = &str> {
        self.shown.keys().filter(move |(shown, _)| *shown == file).map(|(_, name)| name.as_str())
    }

    /// The attributes that living objects showed, in lower case.
    pub(super) fn shown_attributes(&self) -> impl Iterator<Item = &str> {
        self.shown.keys().map(|(_, name)| name.as_str())
    }

    /// Whether a Connections container was readable, so that "no service" can be told from "none visible".
    pub fn reads_configuration(&self) -> bool {
        self.living().any(|entry| is_connections(&entry.dn))
    }

    /// The names of the sites seen of which neither the Connections container nor a service was.
    pub fn sites_without_connections(&self) -> Vec<String> {
        let read = self.living().filter(|entry| is_connections(&entry.dn) || is_connections(&entry.dn.parent()));
        let read: BTreeSet<DnKey> = read.filter_map(|entry| naming::site_of(&entry.dn)).map(|site| site.key()).collect();
        // address book views are no site (Q192306)
        let unread = self.sites.iter().filter(|(key, site)| !read.contains(key) && self.is_audited(site));
        unread.filter_map(|(_, site)| naming::site_name(site)).filter(|name| !name.eq_ignore_ascii_case("_ABVIEWS_")).collect()
    }

    /// Whether a living object other than `dn` shows the attribute in that file.
    pub(super) fn shown_elsewhere(&self, attribute: &str, dn: &Dn, file: usize) -> bool {
        let own = dn.key();
        self.shown.get(&(file, attribute.to_ascii_lowercase())).is_some_and(|shown| shown.objects.iter().any(|key| *key != own))
    }

    /// Whether any living object shows the attribute in that file.
    pub fn shows(&self, attribute: &str, file: usize) -> bool {
        self.shown.contains_key(&(file, attribute.to_ascii_lowercase()))
    }

    /// Whether the living of that file show X.400 addresses in all places where one may stand: all proxy addresses in one attribute,
    /// or the primary, and addresses beside the primaries.
    pub fn file_shows_all_places_of_x400(&self, file: usize) -> bool {
        let beside = || self.file_shows_x400_in("textEncodedORAddress", file) && self.shows("otherMailbox", file);
        self.file_shows_x400_in("Proxy-Addresses", file) || beside()
    }

    /// Whether a living recipient of that file shows an X.400 address anywhere.
    pub fn file_shows_x400(&self, file: usize) -> bool {
        ["Proxy-Addresses", "textEncodedORAddress", "otherMailbox"].iter().any(|place| self.file_shows_x400_in(place, file))
    }

    /// Whether a living recipient shows an X.400 address in that attribute.
    pub fn shows_x400_in(&self, attribute: &str) -> bool {
        self.x400_shown.iter().any(|(_, place)| place.eq_ignore_ascii_case(attribute))
    }

    /// The same of one file.
    pub(super) fn file_shows_x400_in(&self, attribute: &str, file: usize) -> bool {
        self.x400_shown.iter().any(|(shown, place)| *shown == file && place.eq_ignore_ascii_case(attribute))
    }

    /// Where the answers came from, for messages: `ldap://host:389` or the file.
    pub fn asked(&self) -> &str {
        &self.origin.location
    }
}

fn is_connections(dn: &Dn) -> bool {
    let names = ["connections", "configuration"];
    let is = |(rdn, name): (&Rdn, &str)| rdn.text().eq_ignore_ascii_case(name);
    dn.depth() >= names.len() && dn.rdns().iter().zip(names).all(is)
}
