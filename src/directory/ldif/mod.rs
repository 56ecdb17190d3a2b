//! LDIF (RFC 2849): content records are read from a file or from standard input, and written; change records too.
//!
//! What ldapsearch writes without `-LLL` is read too; the result it ends with tells whether the search was cut.
//! A file is held in memory as it is, and no record may pass the [limits].

mod change_writer;
mod error;
mod field;
pub mod limits;
mod load;
mod parser;
mod records;
mod trailer;
mod writer;

pub use change_writer::{write_change, write_comment};
pub use error::LdifError;
pub use load::{Loaded, load};
pub use records::{Record, entries};
pub use writer::{is_name, write_entry};

use super::change::Change;

/// Reads the change records of a text; `name` is its file's, for messages.
///
/// # Errors
/// [`LdifError`] at the first thing that is wrong: a half of a change is none.
pub fn changes(text: &[u8], name: &str) -> Result<Vec<Change>, LdifError> {
    parser::changes(text, name, limits::Limits::default())
}
