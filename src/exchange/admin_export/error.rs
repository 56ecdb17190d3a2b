//! What can be wrong with a table as an export of a directory.

use super::columns::VALUES;
use crate::directory::csv::CsvError;
use crate::directory::encoding::NotText;

/// Why a table, or a row of one, is no export of a directory. Lines are physical lines, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Bytes that are no text in this encoding.
    #[error("{0}; name another encoding with --encoding")]
    NotText(NotText),
    /// What is wrong with it as a table.
    #[error(transparent)]
    Table(#[from] CsvError),
    /// There is a header, and nothing else.
    #[error("it contains a header and no objects; was the export written?")]
    Empty,
    /// No column is one that Exchange has.
    #[error(
        "line {line}: not an Exchange export: it has no Exchange column (found: {names}); if the columns are separated by \
         something other than ',', ';' or a tab, say --columns"
    )]
    Foreign {
        /// The line of the header.
        line: u64,
        /// The first of its columns.
        names: String,
    },
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
    /// The container of the object of a row is not known.
    #[error("line {line}: the object has no name that can be read: {help}, or export with Obj-Dist-Name in the header")]
    Nowhere {
        /// Where it is.
        line: u64,
        /// What tells it.
        help: &'static str,
    },
    /// A row with more values than are read.
    #[error("line {line}: the row holds more than {VALUES} values, more than are read")]
    TooMany {
        /// Where it is.
        line: u64,
    },
    /// A row that an import is to act on.
    #[error("line {line}: the row belongs to an import file (Mode {mode:?}), not an export")]
    Import {
        /// Where it is.
        line: u64,
        /// What is to be done.
        mode: String,
    },
}
