//! The columns of a table together: from a row to an entry.

use super::column::{Addresses, Column};
use super::{class, value};
use crate::directory::asked::Asked;
use crate::directory::csv::{Row, split, unescape};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::directory::entry::Entry;
use crate::exchange::naming;

/// The most values an object may have; more belong to no object of a directory.
const VALUES: usize = 1_000_000;

/// What is wrong with a table as an export of a directory.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The header names no column that names an object.
    #[error(
        "line {line}: no column names the objects; export with Obj-Dist-Name in the header, or with Obj-Container and Directory Name"
    )]
    NoName {
        /// The line of the header.
        line: u64,
    },
    /// A row has more fields than the header.
    #[error("line {line}: the row has {fields} fields and the header {columns}; a quotation mark or a separator is wrong here")]
    Wide {
        /// Where it is.
        line: u64,
        /// Its fields.
        fields: usize,
        /// Those of the header.
        columns: usize,
    },
    /// The object of a row cannot be named.
    #[error("line {line}: the object has no name that can be read; export with Obj-Dist-Name in the header")]
    Unnamed {
        /// Where it is.
        line: u64,
    },
    /// A row with more values than are read.
    #[error("line {line}: the row holds more than {VALUES} values, more than are read")]
    TooMany {
        /// Where it is.
        line: u64,
    },
    /// A row that an import is to act on.
    #[error("line {line}: the row is one for an import (Mode {mode:?}), not of an export")]
    Import {
        /// Where it is.
        line: u64,
        /// What is to be done.
        mode: String,
    },
}

/// The columns of one table.
#[derive(Debug, Clone)]
pub struct Columns {
    columns: Vec<Option<Column>>,
    separator: char,
    /// The site that relative names are in, if it is known.
    site: Option<Dn>,
    asked: Asked,
}

impl Columns {
    /// Reads the header. `site` is where a container stands that is named without its site.
    ///
    /// # Errors
    /// [`ExportError::NoName`] if its columns cannot name an object.
    pub fn of(header: &Row, separator: char, site: Option<Dn>) -> Result<Self, ExportError> {
        let columns: Vec<Option<Column>> = header.fields.iter().map(|field| Column::of(field)).collect();
        let has = |wanted: &Column| columns.iter().flatten().any(|column| column == wanted);
        let is_named = has(&Column::Name) || (has(&Column::Container) && has(&Column::DirectoryName));
        if !is_named {
            return Err(ExportError::NoName { line: header.line });
        }
        let asked = asked_by(&columns);
        Ok(Self { columns, separator, site, asked })
    }

    /// The attributes that the columns ask for.
    pub fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What a row is known to show that a line break may have cut: its last field may go on elsewhere. None for a whole one.
    pub fn shown_by_cut(&self, row: &Row) -> Option<Asked> {
        (row.fields.len() < self.columns.len())
            .then(|| asked_by(self.columns.get(..row.fields.len().saturating_sub(1)).unwrap_or_default()))
    }

    /// The entry that a row describes. A row may be shorter than the header: what it lacks is empty.
    ///
    /// # Errors
    /// [`ExportError`] with the line.
    pub fn entry(&self, row: &Row) -> Result<Entry, ExportError> {
        let line = row.line;
        if row.fields.len() > self.columns.len() {
            return Err(ExportError::Wide { line, fields: row.fields.len(), columns: self.columns.len() });
        }
        let mut entry = Entry::new(self.name(row).ok_or(ExportError::Unnamed { line })?);
        let mut count = 0;
        for (column, field) in self.columns.iter().zip(&row.fields) {
            let Some(column) = column.as_ref().filter(|_| !field.is_empty()) else { continue };
            for (name, value) in self.values(column, field) {
                count += 1;
                if count > VALUES {
                    return Err(ExportError::TooMany { line });
                }
                entry.add(&name, value);
            }
            if *column == Column::Mode && !["create", "modify", "update"].contains(&field.trim().to_ascii_lowercase().as_str()) {
                return Err(ExportError::Import { line, mode: field.chars().take(40).collect() });
            }
        }
        entry.was_asked_for(self.asked.clone());
        Ok(entry)
    }

    fn values(&self, column: &Column, field: &str) -> Vec<(String, Vec<u8>)> {
        let several = || split(field, self.separator);
        match column {
            Column::Mode | Column::Name | Column::Container => Vec::new(),
            Column::Class => {
                several().iter().filter_map(|word| Some(("objectClass".into(), class::known(word)?.into_bytes()))).collect()
            }
            Column::DirectoryName => vec![("rdn".into(), unescape(field, self.separator).into_bytes())],
            Column::Addresses(_) => several()
                .iter()
                .flat_map(|text| value::address(text))
                .map(|(name, value)| (name.to_owned(), value.into_bytes()))
                .collect(),
            Column::Attribute { name, syntax, multi: true } => {
                several().iter().map(|text| (name.clone(), value::of(text, *syntax))).collect()
            }
            Column::Attribute { name, syntax, multi: false } => {
                vec![(name.clone(), value::of(&unescape(field, self.separator), *syntax))]
            }
        }
    }

    /// The name of the object: whole, or its container and its name in there.
    fn name(&self, row: &Row) -> Option<Dn> {
        let field = |wanted: &Column| {
            let at = self.columns.iter().position(|column| column.as_ref() == Some(wanted))?;
            row.fields.get(at).map(|field| unescape(field, self.separator)).filter(|field| !field.trim().is_empty())
        };
        if let Some(name) = field(&Column::Name) {
            return naming::from_either(name.trim());
        }
        let container = self.container(field(&Column::Container)?.trim())?;
        let leaf = Rdn(vec![Ava::new("cn", field(&Column::DirectoryName)?)]);
        Some(Dn::new(std::iter::once(leaf).chain(container.rdns().iter().cloned()).collect()))
    }

    /// A container is named whole, or below its site: `Recipients/cn=marketing` (Exchange 5.5 Books Online, xmt02025).
    fn container(&self, text: &str) -> Option<Dn> {
        naming::from_either(text).filter(|dn| naming::site_of(dn).is_some()).or_else(|| {
            let site = naming::to_legacy(self.site.as_ref()?);
            let start = if text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("cn=")) { "" } else { "cn=" };
            naming::from_legacy(&format!("{site}/{start}{text}"))
        })
    }
}

/// The attributes that these columns ask for.
fn asked_by(columns: &[Option<Column>]) -> Asked {
    let has = |wanted: Addresses| columns.iter().flatten().any(|column| *column == Column::Addresses(wanted));
    let mut names: Vec<&str> = columns.iter().flatten().flat_map(Column::asks_for).collect();
    if has(Addresses::Primary) && has(Addresses::Secondary) {
        names.extend(["otherMailbox", "Proxy-Addresses"]);
    }
    Asked::of(names)
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
