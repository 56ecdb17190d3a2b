//! A directory with changes applied: the same value, of which some objects were added, altered or taken away.
//!
//! Nothing here asks whether a change may be made. What a change says is known from then on: the values that it sets are all there
//! are, and the names that it takes away are gone.

use super::entry::{EntryId, EntryRef};
use super::provenance::Record;
use super::sets::{NameSet, SetId};
use super::{Directory, Piece, Place, Row};
use crate::directory::dn::Dn;
use std::collections::{HashMap, HashSet};

/// A copy of a directory that is being changed.
#[derive(Debug)]
pub struct Edit {
    directory: Directory,
    /// The buffer that new values are written to.
    buffer: u16,
    removed: HashSet<EntryId>,
    /// How many objects stand right below a name, by its number.
    children: HashMap<u128, usize>,
}

/// Bytes of new values; more would have no place.
const MOST: usize = 1 << 30;

impl Edit {
    /// Of a copy of a directory.
    pub fn of(directory: &Directory) -> Self {
        let mut directory = directory.clone();
        let buffer = u16::try_from(directory.buffers.len()).unwrap_or(u16::MAX);
        directory.buffers.push(Vec::new());
        let mut children: HashMap<u128, usize> = HashMap::new();
        for entry in directory.entries().filter(|entry| !entry.is_deleted()) {
            *children.entry(entry.dn().parent().number()).or_default() += 1;
        }
        Self { directory, buffer, removed: HashSet::new(), children }
    }

    /// The living object of that name, as it is now.
    pub fn find(&self, dn: &Dn) -> Option<EntryRef<'_>> {
        self.directory.find(dn).filter(|entry| !entry.is_deleted())
    }

    /// The object of that number, as it is now.
    pub fn get(&self, id: EntryId) -> Option<EntryRef<'_>> {
        self.directory.get(id)
    }

    /// How many objects were seen right below a name.
    pub fn children(&self, dn: &Dn) -> usize {
        self.children.get(&dn.number()).copied().unwrap_or_default()
    }

    /// The living objects below a name.
    pub fn below(&self, dn: &Dn) -> Vec<EntryId> {
        let is_below = |entry: &EntryRef<'_>| {
            !self.removed.contains(&entry.id())
                && !entry.is_deleted()
                && entry.number() != dn.number()
                && entry.dn().is_within(dn)
        };
        self.directory.entries().filter(is_below).map(EntryRef::id).collect()
    }

    /// Whether an object was there, and a change took it away.
    pub fn was_taken(&self, dn: &Dn) -> bool {
        self.directory.was_taken(dn)
    }

    /// Adds an object with these values. It came as the objects of `like` came: its record says what was asked for.
    pub fn add(&mut self, dn: &Dn, values: &[(String, Vec<Vec<u8>>)], like: Option<Record>) -> Option<EntryId> {
        // what is left of a deleted object of the name gives way (Q239639)
        if let Some(before) = self.directory.find(dn).map(EntryRef::id) {
            self.removed.insert(before);
        }
        let text = self.write(dn.to_string().as_bytes())?;
        let (run, asked) = like.map(|record| (record.run, record.asked)).unwrap_or_default();
        let id = EntryId(u32::try_from(self.directory.rows.len()).ok()?);
        let start = self.directory.records.len() as u32;
        self.directory.records.push(Record { run, asked, shown: SetId::default(), partial: SetId::default() });
        self.directory.rows.push(Row {
            number: dn.number(),
            dn: text,
            pieces: 0..0,
            records: start..start + 1,
            shown: SetId::default(),
            contradicted: SetId::default(),
            told: SetId::default(),
            deleted: false,
            life_contradicted: false,
            line: 0,
        });
        self.directory.index.insert(dn.number(), id);
        self.directory.taken.remove(&dn.number());
        *self.children.entry(dn.parent().number()).or_default() += 1;
        for (name, values) in values {
            self.set(id, name, values, true);
        }
        Some(id)
    }

    /// Takes an object away.
    pub fn remove(&mut self, id: EntryId) {
        let Some(dn) = self.directory.get(id).map(EntryRef::dn) else { return };
        self.leave(&dn);
        self.removed.insert(id);
    }

    /// Takes away an object that was not seen.
    pub fn take(&mut self, dn: &Dn) {
        self.directory.taken.insert(dn.number());
    }

    /// Gives an object another name; what stands below it keeps its own.
    pub fn rename(&mut self, id: EntryId, to: &Dn) {
        let Some(from) = self.directory.get(id).map(EntryRef::dn) else { return };
        let Some(text) = self.write(to.to_string().as_bytes()) else { return };
        self.leave(&from);
        if let Some(row) = self.directory.rows.get_mut(id.index()) {
            (row.number, row.dn) = (to.number(), text);
        }
        self.directory.index.insert(to.number(), id);
        self.directory.taken.remove(&to.number());
        *self.children.entry(to.parent().number()).or_default() += 1;
    }

    fn leave(&mut self, dn: &Dn) {
        self.directory.index.remove(&dn.number());
        self.directory.taken.insert(dn.number());
        self.children.entry(dn.parent().number()).and_modify(|count| *count = count.saturating_sub(1));
    }

    /// Sets the values of an attribute. `whole`: there are no others; else some may be there that were not seen.
    pub fn set(&mut self, id: EntryId, attribute: &str, values: &[Vec<u8>], whole: bool) {
        let Some(name) = self.directory.names.note(attribute) else { return };
        let Some(row) = self.directory.rows.get(id.index()).cloned() else { return };
        let mut pieces: Vec<Piece> = self.directory.pieces_of(&row).iter().filter(|piece| piece.name != name).copied().collect();
        for value in values {
            let Some(Place { buffer, start, length }) = self.write(value) else { continue };
            pieces.push(Piece { name, buffer, start, length });
        }
        let directory = &mut self.directory;
        let start = directory.pieces.len() as u32;
        directory.pieces.extend(&pieces);
        let mut with = |set: SetId, has: bool| {
            let mut set: NameSet = directory.sets.get(set).clone();
            if has {
                set.add(name)
            } else {
                set.remove(name)
            }
            directory.sets.note(&set)
        };
        let shown = with(row.shown, !values.is_empty());
        let (contradicted, told) = (with(row.contradicted, false), with(row.told, whole));
        let records: Vec<Record> =
            directory.records.get(row.records.start as usize..row.records.end as usize).map(<[_]>::to_vec).unwrap_or_default();
        let records: Vec<Record> = records
            .into_iter()
            .map(|record| Record {
                shown: with(record.shown, !values.is_empty()),
                partial: with(record.partial, !whole && !values.is_empty()),
                ..record
            })
            .collect();
        for (place, record) in
            directory.records.get_mut(row.records.start as usize..row.records.end as usize).into_iter().flatten().zip(records)
        {
            *place = record;
        }
        let end = directory.pieces.len() as u32;
        if let Some(place) = directory.rows.get_mut(id.index()) {
            *place = Row { pieces: start..end, shown, contradicted, told, ..row };
        }
    }

    /// Writes bytes to where they stay.
    fn write(&mut self, bytes: &[u8]) -> Option<Place> {
        let buffer =
            self.directory.buffers.get_mut(usize::from(self.buffer)).filter(|buffer| buffer.len() + bytes.len() < MOST)?;
        let start = buffer.len() as u32;
        buffer.extend_from_slice(bytes);
        Some(Place { buffer: self.buffer, start, length: bytes.len() as u32 })
    }

    /// The directory as it is then.
    pub fn finish(self) -> Directory {
        let Self { mut directory, removed, .. } = self;
        let rows = std::mem::take(&mut directory.rows);
        directory.index.clear();
        for (id, row) in (0..).map(EntryId).zip(rows) {
            if !removed.contains(&id) {
                let id = EntryId(directory.rows.len() as u32);
                directory.index.insert(row.number, id);
                directory.rows.push(row);
            }
        }
        directory
    }
}
