//! What to do about a failure.

use serde::{Deserialize, Serialize};

/// What to do about a failure, and what to know before that.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fix {
    /// What the steps may cost, what to keep first, and how to come back; null where they take nothing away.
    pub caution: Option<String>,
    /// What to do, step by step.
    pub steps: Vec<String>,
}

impl Fix {
    /// Everything that it says, in the order in which it is read.
    pub fn texts(&self) -> impl Iterator<Item = &String> {
        self.caution.iter().chain(&self.steps)
    }
}
