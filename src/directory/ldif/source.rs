//! An LDIF file as a source of entries.

use super::error::{OpenError, describe};
use super::input::Input;
use super::reader::{Record, entries};
use super::selection::Selection;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Kind, Origin, Search, Source};
use std::io::Read;
use std::path::Path;

/// Entries of an LDIF file, or of LDIF on standard input. Each call of [`Source::search_all`] reads it once.
#[derive(Debug)]
pub struct LdifSource {
    name: String,
    input: Input,
}

impl LdifSource {
    /// Opens a file; it is not read yet. A pipe is read to its end and kept in a temporary file.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read or is a directory.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        Ok(Self { name: path.display().to_string(), input: Input::open(path)? })
    }

    /// Reads a stream to its end and keeps it in a temporary file without a name. Reports call it `name`, such as
    /// "standard input".
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, or cannot be kept.
    pub fn from_reader(name: &str, stream: impl Read) -> Result<Self, OpenError> {
        Ok(Self { name: name.to_owned(), input: Input::spool(name, stream)? })
    }

    /// Bytes in memory; reports call them `name`.
    pub fn from_bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self { name: name.to_owned(), input: Input::Bytes(bytes) }
    }

    /// Reads the file once. Returns what cut it short: no more than is read can then be said about it.
    fn pass(&mut self, selection: &mut Selection<'_>, each: &mut dyn FnMut(usize, Entry)) -> Option<String> {
        let reader = match self.input.rewound() {
            Ok(reader) => reader,
            Err(error) => return Some(format!("cannot read {}: {}", self.name, describe(&error))),
        };
        let (mut cut, mut empty) = (None, true);
        for record in entries(reader) {
            if !matches!(record, Ok(Record::Unfinished { .. })) {
                empty = false;
            }
            let problem = match record {
                Ok(Record::Entry(entry)) => {
                    selection.offer(entry, each);
                    if selection.is_satisfied() {
                        return None;
                    }
                    continue;
                }
                Ok(Record::Reference(_) | Record::SearchResult { code: 0, .. }) => continue,
                Ok(Record::SearchResult { line, code, text }) => {
                    format!("line {line}: the search that made this file was cut (result {code} {text})")
                }
                Ok(Record::Unfinished { line }) => {
                    format!("line {line}: the search that begins here has no end in this file; it was cut, or has more pages")
                }
                Err(error) => error.to_string(),
            };
            cut = cut.or(Some(problem));
        }
        if empty {
            cut = cut.or(Some("it holds no entry; was the export written?".into()));
        }
        self.input.changed().or(cut).map(|problem| format!("{}: {problem}", self.name))
    }
}

impl Source for LdifSource {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Ldif, location: self.name.clone(), bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut selection = Selection::new(searches);
        let cut = if searches.is_empty() { None } else { self.pass(&mut selection, each) };
        selection.endings(cut.as_deref())
    }
}

#[cfg(test)]
#[path = "source_tests.rs"]
mod tests;
