//! Sorting the entries into groups, one after the other. Most are like the one before.

use super::{Group, GroupId, KindId, KindInfo, Sight, SiteId, SiteInfo};
use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, EntryRef, Name, Record, is_true};
use crate::exchange::address;
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::questions::named::Named;
use std::collections::HashMap;

/// What entries of one group have in common: their kind, their site, whether they are deleted, and how they came.
type GroupKey = (KindId, Option<SiteId>, bool, Vec<Record>);

/// What was met of the entries before, so that one like them costs next to nothing.
pub(super) struct Looking<'a> {
    directory: &'a Directory,
    class: Option<Name>,
    hide: Option<Name>,
    addresses: Vec<(Name, &'static str)>,
    kinds: HashMap<Vec<&'a [u8]>, KindId>,
    groups: HashMap<GroupKey, GroupId>,
    sites: HashMap<&'a [u8], Option<SiteId>>,
    last_site: (&'a [u8], Option<SiteId>),
    last_kind: Option<(EntryRef<'a>, KindId)>,
    last: Option<(GroupKey, GroupId)>,
}

impl<'a> Looking<'a> {
    /// Nothing was met yet.
    pub(super) fn of(directory: &'a Directory) -> Self {
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
            last_kind: None,
            last: None,
        }
    }

    /// The group of an entry, which is noted with what the entry shows.
    pub(super) fn group(&mut self, sight: &mut Sight, entry: EntryRef<'a>) -> GroupId {
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
                    sight.groups.push(Group { kind, site, records, deleted, ..Group::default() });
                    sight.groups_of_site.entry(site).or_default().push(id);
                }
                self.last = Some((key, id));
                id
            }
        };
        sight.groups.get_mut(id.0 as usize).into_iter().for_each(|group| group.members.push(entry.id()));
        if deleted {
            self.deleted(sight, entry, site);
        } else {
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
        let classes = |entry: EntryRef<'a>| self.class.into_iter().flat_map(move |name| entry.held(name));
        if let Some((last, kind)) = self.last_kind
            && classes(last).eq(classes(entry))
        {
            return kind;
        }
        let key = classes(entry).collect::<Vec<_>>();
        if let Some(known) = self.kinds.get(&key) {
            self.last_kind = Some((entry, *known));
            return *known;
        }
        // what is beyond the bound is of unknown class
        let number = u16::try_from(sight.kinds.len()).ok().filter(|number| *number < u16::MAX);
        let id = KindId(number.unwrap_or(u16::MAX));
        if number.is_some() {
            let kind = Kind::of(&Named(entry));
            sight.kinds.push(KindInfo { kind, example: entry.id() });
            self.kinds.insert(key, id);
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
