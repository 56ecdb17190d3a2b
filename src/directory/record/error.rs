//! What can be wrong with the record of a collected export.

/// Why a record is not believed. Lines are physical lines, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}, so what this export records of its searches is ignored; collect again")]
pub struct RecordError {
    /// Where it is.
    pub line: u64,
    /// What is wrong.
    pub what: String,
}

impl RecordError {
    pub(super) fn new(line: u64, what: impl Into<String>) -> Self {
        Self { line, what: what.into() }
    }
}
