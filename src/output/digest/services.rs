//! How the Internet Mail Services are: what an operator wants to know first.

use crate::directory::dn::DnKey;
use crate::exchange::ims;
use crate::output::words::listed;
use crate::report::{Finding, Reason, Report, Severity, Verdict};
use std::collections::{BTreeMap, BTreeSet};

/// Without a valid administrator mailbox the service does not start (Q183178, Q300535).
const STOPS_IT: [&str; 4] = ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400"];
/// The other critical checks of the service: only with all of them it can be said that nothing critical is wrong.
const OTHER_CRITICAL: [&str; 7] = [
    "ims-admin-x400-uppercase",
    "ims-domain-routing-unparsable",
    "ims-inbound-only-routes",
    "ims-no-address-space",
    "ims-server-missing",
    "ims-server-no-private-store",
    "smtp-open-relay",
];

/// The critical checks of the service.
pub(in crate::output) fn critical() -> impl Iterator<Item = &'static str> {
    STOPS_IT.into_iter().chain(OTHER_CRITICAL)
}

/// Services that a line names.
const MOST_NAMES: usize = 5;

/// How a service is, the worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Fine,
    /// Something critical could not be decided.
    InDoubt,
    /// Something critical fails.
    Faulty,
    /// It will not start.
    Stopped,
}

/// How many of the critical checks of the service were run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    None,
    /// Not all that tell whether it starts.
    Some,
    /// All that tell whether it starts, and not all others.
    Starts,
    All,
}

impl Asked {
    fn of(report: &Report) -> Self {
        // each check that was run has a result
        let run: BTreeSet<&str> = report.results.iter().map(|finding| finding.check.as_str()).collect();
        let all = |checks: &[&str]| checks.iter().all(|check| run.contains(check));
        match (all(&STOPS_IT), all(&OTHER_CRITICAL)) {
            (true, true) => Self::All,
            (true, false) => Self::Starts,
            _ if critical().any(|check| run.contains(check)) => Self::Some,
            _ => Self::None,
        }
    }
}

/// A service, how it is, and whether all that makes it so is accepted.
struct Service {
    name: String,
    state: State,
    accepted: bool,
}

/// The services of a report, each with how it is, in the order of their names.
pub(in crate::output) struct Services {
    states: Vec<Service>,
    complete: bool,
    /// Whether it is known that there is none.
    are_none: bool,
    /// Whether anything was asked of them.
    were_asked: bool,
    /// How much of what decides how they are was asked.
    asked: Asked,
}

impl Services {
    pub(in crate::output) fn of(report: &Report) -> Self {
        // several servers show the services of one organization: each counts once
        let organization = |index: usize| -> &str {
            report.targets.get(index).map_or("", |target| target.organization.as_deref().unwrap_or(target.label()))
        };
        let organizations: BTreeSet<&str> = (0..report.targets.len()).map(organization).collect();
        let mut states: BTreeMap<(&str, DnKey), Service> = BTreeMap::new();
        for finding in &report.results {
            let Some(subject) = finding.subject.as_ref().filter(|subject| subject.kind == "ims") else { continue };
            let server = subject.server.clone().or_else(|| ims::server_in_name(&subject.dn));
            let own = server.unwrap_or_else(|| subject.dn.leaf().into_owned());
            let of = organization(finding.target);
            let name = if organizations.len() > 1 { format!("{own} ({of})") } else { own };
            let kept = states.entry((of, subject.dn.key())).or_insert(Service { name, state: State::Fine, accepted: true });
            let state = state(finding);
            if state > kept.state {
                (kept.state, kept.accepted) = (state, true);
            }
            kept.accepted &= state < kept.state || finding.waiver.is_some();
        }
        let are_none = report.results.iter().any(|finding| finding.reason == Reason::NoIms);
        let were_asked = report.results.iter().any(|finding| finding.check.starts_with("ims-"));
        Self { states: states.into_values().collect(), complete: report.complete, are_none, were_asked, asked: Asked::of(report) }
    }

    /// The answer, in a sentence or two; empty if nobody asked.
    pub(in crate::output) fn answer(&self) -> String {
        let all = self.states.len();
        let services = |count: usize| if count == 1 { "Internet Mail Service" } else { "Internet Mail Services" };
        if all == 0 {
            return match (self.are_none, self.were_asked) {
                (true, _) => "There is no Internet Mail Service.",
                (_, true) => "No Internet Mail Service was seen, so the state of none is known.",
                _ => "",
            }
            .into();
        }
        let mut said = Vec::new();
        for (state, verb) in
            [(State::Stopped, "will not start"), (State::Faulty, "with a critical fault"), (State::InDoubt, "in doubt")]
        {
            let named = |service: &Service| match service.accepted && state != State::InDoubt {
                true => format!("{} (accepted)", service.name),
                false => service.name.clone(),
            };
            let names: Vec<String> = self.states.iter().filter(|service| service.state == state).map(named).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            if names.is_empty() {
                continue;
            }
            let of = if said.is_empty() { format!("of {all} {} ", services(all)) } else { String::new() };
            // a check that was not run may find more
            let deciding = if state == State::Stopped { Asked::Starts } else { Asked::All };
            let least = if said.is_empty() && names.len() < all && self.asked < deciding { "At least " } else { "" };
            said.push(format!("{least}{} {of}{verb}: {}.", names.len(), listed(&names, MOST_NAMES)));
        }
        if !said.is_empty() {
            return said.join(" ");
        }
        match (self.asked, self.complete) {
            (Asked::None, _) => String::new(),
            (Asked::Some, _) => {
                "Not all checks of the Internet Mail Service were run: this does not say whether it starts.".into()
            }
            (Asked::Starts, _) => format!("{all} {}: none has a critical fault in what was checked.", services(all)),
            (Asked::All, true) => format!("{all} {}: none has a critical fault.", services(all)),
            (Asked::All, false) => format!("{all} {}: none has a critical fault in what could be read.", services(all)),
        }
    }
}

fn state(finding: &Finding) -> State {
    match finding.verdict {
        _ if finding.severity != Severity::Critical => State::Fine,
        Verdict::Fail if STOPS_IT.contains(&finding.check.as_str()) => State::Stopped,
        Verdict::Fail => State::Faulty,
        Verdict::Unknown => State::InDoubt,
        _ => State::Fine,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{self, finding, subject};

    fn answer(results: &[(&str, &str, Verdict)], complete: bool) -> String {
        let of = |&(server, check, verdict): &(&str, &str, Verdict)| {
            let mut finding = finding(check, verdict, Severity::Critical);
            finding.subject = Some(subject("SITE", server));
            finding
        };
        Services::of(&Report { complete, ..fixture::report(results.iter().map(of).collect()) }).answer()
    }

    #[test]
    fn a_service_that_several_servers_show_counts_once_and_one_of_another_organization_by_itself() {
        let of = |target: usize, server: &str| {
            let mut finding = finding("ims-admin-set", Verdict::Fail, Severity::Critical);
            (finding.target, finding.subject) = (target, Some(subject("SITE", server)));
            finding
        };
        let mut report = fixture::report(vec![of(0, "A"), of(1, "A"), of(1, "B")]);
        report.targets.push(report.targets[0].clone());
        assert_eq!(Services::of(&report).answer(), "2 of 2 Internet Mail Services will not start: A and B.");
        report.targets[1].organization = Some("Other".into());
        let apart = Services::of(&report).answer();
        assert!(apart.starts_with("3 of 3 ") && apart.contains("A (Other)"), "{apart}");
    }

    #[test]
    fn a_service_is_named_by_its_server_whether_or_not_the_result_names_it() {
        let mut unnamed = finding("ims-admin-set", Verdict::Fail, Severity::Critical);
        unnamed.subject.as_mut().expect("a subject").server = None;
        let said = Services::of(&fixture::report(vec![unnamed])).answer();
        assert_eq!(said, "1 of 1 Internet Mail Service will not start: EXCH01.");
    }

    #[test]
    fn where_nobody_asked_nothing_is_said() {
        let other = fixture::report(vec![finding("recipient-no-x400", Verdict::Pass, Severity::Critical)]);
        let none = Report {
            results: other.results.into_iter().map(|f| Finding { subject: None, ..f }).collect(),
            ..fixture::report(Vec::new())
        };
        assert_eq!(Services::of(&none).answer(), "");
        let asked = Finding { subject: None, ..finding("ims-admin-set", Verdict::Unknown, Severity::Critical) };
        let said = Services::of(&fixture::report(vec![asked])).answer();
        assert_eq!(said, "No Internet Mail Service was seen, so the state of none is known.");
    }

    #[test]
    fn an_accepted_failure_stops_a_service_all_the_same() {
        let failing = |check: &str, waiver| Finding { waiver, ..finding(check, Verdict::Fail, Severity::Critical) };
        let accepted = || failing("ims-admin-set", Some(fixture::waiver()));
        let said = |results| Services::of(&fixture::report(results)).answer();
        assert_eq!(said(vec![accepted()]), "1 of 1 Internet Mail Service will not start: EXCH01 (accepted).");
        let both = vec![accepted(), failing("ims-admin-x400", None)];
        assert_eq!(said(both), "1 of 1 Internet Mail Service will not start: EXCH01.");
        let lesser = vec![accepted(), failing("smtp-open-relay", None)];
        assert_eq!(said(lesser), "1 of 1 Internet Mail Service will not start: EXCH01 (accepted).");
    }

    #[test]
    fn the_worst_is_said_first_and_every_service_counts() {
        use Verdict::{Blocked, Fail, Pass, Unknown};
        let all = [
            ("A", "ims-admin-set", Pass),
            ("B", "ims-admin-set", Fail),
            ("B", "ims-admin-x400", Blocked),
            ("C", "ims-admin-exists", Unknown),
            ("D", "smtp-open-relay", Fail),
            ("D", "ims-admin-recipient", Pass),
        ];
        assert_eq!(
            answer(&all, true),
            "1 of 4 Internet Mail Services will not start: B. 1 with a critical fault: D. 1 in doubt: C."
        );
        let well: Vec<_> = critical().map(|check| ("A", check, Pass)).collect();
        assert_eq!(answer(&well, true), "1 Internet Mail Service: none has a critical fault.");
        assert_eq!(answer(&well, false), "1 Internet Mail Service: none has a critical fault in what could be read.");
        assert_eq!(answer(&[], true), "");
    }

    #[test]
    fn what_was_not_checked_is_not_said_to_be_well() {
        use Verdict::{Blocked, Fail, Pass};
        let starts: Vec<_> = STOPS_IT.iter().map(|check| ("A", *check, Pass)).collect();
        assert_eq!(answer(&starts, true), "1 Internet Mail Service: none has a critical fault in what was checked.");
        let not_all = "Not all checks of the Internet Mail Service were run: this does not say whether it starts.";
        assert_eq!(answer(&starts[1..], true), not_all);
        assert_eq!(answer(&[("A", "ims-no-address-space", Pass)], true), not_all);
        // nobody asked how it is
        assert_eq!(answer(&[("A", "connector-home-mta", Pass), ("A", "ims-admin-x400-malformed", Blocked)], true), "");
        let fails = [("A", "ims-admin-x400", Fail), ("B", "ims-admin-x400", Pass)];
        assert_eq!(answer(&fails, true), "At least 1 of 2 Internet Mail Services will not start: A.");
        let relays = [&starts[..], &[("B", "smtp-open-relay", Fail)]].concat();
        assert_eq!(answer(&relays, true), "At least 1 of 2 Internet Mail Services with a critical fault: B.");
    }

    #[test]
    fn the_critical_checks_of_the_service_are_those_of_the_catalogue() {
        let catalogue = crate::check::catalogue::Catalogue::embedded().expect("embedded");
        let is_one = |check: &&crate::check::Check| check.subject.each.word() == "ims" && check.severity == Severity::Critical;
        let expected: BTreeSet<&str> = catalogue.checks().iter().filter(is_one).map(|check| check.id.as_str()).collect();
        assert_eq!(critical().collect::<BTreeSet<_>>(), expected);
    }
}
