//! Directory exports of the Administrator program (Admin.exe), and what else has their columns, such as the `Imcobj.csv`
//! of Imcsave (Q195804): what the columns mean. Each row becomes an entry under LDAP names, as a server would show it.
//!
//! From bytes to entries: [`Table::read`] turns the bytes into text and understands the header, so [`Table::asked`] is known before
//! any row is read, and [`Table::entries`] hands out an [`Entry`] a row.
//!
//! Friendly names (`Alias Name`) and those of raw mode (`Mail-nickname`) are read, in any case (Q153028, Q239639, Q146304).

mod class;
mod column;
mod columns;
mod error;
mod import;
mod place;
mod separators;
mod source;
mod table;
mod value;

pub use column::{columns_of, header};
pub use error::ExportError;
pub use import::{Asks, Cell, ImportError, ImportRow, Imported, Mode};
pub use separators::{other_separator, separators};
pub use table::{CsvOptions, Entries, Table};

use crate::directory::entry::Entry;

/// Reads a table to its end or its first error, for a fuzzer: every byte a file may hold goes this way.
pub fn read_bytes(bytes: &[u8]) -> Vec<Entry> {
    let table = Table::read(bytes.to_vec(), &CsvOptions::default());
    table.map(|table| table.entries().filter_map(Result::ok).collect()).unwrap_or_default()
}
