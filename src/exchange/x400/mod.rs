//! X.400 addresses (O/R addresses) in the text form in which Exchange keeps them: `c=US;a= ;p=Org;o=Site;s=Surname;g=Given;`.
//!
//! The form is that of ITU-T F.401, Annex F (copied in RFC 1685), with `;` between the terms, in an order and with keys of
//! Exchange's own (Q257578, Q253619). An address is judged in three classes: what will break Exchange by its documents, what is
//! only unusual, and what is as Exchange writes it. docs/x400.md explains every code.

mod address;
mod bounds;
mod canonical;
mod cut;
mod examine;
mod fault;
mod judge;
mod key;
mod message;
#[cfg(test)]
mod tests;
mod value;

pub use address::{Address, Term, same_value};
pub use canonical::is_canonical;
pub use examine::{Examination, Problem, class_of, examine, parse};
pub use fault::{Class, Code};
pub use key::Key;
