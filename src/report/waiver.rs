//! An accepted failure.

use serde::{Deserialize, Serialize};

/// Who accepts a failure, why, and until when. It stays a failure; it does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Waiver {
    /// Why it is accepted.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it is accepted, `2026-12-31`; days are those of UTC.
    pub until: String,
}
