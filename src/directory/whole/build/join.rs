//! Joining a record with the entry of its name.

use super::{Builder, Incoming, appended};
use crate::directory::whole::names::Name;
use crate::directory::whole::provenance::{AskedId, Record, RunId, Source};
use crate::directory::whole::sets::{NameSet, SetId};
use crate::directory::whole::{EntryId, EntryRef, Piece, Row};
use std::collections::HashSet;

/// What a record says of whether its object lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Life {
    /// It would show that the object is deleted: that was not asked for.
    Untold,
    /// Nobody says what was asked for.
    Likely,
    /// It was asked for.
    Proven,
}

impl Builder {
    /// Joins a record with the entry of its name.
    pub(super) fn join_with(&mut self, id: EntryId, incoming: &Incoming<'_>, deleted: bool) {
        let Some(known) = self.directory.get(id) else { return };
        let same_run = known.records().iter().any(|record| record.run == incoming.record.run);
        let shown = known.shown().clone();
        match (known.is_deleted(), deleted) {
            (true, false) => match self.life(&incoming.record, self.directory.set(incoming.record.shown)) {
                Life::Untold => {}
                Life::Likely if !same_run => {}
                Life::Proven if !same_run => {
                    self.replace(id, incoming, false);
                    self.contradict_life(id);
                }
                Life::Proven | Life::Likely => self.replace(id, incoming, false),
            },
            (false, true) => match known.records().iter().map(|record| self.life(record, &shown)).max() {
                Some(Life::Proven | Life::Likely) if same_run => {}
                Some(Life::Proven) => self.contradict_life(id),
                _ => self.replace(id, incoming, true),
            },
            _ => self.union(id, incoming, same_run),
        }
    }

    /// What a record that does not say that the object is deleted says of its life.
    fn life(&self, record: &Record, shown: &NameSet) -> Life {
        let is_shown = self.is_deleted.is_some_and(|name| shown.has(name));
        let asked = self.directory.asked(record.asked).filter(|_| record.asked != AskedId::default());
        match asked {
            _ if is_shown => Life::Proven,
            None => Life::Likely,
            Some(asked) if self.is_deleted.is_some_and(|name| asked.names(name)) => Life::Proven,
            Some(_) => Life::Untold,
        }
    }

    fn contradict_life(&mut self, id: EntryId) {
        self.directory.rows.get_mut(id.index()).into_iter().for_each(|row| row.life_contradicted = true);
    }

    /// Puts a record in the place of what was known of its name.
    fn replace(&mut self, id: EntryId, incoming: &Incoming<'_>, deleted: bool) {
        let directory = &mut self.directory;
        let pieces = appended(&mut directory.pieces, incoming.pieces);
        let records = appended(&mut directory.records, &[incoming.record]);
        let Some(row) = directory.rows.get_mut(id.index()) else { return };
        let (shown, contradicted) = (incoming.record.shown, SetId::default());
        *row = Row { pieces, records, shown, contradicted, deleted, line: incoming.line, ..row.clone() };
    }

    /// Adds what a record shows to the entry of its name.
    fn union(&mut self, id: EntryId, incoming: &Incoming<'_>, same_run: bool) {
        let Some(known) = self.directory.get(id) else { return };
        let incoming_shown = self.directory.set(incoming.record.shown).clone();
        let (fresh, contradicted) = differences(known, incoming);
        let mut contradicted_set = known.contradicted().clone();
        contradicted.into_iter().for_each(|name| contradicted_set.add(name));
        let is_table = self.run_of(incoming.record.run).is_some_and(super::Source::is_table);
        let same_shown = *known.shown() == incoming_shown;
        if same_run && is_table && !same_shown {
            // a cell that one row fills and another of the same name leaves empty
            let (own, other) = (known.names(), names_of(incoming.pieces));
            let one_sided =
                own.iter().filter(|name| !incoming_shown.has(**name)).chain(other.iter().filter(|n| !known.shown().has(**n)));
            one_sided.for_each(|name| contradicted_set.add(*name));
        }
        let is_unasked = incoming.record.asked == AskedId::default();
        if same_run && is_unasked && !same_shown {
            self.directory.runs.get_mut(incoming.record.run.0 as usize).into_iter().for_each(|run| run.is_mixed = true);
        }
        let mut shown = match self.directory.get(id) {
            Some(known) => known.shown().clone(),
            None => return,
        };
        shown.add_all(&incoming_shown);
        let mut records: Vec<Record> = self.directory.get(id).map(|known| known.records().to_vec()).unwrap_or_default();
        match records.iter_mut().find(|record| record.run == incoming.record.run) {
            Some(record) => *record = self.joined(*record, incoming.record),
            None => records.push(incoming.record),
        }
        let directory = &mut self.directory;
        let Some(row) = directory.rows.get_mut(id.index()) else { return };
        if !fresh.is_empty() {
            let old = directory.pieces.get(row.pieces.start as usize..row.pieces.end as usize).unwrap_or_default().to_vec();
            row.pieces = appended(&mut directory.pieces, &[old, fresh].concat());
        }
        row.shown = directory.sets.note(&shown);
        row.contradicted = directory.sets.note(&contradicted_set);
        // most are joined with nothing new to say about where they are from
        let before = directory.records.get(row.records.start as usize..row.records.end as usize).unwrap_or_default();
        if before != records {
            row.records = appended(&mut directory.records, &records);
        }
    }

    fn run_of(&self, run: RunId) -> Option<&Source> {
        self.directory.run(run).and_then(|run| self.directory.source(run.source))
    }

    /// Two records of one run as one.
    fn joined(&mut self, one: Record, other: Record) -> Record {
        let both = |builder: &mut Self, one: SetId, other: SetId| {
            let mut set = builder.directory.set(one).clone();
            set.add_all(builder.directory.set(other));
            builder.directory.sets.note(&set)
        };
        let asked = match (self.directory.asked(one.asked), self.directory.asked(other.asked)) {
            (Some(own), Some(more)) if one.asked != other.asked => {
                let asked = own.and(more);
                self.note_asked(asked)
            }
            (Some(_), _) => one.asked,
            (None, _) => other.asked,
        };
        let (shown, partial) = (both(self, one.shown, other.shown), both(self, one.partial, other.partial));
        Record { run: one.run, asked, shown, partial }
    }
}

/// The values of a record that its entry does not have, and the attributes of which the values differ. Values compare as sets.
fn differences(known: EntryRef<'_>, incoming: &Incoming<'_>) -> (Vec<Piece>, Vec<Name>) {
    let (mut fresh, mut contradicted) = (Vec::new(), Vec::new());
    let directory = known.directory;
    for name in names_of(incoming.pieces) {
        let own: HashSet<&[u8]> = known.held(name).collect();
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let before = fresh.len();
        for piece in incoming.pieces.iter().filter(|piece| piece.name == name) {
            let value = directory.bytes(piece.place());
            if seen.insert(value) && !own.contains(value) {
                fresh.push(*piece);
            }
        }
        if !own.is_empty() && (fresh.len() > before || seen.len() < own.len()) {
            contradicted.push(name);
        }
    }
    (fresh, contradicted)
}

/// The names of some values, each once, in their order.
fn names_of(pieces: &[Piece]) -> Vec<Name> {
    let mut known = NameSet::default();
    let mut names = Vec::new();
    for piece in pieces {
        if !known.has(piece.name) {
            known.add(piece.name);
            names.push(piece.name);
        }
    }
    names
}
