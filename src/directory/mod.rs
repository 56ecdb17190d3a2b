//! Where entries come from. Knows LDAP, nothing of Exchange.

pub mod asked;
pub mod bounded;
pub mod change;
pub mod csv;
pub mod dn;
pub mod encoding;
pub mod entry;
pub mod filter;
pub mod input;
pub mod ldapsearch;
pub mod ldif;
pub mod live;
pub mod record;
pub mod result_code;
pub mod source;
pub mod text;
pub mod whole;
