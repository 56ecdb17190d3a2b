//! Failures that are alike: of one check, as bad, as sure, with the same words and the same fix. The words are told once, the objects one by
//! one.

use super::state::State;
use crate::output::fault::{Fault, faults};
use crate::report::{Confidence, Finding, Report, Severity};
use std::collections::HashMap;

/// Failures that are told together.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// The one that lends the words.
    pub(super) lead: &'a Finding,
    /// Each fact about an object once.
    pub(super) faults: Vec<Fault<'a>>,
}

impl<'a> Group<'a> {
    /// How bad they are.
    pub(super) fn state(&self) -> State {
        self.lead.severity.into()
    }

    /// How many results they are.
    pub(super) fn results(&self) -> u64 {
        self.faults.iter().map(Fault::results).sum()
    }

    /// The other checks that say the same.
    pub(super) fn also(&self) -> Vec<&'a str> {
        let mut checks: Vec<&str> =
            self.faults.iter().flat_map(|fault| &fault.also).map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }
}

/// The failures that nobody accepts, the worst first.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut known: HashMap<(&str, Severity, Confidence), Vec<usize>> = HashMap::new();
    for fault in faults(report) {
        let lead = fault.lead;
        let alike = known.entry((&lead.check, lead.severity, lead.confidence)).or_default();
        let is_same = |group: &Group<'_>| group.lead.fix == lead.fix && group.lead.headline() == lead.headline();
        let place = alike.iter().copied().find(|place| groups.get(*place).is_some_and(is_same));
        match place.and_then(|place| groups.get_mut(place)) {
            Some(group) => group.faults.push(fault),
            None => {
                alike.push(groups.len());
                groups.push(Group { lead, faults: vec![fault] });
            }
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{self, finding};
    use crate::report::Verdict;

    #[test]
    fn what_has_another_fix_is_told_apart() {
        let fail = || finding("a-check", Verdict::Fail, Severity::Warning);
        let mut other = fail();
        other.fix = None;
        let report = fixture::report(vec![fail(), other, fail(), finding("b", Verdict::Fail, Severity::Critical)]);
        let told: Vec<(&str, u64)> = groups(&report).iter().map(|group| (group.lead.check.as_str(), group.results())).collect();
        assert_eq!(told, [("b", 1), ("a-check", 2), ("a-check", 1)]);
    }
}
