//! The judge: what one check says of one subject. There is one, for every subject, source and check.
//!
//! A verdict follows from the answers of the questions: it is decided where it comes out the same whatever the unseen parts hold,
//! otherwise it is `unknown`, with the causes that stood in the way.

mod compiled;
mod filter;
mod glance;
mod led;
mod lesser;
mod outcome;
mod release;
mod resolves;
mod rule;
mod set;
mod start;
#[cfg(test)]
mod tests;
mod words;

pub(super) use compiled::Compiled;
pub(super) use glance::{Glance, glance};
pub(super) use lesser::releases;
pub(super) use outcome::Outcome;
pub(super) use release::Releases;
pub(super) use start::Start;
pub(super) use words::Words;

use super::definition::{Check, Expect, Reference};
use super::reproduce::Reproduce;
use crate::check::rules::Answer;
use crate::exchange::questions::{Causes, Ground, Questions, Seen, Truth};
use crate::report::{Confidence, Reason, Verdict};

/// What judging needs beside the check and the subject.
#[derive(Debug)]
pub(super) struct Bench<'a> {
    pub(super) questions: &'a Questions,
    pub(super) reproduce: Reproduce,
    pub(super) words: Words<'a>,
    /// What the servers run.
    pub(super) releases: Releases,
    /// Whether inferred failures are turned into `unknown`.
    pub(super) strict: bool,
}

impl Bench<'_> {
    /// An outcome as the run counts it.
    fn counted(&self, check: &Check, mut outcome: Outcome) -> Outcome {
        let confidence = check.confidence.and(outcome.ground.confidence());
        if self.strict && outcome.verdict == Verdict::Fail && confidence == Confidence::Inferred {
            outcome.verdict = Verdict::Unknown;
            outcome.message.push_str(" Inferred, so not counted as a failure (--strict).");
        }
        outcome.bounded()
    }
}

/// A check and a subject.
pub(super) struct Context<'a> {
    bench: &'a Bench<'a>,
    compiled: &'a Compiled<'a>,
    start: Start<'a>,
}

/// Whether an object is a subject of a check.
pub(super) enum IsSubject {
    /// It is, on this ground.
    Yes(Ground),
    /// It is not; whether that is documented.
    No { surely: bool },
    /// It is not known.
    Open(Causes),
}

/// Whether the object is a subject of the check.
pub(super) fn is_subject(compiled: &Compiled<'_>, start: &Start<'_>) -> IsSubject {
    let (Some(only), Some(seen)) = (&compiled.only, start.seen) else { return IsSubject::Yes(Ground::documented()) };
    match only.holds(&seen) {
        Truth::Yes(ground) => IsSubject::Yes(ground),
        Truth::No(ground) => IsSubject::No { surely: ground == Ground::documented() },
        Truth::Open(causes) => IsSubject::Open(causes),
    }
}

/// What a check says of an object that is a subject of it; what it needs has passed.
pub(super) fn judge(bench: &Bench<'_>, compiled: &Compiled<'_>, start: Start<'_>, ground: Ground) -> Outcome {
    let context = Context { bench, compiled, start };
    let outcome = match &compiled.check.expect {
        Expect::Set(_) => set::judge(&context),
        Expect::Resolves { reference: Reference::Administrator, .. } => resolves::administrator(&context),
        Expect::Resolves { reference: Reference::Attribute(name), .. } => resolves::attribute(&context, name),
        Expect::Filter { reason, .. } => filter::judge(&context, reason),
        Expect::Rule(rule) => rule::judge(&context, rule),
        Expect::Manual(step) => manual(&context, step),
    };
    let outcome = outcome.resting_on(ground, bench);
    bench.counted(compiled.check, context.if_it_applies(context.if_it_lives(outcome)))
}

/// What a rule about all objects together answered about one of them.
pub(super) fn compared(bench: &Bench<'_>, compiled: &Compiled<'_>, seen: &Seen<'_>, answer: Answer, ground: Ground) -> Outcome {
    let context = Context { bench, compiled, start: Start::at(*seen) };
    let outcome = rule::answered(bench, seen, answer, Ground::documented());
    let outcome = context.lessened_as(Some(*seen), outcome).resting_on(ground, bench);
    bench.counted(compiled.check, context.if_it_applies(context.if_it_lives(outcome)))
}

/// A person must look. Who is led to nothing has nothing to look at; the administrator, though, is worth a look in any case.
fn manual(context: &Context<'_>, step: &str) -> Outcome {
    let led = led::of(context);
    let attributes: Vec<&str> = match (&context.check().subject.follow, &context.start.service) {
        (Some(Reference::Attribute(name)), _) => vec![name],
        (_, Some(service)) => vec![service.pointer.locator.attribute_name()],
        _ => vec!["objectClass"],
    };
    Outcome {
        verdict: Verdict::Manual,
        reason: Reason::ByHand,
        message: step.to_owned(),
        object: context.check().subject.follow.as_ref().and_then(|_| led.objects().first().cloned()),
        reproduce: context.bench.reproduce.read(&context.start.dn(), &attributes),
        ..Outcome::default()
    }
}

impl Context<'_> {
    fn check(&self) -> &Check {
        self.compiled.check
    }

    /// The same, but that what may be deleted fails nothing: nobody mends what is left of a deleted object.
    fn if_it_lives(&self, outcome: Outcome) -> Outcome {
        let lives = self.start.seen.filter(|_| outcome.verdict == Verdict::Fail).map(|seen| (seen, seen.lives()));
        match lives {
            Some((seen, Truth::Open(causes))) => self.bench.words.undecided_life(&seen.dn(), Outcome::open(causes), false),
            _ => outcome,
        }
    }

    /// What several judged objects are.
    fn several(&self) -> &'static str {
        match &self.check().subject.follow {
            Some(Reference::Administrator) => "candidates",
            _ => "values",
        }
    }

    /// What a verdict rests on that was reached through the check's reference.
    fn ground(&self) -> Ground {
        let by_administrator = [self.check().subject.follow.as_ref(), self.check().expect.reference()];
        let is_by_administrator = by_administrator.into_iter().flatten().any(|reference| *reference == Reference::Administrator);
        match self.start.service.filter(|_| is_by_administrator) {
            Some(service) if service.pointer.locator.confidence() == crate::report::Confidence::Inferred => Ground::inferred(),
            _ => Ground::documented(),
        }
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
