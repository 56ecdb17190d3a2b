//! What a report says of a check that was run.

use super::Severity;
use serde::{Deserialize, Serialize};

/// A check that was run: enough to tell what its results mean, and whether it is the check that it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Checked {
    /// Its id.
    pub id: String,
    /// What holds when it passes.
    pub title: String,
    /// The headline of a failure, if it has one.
    pub fails: Option<String>,
    /// How bad a failure is.
    pub severity: Severity,
    /// The articles, the one to show first.
    pub kb: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// The same as long as the text of the check is.
    pub digest: String,
}

impl Checked {
    /// The headline of a failure: what is wrong, or else what should hold.
    pub fn headline(&self) -> &str {
        self.fails.as_deref().unwrap_or(&self.title)
    }
}
