//! What is news: failures that somebody accepts for a while, and what changed since the last audit.
//!
//! An audit says what is. Whoever is told the same every night stops reading; so failures can be accepted ([`Ledger`]), a report
//! can be compared with what was known before ([`Known`]), and a folder can keep that from night to night ([`State`]).

mod compare;
#[cfg(test)]
mod compare_tests;
mod known;
mod ledger;
#[cfg(test)]
mod ledger_tests;
mod pairs;
mod pattern;
mod state;
#[cfg(test)]
mod state_tests;

pub use compare::{IsThere, Presence, compare};
pub use known::{Before, Known, Open};
pub use ledger::{Ledger, LedgerError};
pub use state::{Cause, Past, Run, State, StateError};
