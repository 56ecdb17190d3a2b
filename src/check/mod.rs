//! What is audited: checks as text, the articles and event numbers behind them, and how they are read, chosen and explained.
//! The texts lie in the folder `checks/`; its README.md describes the format.

pub mod article;
pub mod blank;
pub mod catalogue;
mod caution;
pub mod change;
pub mod definition;
mod embedded;
pub mod engine;
pub mod explain;
#[cfg(test)]
pub(crate) mod fixture;
pub mod group;
mod json_schema;
mod judge;
pub mod lint;
pub mod load;
pub(crate) mod nearest;
mod numbers;
mod order;
pub mod rehearse;
mod reproduce;
pub mod rules;
mod said;
pub mod select;
mod services;
mod tally;
pub(crate) mod toml_words;
pub mod unseen;
pub mod uses;
pub mod wants;

pub use article::{Article, Event, Sign, SignKind};
pub use catalogue::Catalogue;
pub use definition::{Check, Expect, Lesser, Reference, Subject};
pub use explain::{Explanation, explain};
pub use json_schema::json_schema;
pub use load::{LoadError, Problem};
pub use select::SelectError;
