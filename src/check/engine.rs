//! Runs checks over a collected organization. Pure: the same collection gives the same findings.

use super::catalogue::Catalogue;
use super::definition::{Check, Each, Expect};
use super::judge::{self, Outcome};
use super::reproduce::Reproduce;
use crate::directory::source::Ended;
use crate::exchange::ims::Ims;
use crate::exchange::organization::Organization;
use crate::exchange::pointer::{self, Pointer};
use crate::report::{Confidence, Finding, Object, Reason, Subject, Verdict, fingerprint};
use std::collections::HashMap;

/// How a run judges.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Turn inferred failures into `unknown`.
    pub strict: bool,
}

/// The attributes that the conditions of these checks speak of, for the collector.
pub fn attributes(checks: &[Check]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for check in checks {
        let filter = match &check.expect {
            Expect::Filter { filter, .. } => Some(filter),
            _ => None,
        };
        for name in filter.into_iter().chain(check.lesser.iter().map(|l| &l.filter)).flat_map(|f| f.attributes()) {
            if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Judges the selected checks. Checks they need are judged too, but not reported.
pub fn judge(
    catalogue: &Catalogue,
    selected: &[&Check],
    organization: &Organization,
    target: usize,
    options: Options,
) -> Vec<Finding> {
    let reproduce = Reproduce::new(&organization.origin);
    let run = Run { organization, reproduce, target, options };
    let checks = catalogue.checks();
    let mut findings = Vec::new();
    if organization.ims.is_empty() {
        findings.extend(checks.iter().map(|check| run.without_service(check)));
    }
    for ims in &organization.ims {
        let pointer = pointer::locate(organization, ims);
        let mut judged: HashMap<&str, Judged> = HashMap::new();
        for check in checks {
            let outcome = run.outcome(check, ims, &pointer, &judged);
            let finding = run.finding(check, Some(ims), outcome);
            judged.insert(&check.id, Judged { verdict: finding.verdict, lesser: finding.severity < check.severity });
            findings.push(finding);
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
}

impl Run<'_> {
    fn outcome(&self, check: &Check, ims: &Ims, pointer: &Pointer, judged: &HashMap<&str, Judged>) -> Outcome {
        let by_hand = matches!(check.expect, Expect::Manual(_));
        let unmet = check.needs.iter().find(|need| {
            judged.get(need.as_str()).is_none_or(|need| match need.verdict {
                Verdict::Pass => false,
                // unknown and lesser: --strict does not count it
                Verdict::Fail | Verdict::Unknown => by_hand || !need.lesser,
                _ => true,
            })
        });
        match unmet {
            Some(need) => Outcome::blocked(need),
            None => judge::judge(self.organization, &self.reproduce, check, ims, pointer),
        }
    }

    /// The one result of a check when no service was found.
    fn without_service(&self, check: &Check) -> Finding {
        let organization = self.organization;
        let asked = organization.asked();
        let unknown = |reason, message| Outcome { verdict: Verdict::Unknown, reason, message, ..Outcome::default() };
        let unread = organization.sites_without_connections();
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
            None => unknown(Reason::ConfigUnreadable, self.unreadable()),
        };
        outcome.reproduce = self.reproduce.services(organization.name.as_deref());
        self.finding(check, None, outcome)
    }

    /// Why neither a service nor the container that would hold it was seen, and what to do.
    fn unreadable(&self) -> String {
        let organization = self.organization;
        let asked = organization.asked();
        let seen = format!("{asked} shows no Internet Mail Service and no Connections container");
        match (organization.origin.is_file(), &organization.origin.bind_dn) {
            (true, _) => format!(
                "{seen}: a file shows what was asked for when it was made.\n{}",
                self.reproduce.whole_export_hint(organization.name.as_deref())
            ),
            (false, None) => format!(
                "{seen}: an anonymous bind sees recipients only (Q156063).\nTo decide it, bind as an administrator: \
                 -D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W."
            ),
            (false, Some(bind)) => format!(
                "{seen} to {bind}.\nTo decide it, bind with more rights, or start at the organization: -b 'o=ORGANIZATION'."
            ),
        }
    }

    fn finding(&self, check: &Check, ims: Option<&Ims>, mut outcome: Outcome) -> Finding {
        let severity = outcome.severity.unwrap_or(check.severity);
        // a verdict is no surer than the condition it rests on
        let confidence = match (check.confidence, outcome.confidence) {
            (Confidence::Documented, Confidence::Documented) => Confidence::Documented,
            _ => Confidence::Inferred,
        };
        if self.options.strict && outcome.verdict == Verdict::Fail && confidence == Confidence::Inferred {
            outcome.verdict = Verdict::Unknown;
            outcome.message.push_str(" An inferred failure: not counted, as --strict asks.");
        }
        let subject = ims.map(|ims| Subject {
            kind: match check.subject.each {
                Each::Ims => "ims".into(),
            },
            dn: ims.dn.clone(),
            site: ims.site.clone(),
            server: ims.server.clone(),
        });
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
            subject,
            waiver: None,
        }
    }
}
