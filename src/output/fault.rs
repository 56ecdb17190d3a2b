//! The faults behind the failures: a fact about an object is one, whichever checks say so.

use crate::directory::dn::DnKey;
use crate::report::{Finding, Reason, Report, Severity, Verdict};
use std::cmp::Reverse;
use std::collections::HashMap;

/// One fact about one object, and the results that it makes.
#[derive(Debug)]
pub(super) struct Fault<'a> {
    /// The first of the results.
    pub(super) lead: &'a Finding,
    /// Other results that say the same of the same object.
    pub(super) also: Vec<&'a Finding>,
}

impl Fault<'_> {
    /// How many results it makes.
    pub(super) fn results(&self) -> u64 {
        self.lead.count + self.also.iter().map(|finding| finding.count).sum::<u64>()
    }
}

/// What fails, the worst first, and each fact about an object once. One of another severity is told there, so that what is told of a
/// severity adds up to what is counted of it.
pub(super) fn faults(report: &Report) -> Vec<Fault<'_>> {
    let is_failure = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.waiver.is_none();
    let mut failures: Vec<&Finding> = report.results.iter().filter(is_failure).collect();
    failures.sort_by_key(|finding| Reverse(finding.severity));
    let mut known: HashMap<Fact, usize> = HashMap::new();
    let mut faults: Vec<Fault<'_>> = Vec::new();
    for finding in failures {
        if let Some(fact) = fact(finding) {
            if let Some(fault) = known.get(&fact).and_then(|place| faults.get_mut(*place))
                && fault.lead.check != finding.check
            {
                fault.also.push(finding);
                continue;
            }
            known.entry(fact).or_insert(faults.len());
        }
        faults.push(Fault { lead: finding, also: Vec::new() });
    }
    faults
}

/// What is said of which object of which target.
type Fact = (usize, Severity, DnKey, String);

/// Checks of which the first says of the administrator what the second says of any recipient.
const ALIKE: [(&str, &str); 2] =
    [("ims-admin-x400-malformed", "recipient-x400-malformed"), ("ims-admin-home", "mailbox-home-one-server")];

/// What a failure says of which object, where its reason or its check tells that: of another reason two checks may mean different
/// things.
fn fact(finding: &Finding) -> Option<Fact> {
    let tells = matches!(finding.reason, Reason::NoX400 | Reason::Dangling | Reason::Tombstone);
    let check = finding.check.as_str();
    let alike = ALIKE.iter().find(|(one, other)| [*one, *other].contains(&check)).map(|(one, _)| (*one).to_owned());
    let said = alike.or_else(|| tells.then(|| finding.reason.to_string()))?;
    let object = finding.object.as_ref().map(|object| &object.dn).or(finding.subject.as_ref().map(|subject| &subject.dn));
    object.map(|dn| (finding.target, finding.severity, dn.key(), said))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, finding};
    use super::*;
    use crate::directory::dn::Dn;
    use crate::report::Object;

    #[test]
    fn a_fact_about_an_object_is_told_once_of_each_severity() {
        let berg = || Dn::of([("cn", "berg"), ("ou", "S"), ("o", "O")]);
        let failing = |check: &str, severity: Severity, reason: Reason| {
            let mut finding = finding(check, Verdict::Fail, severity);
            finding.reason = reason;
            finding.object = Some(Object { dn: berg() });
            finding
        };
        let report = fixture::report(vec![
            failing("lesser", Severity::Warning, Reason::NoX400),
            failing("ims-admin-x400", Severity::Critical, Reason::NoX400),
            failing("recipient-no-x400", Severity::Critical, Reason::NoX400),
            failing("another", Severity::Critical, Reason::NotMet),
            failing("ims-admin-home", Severity::Warning, Reason::Mismatch),
            failing("mailbox-home-one-server", Severity::Warning, Reason::NotMet),
        ]);
        let faults = faults(&report);
        let told: Vec<(&str, usize, u64)> =
            faults.iter().map(|fault| (fault.lead.check.as_str(), fault.also.len(), fault.results())).collect();
        assert_eq!(told, [("ims-admin-x400", 1, 2), ("another", 0, 1), ("lesser", 0, 1), ("ims-admin-home", 1, 2)]);
    }
}
