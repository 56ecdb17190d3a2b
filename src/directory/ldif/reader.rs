//! Records of a file, one after the other.

use super::common::Common;
use super::error::LdifError;
use super::field::Field;
use super::limits::Limits;
use super::lines::Lines;
use super::places::Places;
use super::trailer::{self, Marks};
use crate::directory::dn::Dn;
use crate::directory::entry::{Entry, base_name, is_partial_range};
use crate::directory::record::Heard;
use std::io::BufRead;

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

/// Reads the records of a file. The first error ends it.
#[derive(Debug)]
pub struct Reader<R> {
    pub(super) lines: Lines<R>,
    pub(super) line: Vec<u8>,
    pub(super) limits: Limits,
    pub(super) marks: Marks,
    /// What the comments of a collected export say.
    pub(super) heard: Heard,
    common: Common,
    /// Where each entry stands, if somebody wants to know.
    pub(super) places: Option<Places>,
    ended: bool,
    /// The end of the file ended the record, not an empty line.
    at_end: bool,
}

/// The records of an LDIF file, streamed.
pub fn entries<R: BufRead>(reader: R) -> Reader<R> {
    Reader::within(reader, Limits::default())
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Record, LdifError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let record = self.record();
        self.ended = !matches!(record, Ok(Some(_)));
        match record {
            Ok(None) => self.marks.unfinished().map(|line| Ok(Record::Unfinished { line })),
            record => record.transpose(),
        }
    }
}

impl<R: BufRead> Reader<R> {
    /// A reader with limits of its own.
    pub(super) fn within(reader: R, limits: Limits) -> Self {
        let lines = Lines::new(reader, limits);
        Self {
            lines,
            line: Vec::new(),
            limits,
            marks: Marks::default(),
            heard: Heard::default(),
            common: Common::default(),
            places: None,
            ended: false,
            at_end: false,
        }
    }

    fn record(&mut self) -> Result<Option<Record>, LdifError> {
        loop {
            let place = self.lines.place();
            if let Some(entry) = self.common() {
                return Ok(Some(Record::Entry(self.placed(entry, place))));
            }
            let Some(number) = self.lines.next(&mut self.line)? else { break };
            if self.is_comment(number) || self.at_separator() {
                continue;
            }
            let field = self.field(number)?;
            if field.is("dn") {
                return self.entry(number).map(|entry| Some(Record::Entry(self.placed(entry, place))));
            } else if field.is("search") {
                return self.search_result(number).map(Some);
            } else if field.is("ref") {
                return self.reference(number).map(Some);
            } else if !field.is("version") {
                return Err(change(&field, number).unwrap_or_else(|| LdifError::NoDn { line: number, name: field.shown() }));
            }
            let version = field.value(64, false)?;
            if version.trim_ascii() != b"1" {
                return Err(LdifError::Version { line: number, version: super::error::excerpt(&version) });
            }
        }
        self.line.clear();
        Ok(None)
    }

    /// Reads a record that is of the common kind, if one stands here.
    fn common(&mut self) -> Option<Entry> {
        let read = self.common.read(self.lines.at_hand(), self.limits)?;
        self.lines.skip(read.bytes, read.lines);
        self.heard.begin_body();
        self.at_end = false;
        Some(read.entry)
    }

    /// Notes where an entry stands.
    fn placed(&mut self, entry: Entry, place: u64) -> Entry {
        self.places.iter_mut().for_each(|places| places.note(&entry.dn, place));
        entry
    }

    fn entry(&mut self, first: u64) -> Result<Entry, LdifError> {
        let mut entry = Entry::new(self.dn(first)?);
        self.heard.begin_body();
        let mut whole = false;
        self.at_end = true;
        let mut budget = Budget { bytes: self.line.len(), values: 0, limits: self.limits };
        while let Some(number) = self.advance()? {
            if self.line.is_empty() {
                self.at_end = false;
                break;
            }
            if self.line == b"-" {
                return Err(LdifError::ChangeFile { line: number, keyword: "-".into() });
            }
            budget.line(self.line.len(), number)?;
            let field = self.field(number)?;
            if base_name(field.name).eq_ignore_ascii_case("dn") {
                return Err(LdifError::SecondDn { line: number });
            }
            if !whole && entry.attributes().is_empty() && field.is("changetype") {
                // ldifde exports each entry as one to be added: its attributes follow, all of them
                whole = field.value(64, false).is_ok_and(|value| value.trim_ascii().eq_ignore_ascii_case(b"add"));
                if whole {
                    continue;
                }
            }
            if let Some(error) = change(&field, number) {
                return Err(error);
            }
            let value = field.value(self.limits.value, self.lines.unterminated())?;
            match is_partial_range(field.name) {
                true => entry.came_in_part(field.name),
                false => entry.add(field.name, value),
            }
            budget.attributes(entry.attributes().len(), number)?;
        }
        Ok(entry)
    }

    /// Whether the file was cut inside the entry just read, as far as its marks tell: what the entry lacks may have
    /// stood behind the cut.
    pub(super) fn cut_inside(&self) -> bool {
        self.at_end && (self.lines.unterminated() || self.marks.unfinished().is_some() || self.heard.lacks_end())
    }

    fn dn(&self, number: u64) -> Result<Dn, LdifError> {
        let field = self.field(number)?;
        let text = field.value(self.limits.value, self.lines.unterminated())?;
        if text.len() > self.limits.dn {
            return Err(LdifError::TooLong { line: number, what: "the dn".into(), limit: self.limits.dn });
        }
        Dn::parse(&text).map_err(|source| LdifError::BadDn { line: number, source })
    }

    /// Reads the continuation references of a block: `ref: ldap://...`, one or several.
    fn reference(&mut self, first: u64) -> Result<Record, LdifError> {
        let mut urls = Vec::new();
        let mut budget = Budget { bytes: 0, values: 0, limits: self.limits };
        let mut number = first;
        loop {
            budget.line(self.line.len(), number)?;
            let field = self.field(number)?;
            if field.is("ref") {
                let url = field.value(self.limits.value, self.lines.unterminated())?;
                urls.push(String::from_utf8_lossy(&url).into_owned());
            } else if !field.is("control") {
                return Err(LdifError::NoDn { line: first, name: "ref".into() });
            }
            number = match self.advance()? {
                Some(number) if !self.at_separator() => number,
                _ => return Ok(Record::Reference(urls)),
            };
        }
    }

    /// Reads the next line that is no comment.
    pub(super) fn advance(&mut self) -> Result<Option<u64>, LdifError> {
        while let Some(number) = self.lines.next(&mut self.line)? {
            if !self.is_comment(number) {
                return Ok(Some(number));
            }
        }
        self.line.clear();
        Ok(None)
    }

    /// Whether this line is a comment; takes note of what it says.
    fn is_comment(&mut self, number: u64) -> bool {
        let comment = self.line.starts_with(b"#");
        if comment {
            self.marks.comment(&self.line, number);
            self.heard.comment(&self.line, number);
        }
        comment
    }

    /// Whether this line separates two blocks: an empty one, or a prompt of ldapsearch.
    pub(super) fn at_separator(&self) -> bool {
        self.line.is_empty() || trailer::is_prompt(&self.line)
    }

    pub(super) fn field(&self, number: u64) -> Result<Field<'_>, LdifError> {
        Field::of(&self.line, number).map_err(|error| match error {
            LdifError::NoColon { line } if self.lines.unterminated() => LdifError::CutLine { line },
            error => error,
        })
    }
}

/// The keyword of change records (RFC 2849) that an attribute of this name would be taken for.
pub(super) fn keyword(name: &str) -> Option<&'static str> {
    const KEYWORDS: [&str; 6] = ["changetype", "control", "add", "delete", "replace", "increment"];
    KEYWORDS.into_iter().find(|keyword| base_name(name).eq_ignore_ascii_case(keyword))
}

/// The error for a keyword of change records.
fn change(field: &Field<'_>, line: u64) -> Option<LdifError> {
    let keyword = keyword(field.name)?;
    Some(LdifError::ChangeFile { line, keyword: format!("{keyword}:") })
}

/// What one record has taken so far.
struct Budget {
    bytes: usize,
    values: usize,
    limits: Limits,
}

impl Budget {
    fn line(&mut self, bytes: usize, line: u64) -> Result<(), LdifError> {
        self.bytes = self.bytes.saturating_add(bytes);
        self.values += 1;
        if self.bytes > self.limits.record {
            return Err(LdifError::TooLong { line, what: "the record".into(), limit: self.limits.record });
        }
        if self.values > self.limits.values {
            return Err(LdifError::TooMany { line, what: "values", limit: self.limits.values });
        }
        Ok(())
    }

    fn attributes(&self, attributes: usize, line: u64) -> Result<(), LdifError> {
        if attributes > self.limits.attributes {
            return Err(LdifError::TooMany { line, what: "attributes", limit: self.limits.attributes });
        }
        Ok(())
    }
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;
