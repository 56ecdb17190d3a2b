//! Reads LDIF text that is in memory: lines, unfolded, and the records they make (RFC 2849).
//!
//! Values stay where they are; only what is folded or written in base64 is decoded, to a buffer beside. One piece of a file can be
//! read by itself, from the start of a record to the end of one, so several threads read a large file.

mod changes;
mod lines;

use super::error::{LdifError, excerpt};
use super::field::Field;
use super::limits::Limits;
use super::trailer;
use crate::directory::dn::Dn;
use crate::directory::entry::{base_name, is_partial_range};
use crate::directory::whole::{Lot, LotEntry, Met, NameKind, NameSet, Piece, Place, SharedNames};
pub(super) use changes::changes;
use lines::Line;
use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::sync::PoisonError;

/// What stands in a file, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// The next entry of the lot.
    Entry,
    /// A comment that may say how the file came to be.
    Comment(Box<[u8]>),
    /// `version: 1`: another program run wrote what follows.
    Version,
    /// A search of ldapsearch ended: the result code, and what it and the server say. The cookie of a page that is not the last
    /// makes `more`.
    Result {
        /// 0 is success, 4 is size limit exceeded.
        code: u32,
        /// The text of the result.
        text: String,
        /// Whether the result announces another page.
        more: bool,
    },
    /// The server pointed elsewhere for a part of the tree: the URLs it gave.
    Reference(Vec<String>),
}

/// A piece of a file that was read.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    /// Its entries.
    pub(super) lot: Lot,
    /// What stands in it, each with its line.
    pub(super) items: Vec<(u64, Item)>,
    /// What is wrong with it, and where reading ended therefore.
    pub(super) error: Option<LdifError>,
    /// Whether the last line has no line end.
    pub(super) unterminated: bool,
    /// Whether the end of the piece, and not an empty line, ended the last entry.
    pub(super) ends_in_entry: bool,
}

/// Where a piece stands and what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piecewise {
    /// The byte at which it begins.
    pub(super) start: usize,
    /// The byte behind its end.
    pub(super) end: usize,
    /// The lines before it.
    pub(super) lines: u64,
    /// The number of the buffer that the text stands in.
    pub(super) buffer: u16,
    /// The number that the buffer of what is decoded will have.
    pub(super) decoded: u16,
}

/// Reads a piece of a text.
pub(super) fn parse(text: &[u8], piece: Piecewise, names: &SharedNames, limits: Limits) -> Parsed {
    let mut parser = Parser::of(text, piece, names, limits);
    if let Err(error) = parser.all() {
        parser.parsed.error = Some(error);
    }
    parser.parsed
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    /// Physical lines read so far.
    number: u64,
    /// The piece holds a carriage return or a NUL: each line is looked at more closely.
    is_odd: bool,
    piece: Piecewise,
    limits: Limits,
    names: &'a SharedNames,
    met: Met,
    shown: NameSet,
    partial: NameSet,
    parsed: Parsed,
}

impl<'a> Parser<'a> {
    /// To read this piece of a text.
    fn of(text: &'a [u8], piece: Piecewise, names: &'a SharedNames, limits: Limits) -> Self {
        let own = text.get(..piece.end).unwrap_or(text);
        let is_odd = own.get(piece.start..).is_some_and(|own| memchr2(0, b'\r', own).is_some());
        Self {
            text: own,
            at: piece.start,
            number: piece.lines,
            is_odd,
            piece,
            limits,
            names,
            met: Met::default(),
            shown: NameSet::default(),
            partial: NameSet::default(),
            parsed: Parsed::default(),
        }
    }

    fn all(&mut self) -> Result<(), LdifError> {
        while let Some(line) = self.line()? {
            if line.is_comment() {
                self.comment(&line);
                continue;
            }
            if line.separates() {
                continue;
            }
            let field = self.field(&line)?;
            if field.is("dn") {
                self.entry(&line)?;
            } else if field.is("search") {
                self.result(line.number)?;
            } else if field.is("ref") {
                self.reference(line)?;
            } else if field.is("version") {
                let version = field.value(64, false)?;
                if version.trim_ascii() != b"1" {
                    return Err(LdifError::Version { line: line.number, version: excerpt(&version) });
                }
                self.parsed.items.push((line.number, Item::Version));
            } else {
                return Err(
                    change(&field, line.number).unwrap_or_else(|| LdifError::NoDn { line: line.number, name: field.shown() })
                );
            }
        }
        Ok(())
    }

    fn comment(&mut self, line: &Line<'_>) {
        if trailer::tells(&line.text) {
            self.parsed.items.push((line.number, Item::Comment(line.text.as_ref().into())));
        }
    }

    /// Splits a line.
    fn field<'l>(&self, line: &'l Line<'_>) -> Result<Field<'l>, LdifError> {
        Field::of(&line.text, line.number).map_err(|error| match error {
            LdifError::NoColon { line } if self.parsed.unterminated && self.is_last() => LdifError::CutLine { line },
            error => error,
        })
    }

    fn is_last(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Reads the entry that begins with this line.
    fn entry(&mut self, first: &Line<'a>) -> Result<(), LdifError> {
        let (dn, number) = self.dn(first)?;
        // comments within it are of what follows: exports that were joined without an empty line between them
        let place = self.parsed.items.len();
        let start = self.parsed.lot.pieces.len() as u32;
        self.shown.clear();
        self.partial.clear();
        self.met.begin();
        let (mut bytes, mut values, mut attributes) = (first.text.len(), 0_usize, 0_usize);
        let mut whole = false;
        self.parsed.ends_in_entry = true;
        while let Some(line) = self.line()? {
            if line.text.is_empty() {
                self.parsed.ends_in_entry = false;
                break;
            }
            if line.is_comment() {
                self.comment(&line);
                continue;
            }
            bytes = bytes.saturating_add(line.text.len());
            values += 1;
            self.budget(bytes, values, line.number)?;
            let colon = memchr(b':', &line.text);
            let written = colon.and_then(|colon| line.text.get(..colon)).unwrap_or_default();
            let names = self.names;
            match self.met.next(written, |written| kind(written, names)) {
                NameKind::Attribute { name, partial } => {
                    if !self.shown.has(name) {
                        attributes += 1;
                        if attributes > self.limits.attributes {
                            let limit = self.limits.attributes;
                            return Err(LdifError::TooMany { line: line.number, what: "attributes", limit });
                        }
                    }
                    let Place { buffer, start, length } = self.value(&line, written.len(), self.limits.value)?;
                    // a value of no length is none
                    if length > 0 {
                        self.shown.add(name);
                        if partial {
                            self.partial.add(name);
                        }
                        self.parsed.lot.pieces.push(Piece { name, buffer, start, length });
                    }
                }
                NameKind::TooMany => {
                    return Err(LdifError::TooMany {
                        line: line.number,
                        what: "different attributes with those before",
                        limit: 1 << 14,
                    });
                }
                NameKind::Word | NameKind::Malformed => {
                    // ldifde exports each entry as one to be added: its attributes follow, all of them
                    let may_be_whole = !whole && attributes == 0;
                    whole = self.word(&line, may_be_whole)?;
                }
            }
        }
        let lot = &mut self.parsed.lot;
        let end = lot.pieces.len() as u32;
        let (shown, partial) = (lot.sets.note(&self.shown), lot.sets.note(&self.partial));
        lot.entries.push(LotEntry { dn, number, pieces: start..end, shown, partial });
        self.parsed.items.insert(place, (first.number, Item::Entry));
        Ok(())
    }

    /// A line of an entry that is no attribute; whether it says that an entry to be added follows.
    fn word(&self, line: &Line<'_>, may_be_whole: bool) -> Result<bool, LdifError> {
        if *line.text == *b"-" {
            return Err(LdifError::ChangeFile { line: line.number, keyword: "-".into() });
        }
        let field = self.field(line)?;
        if base_name(field.name).eq_ignore_ascii_case("dn") {
            return Err(LdifError::SecondDn { line: line.number });
        }
        let is_add = |value: Vec<u8>| value.trim_ascii().eq_ignore_ascii_case(b"add");
        if may_be_whole && field.is("changetype") && field.value(64, false).is_ok_and(is_add) {
            return Ok(true);
        }
        Err(change(&field, line.number).unwrap_or(LdifError::NoColon { line: line.number }))
    }

    fn budget(&self, bytes: usize, values: usize, line: u64) -> Result<(), LdifError> {
        if bytes > self.limits.record {
            return Err(LdifError::TooLong { line, what: "the record".into(), limit: self.limits.record });
        }
        if values > self.limits.values {
            return Err(LdifError::TooMany { line, what: "values", limit: self.limits.values });
        }
        Ok(())
    }

    /// Where the value of a line stands whose name takes so many bytes.
    #[inline]
    fn value(&mut self, line: &Line<'_>, name: usize, limit: usize) -> Result<Place, LdifError> {
        let behind = line.text.get(name + 1..).unwrap_or_default();
        if !matches!(behind.first(), Some(b':' | b'<')) && matches!(line.text, Cow::Borrowed(_)) {
            let blanks = behind.iter().take_while(|byte| **byte == b' ').count();
            let length = behind.len() - blanks;
            if length <= limit {
                let start = line.start + name + 1 + blanks;
                return Ok(Place { buffer: self.piece.buffer, start: start as u32, length: length as u32 });
            }
        }
        let at_end = self.parsed.unterminated && self.is_last();
        let value = self.field(line)?.value(limit, at_end)?;
        Ok(self.decoded(&value))
    }

    /// Keeps a value that does not stand in the text as it is.
    fn decoded(&mut self, value: &[u8]) -> Place {
        let decoded = &mut self.parsed.lot.decoded;
        let start = decoded.len() as u32;
        decoded.extend_from_slice(value);
        Place { buffer: self.piece.decoded, start, length: value.len() as u32 }
    }

    /// The name of an entry, and its number.
    fn dn(&mut self, line: &Line<'_>) -> Result<(Place, u128), LdifError> {
        let limit = self.limits.value;
        let written = memchr(b':', &line.text).unwrap_or_default();
        let place = self.value(line, written, limit)?;
        let (bound, number) = (self.limits.dn, line.number);
        if place.length as usize > bound {
            return Err(LdifError::TooLong { line: number, what: "the dn".into(), limit: bound });
        }
        let buffer = if place.buffer == self.piece.decoded { self.parsed.lot.decoded.as_slice() } else { self.text };
        let text = buffer.get(place.start as usize..place.start as usize + place.length as usize).unwrap_or_default();
        let dn = Dn::parse(text).map_err(|source| LdifError::BadDn { line: number, source })?;
        Ok((place, dn.number()))
    }

    /// Reads the continuation references of a block: `ref: ldap://...`, one or several.
    fn reference(&mut self, first: Line<'a>) -> Result<(), LdifError> {
        let (mut urls, mut bytes, begins) = (Vec::new(), 0_usize, first.number);
        let mut next = Some(first);
        while let Some(line) = next.filter(|line| !line.separates()) {
            bytes = bytes.saturating_add(line.text.len());
            self.budget(bytes, urls.len() + 1, line.number)?;
            let field = self.field(&line)?;
            if field.is("ref") {
                let url = field.value(self.limits.value, self.parsed.unterminated && self.is_last())?;
                urls.push(String::from_utf8_lossy(&url).into_owned());
            } else if !field.is("control") {
                return Err(LdifError::NoDn { line: begins, name: "ref".into() });
            }
            next = self.advance()?;
        }
        self.parsed.items.push((begins, Item::Reference(urls)));
        Ok(())
    }

    /// Reads the block that starts with `search:`. What a server says may hold line breaks, and ldapsearch writes it as
    /// it is, so lines that are not understood are passed over.
    fn result(&mut self, first: u64) -> Result<(), LdifError> {
        let mut ended: Option<(u32, String)> = None;
        let mut more = false;
        // the header of the next page follows without an empty line: it stands behind the result, not before it
        let place = self.parsed.items.len();
        while let Some(line) = self.advance()? {
            if line.separates() {
                break;
            }
            let Ok(field) = self.field(&line) else { continue };
            if field.is("dn") {
                return Err(LdifError::SecondDn { line: line.number });
            } else if field.is("result") {
                let value = field.value(self.limits.value, false)?;
                ended = Some(trailer::result(&value).ok_or(LdifError::NoResult { line: line.number })?);
            } else if field.is("text") {
                let said = excerpt(&field.value(self.limits.value, false)?);
                if let Some((_, text)) = ended.as_mut().filter(|(_, text)| text.len() < 500) {
                    text.push_str(": ");
                    text.push_str(said.trim());
                }
            } else if field.is("pagedresults") {
                more = trailer::has_cookie(&field.value(self.limits.value, false)?);
            }
        }
        let (code, text) = ended.ok_or(LdifError::NoResult { line: first })?;
        self.parsed.items.insert(place, (first, Item::Result { code, text, more }));
        Ok(())
    }
}

/// What the text before the colon of a line is.
fn kind(written: &[u8], names: &SharedNames) -> NameKind {
    let text = std::str::from_utf8(written).ok().filter(|name| name.bytes().all(|byte| byte.is_ascii_graphic()));
    let Some(description) = text else { return NameKind::Malformed };
    let base = base_name(description);
    if base.is_empty() {
        return NameKind::Malformed;
    }
    if base.eq_ignore_ascii_case("dn") || keyword(base).is_some() {
        return NameKind::Word;
    }
    let noted = names.lock().unwrap_or_else(PoisonError::into_inner).note_in_any_order(base);
    noted.map_or(NameKind::TooMany, |name| NameKind::Attribute { name, partial: is_partial_range(description) })
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
