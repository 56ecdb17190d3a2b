//! Reading the text files: checks, articles, events. Every refusal names the file and the line.

pub(super) mod articles;
pub(super) mod changes;
pub(super) mod checks;
pub(super) mod events;
pub(super) mod folder;
mod problem;
mod source;

pub(super) use checks::LONGEST_HEADLINE;
pub use problem::{LoadError, Problem};
pub(super) use source::Source;
