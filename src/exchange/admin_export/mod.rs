//! Directory exports of the Administrator program (Admin.exe), and what else has their columns, such as the `Imcobj.csv`
//! of Imcsave (Q195804): what the columns mean. Each row becomes an entry under LDAP names, as a server would show it.
//!
//! Friendly names (`Alias Name`) and those of raw mode (`Mail-nickname`) are read, in any case (Q153028, Q239639, Q146304).

mod class;
mod column;
mod columns;
mod source;
mod value;

pub use column::columns_of;
pub use columns::{Columns, ExportError};
pub use source::{CsvOptions, CsvSource};

use crate::directory::csv::{self, Encoding};
use crate::directory::entry::Entry;

/// Reads a table to its end or its first error, for a fuzzer: every byte a file may hold goes this way.
pub fn read_bytes(bytes: &[u8]) -> Vec<Entry> {
    let Ok(encoding) = Encoding::detect(&mut &*bytes) else { return Vec::new() };
    let separators = csv::Separators::default();
    let mut rows = csv::rows(bytes, encoding, separators).map_while(Result::ok);
    let Some(Ok(columns)) = rows.next().map(|header| Columns::of(&header, separators.values, None)) else { return Vec::new() };
    rows.filter_map(|row| columns.entry(&row).ok()).collect()
}
