//! What entries mean. Knows Exchange, nothing of checks.

pub mod address;
mod bound;
pub mod class;
pub mod collect;
pub mod declaration;
pub mod discover;
pub mod extension_data;
#[cfg(test)]
mod fake;
pub mod ims;
pub mod naming;
pub mod organization;
pub mod pointer;
pub mod reference;
pub mod requests;
pub mod schema;
pub mod visibility;
