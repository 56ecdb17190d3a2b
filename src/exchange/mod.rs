//! What entries mean. Knows Exchange, nothing of checks.

pub mod address;
pub mod admin_export;
pub mod class;
pub mod collect;
pub mod declaration;
pub mod discover;
pub mod export;
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
