//! `rule`: what a filter cannot say.

use super::led;
use super::{Bench, Context, Outcome, filter};
use crate::check::rules::{Answer, Does, Rule};
use crate::exchange::questions::{Ground, Object, Seen};
use crate::report::{Confidence, Verdict};

pub(super) fn judge(context: &Context<'_>, rule: &Rule) -> Outcome {
    if let (None, Some(seen)) = (&context.check().subject.follow, &context.start.seen) {
        let outcome = one(context, rule, seen);
        return context.lessened_as(Some(*seen), outcome);
    }
    led::each(context, |seen| one(context, rule, seen))
}

fn one(context: &Context<'_>, rule: &Rule, seen: &Seen<'_>) -> Outcome {
    let Does::Judge(judging) = rule.does() else { return Outcome::default() };
    let object = Object::of(*seen);
    let answer = judging.judge(&object);
    let is_plain = matches!(&answer, Ok(ruling) if ruling.verdict == Verdict::Pass && ruling.message.is_empty());
    let mut outcome = answered(context.bench, seen, answer, object.ground());
    if is_plain {
        return outcome; // nobody reads of each that it is well
    }
    outcome.object = context.check().subject.follow.as_ref().map(|_| seen.dn());
    let attributes = rule.reading().attributes();
    outcome.evidence = filter::evidence_of(seen, &attributes, &rule.expected());
    let attributes: Vec<&str> = std::iter::once("objectClass").chain(attributes).take(40).collect();
    outcome.reproduce = context.bench.reproduce.read(&seen.dn(), &attributes);
    outcome
}

/// What a rule answered about an object, as an outcome.
pub(in crate::check) fn answered(bench: &Bench<'_>, seen: &Seen<'_>, answer: Answer, ground: Ground) -> Outcome {
    let ruling = match answer {
        Ok(ruling) => ruling,
        Err(causes) => return bench.words.undecided(&seen.dn(), Outcome::open(causes), false),
    };
    let message = match ruling.message.split_once('\n') {
        _ if ruling.message.is_empty() => String::new(),
        Some((observed, advice)) => format!("{}: {observed}.\n{advice}", seen.dn()),
        None => format!("{}: {}.", seen.dn(), ruling.message),
    };
    let ground = match ruling.confidence {
        Confidence::Inferred => ground.and(&Ground::inferred()),
        Confidence::Documented => ground,
    };
    let outcome = Outcome {
        verdict: ruling.verdict,
        message,
        reason: ruling.reason,
        severity: ruling.severity,
        ground: Ground::documented(),
        ..Outcome::default()
    };
    outcome.resting_on(ground, bench)
}
