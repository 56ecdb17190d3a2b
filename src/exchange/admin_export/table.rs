//! A table that was read: its header is understood, and its rows become entries one after the other.

use super::columns::Columns;
use super::error::ExportError;
use super::place::Place;
use super::separators;
use crate::directory::asked::Asked;
use crate::directory::csv::{Rows, Separators, rows};
use crate::directory::dn::Dn;
use crate::directory::encoding::Encoding;
use crate::directory::entry::Entry;
use crate::exchange::class::name_classes;
use std::iter::Skip;

/// How a table is read.
#[derive(Debug, Clone, Default)]
pub struct CsvOptions {
    /// Its encoding; told from the bytes if none is given.
    pub encoding: Option<Encoding>,
    /// Its separators; told from the header if none are given.
    pub separators: Option<Separators>,
    /// Where the audit starts: the site, or the organization, that containers are in which are named without theirs.
    pub base: Option<Dn>,
}

/// A table of a directory.
#[derive(Debug)]
pub struct Table {
    text: String,
    separators: Separators,
    columns: Columns,
}

impl Table {
    /// Reads the bytes of a file: what they say as text, and what the header says.
    ///
    /// # Errors
    /// [`ExportError`] if that is no export of a directory, or not one row of it is.
    pub fn read(bytes: Vec<u8>, options: &CsvOptions) -> Result<Self, ExportError> {
        let encoding = options.encoding.unwrap_or_else(|| Encoding::detect(&bytes));
        let text = encoding.decode(bytes).map_err(ExportError::NotText)?;
        let separators = separators::separators(&text, options.separators).or(options.separators).unwrap_or_default();
        let mut all = rows(&text, separators);
        let header = all.next().ok_or(ExportError::Empty)??;
        let place = options.base.as_ref().map(Place::of).unwrap_or_default();
        let mut columns = Columns::of(&header, separators.values, place)?;
        if columns.lacks_organization() {
            let organization = only_organization(&columns, all);
            columns = columns.within(organization);
        }
        let table = Self { text, separators, columns };
        let mut first = None;
        for entry in table.entries() {
            match entry {
                Ok(_) => return Ok(table),
                Err(error) => _ = first.get_or_insert(error),
            }
        }
        Err(first.unwrap_or(ExportError::Empty))
    }

    /// The attributes that the columns ask for.
    pub fn asked(&self) -> &Asked {
        self.columns.asked()
    }

    /// The entries, one for each row, each with what was asked for; or what is wrong with a row. What follows that is read all the
    /// same, as far as it can be.
    pub fn entries(&self) -> Entries<'_> {
        Entries { rows: rows(&self.text, self.separators).skip(1), columns: &self.columns, waiting: None, next: None }
    }
}

/// The organization that the rows name; none if they name none, or several. A directory has one (reference A).
fn only_organization(columns: &Columns, rows: Rows<'_>) -> Option<String> {
    let mut named = rows.filter_map(|row| columns.organization_in(&row.ok()?));
    let first = named.next()?;
    named.all(|other| other.eq_ignore_ascii_case(&first)).then_some(first)
}

/// The entries of a table.
#[derive(Debug)]
pub struct Entries<'a> {
    rows: Skip<Rows<'a>>,
    columns: &'a Columns,
    /// The entry of a row with fewer fields than the header, and how many it has: the next row may continue it, so it waits for
    /// that.
    waiting: Option<(Entry, usize)>,
    /// What comes behind the one that was handed out.
    next: Option<Result<Entry, ExportError>>,
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, ExportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.next.take() {
                return Some(next);
            }
            let Some(row) = self.rows.next() else { return self.waiting.take().map(|(entry, _)| Ok(entry)) };
            let before = self.waiting.take();
            match row.map_err(ExportError::from).and_then(|row| Ok((self.columns.entry(&row)?, row))) {
                Ok((mut entry, row)) => {
                    name_classes(&mut entry);
                    match self.columns.are_filled_by(&row) {
                        true => self.next = Some(Ok(entry)),
                        false => self.waiting = Some((entry, row.fields.len())),
                    }
                    if let Some((before, _)) = before {
                        return Some(Ok(before));
                    }
                }
                Err(error) => {
                    self.next = Some(Err(error));
                    if let Some((mut before, fields)) = before {
                        before.was_asked_for(self.columns.shown_by_cut(fields));
                        return Some(Ok(before));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "table_tests.rs"]
mod tests;
