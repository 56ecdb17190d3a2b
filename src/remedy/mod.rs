//! Fixes that can be said as data: for the failures of a check, the changes that clear them and the way back, as LDIF and as a table of
//! the Administrator program. Each is proven on a copy of the directory before anybody sees it. Nothing is ever applied.

mod context;
mod file;
mod makers;
mod planner;
mod proof;
mod table;
#[cfg(test)]
mod tests;
mod way_back;

pub use file::{change_file, way_back_file};
pub use planner::{Plan, Plans, Without, plans};
pub use proof::Tables;

use crate::directory::change::Change;
use crate::report::Finding;

/// The fix of one failure.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// The failure.
    pub finding: Finding,
    /// What is changed.
    pub changes: Vec<Change>,
    /// What is done, in a sentence.
    pub does: String,
    /// What no article says, and is taken to be so.
    pub inferred: Vec<String>,
    /// The forms in which it is written.
    pub forms: Forms,
}

/// The forms in which a fix is written, and what the documentation says of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// As LDIF.
    pub ldif: Form,
    /// As a table to import.
    pub table: Table,
}

/// One form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// It is written, on this ground.
    Written(String),
    /// It is not, for this reason.
    Withheld(String),
}

/// The table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// Its cells say what is changed.
    Says(String),
    /// It names the objects alone, and the server makes what they lack (Q244519).
    Names(String),
    /// There is none, for this reason.
    Withheld(String),
}

impl Table {
    /// What the documentation says of it.
    pub fn words(&self) -> &str {
        let (Self::Says(words) | Self::Names(words) | Self::Withheld(words)) = self;
        words
    }

    /// Whether it is written.
    pub fn is_written(&self) -> bool {
        !matches!(self, Self::Withheld(_))
    }
}

impl Form {
    /// What the documentation says of it.
    pub fn words(&self) -> &str {
        let (Self::Written(words) | Self::Withheld(words)) = self;
        words
    }

    /// Whether it is written.
    pub fn is_written(&self) -> bool {
        matches!(self, Self::Written(_))
    }
}

/// Why a failure has no plan.
pub type Reason = String;
