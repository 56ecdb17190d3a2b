//! Passes everything through to a source, and notes what was asked, how it ended and what came back.

use super::{MARK, Record, Recorded};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::ldif::{is_name, write_entry};
use crate::directory::source::{Ended, Origin, Search, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// A source that takes notes.
pub struct Recorder<'a> {
    source: &'a mut dyn Source,
    searches: Vec<Recorded>,
    entries: BTreeMap<Place, Noted>,
    left_out: BTreeSet<String>,
}

/// Where an entry stands in the file: the root first, what is above before what is below, a deleted object behind a
/// living one of the same name.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Vec<String>, bool);

/// An entry, and which searches it answered.
#[derive(Debug)]
struct Noted {
    entry: Entry,
    answers: BTreeSet<usize>,
}

impl<'a> Recorder<'a> {
    /// Takes notes of this source.
    pub fn of(source: &'a mut dyn Source) -> Self {
        Self { source, searches: Vec::new(), entries: BTreeMap::new(), left_out: BTreeSet::new() }
    }

    /// The attributes that came back under names that LDIF cannot hold; they are not written.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        self.left_out.iter().map(String::as_str)
    }

    /// Writes what was noted as one LDIF file. `about` says the rest of the record; its searches are those noted.
    ///
    /// # Errors
    /// What `out` says; see [`write_entry`].
    pub fn write(&self, about: Record, out: &mut impl Write) -> io::Result<()> {
        let record = Record { searches: self.searches.clone(), notes: self.source.notes(), ..about };
        write!(out, "version: 1\n{}\n", record.to_comments())?;
        for noted in self.entries.values() {
            let answers: Vec<String> = noted.answers.iter().map(ToString::to_string).collect();
            writeln!(out, "{MARK}answers {}", answers.join(" "))?;
            write_entry(out, &noted.entry)?;
        }
        writeln!(out, "{MARK}end, entries: {}", self.entries.len())
    }
}

impl Source for Recorder<'_> {
    fn origin(&self) -> Origin {
        self.source.origin()
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let before = self.searches.len();
        let Self { source, entries, left_out, .. } = self;
        let ended = source.search_all(searches, &mut |index, entry| {
            let noted = entries.entry(Place::of(&entry)).or_insert_with(|| Noted::new(&entry.dn));
            noted.join(&entry, left_out);
            noted.answers.insert(before + index + 1);
            each(index, entry);
        });
        let recorded = searches.iter().cloned().zip(ended.iter().cloned());
        self.searches.extend(recorded.map(|(search, ended)| Recorded { search, ended }));
        ended
    }

    fn proves_endings(&self) -> bool {
        self.source.proves_endings()
    }

    fn notes(&self) -> Vec<String> {
        self.source.notes()
    }

    fn close(&mut self) {
        self.source.close();
    }
}

impl Place {
    fn of(entry: &Entry) -> Self {
        let parts = entry.dn.rdns().iter().rev().map(|rdn| Dn::new(vec![rdn.clone()]).key().as_str().to_owned());
        Self(parts.collect(), entry.flag("Is-Deleted"))
    }
}

impl Noted {
    fn new(dn: &Dn) -> Self {
        Self { entry: Entry::new(dn.clone()), answers: BTreeSet::new() }
    }

    fn join(&mut self, entry: &Entry, left_out: &mut BTreeSet<String>) {
        let odd = |name: &str| !is_name(name);
        if !entry.attributes().iter().any(|attribute| odd(attribute.name)) {
            return self.entry.join(entry);
        }
        let mut even = Entry::new(entry.dn.clone());
        for attribute in entry.attributes() {
            if odd(attribute.name) {
                left_out.insert(attribute.name.to_owned());
                continue;
            }
            attribute.values.iter().for_each(|value| even.add(attribute.name, value));
        }
        self.entry.join(&even);
    }
}
