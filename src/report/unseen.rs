//! What could not be seen, and what it leaves undecided: results that wait for the same thing are told together.

use super::{Finding, Severity, Verdict};
use serde::{Deserialize, Serialize};

/// One thing that could not be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unseen {
    /// What, in a sentence without its full stop.
    pub what: String,
    /// How many results it leaves undecided.
    pub results: u64,
    /// The checks that these results are of.
    pub checks: Vec<String>,
    /// How bad the worst of them would be, if it failed.
    pub severity: Severity,
    /// What to do to have them decided; none where nothing is known to help.
    pub remedy: Option<String>,
    /// What the remedy is done with, to be pasted whole: a command line, or the header of a table.
    pub paste: Option<String>,
}

impl Unseen {
    /// One that leaves nothing undecided so far.
    pub fn of(what: String, remedy: Option<String>, paste: Option<String>) -> Self {
        Self { what, results: 0, checks: Vec::new(), severity: Severity::Info, remedy, paste }
    }

    /// Adds a result that it leaves undecided.
    pub fn leaves(&mut self, finding: &Finding) {
        debug_assert!(finding.verdict == Verdict::Unknown);
        self.results += finding.count;
        self.severity = self.severity.max(finding.severity);
        if !self.checks.contains(&finding.check) {
            self.checks.push(finding.check.clone());
        }
    }
}
