//! Where entries come from. Knows LDAP, nothing of Exchange.

pub mod dn;
pub mod entry;
pub mod filter;
pub mod ldapsearch;
pub mod ldif;
pub mod live;
pub mod source;
pub mod text;
