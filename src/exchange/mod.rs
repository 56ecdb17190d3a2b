//! What entries mean. Knows Exchange, nothing of checks.

pub mod address;
pub mod address_space;
pub mod admin_export;
pub mod admin_import;
pub mod chart;
pub mod class;
pub mod collect;
pub mod confidence;
pub mod declaration;
pub mod dependents;
pub mod discover;
pub mod export;
pub mod extension_data;
pub mod facts;
#[cfg(test)]
pub(crate) mod fake;
pub mod faults;
pub mod file_version;
pub mod identify;
pub mod ims;
pub mod naming;
pub mod plan;
pub mod pointer;
pub mod probe;
pub mod questions;
pub mod reason;
pub mod reference;
pub mod rehearse;
pub mod release;
pub mod requests;
pub mod schema;
pub mod selection;
pub mod version;
pub mod wanted;
pub mod x400;
