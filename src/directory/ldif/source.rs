//! An LDIF file as a source of entries.

use super::ahead::{self, Read};
use super::places::Places;
use super::reader::{Reader, Record as Item, entries};
use crate::directory::asked::Asked;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::input::{Input, OpenError, PIECE, describe};
use crate::directory::record::{Record, RecordError, Replay};
use crate::directory::selection::Selection;
use crate::directory::source::{Ended, Kind, Origin, Scope, Search, Source};
use std::io::{self, BufRead};
use std::path::Path;

/// Entries of an LDIF file, or of LDIF on standard input. Each call of [`Source::search_all`] reads it once.
///
/// A file that `exaudit collect` wrote records what was asked and how it ended; its searches end as they did then.
#[derive(Debug)]
pub struct LdifSource {
    name: String,
    input: Input,
    prepare: fn(&mut Entry),
    /// What the file says of how it came to be, if it does, or why that is not believed.
    record: Option<Result<Record, RecordError>>,
    /// A pass found nothing wrong with a plain file from its start to its end.
    sound: bool,
    /// Where the entries of such a file stand.
    places: Option<Places>,
    /// A pass showed that the file is not as it was written.
    damaged: bool,
    /// An object was said not to be there of which the server itself did not say so.
    inferred: bool,
}

impl LdifSource {
    /// Opens a file. A pipe is read to its end and kept in a temporary file.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read or is a directory.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self::of(&path.display().to_string(), Input::open(path)?))
    }

    /// Reads a stream to its end and keeps it in a temporary file without a name. Reports call it `name`, such as
    /// "standard input".
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, or cannot be kept.
    pub fn from_reader(name: &str, stream: impl io::Read) -> Result<Self, OpenError> {
        Ok(Self::of(name, Input::spool(name, stream)?))
    }

    /// Bytes in memory; reports call them `name`.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self::of(name, Input::Bytes(bytes))
    }

    /// What was opened already.
    pub fn of(name: &str, mut input: Input) -> Self {
        // what cannot be read says so when it is read
        let record = input.rewound().ok().and_then(|reader| {
            let mut reader = entries(reader);
            _ = reader.next();
            reader.heard.record()
        });
        Self {
            name: name.to_owned(),
            input,
            prepare: |_| {},
            record,
            sound: false,
            places: None,
            damaged: false,
            inferred: false,
        }
    }

    /// The same source; each entry is prepared so before searches look at it.
    #[must_use]
    pub fn prepared(mut self, prepare: fn(&mut Entry)) -> Self {
        self.prepare = prepare;
        self
    }

    /// Where the collection started that wrote this file.
    pub fn base(&self) -> Option<&Dn> {
        self.record().map(|record| &record.base)
    }

    /// What the file says of how it came to be.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref().and_then(|record| record.as_ref().ok())
    }
}

/// A collected file behind another one, or without its first lines.
const HEADLESS: &str = "it holds entries of a collected file whose record is not at its start; give collected files as they were \
                        written, each with its own --from";

/// A collected file without some of its marks.
const UNMARKED: &str = "it holds an entry that answers none of its searches: it was changed; collect again";

/// What a pass found beside entries.
#[derive(Debug, Default)]
struct Found {
    /// What cut the file short: no more than is read can then be said about it.
    cut: Option<String>,
    entries: usize,
    empty: bool,
}

/// Reads the records to their end, or until `each` has seen enough; it is told which searches an entry answers, and whether
/// the file was cut inside it. Says what cut them short.
fn pass<R: BufRead + Send>(
    reader: &mut Reader<R>,
    prepare: fn(&mut Entry),
    each: &mut dyn FnMut(Entry, Vec<usize>, bool) -> bool,
) -> Option<Found> {
    let mut found = Found { empty: true, ..Found::default() };
    let mut enough = false;
    ahead::read(reader, prepare, &mut |Read { record, answers, cut }| {
        found.empty &= matches!(record, Ok(Item::Unfinished { .. }));
        let problem = match record {
            Ok(Item::Entry(entry)) => {
                found.entries += 1;
                if let Some(description) = entry.partial().first() {
                    let dn = &entry.dn;
                    found.cut.get_or_insert_with(|| {
                        format!("of {dn} it holds only a part of the values of {description}, which were left out")
                    });
                }
                enough = each(entry, answers, cut);
                return enough;
            }
            Ok(Item::Reference(_) | Item::SearchResult { code: 0, .. }) => return false,
            Ok(Item::SearchResult { line, code, text }) => {
                format!("line {line}: the search that made this file was cut (result {code} {text})")
            }
            Ok(Item::Unfinished { line }) => {
                format!("line {line}: the search that begins here has no end in this file; it was cut, or has more pages")
            }
            Err(error) => error.to_string(),
        };
        found.cut.get_or_insert(problem);
        false
    });
    (!enough).then_some(found)
}

impl LdifSource {
    /// A plain file: nothing is known but what it holds.
    fn plain(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        if let Some(ended) = self.looked_up(searches, each) {
            return ended;
        }
        let mut selection = Selection::new(searches);
        let prepare = self.prepare;
        let distrusted = match &self.record {
            Some(Err(error)) => Some(error.to_string()),
            _ => None,
        };
        let mut headless = false;
        let found = match self.input.rewound() {
            Err(error) => Err(format!("cannot read {}: {}", self.name, describe(&error))),
            Ok(reader) => {
                let mut reader = entries(reader);
                reader.places = (!self.sound).then(Places::default);
                let found = pass(&mut reader, prepare, &mut |mut entry, answers, cut| {
                    headless |= !answers.is_empty();
                    if distrusted.is_some() || !answers.is_empty() || cut {
                        // another object of such a file shows what was asked of that one alone
                        entry.was_asked_for(Asked::default());
                    }
                    selection.offer(entry, each);
                    selection.is_satisfied()
                });
                self.places = self.places.take().or_else(|| reader.places.filter(|_| found.is_some())?.whole());
                Ok(found)
            }
        };
        let cut = match found {
            Err(problem) => Some(problem),
            Ok(None) => None,
            Ok(Some(found)) => {
                let empty = (found.empty && !self.sound).then(|| "it holds no entry; was the export written?".into());
                let headless = headless.then(|| HEADLESS.to_owned());
                let problem = distrusted.or(headless).or_else(|| self.input.changed()).or(found.cut).or(empty);
                self.sound = problem.is_none();
                problem.map(|problem| format!("{}: {problem}", self.name))
            }
        };
        selection.endings(cut.as_deref())
    }

    /// Reads single objects of a file with which nothing is wrong where they stand; none if that cannot be done, or reading
    /// the whole file takes no longer.
    fn looked_up(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Option<Vec<Ended>> {
        let places = self.places.as_ref().filter(|_| self.sound && searches.iter().all(|search| search.scope == Scope::Base))?;
        let at = places.of(searches.iter().map(|search| &search.base));
        if (at.len() * PIECE) as u64 > self.input.length().max(PIECE as u64) {
            return None;
        }
        let mut selection = Selection::new(searches);
        let read = at.into_iter().try_for_each(|place| {
            let found = self.input.from(place).map(|reader| entries(reader).next());
            match found {
                Ok(Some(Ok(Item::Entry(mut entry)))) => {
                    (self.prepare)(&mut entry);
                    selection.offer(entry, each);
                    Ok(())
                }
                Ok(_) => Err("an entry is no longer where it was; run again when the file is written completely".to_owned()),
                Err(error) => Err(describe(&error)),
            }
        });
        let problem = self.input.changed().or(read.err());
        self.sound = problem.is_none();
        Some(selection.endings(problem.map(|problem| format!("{}: {problem}", self.name)).as_deref()))
    }

    /// A collected file: searches that it records end as they did.
    fn replay(&mut self, record: &Record, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut replay = Replay::new(record, searches);
        let (open, at): (Vec<Search>, Vec<usize>) =
            searches.iter().enumerate().filter(|(index, _)| replay.is_open(*index)).map(|(index, s)| (s.clone(), index)).unzip();
        let mut selection = Selection::new(&open);
        let prepare = self.prepare;
        let found = match self.input.rewound() {
            Err(error) => Some(describe(&error)),
            Ok(reader) => {
                let mut reader = entries(reader);
                let mut unmarked = false;
                let found = pass(&mut reader, prepare, &mut |mut entry, answers, cut| {
                    unmarked |= !replay.knows(&answers);
                    entry.was_asked_for(if cut { Asked::default() } else { replay.asked(&answers) });
                    replay.takers(&answers).into_iter().for_each(|index| each(index, entry.clone()));
                    selection.offer(entry, &mut |index, entry| {
                        let index = at.get(index).copied().unwrap_or_default();
                        replay.deliver(index);
                        each(index, entry);
                    });
                    false
                });
                let found = found.unwrap_or_default();
                found.cut.or_else(|| reader.heard.damage(found.entries)).or_else(|| unmarked.then(|| UNMARKED.to_owned()))
            }
        };
        let damage = self.input.changed().or(found).map(|problem| format!("{}: {problem}", self.name));
        self.damaged |= damage.is_some();
        let ended = |(index, search)| replay.ended(index, search, damage.as_deref());
        let ended: Vec<Ended> = searches.iter().enumerate().map(ended).collect();
        self.inferred |= ended.iter().enumerate().any(|(index, ended)| replay.infers_absence(index, ended));
        ended
    }
}

impl Source for LdifSource {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Ldif, location: self.name.clone(), bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        if searches.is_empty() {
            return Vec::new();
        }
        match self.record.take() {
            Some(Ok(record)) => {
                let ended = self.replay(&record, searches, each);
                self.record = Some(Ok(record));
                ended
            }
            record => {
                self.record = record;
                self.plain(searches, each)
            }
        }
    }

    fn proves_endings(&self) -> bool {
        self.record().is_some() && !self.damaged && !self.inferred
    }

    fn notes(&self) -> Vec<String> {
        self.record().map(|record| record.notes.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
