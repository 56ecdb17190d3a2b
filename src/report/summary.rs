//! How many results of each verdict.

use super::{Finding, Verdict};
use serde::{Deserialize, Serialize};

/// Counts, in the order and spelling of the JSON report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Summary {
    /// Results that pass.
    pub pass: usize,
    /// Results that fail, waived ones left out.
    pub fail: usize,
    /// Results that could not be decided.
    pub unknown: usize,
    /// Results that wait for another check.
    pub blocked: usize,
    /// Checks with nothing to check.
    pub not_applicable: usize,
    /// Results that a person must settle.
    pub manual: usize,
    /// Failures that are accepted.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub waived: usize,
}

impl Summary {
    /// Counts the results.
    pub fn of(results: &[Finding]) -> Self {
        let mut summary = Self::default();
        for finding in results {
            *match finding.verdict {
                Verdict::Pass => &mut summary.pass,
                Verdict::Fail if finding.waiver.is_some() => &mut summary.waived,
                Verdict::Fail => &mut summary.fail,
                Verdict::Unknown => &mut summary.unknown,
                Verdict::Blocked => &mut summary.blocked,
                Verdict::NotApplicable => &mut summary.not_applicable,
                Verdict::Manual => &mut summary.manual,
            } += usize::try_from(finding.count).unwrap_or(usize::MAX);
        }
        summary
    }
}
