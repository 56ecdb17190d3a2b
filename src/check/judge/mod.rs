//! What one check says of one service: a file for each kind of expectation.

mod filter;
mod resolves;
mod set;

use super::definition::{Check, Expect};
use super::reproduce::Reproduce;
use crate::directory::dn::Dn;
use crate::exchange::ims::Ims;
use crate::exchange::organization::Organization;
use crate::exchange::pointer::{Pointer, State};
use crate::report::{Confidence, Evidence, Reason, Severity, Verdict};

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

/// Judges one check of one service; what it needs has passed.
pub(super) fn judge(organization: &Organization, reproduce: &Reproduce, check: &Check, ims: &Ims, pointer: &Pointer) -> Outcome {
    let context = Context { organization, reproduce, ims, pointer };
    match &check.expect {
        Expect::Set(_) => set::judge(&context),
        Expect::Resolves(_) => resolves::judge(&context),
        Expect::Filter { filter, reason } => filter::judge(&context, check, filter, reason),
        Expect::Manual(step) => Outcome {
            verdict: Verdict::Manual,
            reason: Reason::ByHand,
            message: step.clone(),
            object: leads(pointer).first().cloned(),
            reproduce: reproduce.read(&ims.dn, &[pointer.locator.attribute_name()]),
            ..Outcome::default()
        },
    }
}

/// What every kind of expectation looks at.
struct Context<'a> {
    organization: &'a Organization,
    reproduce: &'a Reproduce,
    ims: &'a Ims,
    pointer: &'a Pointer,
}

fn leads(pointer: &Pointer) -> &[Dn] {
    match &pointer.state {
        State::Leads(leads) => leads,
        _ => &[],
    }
}

/// Several candidates are one reference that is not told apart: the worst verdict counts (fail, unknown, pass), and the
/// evidence names them all.
fn worst(outcomes: Vec<Outcome>) -> Outcome {
    let rank = |outcome: &Outcome| match (outcome.verdict, outcome.severity) {
        (Verdict::Fail, severity) => (2, severity.map_or(u8::MAX, |s| s as u8)),
        (Verdict::Unknown, _) => (1, 0),
        _ => (0, 0),
    };
    let evidence: Vec<Evidence> = outcomes.iter().flat_map(|outcome| outcome.evidence.clone()).collect();
    let several = outcomes.len() > 1;
    let mut worst = Outcome::default();
    for (index, outcome) in outcomes.into_iter().enumerate() {
        if index == 0 || rank(&outcome) > rank(&worst) {
            worst = outcome;
        }
    }
    worst.evidence = evidence;
    if several {
        worst.message = format!("Of several candidates: {}", worst.message);
    }
    worst
}

/// The outcome of a check whose reference leads nowhere that can be named.
fn unresolved(context: &Context) -> Outcome {
    let (reason, message) = match &context.pointer.state {
        State::Unset(reason) => (reason.clone(), String::new()),
        State::Undecided(reason, message) | State::Unresolved(reason, message) => (reason.clone(), message.clone()),
        State::Leads(_) => (Reason::Truncated, String::new()),
    };
    let message = match message.is_empty() {
        true => "Which administrator mailbox the service has is not known here; ims-admin-set says why.".into(),
        false => message,
    };
    Outcome {
        verdict: Verdict::Unknown,
        reason,
        message,
        confidence: context.pointer.locator.confidence(),
        reproduce: context.reproduce.read(&context.ims.dn, &[context.pointer.locator.attribute_name()]),
        ..Outcome::default()
    }
}

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
