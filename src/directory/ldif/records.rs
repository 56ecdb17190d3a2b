//! The records of a text in memory, one after the other: for those who want entries by themselves, and no directory.

use super::error::LdifError;
use super::limits::Limits;
use super::parser::{Item, Parsed, Piecewise, parse};
use super::trailer::{HEADER, Marks, has_cookie};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::whole::{Place, SharedNames};
use std::collections::VecDeque;
use std::sync::PoisonError;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// An entry.
    Entry(Entry),
    /// How the search that made the entries before this ended; ldapsearch writes it without `-L`.
    SearchResult {
        /// The line its block starts on.
        line: u64,
        /// The LDAP result code: 0 is success, 4 is size limit exceeded.
        code: u32,
        /// What ldapsearch and the server say about it.
        text: String,
    },
    /// The server pointed elsewhere for a part of the tree: the URLs it gave.
    Reference(Vec<String>),
    /// A search of ldapsearch began here, and the file ends without telling how it ended or with more pages to come.
    Unfinished {
        /// The line that shows it.
        line: u64,
    },
}

/// The records of a text; the first error ends them.
pub fn entries(text: &[u8]) -> impl Iterator<Item = Result<Record, LdifError>> {
    within(text, Limits::default()).into_iter()
}

/// The same with limits of their own.
pub(super) fn within(text: &[u8], limits: Limits) -> VecDeque<Result<Record, LdifError>> {
    let names = SharedNames::default();
    let start = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let piece = Piecewise { start, end: text.len(), lines: 0, buffer: 0, decoded: 1 };
    let Parsed { lot, items, error, .. } = parse(text, piece, &names, limits);
    let names = names.into_inner().unwrap_or_else(PoisonError::into_inner);
    let bytes = |place: Place| {
        let buffer = if place.buffer == 0 { text } else { lot.decoded.as_slice() };
        buffer.get(place.start as usize..place.start as usize + place.length as usize).unwrap_or_default()
    };
    let mut entries = lot.entries.iter();
    let mut marks = Marks::default();
    let mut records = VecDeque::new();
    for (line, item) in items {
        match item {
            Item::Entry => {
                let Some(found) = entries.next() else { continue };
                let mut entry = Entry::new(Dn::parse_lossy(bytes(found.dn)));
                for piece in lot.pieces.get(found.pieces.start as usize..found.pieces.end as usize).unwrap_or_default() {
                    entry.add(names.spelled(piece.name), bytes(piece.place()));
                    if lot.sets.get(found.partial).has(piece.name) {
                        entry.came_in_part(names.spelled(piece.name));
                    }
                }
                records.push_back(Ok(Record::Entry(entry)));
            }
            Item::Comment(text) if text.trim_ascii_end() == HEADER => marks.header(line),
            Item::Comment(text) => {
                if let Some(page) = text.strip_prefix(b"# pagedresults:") {
                    marks.page(line, has_cookie(page));
                }
            }
            Item::Version => {}
            Item::Result { code, text, more } => {
                marks.result(line, more);
                records.push_back(Ok(Record::SearchResult { line, code, text }));
            }
            Item::Reference(urls) => records.push_back(Ok(Record::Reference(urls))),
        }
    }
    match error {
        Some(error) => records.push_back(Err(error)),
        None => records.extend(marks.unfinished().map(|line| Ok(Record::Unfinished { line }))),
    }
    records
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
