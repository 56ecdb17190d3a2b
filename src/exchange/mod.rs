//! What entries mean. Knows Exchange, nothing of checks.

pub mod address;
pub mod address_space;
pub mod admin_export;
mod bound;
pub mod class;
pub mod collect;
pub mod confidence;
pub mod declaration;
pub mod discover;
pub mod export;
pub mod extension_data;
#[cfg(test)]
pub(crate) mod fake;
pub mod faults;
pub mod file_version;
pub mod ims;
mod joined;
pub mod naming;
mod noticed;
pub mod organization;
pub mod plan;
pub mod pointer;
pub mod probe;
pub mod reason;
pub mod reference;
pub mod release;
pub mod requests;
pub mod schema;
pub mod selection;
pub mod shapes;
pub mod sweep;
pub mod version;
pub mod visibility;
pub mod wanted;
pub mod x400;
