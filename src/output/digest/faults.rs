//! What is wrong, in rows: the faults of one check together.

use crate::output::fault::{Fault, faults};
use crate::output::words::listed;
use crate::report::{Confidence, Finding, Report, Severity, Target};
use std::collections::HashMap;

/// Failures of one check that are told each by itself, if they are critical.
const MOST_ALONE: usize = 3;
/// Objects that a row names.
const MOST_NAMES: usize = 5;
/// Sites that a row names.
const MOST_SITES: usize = 3;

/// Faults that are told together.
#[derive(Debug)]
pub(super) struct Row<'a> {
    faults: Vec<Fault<'a>>,
    /// The target, where there are several.
    target: Option<&'a str>,
}

/// The failures of a severity, in rows.
pub(super) fn rows(report: &Report, severity: Severity) -> Vec<Row<'_>> {
    let faults = faults(report).into_iter().filter(|fault| fault.lead.severity == severity);
    let mut alike: Vec<Vec<Fault<'_>>> = Vec::new();
    let mut places: HashMap<(usize, &str, Confidence), usize> = HashMap::new();
    for fault in faults {
        let key = (fault.lead.target, fault.lead.check.as_str(), fault.lead.confidence);
        let place = *places.entry(key).or_insert(alike.len());
        match alike.get_mut(place) {
            Some(group) => group.push(fault),
            None => alike.push(vec![fault]),
        }
    }
    let target = |faults: &[Fault<'_>]| {
        let of = faults.first().and_then(|fault| report.targets.get(fault.lead.target));
        of.filter(|_| report.targets.len() > 1).map(Target::label)
    };
    let row = |faults: Vec<_>| Row { target: target(&faults), faults };
    let mut rows = Vec::new();
    for group in alike {
        if severity == Severity::Critical && group.len() <= MOST_ALONE {
            rows.extend(group.into_iter().map(|fault| row(vec![fault])));
        } else {
            rows.push(row(group));
        }
    }
    rows
}

impl Row<'_> {
    /// The result that tells for the row.
    pub(super) fn lead(&self) -> Option<&Finding> {
        self.faults.first().map(|fault| fault.lead)
    }

    /// How many results it is about.
    pub(super) fn results(&self) -> u64 {
        self.faults.iter().map(Fault::results).sum()
    }

    /// Where: the site and the server or object of one, the sites of several; the target too where there are several. Raw text of the
    /// directory.
    pub(super) fn place(&self) -> String {
        let place = self.place_in_target();
        self.target.map_or(place.clone(), |target| format!("{target}: {place}"))
    }

    fn place_in_target(&self) -> String {
        if let [fault] = self.faults.as_slice() {
            return place(fault.lead);
        }
        let mut sites: Vec<&str> = self.findings().filter_map(|finding| finding.subject.as_ref()?.site.as_deref()).collect();
        sites.sort_unstable();
        sites.dedup();
        match sites.len() {
            0 => String::new(),
            1..=MOST_SITES => sites.join(", "),
            more => format!("{more} sites"),
        }
    }

    /// The names of several, up to five. Raw text of the directory.
    pub(super) fn names(&self) -> Option<String> {
        if self.faults.len() < 2 {
            return None;
        }
        let names: Vec<String> = self.findings().map(name_and_site).filter(|name| !name.is_empty()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let names = listed(&names, MOST_NAMES);
        Some(self.target.map_or(names.clone(), |target| format!("{target}: {names}")))
    }

    /// The other checks that say the same.
    pub(super) fn also(&self) -> Vec<&str> {
        let mut checks: Vec<&str> =
            self.faults.iter().flat_map(|fault| &fault.also).map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        checks
    }

    fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.faults.iter().map(|fault| fault.lead)
    }
}

/// Site, and server or object.
pub(super) fn place(finding: &Finding) -> String {
    let Some(subject) = &finding.subject else { return String::new() };
    [subject.site.clone(), Some(name(finding))].into_iter().flatten().collect::<Vec<_>>().join(" / ")
}

/// The server that a result is about; the object's own name where it is about another object.
fn name(finding: &Finding) -> String {
    let Some(subject) = &finding.subject else { return String::new() };
    subject.server.clone().unwrap_or_else(|| subject.dn.leaf().into_owned())
}

/// The same of one among several: another site may hold an object of the same name.
fn name_and_site(finding: &Finding) -> String {
    match &finding.subject {
        Some(subject) if subject.server.is_none() => match &subject.site {
            Some(site) => format!("{} ({site})", name(finding)),
            None => name(finding),
        },
        _ => name(finding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::output::fixture::{self, finding};
    use crate::report::{Reason, Verdict};

    fn failing(check: &str, severity: Severity, name: &str, reason: Reason) -> Finding {
        let mut finding = finding(check, Verdict::Fail, severity);
        let subject = finding.subject.as_mut().expect("a subject");
        subject.dn = Dn::of([("cn", name), ("ou", "S"), ("o", "O")]);
        subject.server = None;
        finding.reason = reason;
        finding
    }

    #[test]
    fn few_critical_ones_are_told_each_and_many_by_name() {
        let of = |count: usize, severity: Severity| {
            let all = (0..count).map(|n| failing("a", severity, &format!("n{n}"), Reason::NotMet)).collect();
            let report = fixture::report(all);
            let rows = rows(&report, severity);
            (rows.len(), rows[0].place(), rows[0].names())
        };
        assert_eq!(of(3, Severity::Critical), (3, "LONDON / n0".into(), None));
        assert_eq!(
            of(7, Severity::Critical),
            (1, "LONDON".into(), Some("n0 (LONDON), n1 (LONDON), n2 (LONDON), n3 (LONDON), n4 (LONDON) and 2 more".into()))
        );
        assert_eq!(of(2, Severity::Warning), (1, "LONDON".into(), Some("n0 (LONDON) and n1 (LONDON)".into())));
    }
}
