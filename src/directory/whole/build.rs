//! Building a directory: records come from whatever source, and those of one name become one entry here, for all sources alike.
//!
//! Identical records are one. Those that show different attributes are joined. Those that contradict each other are joined too, and
//! the entry says in which attributes. Within one run a living record wins over a deleted one: Exchange cannot hold two objects of one
//! name. Across runs a record that could not tell whether the object was deleted is no proof that it lives.

mod join;

use super::names::{Name, SharedNames};
use super::provenance::{Asked, AskedId, Record, Run, RunId, Source, SourceId};
use super::sets::{NameSet, SetId, Sets};
use super::{Directory, EntryId, Piece, Place, Row, is_true};
use crate::directory::entry::Entry;
use std::collections::HashMap;
use std::mem::take;
use std::ops::Range;

/// Builds a directory.
#[derive(Debug, Default)]
pub struct Builder {
    directory: Directory,
    asked: HashMap<Asked, AskedId>,
    /// The most bytes that it may take; 0: no bound.
    most: usize,
    used: usize,
    full: bool,
    /// Whether a record came whose name is longer than any.
    overlong: bool,
    /// The buffer that values are copied into which do not stand in a file.
    arena: Option<u16>,
    /// The attribute that tells of deletion, once it came.
    is_deleted: Option<Name>,
}

/// Entries that a reader found in one piece of a file, before they are joined with others.
#[derive(Debug, Default)]
pub(in crate::directory) struct Lot {
    /// What had to be decoded: base64, folded lines.
    pub(in crate::directory) decoded: Vec<u8>,
    pub(in crate::directory) pieces: Vec<Piece>,
    pub(in crate::directory) entries: Vec<LotEntry>,
    pub(in crate::directory) sets: Sets,
}

/// One of them.
#[derive(Debug, Clone)]
pub(in crate::directory) struct LotEntry {
    pub(in crate::directory) dn: Place,
    pub(in crate::directory) number: u128,
    pub(in crate::directory) pieces: Range<u32>,
    /// What it shows, and of what it shows only a part: sets of the lot.
    pub(in crate::directory) shown: SetId,
    pub(in crate::directory) partial: SetId,
}

/// A record that is about to be joined.
struct Incoming<'a> {
    number: u128,
    dn: Place,
    pieces: &'a [Piece],
    record: Record,
    line: u32,
}

/// Bytes of a name. A directory service of Exchange stops at one of more than 1 KB in a bind (Q222621).
const LONGEST_DN: u32 = 8 << 10;

/// What an arena holds; then another begins, so that none is moved while it grows.
const ARENA: usize = 4 << 20;

impl Builder {
    /// A builder of a directory of at most so many bytes.
    pub fn within(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Adds a source.
    pub fn source(&mut self, source: Source) -> SourceId {
        let id = u16::try_from(self.directory.sources.len()).unwrap_or(u16::MAX);
        self.directory.sources.push(source);
        SourceId(id)
    }

    /// What is known of a source so far, to be completed.
    pub fn source_mut(&mut self, id: SourceId) -> Option<&mut Source> {
        self.directory.sources.get_mut(usize::from(id.0))
    }

    /// Adds a run.
    pub fn run(&mut self, run: Run) -> RunId {
        let id = u32::try_from(self.directory.runs.len()).unwrap_or(u32::MAX);
        self.directory.runs.push(run);
        RunId(id)
    }

    /// Notes a list of what was asked for; `*` stands for everything that need not be named.
    pub fn asked<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) -> AskedId {
        let mut asked = Asked::default();
        for name in names {
            match name {
                "*" => asked.all_user = true,
                // what has no number is shown by no entry that counts
                name => self.directory.names.note(name).into_iter().for_each(|name| asked.names.add(name)),
            }
        }
        self.note_asked(asked)
    }

    fn note_asked(&mut self, asked: Asked) -> AskedId {
        let next = AskedId(u32::try_from(self.directory.asked.len() + 1).unwrap_or(u32::MAX));
        let known = &mut self.directory.asked;
        *self.asked.entry(asked).or_insert_with_key(|asked| {
            known.push(asked.clone());
            next
        })
    }

    /// The directory so far.
    pub fn so_far(&self) -> &Directory {
        &self.directory
    }

    /// What was left out, in words: what is beyond the bound, and objects with names longer than any.
    pub fn left_out(&self) -> Option<&'static str> {
        match (self.full, self.overlong) {
            (true, _) => Some("it holds more than --max-directory allows; the rest was left out"),
            (_, true) => Some("an object whose name has more than 8 KiB was left out; no directory has such names"),
            _ => None,
        }
    }

    /// The directory.
    pub fn finish(mut self) -> Directory {
        self.directory.pieces.shrink_to_fit();
        self.directory.rows.shrink_to_fit();
        self.directory.records.shrink_to_fit();
        self.directory
    }

    /// Adds a record that came by itself; says whether it was taken.
    pub fn add(&mut self, entry: &Entry, run: RunId, asked: AskedId) -> bool {
        let (mut shown, mut partial) = (NameSet::default(), NameSet::default());
        let mut pieces = Vec::new();
        let text = entry.dn.to_string();
        let dn = self.copied(text.as_bytes());
        for attribute in entry.attributes() {
            let Some(name) = self.directory.names.note(attribute.name) else {
                self.full = true;
                return false;
            };
            for value in attribute.values.iter() {
                let Place { buffer, start, length } = self.copied(value);
                pieces.push(Piece { name, buffer, start, length });
            }
            shown.add(name);
            if entry.is_partial(attribute.name) {
                partial.add(name);
            }
        }
        let record = Record { run, asked, shown: self.directory.sets.note(&shown), partial: self.directory.sets.note(&partial) };
        self.join(&Incoming { number: entry.dn.number(), dn, pieces: &pieces, record, line: 0 })
    }

    /// Copies bytes to where they stay.
    fn copied(&mut self, bytes: &[u8]) -> Place {
        let room = |buffer: &u16, directory: &Directory| {
            directory.buffers.get(usize::from(*buffer)).is_some_and(|arena| arena.len() + bytes.len() <= ARENA.max(bytes.len()))
        };
        let buffer = match self.arena.filter(|arena| room(arena, &self.directory)) {
            Some(arena) => arena,
            None => {
                let arena = self.buffer(Vec::with_capacity(bytes.len().max(64 << 10)));
                self.arena = Some(arena);
                arena
            }
        };
        let Some(arena) = self.directory.buffers.get_mut(usize::from(buffer)) else { return Place::default() };
        let start = arena.len() as u32;
        arena.extend_from_slice(bytes);
        Place { buffer, start, length: bytes.len() as u32 }
    }

    /// Takes a buffer in; its number.
    pub(in crate::directory) fn buffer(&mut self, bytes: Vec<u8>) -> u16 {
        self.used += bytes.len();
        let number = u16::try_from(self.directory.buffers.len()).unwrap_or(u16::MAX);
        self.directory.buffers.push(bytes);
        number
    }

    /// The number that the next buffer will have.
    pub(in crate::directory) fn next_buffer(&self) -> u16 {
        u16::try_from(self.directory.buffers.len()).unwrap_or(u16::MAX)
    }

    /// The names, for readers in several threads; they come back with [`Builder::take_names`].
    pub(in crate::directory) fn lend_names(&mut self) -> SharedNames {
        take(&mut self.directory.names).into()
    }

    /// Takes the names back.
    pub(in crate::directory) fn take_names(&mut self, names: SharedNames) {
        self.directory.names = names.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    }

    /// Makes room for so many entries and values.
    pub(in crate::directory) fn expect(&mut self, entries: usize, values: usize) {
        self.directory.rows.reserve(entries);
        self.directory.records.reserve(entries);
        self.directory.pieces.reserve(values);
        self.directory.index.reserve(entries);
    }

    /// The numbers here of the sets of a lot, by their numbers there.
    pub(in crate::directory) fn sets_of(&mut self, lot: &Lot) -> Vec<SetId> {
        lot.sets.all().iter().map(|set| self.directory.sets.note(set)).collect()
    }

    /// Adds an entry of a lot, whose sets have these numbers here, from this line of its file. Says whether it was taken.
    pub(in crate::directory) fn add_of(&mut self, lot: &Lot, entry: &LotEntry, record: Record, line: u64) -> bool {
        let pieces = lot.pieces.get(entry.pieces.start as usize..entry.pieces.end as usize).unwrap_or_default();
        // a file of more lines is none that is read
        let line = u32::try_from(line).unwrap_or_default();
        self.join(&Incoming { number: entry.number, dn: entry.dn, pieces, record, line })
    }

    fn join(&mut self, incoming: &Incoming<'_>) -> bool {
        if incoming.dn.length > LONGEST_DN {
            self.overlong = true;
            return false;
        }
        let text: usize = incoming.pieces.iter().map(|piece| piece.length as usize).sum();
        let bytes = size_of::<Row>() + size_of::<Record>() + 32 + size_of_val(incoming.pieces);
        self.used += bytes;
        if self.full || (self.most > 0 && self.used > self.most) {
            self.full = true;
            return false;
        }
        let deleted = self.says_deleted(incoming);
        match self.directory.index.get(&incoming.number).copied() {
            None => self.insert(incoming, deleted),
            Some(id) => {
                self.used += text;
                self.join_with(id, incoming, deleted);
            }
        }
        true
    }

    fn says_deleted(&mut self, incoming: &Incoming<'_>) -> bool {
        self.is_deleted = self.is_deleted.or_else(|| self.directory.names.find("Is-Deleted"));
        let Some(name) = self.is_deleted.filter(|name| self.directory.set(incoming.record.shown).has(*name)) else {
            return false;
        };
        let mut own = incoming.pieces.iter().filter(|piece| piece.name == name);
        own.any(|piece| is_true(self.directory.bytes(piece.place())))
    }

    fn insert(&mut self, incoming: &Incoming<'_>, deleted: bool) {
        let id = EntryId(u32::try_from(self.directory.rows.len()).unwrap_or(u32::MAX));
        let directory = &mut self.directory;
        let pieces = appended(&mut directory.pieces, incoming.pieces);
        let records = appended(&mut directory.records, &[incoming.record]);
        directory.rows.push(Row {
            number: incoming.number,
            dn: incoming.dn,
            pieces,
            records,
            shown: incoming.record.shown,
            contradicted: SetId::default(),
            told: SetId::default(),
            deleted,
            life_contradicted: false,
            line: incoming.line,
        });
        directory.index.insert(incoming.number, id);
    }
}

/// Appends rows to a table; where they stand.
fn appended<T: Clone>(table: &mut Vec<T>, rows: &[T]) -> Range<u32> {
    let start = table.len() as u32;
    table.extend_from_slice(rows);
    start..table.len() as u32
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
