//! Runs checks over a collected organization. Pure: the same collection gives the same findings.

use super::catalogue::Catalogue;
use super::definition::{Check, Expect};
use super::judge::{self, Outcome, Start};
use super::reproduce::Reproduce;
use super::sweep::Sweeper;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::directory::source::Ended;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::pointer;
use crate::exchange::selection::Selection;
use crate::exchange::visibility;
use crate::report::{Confidence, Finding, Object, Reason, Subject, Verdict, fingerprint};
use std::cell::OnceCell;
use std::collections::HashMap;

/// How a run judges.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Turn inferred failures into `unknown`.
    pub strict: bool,
}

/// Judges the selected checks: those of kept objects over what was collected, and those of objects that streamed by, which
/// `sweeper` watched. Checks they need are judged too, but not reported.
pub fn judge(
    catalogue: &Catalogue,
    selected: &[&Check],
    organization: &Organization,
    mut sweeper: Sweeper<'_>,
    target: usize,
    options: Options,
) -> Vec<Finding> {
    let reproduce = Reproduce::new(&organization.origin);
    let run = Run { organization, reproduce, target, options, unread: OnceCell::new() };
    let checks = catalogue.with_needs(selected);
    let mut findings = Vec::new();
    for selection in Selection::all() {
        let checks: Vec<&Check> = checks.iter().copied().filter(|check| check.subject.each == selection).collect();
        if checks.is_empty() {
            continue;
        }
        if selection.is_swept() {
            run.swept(&checks, &mut sweeper, &mut findings);
        } else if selection.word() == "ims" {
            run.services(&checks, &mut findings);
        } else {
            run.kept(selection, &checks, &mut findings);
        }
    }
    findings.retain(|finding| selected.iter().any(|check| check.id == finding.check));
    findings
}

/// What a check said of a subject, for those that need it.
struct Judged {
    verdict: Verdict,
    /// It failed in a lesser way than it could: what depends on it is judged all the same.
    lesser: bool,
}

struct Run<'a> {
    organization: &'a Organization,
    reproduce: Reproduce,
    target: usize,
    options: Options,
    /// The sites of which the configuration was not seen.
    unread: OnceCell<Vec<String>>,
}

impl Run<'_> {
    /// The checks of services.
    fn services(&self, checks: &[&Check], findings: &mut Vec<Finding>) {
        if self.organization.ims.is_empty() {
            findings.extend(checks.iter().map(|check| self.without_service(check)));
        }
        let mut some = vec![false; checks.len()];
        for ims in &self.organization.ims {
            let pointer = pointer::locate(self.organization, ims);
            let entry = self.organization.object(&ims.dn);
            let judged = self.each(checks, Start { dn: &ims.dn, entry, service: Some((ims, &pointer)) }, findings);
            some.iter_mut().zip(judged).for_each(|(some, judged)| *some |= judged);
        }
        let subjects: Vec<&Entry> = self.organization.ims.iter().filter_map(|ims| self.organization.object(&ims.dn)).collect();
        for (check, _) in checks.iter().zip(some).filter(|(_, some)| !some && !subjects.is_empty()) {
            let outcome = self.no_subject(check.subject.each, check, &subjects);
            findings.push(self.finding(check, None, outcome));
        }
    }

    /// The checks of other objects that were kept.
    fn kept(&self, selection: &'static Selection, checks: &[&Check], findings: &mut Vec<Finding>) {
        let organization = self.organization;
        // what lies outside of the base was looked up for a reference
        let takes = |entry: &&Entry| selection.takes(entry) && entry.dn.is_within(&organization.base);
        let subjects: Vec<&Entry> = organization.living().filter(takes).collect();
        let mut some = vec![false; checks.len()];
        for entry in &subjects {
            let start = Start { dn: &entry.dn, entry: Some(entry), service: None };
            let judged = self.each(checks, start, findings);
            some.iter_mut().zip(judged).for_each(|(some, judged)| *some |= judged);
        }
        for (check, _) in checks.iter().zip(some).filter(|(_, some)| !some) {
            let outcome = self.no_subject(selection, check, &subjects);
            findings.push(self.finding(check, None, outcome));
        }
    }

    /// Runs the checks on one object. Says for each whether the object was a subject of it.
    fn each(&self, checks: &[&Check], start: Start<'_>, findings: &mut Vec<Finding>) -> Vec<bool> {
        let mut judged: HashMap<&str, Judged> = HashMap::new();
        let mut some = Vec::new();
        for check in checks {
            let outcome = self.outcome(check, start, &judged);
            some.push(outcome.is_some());
            let Some(outcome) = outcome else { continue };
            let server = start.server();
            let subject = self.subject(check, start.dn, server);
            let finding = self.finding(check, Some(subject), outcome);
            judged.insert(&check.id, Judged { verdict: finding.verdict, lesser: finding.severity < check.severity });
            findings.push(finding);
        }
        some
    }

    /// What a check says of an object; none if it is no subject of it.
    fn outcome(&self, check: &Check, start: Start<'_>, judged: &HashMap<&str, Judged>) -> Option<Outcome> {
        if let (Some(only), Some(entry)) = (&check.subject.only, start.entry) {
            let mut why = None;
            let is_subject = only.evaluate(entry, &mut |attribute| {
                let proven = visibility::proven_unset(self.organization, entry, attribute);
                proven.map_err(|reason| why.get_or_insert((reason, attribute.to_owned())).clone()).is_ok()
            });
            match (is_subject, why) {
                (Some(true), _) => {}
                (Some(false), _) => return None,
                (None, _) if self.is_likely_no_subject(only, entry) => return None,
                (None, why) => {
                    let (reason, attribute) = why.unwrap_or((Reason::NotVisible, "what selects it".into()));
                    let message = format!(
                        "{} shows no {attribute}: whether the check is for it cannot be told.\nTo decide it, bind with more rights, \
                         or export again with {attribute}.",
                        start.dn
                    );
                    return Some(Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() });
                }
            }
        }
        let by_hand = matches!(check.expect, Expect::Manual(_));
        // a check that is not for this object does not stand in the way of others
        let unmet = check.needs.iter().find(|need| {
            judged.get(need.as_str()).is_some_and(|need| match need.verdict {
                Verdict::Pass | Verdict::NotApplicable => false,
                // unknown and lesser: --strict does not count it
                Verdict::Fail | Verdict::Unknown => by_hand || !need.lesser,
                _ => true,
            })
        });
        Some(match unmet {
            Some(need) => Outcome::blocked(need),
            None => judge::judge(self.organization, &self.reproduce, check, start),
        })
    }

    fn unread(&self) -> &[String] {
        self.unread.get_or_init(|| self.organization.sites_without_connections())
    }

    /// The one result of a check that nothing was a subject of.
    fn no_subject(&self, selection: &'static Selection, check: &Check, subjects: &[&Entry]) -> Outcome {
        let organization = self.organization;
        let of = subjects.len();
        let asked = organization.asked();
        let plural = selection.plural();
        let ended = match selection.word() {
            "ims" => organization.ims_search.clone(),
            _ => organization.configuration_search.clone().unwrap_or(Ended::Complete),
        };
        let unknown = |reason, message| Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() };
        if let Some(how) = ended.trouble() {
            return unknown(Reason::Truncated, format!("The search for {plural} did not complete: {how}."));
        }
        if ended == Ended::NoSuchObject {
            return unknown(Reason::Truncated, format!("The search for {plural} did not complete: its base was not found."));
        }
        if ended == Ended::Denied {
            return unknown(Reason::AccessDenied, format!("{asked} refuses this bind the search for {plural} (50)."));
        }
        if selection.is_configuration() && !organization.reads_configuration() && of == 0 {
            let attributes = judge::attributes_of(check);
            let hint = || self.reproduce.attribute_hint(organization.name.as_deref(), &attributes);
            return unknown(Reason::ConfigUnreadable, self.unreadable(plural, hint));
        }
        // one site is no all-clear for another
        let unread = self.unread();
        if selection.is_configuration() && !unread.is_empty() {
            let sites = unread.iter().take(5).cloned().collect::<Vec<_>>().join(", site ");
            let message = format!(
                "{asked} shows no {plural} that the check is for, but of site {sites} it does not show the configuration.\nTo decide \
                 it, bind with more rights there, ask a server of that site, or start at one site: -b 'ou=SITE,o=ORGANIZATION'."
            );
            return unknown(Reason::ConfigUnreadable, message);
        }
        let message = match (of, &check.subject.only) {
            (0, _) => format!("{asked} shows no {plural}."),
            (of, _) => format!("None of {of} {plural} is one that the check is for."),
        };
        Outcome {
            verdict: Verdict::NotApplicable,
            reason: Reason::NoneSeen,
            message,
            confidence: match organization.proves_endings && subjects.iter().all(|entry| self.is_surely_no_subject(check, entry))
            {
                true => Confidence::Documented,
                false => Confidence::Inferred,
            },
            ..Outcome::default()
        }
    }

    fn is_surely_no_subject(&self, check: &Check, entry: &Entry) -> bool {
        let unset = &mut |attribute: &str| visibility::proven_unset(self.organization, entry, attribute).is_ok();
        check.subject.only.as_ref().and_then(|only| only.evaluate(entry, unset)) == Some(false)
    }

    /// Whether it may be inferred that an object is no subject: nobody has what selects it, as far as such attributes are shown.
    fn is_likely_no_subject(&self, only: &Filter, entry: &Entry) -> bool {
        let unset = &mut |attribute: &str| visibility::is_likely_unset(self.organization, entry, attribute);
        only.evaluate(entry, unset) == Some(false)
    }

    /// The checks of what streamed by.
    fn swept(&self, checks: &[&Check], sweeper: &mut Sweeper<'_>, findings: &mut Vec<Finding>) {
        for check in checks {
            for swept in sweeper.results(check, self.organization, &self.reproduce) {
                let subject = swept.subject.map(|dn| self.subject(check, &dn, None));
                let mut finding = self.finding(check, subject, swept.outcome);
                finding.count = swept.count;
                findings.push(finding);
            }
        }
    }

    fn subject(&self, check: &Check, dn: &Dn, server: Option<String>) -> Subject {
        Subject { kind: check.subject.each.word().to_owned(), dn: dn.clone(), site: naming::site_name(dn), server }
    }

    /// The one result of a check when no service was found.
    fn without_service(&self, check: &Check) -> Finding {
        let organization = self.organization;
        let asked = organization.asked();
        let unknown = |reason, message| Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() };
        let unread = self.unread();
        let reads = organization.reads_configuration();
        let mut outcome = match check.needs.first() {
            _ if organization.ims_search.is_complete() && !organization.unclassed_ims && reads && unread.is_empty() => {
                Outcome {
                    verdict: Verdict::NotApplicable,
                    reason: Reason::NoIms,
                    message: format!("{asked} shows the Connections container and no Internet Mail Service in it."),
                    // a file cannot prove that it holds everything
                    confidence: if organization.proves_endings { Confidence::Documented } else { Confidence::Inferred },
                    ..Outcome::default()
                }
            }
            Some(need) => Outcome::blocked(need),
            None if organization.ims_search.trouble().is_some() => {
                let how = organization.ims_search.trouble().unwrap_or_default();
                unknown(Reason::Truncated, format!("No Internet Mail Service was found, but the search did not complete: {how}."))
            }
            None if organization.ims_search == Ended::Denied => unknown(
                Reason::AccessDenied,
                format!(
                    "{asked} refuses this bind the search for Internet Mail Services (50).\nTo decide it, give -b a container that \
                     the server allows (Q192306), or bind with more rights."
                ),
            ),
            None if organization.unclassed_ims => unknown(
                Reason::NotRequested,
                format!(
                    "{asked} holds objects named like an Internet Mail Service, but not under the class Mail-Gateway.\n{}",
                    self.reproduce.export_hint(organization.name.as_deref(), &["objectClass"])
                ),
            ),
            None if reads && !unread.is_empty() => unknown(
                Reason::ConfigUnreadable,
                format!(
                    "{asked} shows no Internet Mail Service, but of site {} it does not show the Connections container that would \
                     hold one.\nTo decide it, bind with more rights there, ask a server of that site, or start at one site: -b \
                     'ou=SITE,o=ORGANIZATION'.",
                    unread.iter().take(5).cloned().collect::<Vec<_>>().join(", site ")
                ),
            ),
            None => {
                let hint = || self.reproduce.whole_export_hint(organization.name.as_deref());
                unknown(Reason::ConfigUnreadable, self.unreadable("Internet Mail Service", hint))
            }
        };
        outcome.reproduce = self.reproduce.services(organization.name.as_deref());
        self.finding(check, None, outcome)
    }

    /// Why neither what a check is for nor the container of connectors was seen, and what to do; `of_file` says how such a file
    /// is made.
    fn unreadable(&self, what: &str, of_file: impl FnOnce() -> String) -> String {
        let organization = self.organization;
        let asked = organization.asked();
        let seen = format!("{asked} shows no {what} and no Connections container");
        match (organization.origin.is_file(), &organization.origin.bind_dn) {
            (true, _) => format!("{seen}: a file shows what was asked for when it was made.\n{}", of_file()),
            (false, None) => format!(
                "{seen}: an anonymous bind sees recipients only (Q156063).\nTo decide it, bind as an administrator: \
                 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W."
            ),
            (false, Some(bind)) => format!(
                "{seen} to {bind}.\nTo decide it, bind with more rights, or start at the organization: -b 'o=ORGANIZATION'."
            ),
        }
    }

    fn finding(&self, check: &Check, subject: Option<Subject>, mut outcome: Outcome) -> Finding {
        // a rule may say how bad it is, but never worse than the check
        let severity = outcome.severity.map_or(check.severity, |severity| severity.min(check.severity));
        // a verdict is no surer than the condition it rests on
        let confidence = check.confidence.and(outcome.confidence);
        if self.options.strict && outcome.verdict == Verdict::Fail && confidence == Confidence::Inferred {
            outcome.verdict = Verdict::Unknown;
            outcome.message.push_str(" An inferred failure: not counted, as --strict asks.");
        }
        Finding {
            check: check.id.clone(),
            title: check.title.clone(),
            severity,
            kb: check.kb.clone(),
            verdict: outcome.verdict,
            message: outcome.message,
            confidence,
            target: self.target,
            object: outcome.object.map(|dn| Object { dn }),
            evidence: outcome.evidence,
            reproduce: outcome.reproduce,
            fix: check.fix.clone(),
            fingerprint: fingerprint(&check.id, subject.as_ref(), &outcome.reason),
            reason: outcome.reason,
            count: 1,
            subject,
            waiver: None,
        }
    }
}

#[cfg(test)]
#[path = "engine_tests.rs"]
mod tests;
