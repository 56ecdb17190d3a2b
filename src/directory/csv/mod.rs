//! Tables of text: a header line, then a row an object. What the columns mean is not known here.
//!
//! The text is held in memory; of the rows only one is at a time, and no row may pass its bounds.

mod error;
mod rows;
mod separators;
mod values;

pub use super::encoding::{Encoding, EncodingError};
pub use error::CsvError;
pub use rows::{Row, Rows, rows};
pub use separators::{Separators, SeparatorsError};
pub use values::{split, unescape};
