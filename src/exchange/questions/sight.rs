//! What a directory shows, counted once: which kinds of entries there are, of which sites, and who shows what. The witnesses.
//!
//! Entries that are of one kind and one site and came alike are one group. An organization of 200,000 recipients has a few dozen
//! groups, so what is asked of the witnesses is asked of them.

use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, EntryId, EntryRef, Name, NameSet, Record, RunId, SetId, SourceId, is_true};
use crate::exchange::address;
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::schema::{self, Attribute};
use std::collections::{HashMap, HashSet};

/// The number of a kind of entries: those that show the same classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct KindId(u16);

/// The number of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SiteId(u32);

/// The number of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct GroupId(u32);

impl SiteId {
    /// The number itself.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

impl GroupId {
    /// Where what is known of a group and an attribute is kept, of so many names.
    pub(super) fn place(self, name: Name, names: usize) -> usize {
        (self.0 as usize).saturating_mul(names).saturating_add(name.index())
    }
}

/// Entries of the same classes.
#[derive(Debug)]
pub(super) struct KindInfo {
    /// What kind of object they are.
    pub(super) kind: Kind,
    /// One of them; what its classes say is said of all.
    pub(super) example: EntryId,
    /// All of them that are not deleted, in the order they came.
    pub(super) living: Vec<EntryId>,
}

/// A site, or what stands in the place of one: an organizational unit below an organization.
#[derive(Debug)]
pub(super) struct SiteInfo {
    /// Its name.
    pub(super) dn: Dn,
    /// The value of its `ou`.
    pub(super) name: String,
    /// The sources that show anything of it.
    pub(super) sources: Vec<SourceId>,
}

/// Entries of one kind and one site that came alike.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: KindId,
    pub(super) site: Option<SiteId>,
    pub(super) records: Vec<Record>,
    pub(super) deleted: bool,
    /// The types of addresses that some of them show, in upper case, and where.
    types: Vec<(Name, Vec<u8>)>,
    /// Whether some of them are hidden from the address book.
    hidden: bool,
}

/// What the schema says of an attribute that the directory has.
#[derive(Debug, Clone, Copy)]
pub(super) struct AttributeInfo {
    /// Of the published schema; none outside of it.
    pub(super) known: Option<&'static Attribute>,
    /// Whether it shows that this bind sees what an anonymous one does not, and what comes only when named.
    pub(super) is_witness_of_rights: bool,
}

/// Where something was seen.
type Place = (RunId, Option<SiteId>);

/// What a directory shows.
#[derive(Debug)]
pub(super) struct Sight {
    group_of: Vec<GroupId>,
    pub(super) groups: Vec<Group>,
    pub(super) kinds: Vec<KindInfo>,
    pub(super) sites: Vec<SiteInfo>,
    site_numbers: HashMap<u128, SiteId>,
    attributes: Vec<AttributeInfo>,
    run_shows: HashMap<RunId, NameSet>,
    site_shows: HashMap<Place, NameSet>,
    kind_shows: HashMap<(RunId, Option<SiteId>, KindId), NameSet>,
    types: HashMap<Place, Vec<(Vec<u8>, KindId)>>,
    /// Sites of which a server was asked: it showed what is not replicated.
    answered: HashSet<(RunId, SiteId)>,
    /// Sources and sites of which a hidden or deleted recipient was seen, and those of which a deleted configuration object was.
    hiding: HashSet<(SourceId, SiteId)>,
    deleted_configuration: HashSet<(SourceId, SiteId)>,
}

impl AttributeInfo {
    fn of(name: &str) -> Self {
        let known = schema::attribute(name).or_else(|| schema::attribute_by_exchange_name(name));
        // every LDAP server makes these for itself: they witness nothing about Exchange
        let is_made = ["createTimestamp", "modifyTimestamp"].iter().any(|made| made.eq_ignore_ascii_case(name));
        let needs_rights = |known: &Attribute| known.authenticated_only() && !known.withholdable() && !known.local_to_site();
        Self { known, is_witness_of_rights: !is_made && known.is_some_and(needs_rights) }
    }
}

impl Sight {
    /// Looks at a directory.
    pub(super) fn of(directory: &Directory) -> Self {
        let mut sight = Self {
            group_of: Vec::with_capacity(directory.len()),
            groups: Vec::new(),
            kinds: Vec::new(),
            sites: Vec::new(),
            site_numbers: HashMap::new(),
            attributes: directory.names().map(|name| AttributeInfo::of(directory.spelled(name))).collect(),
            run_shows: HashMap::new(),
            site_shows: HashMap::new(),
            kind_shows: HashMap::new(),
            types: HashMap::new(),
            answered: HashSet::new(),
            hiding: HashSet::new(),
            deleted_configuration: HashSet::new(),
        };
        let mut looking = Looking::of(directory);
        for entry in directory.entries() {
            let group = looking.group(&mut sight, entry);
            sight.group_of.push(group);
        }
        sight.witnesses(directory);
        sight
    }

    fn witnesses(&mut self, directory: &Directory) {
        let mut has_local: HashMap<SetId, bool> = HashMap::new();
        for group in &self.groups {
            for record in &group.records {
                let Some(source) = directory.run(record.run).map(|run| run.source) else { continue };
                if let Some(site) = group.site.and_then(|site| self.sites.get_mut(site.0 as usize))
                    && !site.sources.contains(&source)
                {
                    site.sources.push(source);
                }
                if group.deleted {
                    continue; // a deleted object is no witness
                }
                if let Some(site) = group.site.filter(|_| group.hidden) {
                    self.hiding.insert((source, site));
                }
                let place = (record.run, group.site);
                let shown = directory.set(record.shown);
                self.run_shows.entry(record.run).or_default().add_all(shown);
                self.site_shows.entry(place).or_default().add_all(shown);
                self.kind_shows.entry((record.run, group.site, group.kind)).or_default().add_all(shown);
                let types = self.types.entry(place).or_default();
                // a witness speaks for its own run: another record may be the one that shows the address
                let of_record = group.types.iter().filter(|(place, _)| shown.has(*place));
                types.extend(of_record.map(|(_, kind)| (kind.clone(), group.kind)));
                let attributes = &self.attributes;
                let local = *has_local.entry(record.shown).or_insert_with(|| {
                    let is_local = |name: &Name| {
                        let known = attributes.get(name.index()).and_then(|info| info.known);
                        shown.has(*name) && known.is_some_and(Attribute::local_to_site)
                    };
                    directory.names().any(|name| is_local(&name))
                });
                if let Some(site) = group.site.filter(|_| local) {
                    self.answered.insert((record.run, site));
                }
            }
        }
    }

    /// The group of an entry.
    pub(super) fn group_id(&self, entry: EntryId) -> GroupId {
        self.group_of.get(entry.index()).copied().unwrap_or(GroupId(u32::MAX))
    }

    /// The group of that number.
    pub(super) fn group(&self, id: GroupId) -> Option<&Group> {
        self.groups.get(id.0 as usize)
    }

    /// What kind of object the entries of a group are.
    pub(super) fn kind(&self, group: GroupId) -> Option<&KindInfo> {
        self.group(group).and_then(|group| self.kinds.get(usize::from(group.kind.0)))
    }

    /// The site of that number.
    pub(super) fn site(&self, id: SiteId) -> Option<&SiteInfo> {
        self.sites.get(id.0 as usize)
    }

    /// The site of that name, if anything of it was seen.
    pub(super) fn find_site(&self, dn: &Dn) -> Option<SiteId> {
        self.site_numbers.get(&dn.number()).copied()
    }

    /// The sites, each with its number.
    pub(super) fn all_sites(&self) -> impl Iterator<Item = (SiteId, &SiteInfo)> {
        (0..).map(SiteId).zip(&self.sites)
    }

    /// What the schema says of an attribute.
    pub(super) fn attribute(&self, name: Name) -> AttributeInfo {
        self.attributes.get(name.index()).copied().unwrap_or(AttributeInfo { known: None, is_witness_of_rights: false })
    }

    /// Whether a living entry shows the attribute in that run.
    pub(super) fn run_shows(&self, run: RunId, name: Name) -> bool {
        self.run_shows.get(&run).is_some_and(|shown| shown.has(name))
    }

    /// Whether a living entry of that site shows it there.
    pub(super) fn site_shows(&self, run: RunId, site: Option<SiteId>, name: Name) -> bool {
        self.site_shows.get(&(run, site)).is_some_and(|shown| shown.has(name))
    }

    /// The attributes that living entries of that site show there.
    pub(super) fn shown_of_site(&self, run: RunId, site: Option<SiteId>) -> Option<&NameSet> {
        self.site_shows.get(&(run, site))
    }

    /// Whether a living entry of that kind and site shows it there.
    pub(super) fn kind_shows(&self, run: RunId, site: Option<SiteId>, kind: KindId, name: Name) -> bool {
        self.kind_shows.get(&(run, site, kind)).is_some_and(|shown| shown.has(name))
    }

    /// Who shows an address of a type (upper case) in that site: nobody, entries of another kind, or of this one.
    pub(super) fn type_shown(&self, run: RunId, site: Option<SiteId>, kind: KindId, of: &[u8]) -> Shown {
        let shown = self.types.get(&(run, site)).map_or(&[] as &[_], Vec::as_slice);
        let mut best = Shown::Nobody;
        for (_, by) in shown.iter().filter(|(own, _)| own == of) {
            best = best.max(if *by == kind { Shown::ThisKind } else { Shown::AnotherKind });
        }
        best
    }

    /// Whether a server of the site answered in that run: it showed what is not replicated between sites.
    pub(super) fn is_answered(&self, run: RunId, site: SiteId) -> bool {
        self.answered.contains(&(run, site))
    }

    /// Whether hidden objects of a site are seen in that source; `configuration` asks of configuration objects.
    pub(super) fn shows_hidden(&self, source: SourceId, site: SiteId, configuration: bool) -> bool {
        self.hiding.contains(&(source, site)) || (configuration && self.deleted_configuration.contains(&(source, site)))
    }

    /// Whether a hidden or deleted recipient of the site is seen in any source.
    pub(super) fn shows_hidden_anywhere(&self, site: SiteId) -> bool {
        self.hiding.iter().any(|(_, of)| *of == site)
    }
}

/// Who shows something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    /// Nobody.
    Nobody,
    /// Entries of another kind.
    AnotherKind,
    /// Another entry of the same kind.
    ThisKind,
}

/// What entries of one group have in common: their kind, their site, whether they are deleted, and how they came.
type GroupKey = (KindId, Option<SiteId>, bool, Vec<Record>);

/// What was met of the entries before, so that one like them costs next to nothing.
struct Looking<'a> {
    directory: &'a Directory,
    class: Option<Name>,
    hide: Option<Name>,
    addresses: Vec<(Name, &'static str)>,
    kinds: HashMap<Vec<u8>, KindId>,
    groups: HashMap<GroupKey, GroupId>,
    sites: HashMap<&'a [u8], Option<SiteId>>,
    last_site: (&'a [u8], Option<SiteId>),
    last: Option<(GroupKey, GroupId)>,
    key: Vec<u8>,
}

impl<'a> Looking<'a> {
    fn of(directory: &'a Directory) -> Self {
        let addresses = address::ATTRIBUTES.into_iter().filter_map(|place| directory.name(place).map(|name| (name, place)));
        Self {
            directory,
            class: directory.name("objectClass"),
            hide: directory.name("Hide-From-Address-Book"),
            addresses: addresses.collect(),
            kinds: HashMap::new(),
            groups: HashMap::new(),
            sites: HashMap::new(),
            last_site: (&[], None),
            last: None,
            key: Vec::new(),
        }
    }

    fn group(&mut self, sight: &mut Sight, entry: EntryRef<'a>) -> GroupId {
        let kind = self.kind(sight, entry);
        let site = self.site(sight, entry);
        let deleted = entry.is_deleted();
        let records = entry.records();
        let id = match &self.last {
            Some(((k, s, d, r), id)) if *k == kind && *s == site && *d == deleted && r == records => *id,
            _ => {
                let key = (kind, site, deleted, records.to_vec());
                let next = GroupId(u32::try_from(sight.groups.len()).unwrap_or(u32::MAX));
                let id = *self.groups.entry(key.clone()).or_insert(next);
                if id == next {
                    let records = records.to_vec();
                    sight.groups.push(Group { kind, site, records, deleted, types: Vec::new(), hidden: false });
                }
                self.last = Some((key, id));
                id
            }
        };
        if deleted {
            self.deleted(sight, entry, site);
        } else {
            sight.kinds.get_mut(usize::from(kind.0)).into_iter().for_each(|known| known.living.push(entry.id()));
            self.living(sight, entry, id);
        }
        id
    }

    /// A deleted object shows that such are seen.
    fn deleted(&self, sight: &mut Sight, entry: EntryRef<'a>, site: Option<SiteId>) {
        let Some(site) = site else { return };
        let is_configuration = naming::is_configuration(&entry.dn());
        let sources = entry.records().iter().filter_map(|record| self.directory.run(record.run).map(|run| run.source));
        for source in sources {
            match is_configuration {
                true => _ = sight.deleted_configuration.insert((source, site)),
                false => _ = sight.hiding.insert((source, site)),
            }
        }
    }

    fn living(&self, sight: &mut Sight, entry: EntryRef<'a>, id: GroupId) {
        let Some(group) = sight.groups.get_mut(id.0 as usize) else { return };
        if !group.hidden && self.hide.is_some_and(|name| entry.held(name).any(is_true)) {
            group.hidden = true;
        }
        for (name, place) in &self.addresses {
            for value in entry.held(*name) {
                let kind: &[u8] = match *place {
                    "mail" | "rfc822Mailbox" => b"SMTP",
                    "textEncodedORAddress" => b"X400",
                    "otherMailbox" => address::split(value, b'$').map_or(b"", |(kind, _)| kind),
                    _ => address::split(value, b':').map_or(b"", |(kind, _)| kind),
                };
                let is_known = |(at, known): &(Name, Vec<u8>)| at == name && known.eq_ignore_ascii_case(kind);
                if !group.types.iter().any(is_known) && group.types.len() < 64 {
                    group.types.push((*name, kind.to_ascii_uppercase()));
                }
            }
        }
    }

    fn kind(&mut self, sight: &mut Sight, entry: EntryRef<'a>) -> KindId {
        self.key.clear();
        for class in self.class.into_iter().flat_map(|name| entry.held(name)) {
            self.key.extend_from_slice(class);
            self.key.push(0);
        }
        if let Some(known) = self.kinds.get(&self.key) {
            return *known;
        }
        // what is beyond the bound is of unknown class
        let number = u16::try_from(sight.kinds.len()).ok().filter(|number| *number < u16::MAX);
        let id = KindId(number.unwrap_or(u16::MAX));
        if number.is_some() {
            let kind = Kind::of(&super::named::Named(entry));
            sight.kinds.push(KindInfo { kind, example: entry.id(), living: Vec::new() });
            self.kinds.insert(self.key.clone(), id);
        }
        id
    }

    fn site(&mut self, sight: &mut Sight, entry: EntryRef<'a>) -> Option<SiteId> {
        let text = entry.dn_text();
        let Some(tail) = plain_tail(text) else { return note_site(sight, &entry.dn()) };
        if self.last_site.0 == tail {
            return self.last_site.1;
        }
        let site = match self.sites.get(tail) {
            Some(site) => *site,
            None => {
                let site = note_site(sight, &entry.dn());
                self.sites.insert(tail, site);
                site
            }
        };
        self.last_site = (tail, site);
        site
    }
}

fn note_site(sight: &mut Sight, dn: &Dn) -> Option<SiteId> {
    let site = naming::site_of(dn)?;
    let next = SiteId(u32::try_from(sight.sites.len()).unwrap_or(u32::MAX));
    let id = *sight.site_numbers.entry(site.number()).or_insert(next);
    if id == next {
        sight.sites.push(SiteInfo { name: naming::site_name(&site).unwrap_or_default(), dn: site, sources: Vec::new() });
    }
    Some(id)
}

/// The last two parts of a name in which nothing is escaped or quoted.
fn plain_tail(text: &[u8]) -> Option<&[u8]> {
    let mut commas = memchr::memrchr_iter(b',', text);
    let start = match (commas.next(), commas.next()) {
        (Some(_), Some(second)) => second + 1,
        _ => 0,
    };
    let tail = text.get(start..)?;
    let is_escaped = start > 1 && text.get(start - 2) == Some(&b'\\');
    let is_odd = tail.iter().any(|byte| matches!(byte, b'\\' | b'"' | b'+' | b';'));
    (!is_escaped && !is_odd).then_some(tail)
}
