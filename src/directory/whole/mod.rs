//! The directory: everything that was read, as one value.
//!
//! The bytes stand in buffers as they came. Entries are a table of places in them, with the numbers of their attribute names; which
//! attributes an entry shows is a set of bits, tested before any value is looked at. Every record says which run it came from and
//! what was asked for there. Nothing here knows what an entry means.

mod build;
mod edit;
mod entry;
mod names;
mod provenance;
mod sets;

pub use build::Builder;
pub use edit::Edit;
pub use entry::{EntryId, EntryRef, Held, is_true};
pub use names::Name;
pub use provenance::{Answered, Asked, AskedId, Record, Run, RunId, Source, SourceId};
pub use sets::{NameSet, SetId};

pub(super) use build::{Lot, LotEntry};
pub(super) use names::{Kind as NameKind, Met, SharedNames};
pub(super) use sets::Sets;

use super::dn::{Dn, Hashed};
use names::Names;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Everything that was read.
#[derive(Debug, Default, Clone)]
pub struct Directory {
    buffers: Vec<Vec<u8>>,
    names: Names,
    sets: Sets,
    asked: Vec<Asked>,
    sources: Vec<Source>,
    runs: Vec<Run>,
    pieces: Vec<Piece>,
    rows: Vec<Row>,
    records: Vec<Record>,
    index: HashMap<u128, EntryId, Hashed>,
    /// The numbers of the names that a change took away ([`Edit`]).
    taken: HashSet<u128>,
}

/// A place in a buffer.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    pub(super) buffer: u16,
    pub(super) start: u32,
    pub(super) length: u32,
}

/// One value: where it stands, and of which attribute it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) name: Name,
    pub(super) buffer: u16,
    pub(super) start: u32,
    pub(super) length: u32,
}

impl Piece {
    pub(super) fn place(self) -> Place {
        Place { buffer: self.buffer, start: self.start, length: self.length }
    }
}

/// One entry.
#[derive(Debug, Clone)]
struct Row {
    number: u128,
    dn: Place,
    /// Its values among all pieces.
    pieces: Range<u32>,
    /// Its records among all of them.
    records: Range<u32>,
    shown: SetId,
    contradicted: SetId,
    /// The attributes of which a change says all values ([`Edit`]).
    told: SetId,
    deleted: bool,
    life_contradicted: bool,
    /// The line of its first record, from 1; 0 where none is known.
    line: u32,
}

impl Default for Name {
    fn default() -> Self {
        // a number that no name has: there are fewer
        Self::NONE
    }
}

impl Directory {
    /// Every entry, in the order they first came.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = EntryRef<'_>> {
        (0..self.len()).map(|id| EntryRef { directory: self, id: EntryId(id as u32) })
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The entry of that number.
    pub fn get(&self, id: EntryId) -> Option<EntryRef<'_>> {
        self.rows.get(id.index()).map(|_| EntryRef { directory: self, id })
    }

    /// The entry of that name, living or deleted.
    pub fn find(&self, dn: &Dn) -> Option<EntryRef<'_>> {
        self.by_number(dn.number())
    }

    /// The entry whose name has that number ([`Dn::number`]).
    pub fn by_number(&self, number: u128) -> Option<EntryRef<'_>> {
        self.index.get(&number).map(|id| EntryRef { directory: self, id: *id })
    }

    /// Whether a change took away the object of that name, or one above it ([`Edit`]).
    pub fn was_taken(&self, dn: &Dn) -> bool {
        !self.taken.is_empty() && (1..=dn.depth()).any(|depth| self.taken.contains(&dn.ancestor(depth).number()))
    }

    /// Gives a name a number, though no entry shows it: somebody may ask about it.
    pub fn know(&mut self, name: &str) {
        self.names.note(name);
    }

    /// The number of an attribute name; none if no entry shows it and nobody asked for it.
    pub fn name(&self, name: &str) -> Option<Name> {
        self.names.find(name)
    }

    /// Every attribute name.
    pub fn names(&self) -> impl Iterator<Item = Name> {
        self.names.all()
    }

    /// How an attribute name is spelled where it first came.
    pub fn spelled(&self, name: Name) -> &str {
        self.names.spelled(name)
    }

    /// The set of that number.
    #[inline]
    pub fn set(&self, id: SetId) -> &NameSet {
        self.sets.get(id)
    }

    /// What was asked for; none where nobody says.
    pub fn asked(&self, id: AskedId) -> Option<&Asked> {
        (id.0 as usize).checked_sub(1).and_then(|at| self.asked.get(at))
    }

    /// Every list of what was asked for, by number from 1.
    pub fn asked_lists(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter()
    }

    /// The names of a list, as they are spelled; `*` for all that need not be named.
    pub fn names_of(&self, asked: &Asked) -> Vec<String> {
        let star = asked.all_user.then(|| "*".to_owned());
        let names = self.names().filter(|name| asked.names(*name)).map(|name| self.spelled(name).to_owned());
        star.into_iter().chain(names).collect()
    }

    /// The sources, in the order they were read.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The sources, each with its number.
    pub fn sources_with_ids(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        (0..).map(SourceId).zip(&self.sources)
    }

    /// The source of that number.
    pub fn source(&self, id: SourceId) -> Option<&Source> {
        self.sources.get(usize::from(id.0))
    }

    /// The runs, in the order they came.
    pub fn runs(&self) -> impl Iterator<Item = (RunId, &Run)> {
        (0..).map(RunId).zip(&self.runs)
    }

    /// The run of that number.
    pub fn run(&self, id: RunId) -> Option<&Run> {
        self.runs.get(id.0 as usize)
    }

    #[inline]
    fn bytes(&self, place: Place) -> &[u8] {
        let buffer = self.buffers.get(usize::from(place.buffer)).map_or(&[] as &[u8], Vec::as_slice);
        buffer.get(place.start as usize..place.start as usize + place.length as usize).unwrap_or_default()
    }

    #[inline]
    fn pieces_of(&self, row: &Row) -> &[Piece] {
        self.pieces.get(row.pieces.start as usize..row.pieces.end as usize).unwrap_or_default()
    }

    fn records_of(&self, row: &Row) -> &[Record] {
        self.records.get(row.records.start as usize..row.records.end as usize).unwrap_or_default()
    }
}
