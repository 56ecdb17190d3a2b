//! LDIF content records (RFC 2849): read from a file or from standard input, and written.
//!
//! What ldapsearch writes without `-LLL` is read too; the result it ends with tells whether the search was cut.
//! A file is held in memory as it is, and no record may pass the [limits].

mod error;
mod field;
pub mod limits;
mod load;
mod parser;
mod records;
mod trailer;
mod writer;

pub use error::LdifError;
pub use load::{Loaded, load};
pub use records::{Record, entries};
pub use writer::{is_name, write_entry};
