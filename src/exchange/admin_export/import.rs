//! A table that the Administrator program is to import (Directory Import): what each row asks for.
//!
//! `Mode` says Create, Modify, Update or Delete, and Update where nothing is said (Q146304). An empty cell asks for nothing. `~DEL`
//! clears an attribute (Q152854) of an object that exists (Q184532), and `~DEL<value>` takes one value away (Q184536), of addresses all of
//! a type (`~DEL<X400:>`, Q290091); nothing else may stand beside them in the cell.

use super::column::Column;
use super::columns::Columns;
use super::error::ExportError;
use super::place::Place;
use super::separators;
use crate::directory::csv::{Separators, rows, split};
use crate::directory::dn::Dn;
use crate::directory::encoding::Encoding;

/// What a row is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Create the object.
    Create,
    /// Modify it.
    Modify,
    /// Modify it, or create it if it is not there.
    Update,
    /// Delete it.
    Delete,
}

/// A row of a table to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportRow {
    /// The line that it begins on.
    pub line: u64,
    /// The object.
    pub dn: Dn,
    /// What is to be done with it.
    pub mode: Mode,
    /// What its cells ask for.
    pub cells: Vec<Cell>,
}

/// What a cell of a table to import asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The attribute, by LDAP name; `Proxy-Addresses` for addresses of whatever column.
    pub attribute: String,
    /// Whether it may hold several.
    pub multi: bool,
    /// What is asked.
    pub asks: Asks,
}

/// What is to become of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// It gets these values.
    Gives(Vec<Vec<u8>>),
    /// It is cleared. Of addresses, the primaries or the others: as the column holds them.
    Clears {
        /// Whether only addresses that are no primaries go.
        secondary: bool,
    },
    /// These values go.
    Takes(Vec<Vec<u8>>),
}

/// Why a table cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It is none, or a row names no object.
    #[error(transparent)]
    Table(#[from] ExportError),
    /// A column in a place that is another's.
    #[error("line 1: an import needs Obj-Class in the first column, and Mode in the second if there is one (Q146304, Q184532)")]
    Order,
    /// A mode that is none.
    #[error("line {line}: Mode is Create, Modify, Update or Delete (Q146304), not {mode:?}")]
    Mode {
        /// Where it is.
        line: u64,
        /// What stands there.
        mode: String,
    },
    /// `~DEL` beside other values.
    #[error("line {line}: ~DEL must be alone in its cell; only ~DEL<value> may be beside others of its kind (Q184532)")]
    Mixed {
        /// Where it is.
        line: u64,
    },
    /// `~DEL` as the name of an object.
    #[error("line {line}: ~DEL in a column that names the object makes another object of that name (Q176741): leave it out")]
    Name {
        /// Where it is.
        line: u64,
    },
    /// A keyword that no document explains.
    #[error("line {line}: {word:?} is not a keyword that the articles document; those are ~DEL and ~DEL<value>")]
    Keyword {
        /// Where it is.
        line: u64,
        /// The start of it.
        word: String,
    },
}

/// A table to import.
#[derive(Debug)]
pub struct Imported {
    text: String,
    separators: Separators,
    /// The file, for messages.
    name: String,
    attributes: Vec<String>,
    unknown: Vec<String>,
}

impl Imported {
    /// Reads the bytes of a file that is called `name`.
    ///
    /// # Errors
    /// [`ExportError`] if it is no table of a directory.
    pub fn read(bytes: Vec<u8>, name: &str) -> Result<Self, ExportError> {
        let encoding = Encoding::detect(&bytes);
        let text = encoding.decode(bytes).map_err(ExportError::NotText)?;
        let separators = separators::separators(&text, None).unwrap_or_default();
        let mut table = Self { text, separators, name: name.to_owned(), attributes: Vec::new(), unknown: Vec::new() };
        let columns = table.columns(Place::default())?;
        (table.attributes, table.unknown) = (columns.asked_for(), columns.unknown());
        Ok(table)
    }

    /// The columns that the published schema does not know: an import refuses those that the directory's does not (Q184532).
    pub fn unknown(&self) -> &[String] {
        &self.unknown
    }

    /// The attributes that its columns are about.
    pub fn attributes(&self) -> Vec<String> {
        self.attributes.clone()
    }

    /// The file.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn columns(&self, place: Place) -> Result<Columns, ExportError> {
        let header = rows(&self.text, self.separators).next().ok_or(ExportError::Empty)??;
        Columns::of(&header, self.separators.values, place)
    }

    /// What its rows ask for; containers that are not named whole stand in this site or organization.
    ///
    /// # Errors
    /// [`ImportError`] with the line.
    pub fn rows(&self, base: &Dn) -> Result<Vec<ImportRow>, ImportError> {
        let columns = self.columns(Place::of(base))?;
        if !columns.are_in_order() {
            return Err(ImportError::Order);
        }
        rows(&self.text, self.separators).skip(1).map(|row| self.row(&columns, &row.map_err(ExportError::from)?)).collect()
    }

    fn row(&self, columns: &Columns, row: &crate::directory::csv::Row) -> Result<ImportRow, ImportError> {
        let line = row.line;
        let dn = columns.name_of(row)?;
        let place = Place::of(&dn);
        let (mut mode, mut cells) = (Mode::Update, Vec::new());
        for (column, field) in columns.cells(row) {
            let word = field.trim();
            match column {
                Column::Mode => {
                    let modes =
                        [("create", Mode::Create), ("modify", Mode::Modify), ("update", Mode::Update), ("delete", Mode::Delete)];
                    let known = modes.into_iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
                    mode = known
                        .map(|(_, mode)| mode)
                        .ok_or_else(|| ImportError::Mode { line, mode: word.chars().take(40).collect() })?;
                }
                Column::Name | Column::Container | Column::DirectoryName | Column::Class if word.starts_with('~') => {
                    return Err(ImportError::Name { line });
                }
                Column::Name | Column::Container => {}
                _ => cells.extend(self.cell(columns, column, field, row, &place)?),
            }
        }
        Ok(ImportRow { line, dn, mode, cells })
    }

    fn cell(
        &self,
        columns: &Columns,
        column: &Column,
        field: &str,
        row: &crate::directory::csv::Row,
        place: &Place,
    ) -> Result<Vec<Cell>, ImportError> {
        let line = row.line;
        let is_keyword = |part: &str| part.trim_start().starts_with('~');
        if !split(field, self.separators.values).any(|part| is_keyword(&part)) {
            let mut cells: Vec<Cell> = Vec::new();
            for (attribute, value) in columns.values_in(column, field, row, place) {
                match cells.iter_mut().find(|cell| cell.attribute == attribute) {
                    Some(Cell { asks: Asks::Gives(values), .. }) => values.push(value),
                    _ => cells.push(Cell { multi: column.is_multi(), attribute, asks: Asks::Gives(vec![value]) }),
                }
            }
            return Ok(cells);
        }
        let parts: Vec<String> = split(field, self.separators.values).map(|part| part.trim().to_owned()).collect();
        let (mut taken, mut clears) = (Vec::new(), false);
        for part in &parts {
            let rest = part.get(..4).filter(|word| word.eq_ignore_ascii_case("~DEL")).and_then(|_| part.get(4..));
            match rest {
                Some("") => clears = true,
                Some(rest) => match rest.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) {
                    Some(value) => taken.push(value.to_owned()),
                    None => return Err(ImportError::Keyword { line, word: part.chars().take(40).collect() }),
                },
                None if is_keyword(part) => return Err(ImportError::Keyword { line, word: part.chars().take(40).collect() }),
                None => return Err(ImportError::Mixed { line }),
            }
        }
        let (attribute, multi) = (column.written_to(columns.is_list(row)), column.is_multi());
        let secondary = column.holds_secondary();
        match (clears, taken.is_empty()) {
            (true, true) if parts.len() == 1 => Ok(vec![Cell { attribute, multi, asks: Asks::Clears { secondary } }]),
            (true, _) => Err(ImportError::Mixed { line }),
            (false, _) => {
                let values = taken.iter().map(|text| column.value(text, place)).collect();
                Ok(vec![Cell { attribute, multi, asks: Asks::Takes(values) }])
            }
        }
    }
}
