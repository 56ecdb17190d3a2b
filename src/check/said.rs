//! What a check said of a subject, for the checks that need it.

use super::definition::Check;
use super::judge::Outcome;
use crate::report::Verdict;

/// What a check said of a subject, for those that need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It is no subject of the check, or passes.
    Fine,
    /// It fails, or may fail, in a lesser way than it could: what depends on it is judged all the same, but not by a person.
    Lesser,
    /// It does not pass.
    NotFine,
}

impl Said {
    /// What this outcome of a check says.
    pub(super) fn of(check: &Check, outcome: &Outcome) -> Self {
        let is_lesser = outcome.severity.is_some_and(|severity| severity < check.severity);
        match outcome.verdict {
            Verdict::Pass | Verdict::NotApplicable => Self::Fine,
            Verdict::Fail | Verdict::Unknown if is_lesser => Self::Lesser,
            _ => Self::NotFine,
        }
    }
}
