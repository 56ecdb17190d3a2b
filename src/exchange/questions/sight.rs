//! What a directory shows, counted once: which kinds of entries there are, of which sites, and who shows what. The witnesses.
//!
//! Entries that are of one kind and one site and came alike are one group. An organization of 200,000 recipients has a few dozen
//! groups, so what is asked of the witnesses is asked of them.

mod looking;

use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, EntryId, Name, NameSet, Record, RunId, SetId, SourceId};
use crate::exchange::class::Kind;
use crate::exchange::schema::{self, Attribute};
use looking::Looking;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// The number of a kind of entries: those that show the same classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub(super) struct KindId(u16);

/// The number of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SiteId(u32);

/// The number of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct GroupId(u32);

impl KindId {
    /// The number, from 0 without gaps.
    pub(super) fn index(self) -> usize {
        usize::from(self.0)
    }
}

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
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) kind: KindId,
    pub(super) site: Option<SiteId>,
    pub(super) records: Vec<Record>,
    pub(super) deleted: bool,
    /// All of them, in the order they came.
    pub(super) members: Vec<EntryId>,
    /// The types of addresses that some of them show, in upper case, and where.
    types: Vec<(Name, Vec<u8>)>,
    /// Whether some of them are hidden from the address book.
    hidden: bool,
    /// Whether every place of addresses that they show was asked for and came whole, once somebody wants to know.
    pub(super) shows_whole_addresses: OnceLock<bool>,
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
    groups_of_site: HashMap<Option<SiteId>, Vec<GroupId>>,
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
            groups_of_site: HashMap::new(),
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

    /// The groups of what lives.
    pub(super) fn living(&self) -> impl Iterator<Item = &Group> {
        self.groups.iter().filter(|group| !group.deleted)
    }

    /// Those of one site.
    pub(super) fn living_of_site(&self, site: Option<SiteId>) -> impl Iterator<Item = &Group> {
        let groups = self.groups_of_site.get(&site).map_or(&[] as &[GroupId], Vec::as_slice);
        groups.iter().filter_map(|id| self.group(*id)).filter(|group| !group.deleted)
    }

    /// What the classes of a group say.
    pub(super) fn kind_of(&self, group: &Group) -> Option<&KindInfo> {
        self.kinds.get(group.kind.index())
    }

    /// Whether those of a group are recipients.
    pub(super) fn is_of_recipients(&self, group: &Group) -> bool {
        self.kind_of(group).is_some_and(|kind| kind.kind.is_recipient())
    }

    /// What kind of object the entries of a group are.
    pub(super) fn kind(&self, group: GroupId) -> Option<&KindInfo> {
        self.group(group).and_then(|group| self.kind_of(group))
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
