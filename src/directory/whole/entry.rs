//! An entry that a directory holds: a view into its buffers.

use super::names::Name;
use super::provenance::Record;
use super::sets::NameSet;
use super::{Directory, Piece};
use crate::directory::dn::Dn;
use crate::directory::filter::Shows;
use crate::directory::text::text_of;

/// The number of an entry in one directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(pub(super) u32);

impl EntryId {
    /// The number, from 0 without gaps.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// An entry that a directory holds.
#[derive(Clone, Copy)]
pub struct EntryRef<'a> {
    pub(super) directory: &'a Directory,
    pub(super) id: EntryId,
}

impl<'a> EntryRef<'a> {
    /// Its number.
    pub fn id(self) -> EntryId {
        self.id
    }

    fn row(self) -> Option<&'a super::Row> {
        self.directory.rows.get(self.id.index())
    }

    /// Its name as it is written (RFC 4514).
    pub fn dn_text(self) -> &'a [u8] {
        self.row().map_or(&[], |row| self.directory.bytes(row.dn))
    }

    /// Its name.
    pub fn dn(self) -> Dn {
        Dn::parse_lossy(self.dn_text())
    }

    /// What tells its name from others (see [`Dn::number`]).
    pub fn number(self) -> u128 {
        self.row().map_or(0, |row| row.number)
    }

    /// Whether it shows `Is-Deleted` TRUE: it is what is left of a deleted object.
    pub fn is_deleted(self) -> bool {
        self.row().is_some_and(|row| row.deleted)
    }

    /// The records it was made of, one for each run that showed it.
    pub fn records(self) -> &'a [Record] {
        self.row().map_or(&[], |row| self.directory.records_of(row))
    }

    /// The file and the line of its first record, where it came from a file whose lines are known.
    pub fn place(self) -> Option<(&'a str, u64)> {
        let line = self.row().map(|row| row.line).filter(|line| *line > 0)?;
        let run = self.records().first().and_then(|record| self.directory.run(record.run))?;
        self.directory.source(run.source).map(|source| (source.location.as_str(), u64::from(line)))
    }

    /// The attributes that it shows, as a set.
    #[inline]
    pub fn shown(self) -> &'a NameSet {
        self.directory.set(self.row().map(|row| row.shown).unwrap_or_default())
    }

    /// The attributes of which several records hold different values.
    pub fn contradicted(self) -> &'a NameSet {
        self.directory.set(self.row().map(|row| row.contradicted).unwrap_or_default())
    }

    /// The attributes of which a change says all values: whoever asked for what, there are no others.
    pub fn told(self) -> &'a NameSet {
        self.directory.set(self.row().map(|row| row.told).unwrap_or_default())
    }

    /// Whether a change says all values of an attribute, by its name in any case.
    pub fn is_told(self, name: &str) -> bool {
        self.directory.name(name).is_some_and(|name| self.told().has(name))
    }

    /// Whether records of one name contradict each other in whether the object was deleted.
    pub fn is_life_contradicted(self) -> bool {
        self.row().is_some_and(|row| row.life_contradicted)
    }

    /// The values of an attribute, in the order they came.
    #[inline]
    pub fn held(self, name: Name) -> Held<'a> {
        let pieces = match self.row() {
            Some(row) if self.directory.set(row.shown).has(name) => self.directory.pieces_of(row),
            _ => &[],
        };
        Held { directory: self.directory, pieces, name }
    }

    /// The values of an attribute by its name, in any case.
    pub fn values(self, name: &str) -> Held<'a> {
        match self.directory.name(name) {
            Some(name) => self.held(name),
            None => Held { directory: self.directory, pieces: &[], name: Name::default() },
        }
    }

    /// The values as text (see [`text_of`]).
    pub fn texts(self, name: &str) -> impl Iterator<Item = String> + 'a {
        self.values(name).map(text_of)
    }

    /// The first value as text.
    pub fn text(self, name: &str) -> Option<String> {
        self.values(name).next().map(text_of)
    }

    /// Whether a Boolean attribute is true (see [`is_true`]). Absent is false.
    pub fn flag(self, name: &str) -> bool {
        self.values(name).any(is_true)
    }

    /// The names of the attributes that it shows, in the order they first came.
    pub fn names(self) -> Vec<Name> {
        let mut names: Vec<Name> = Vec::new();
        let mut known = NameSet::default();
        for piece in self.row().map_or(&[] as &[Piece], |row| self.directory.pieces_of(row)) {
            if !known.has(piece.name) {
                known.add(piece.name);
                names.push(piece.name);
            }
        }
        names
    }

    /// The same as they are spelled.
    pub fn attribute_names(self) -> Vec<&'a str> {
        self.names().into_iter().map(|name| self.directory.spelled(name)).collect()
    }
}

impl std::fmt::Debug for EntryRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("EntryRef").field(&self.dn()).finish()
    }
}

impl Shows for EntryRef<'_> {
    fn name(&self) -> Dn {
        self.dn()
    }

    fn values_of<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]> {
        self.values(name)
    }
}

/// Whether a value of a Boolean attribute says "true": `TRUE`, or in an Admin.exe export any number but 0.
pub fn is_true(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    value.eq_ignore_ascii_case(b"TRUE") || (is_number && digits.iter().any(|digit| *digit != b'0'))
}

/// The values of one attribute of an entry.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    directory: &'a Directory,
    pieces: &'a [Piece],
    name: Name,
}

impl<'a> Iterator for Held<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        while let Some((piece, rest)) = self.pieces.split_first() {
            self.pieces = rest;
            if piece.name == self.name {
                return Some(self.directory.bytes(piece.place()));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::is_true;

    #[test]
    fn a_boolean_is_true_in_each_form() {
        for (value, expected) in [
            ("TRUE", true),
            ("true", true),
            ("1", true),
            ("-1", true),
            ("65535", true),
            ("0", false),
            ("00", false),
            ("FALSE", false),
        ] {
            assert_eq!(is_true(value.as_bytes()), expected, "{value}");
        }
        assert!(!is_true(b"") && !is_true(b"-") && !is_true(b"1x"));
    }
}
