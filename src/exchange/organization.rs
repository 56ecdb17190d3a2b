//! The collected directory: what was read, and what can be told from it. A value that checks judge; it holds no
//! connection and can be copied.

use super::address::shows_type;
use super::bound::{Bound, MOST_PROBLEMS, MOST_SERVICES};
use super::class::{Kind, has_class, name_classes};
use super::declaration::Hints;
use super::ims::{Ims, has_ims_name};
use super::naming;
use super::noticed::{Settled, SiteBefore};
use super::schema;
use super::shapes::Shape;
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

/// Where a recipient may show an X.400 address.
const X400_PLACES: [&str; 3] = ["textEncodedORAddress", "otherMailbox", "Proxy-Addresses"];

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

    /// Takes note of an entry without keeping it: which site it is of, what it shows.
    pub(super) fn notice(&mut self, entry: &Entry, shape: Option<Shape>) {
        let deleted = entry.flag("Is-Deleted");
        let file = entry.parts().next().map_or(0, |part| part.file);
        self.notice_site(entry, file, deleted);
        if self.name.is_none() {
            self.name = naming::organization_name(&entry.dn);
        }
        if deleted {
            return; // a deleted object is no witness
        }
        self.unclassed_ims |= has_ims_name(&entry.dn) && Ims::of(entry).is_none();
        if !shape.is_some_and(|shape| self.settled.holds_shape(shape)) {
            self.notice_attributes(entry, file, shape);
        }
        self.notice_x400(entry, file, shape);
    }

    /// Takes note of where a living recipient shows an X.400 address.
    fn notice_x400(&mut self, entry: &Entry, file: usize, shape: Option<Shape>) {
        let open = shape.and_then(|shape| self.settled.open(shape)).unwrap_or_else(|| {
            let is_open = |place: &&str| !self.x400_shown.contains(&(file, *place)) && entry.has(place);
            let is_recipient = Kind::of(entry).is_recipient();
            let open = X400_PLACES.map(|place| is_recipient && is_open(&place));
            shape.into_iter().for_each(|shape| self.settled.note_open(shape, open));
            open
        });
        for (place, _) in X400_PLACES.into_iter().zip(open).filter(|(place, open)| *open && shows_type(entry, place, "X400")) {
            self.x400_shown.insert((file, place));
            self.settled.forget_open();
        }
    }

    /// Takes note of the attributes that a living entry shows.
    fn notice_attributes(&mut self, entry: &Entry, file: usize, shape: Option<Shape>) {
        let (mut local, mut settled) = (false, true);
        for attribute in entry.attributes() {
            if self.settled.holds(file, attribute.name) {
                continue;
            }
            settled = false;
            let noted = (file, attribute.name.to_ascii_lowercase());
            if !self.shown.contains_key(&noted) && !self.bound.takes_name(self.shown.len()) {
                break;
            }
            let key = entry.dn.key();
            let is_local = || schema::attribute(attribute.name).is_some_and(schema::Attribute::local_to_site);
            let shown = self.shown.entry(noted).or_insert_with(|| Witnesses { objects: Vec::new(), local: is_local() });
            // two are enough: one of them is another object than the one in question
            if shown.objects.len() < 2 && !shown.objects.contains(&key) {
                shown.objects.push(key);
            }
            // one that is not replicated between sites speaks for the site of each object that shows it
            local |= shown.local;
            if shown.objects.len() == 2 && !shown.local {
                self.settled.note(file, attribute.name);
            }
        }
        // an attribute that is not replicated between sites came back: a server of that site answered
        if let Some(site) = naming::site_of(&entry.dn).filter(|_| local) {
            self.local.insert((file, site.key()));
        }
        if let Some(shape) = shape.filter(|_| settled) {
            self.settled.note_shape(shape);
        }
    }

    /// Takes note of the site of an entry, and whether hidden and deleted objects of it come back.
    fn notice_site(&mut self, entry: &Entry, file: usize, deleted: bool) {
        let hidden = entry.flag("Hide-From-Address-Book");
        if entry.dn.plain_ancestor(2).is_some_and(|site| self.site_before.tells(file, site, hidden, deleted)) {
            return;
        }
        if let Some(site) = naming::site_of(&entry.dn)
            && (self.sites.contains_key(&site.key()) || self.bound.takes_site(self.sites.len()))
        {
            let key = site.key();
            if deleted {
                self.deleted.insert((file, key.clone()));
            }
            if hidden {
                self.hiding.insert((file, key.clone()));
            }
            if let Some(text) = entry.dn.plain_ancestor(2) {
                self.site_before.note(file, text, hidden, deleted);
            }
            self.sites.entry(key).or_insert(site);
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
        if !self.bound.takes(&entry) {
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

    /// Whether a living recipient of that file shows a primary X.400 address where primaries stand.
    pub fn file_shows_primary_x400(&self, file: usize) -> bool {
        ["textEncodedORAddress", "Proxy-Addresses"].iter().any(|place| self.file_shows_x400_in(place, file))
    }

    /// Whether a living recipient of that file shows an X.400 address anywhere.
    pub fn file_shows_x400(&self, file: usize) -> bool {
        self.file_shows_primary_x400(file) || self.file_shows_x400_in("otherMailbox", file)
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
