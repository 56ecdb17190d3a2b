//! LDIF content records (RFC 2849): read from a file or from standard input, and written.
//!
//! What ldapsearch writes without `-LLL` is read too; the result it ends with tells whether the search was cut.
//! The file is streamed: only one record is held at a time, and no record may pass the [limits].

mod ahead;
mod common;
mod error;
mod field;
mod forms;
pub mod limits;
mod lines;
mod names;
mod newlines;
mod places;
mod reader;
mod source;
mod trailer;
mod writer;

pub use error::LdifError;
pub use reader::{Reader, Record, entries};
pub use source::LdifSource;
pub use writer::{is_name, write_entry};
