//! An LDAP server that behaves as the published documents say Exchange 5.5 does, with a demo organization.
//!
//! It was written from documents, never compared with a live Exchange server. What it shows to whom is in [`View`]; limits,
//! paging and refusals are documented where they are made. Left out, because the documents do not say enough or no client
//! here needs it: SASL and TLS.
//!
//! Unless it is told otherwise it is the best server there can be: SP4, nothing withheld. [`Ways`] makes it another, with the
//! faults of an early service pack or the odd ways of some servers; docs/lab.md lists them with their sources.

mod bounds;
mod data;
mod demo;
pub mod fault;
mod filter;
mod frame;
mod handle;
mod load;
mod log;
mod names;
mod paging;
mod record;
mod rootdse;
mod search;
mod server;
mod service_pack;
mod session;
mod shape;
mod view;
mod ways;

pub use data::Data;
pub use demo::Demo;
pub use handle::{LabHandle, start, start_as, start_with};
pub use log::Log;
pub use server::serve;
pub use service_pack::ServicePack;
pub use view::View;
pub use ways::{Classes, OversizedPage, WAYS, Way, WayError, Ways};

use std::io::BufRead;

/// The account the lab knows.
pub const ACCOUNT: &str = "auditor";
/// The Windows NT domain of the account.
pub const DOMAIN: &str = "LAB";
/// The account's password. It protects nothing: the lab serves an invented organization.
pub const PASSWORD: &str = "lab-password";
/// The name that binds the account.
pub const ACCOUNT_DN: &str = "cn=auditor,cn=LAB";
/// The name that binds the account for the admin view, which includes hidden and deleted objects (SDK directry_1okp).
pub const ADMIN_DN: &str = "cn=auditor,cn=LAB,cn=admin";
/// Entries in an answer, and in a page (default of the LDAP object's Search tab, Q243786).
pub const MAX_ENTRIES: usize = 100;

/// Paged results (RFC 2696).
const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";

/// Reads a directory from LDIF (see [`Data::load`]).
///
/// # Errors
/// [`LabError`].
pub fn load(ldif: impl BufRead) -> Result<Data, LabError> {
    Data::load(ldif)
}

/// The demo organization that comes with the program.
///
/// # Errors
/// None in practice: a test reads it.
pub fn demo() -> Result<Data, LabError> {
    Demo::Example.load()
}

/// Why a file cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum LabError {
    /// It is larger than so many MiB.
    #[error("the directory file is larger than {0} MiB: the lab keeps it in memory, give it a part")]
    TooLarge(u64),
    /// It is not LDIF content records.
    #[error(transparent)]
    Malformed(#[from] crate::directory::ldif::LdifError),
    /// It cannot be read on.
    #[error("the directory file cannot be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// Two objects of one name.
    #[error("the directory file holds {0} twice: remove one of the records")]
    Duplicate(String),
    /// No entry at all.
    #[error("the directory file holds no entry: give the lab LDIF content records")]
    Empty,
}

#[cfg(test)]
mod demo_tests;
