//! What one check says of one object: a file for each kind of expectation.

mod filter;
mod led;
mod lesser;
pub(super) mod resolves;
pub(super) mod rule;
mod set;

pub(super) use filter::{bounded_evidence, describe, kind_decides};
pub(super) use lesser::lessen;
pub(super) use resolves::naming;

use super::definition::{Check, Expect, Reference};
use super::reproduce::Reproduce;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::ims::Ims;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::pointer::Pointer;
use crate::exchange::visibility;
use crate::report::{Confidence, Evidence, Reason, Severity, Verdict};
use led::Led;

/// What a check says of a subject.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// The verdict.
    pub(super) verdict: Verdict,
    /// Why, from the closed list.
    pub(super) reason: Reason,
    /// Why, in words; what follows a line break is advice.
    pub(super) message: String,
    /// How bad it is, if not what the check says.
    pub(super) severity: Option<Severity>,
    /// What the verdict rests on.
    pub(super) confidence: Confidence,
    /// The object the check was led to.
    pub(super) object: Option<Dn>,
    /// What was observed.
    pub(super) evidence: Vec<Evidence>,
    /// The command that shows it again.
    pub(super) reproduce: String,
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            verdict: Verdict::Unknown,
            reason: Reason::Truncated,
            message: String::new(),
            severity: None,
            confidence: Confidence::Documented,
            object: None,
            evidence: Vec::new(),
            reproduce: String::new(),
        }
    }
}

impl Outcome {
    /// Waits for another check.
    pub(super) fn blocked(need: &str) -> Self {
        Self {
            verdict: Verdict::Blocked,
            reason: Reason::Needs(need.to_owned()),
            message: format!("Waits for {need}, which did not pass."),
            ..Self::default()
        }
    }
}

/// The object that a check starts from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'a> {
    /// Its name.
    pub(super) dn: &'a Dn,
    /// What was read of it.
    pub(super) entry: Option<&'a Entry>,
    /// What it is, if it is a service: the service and where it keeps its administrator.
    pub(super) service: Option<(&'a Ims, &'a Pointer)>,
}

impl Start<'_> {
    /// The server that it is of, by computer name.
    pub(super) fn server(&self) -> Option<String> {
        self.service.and_then(|(ims, _)| ims.server.clone()).or_else(|| server_of(self.dn))
    }
}

/// The server whose object this is, or lies below: `cn=SERVER,cn=Servers,cn=Configuration,...`.
pub(super) fn server_of(dn: &Dn) -> Option<String> {
    let names: Vec<String> = dn.rdns().iter().rev().map(|rdn| rdn.text()).collect();
    match names.as_slice() {
        [_, _, configuration, servers, server, ..]
            if configuration.eq_ignore_ascii_case("Configuration") && servers.eq_ignore_ascii_case("Servers") =>
        {
            Some(server.clone())
        }
        _ => None,
    }
}

/// Judges one check of one object; what it needs has passed, and it is one of the check's subjects.
pub(super) fn judge(organization: &Organization, reproduce: &Reproduce, check: &Check, start: Start<'_>) -> Outcome {
    let context = Context { organization, reproduce, check, start };
    match &check.expect {
        Expect::Set(_) => set::judge(&context),
        Expect::Resolves { reference: Reference::Administrator, .. } => resolves::administrator(&context),
        Expect::Resolves { reference: Reference::Attribute(name), to } => resolves::attribute(&context, name, to.as_ref()),
        Expect::Filter { filter, reason } => filter::judge(&context, filter, reason),
        Expect::Rule(rule) => rule::judge(&context, rule),
        Expect::Manual(step) => manual(&context, step),
    }
}

/// What one object says that an attribute of a subject names: as the check follows or resolves that attribute.
pub(super) fn named(organization: &Organization, reproduce: &Reproduce, check: &Check, subject: &Dn, named: &Dn) -> Outcome {
    let start = Start { dn: subject, entry: None, service: None };
    let context = Context { organization, reproduce, check, start };
    match &check.expect {
        // followed first, and what is found there resolved
        Expect::Resolves { reference: Reference::Attribute(name), to } if check.subject.follow.is_some() => {
            resolves::of_one(&context, named, name, to.as_ref())
        }
        Expect::Resolves { to, .. } => resolves::fit(&context, named, to.as_ref()),
        Expect::Filter { filter, reason } => filter::one(&context, filter, reason, named),
        Expect::Rule(rule) => rule::one(&context, rule, named),
        Expect::Set(_) | Expect::Manual(_) => Outcome::default(),
    }
}

/// Whether an object matches a filter, whatever was not shown of it.
pub(super) fn surely_matches(organization: &Organization, entry: &Entry, filter: &Filter) -> bool {
    let unset = &mut |attribute: &str| visibility::proven_unset(organization, entry, attribute).is_ok();
    filter.evaluate(entry, unset) == Some(true)
}

/// The attributes that a check asks of an object which its subject's reference leads to.
pub(super) fn attributes_of(check: &Check) -> Vec<&str> {
    match &check.expect {
        Expect::Filter { filter, .. } => filter.attributes(),
        Expect::Rule(rule) => rule.judging().attributes(),
        Expect::Resolves { reference: Reference::Attribute(name), .. } => vec![name],
        Expect::Resolves { .. } | Expect::Set(_) | Expect::Manual(_) => Vec::new(),
    }
}

/// A person must look. Who is led to nothing has nothing to look at; the administrator, though, is worth a look in any case.
fn manual(context: &Context<'_>, step: &str) -> Outcome {
    let led = context.led();
    let objects = led.objects();
    let attributes: Vec<&str> = match (&context.check.subject.follow, &context.start.service) {
        (Some(Reference::Attribute(name)), _) => vec![name],
        (_, Some((_, pointer))) => vec![pointer.locator.attribute_name()],
        _ => vec!["objectClass"],
    };
    Outcome {
        verdict: Verdict::Manual,
        reason: Reason::ByHand,
        message: step.to_owned(),
        object: context.check.subject.follow.as_ref().and_then(|_| objects.first().cloned()),
        reproduce: context.reproduce.read(context.start.dn, &attributes),
        ..Outcome::default()
    }
}

/// What every kind of expectation looks at.
struct Context<'a> {
    organization: &'a Organization,
    reproduce: &'a Reproduce,
    check: &'a Check,
    start: Start<'a>,
}

impl Context<'_> {
    /// The objects that are judged: the subject, or what its reference leads to.
    fn led(&self) -> Led {
        led::of(self)
    }

    /// An outcome for one judged object, made less bad where the check says so.
    fn lessened(&self, judged: &Dn, mut outcome: Outcome) -> Outcome {
        let entry = match self.organization.follow(judged) {
            Destination::Living(entry) => Some(entry),
            _ => self.start.entry,
        };
        let matches = |_: usize, filter: &Filter| entry.is_some_and(|entry| surely_matches(self.organization, entry, filter));
        let mut release = || self.organization.release_at(self.start.dn, self.start.server().as_deref());
        lessen(self.check, &matches, &mut release, &mut outcome);
        outcome
    }

    /// What several judged objects are.
    fn several(&self) -> &'static str {
        match &self.check.subject.follow {
            Some(Reference::Administrator) => "candidates",
            _ => "values",
        }
    }

    /// What a verdict rests on that was reached through the check's reference.
    fn confidence(&self) -> Confidence {
        match (&self.check.subject.follow, self.check.expect.reference(), self.start.service) {
            (Some(Reference::Administrator), _, Some((_, pointer))) | (_, Some(Reference::Administrator), Some((_, pointer))) => {
                pointer.locator.confidence()
            }
            _ => Confidence::Documented,
        }
    }
}

/// Several candidates are one reference that is not told apart, and the values of an attribute are judged together: the worst
/// verdict counts (fail, unknown, pass), and the evidence names them all.
fn worst(outcomes: Vec<Outcome>, of: &str) -> Outcome {
    let rank = |outcome: &Outcome| match (outcome.verdict, outcome.severity) {
        (Verdict::Fail, severity) => (2, severity.map_or(u8::MAX, |s| s as u8)),
        (Verdict::Unknown, _) => (1, 0),
        _ => (0, 0),
    };
    let evidence: Vec<Evidence> = outcomes.iter().flat_map(|outcome| outcome.evidence.clone()).take(MOST_EVIDENCE).collect();
    let several = outcomes.len() > 1;
    let mut worst = Outcome::default();
    for (index, outcome) in outcomes.into_iter().enumerate() {
        if index == 0 || rank(&outcome) > rank(&worst) {
            worst = outcome;
        }
    }
    worst.evidence = evidence;
    if several {
        worst.message = format!("Of several {of}: {}", worst.message);
    }
    worst
}

/// Observations that a result holds: 32 candidates with a few attributes each.
const MOST_EVIDENCE: usize = 128;

/// Values for evidence: at most 8, each at most 300 characters.
fn bounded(values: impl Iterator<Item = String>) -> Vec<String> {
    values
        .take(8)
        .map(|value| match value.char_indices().nth(300) {
            Some((end, _)) => format!("{}...", value.get(..end).unwrap_or_default()),
            None => value,
        })
        .collect()
}
