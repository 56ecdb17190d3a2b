//! `rule`: what a filter cannot say.

use super::{Context, Led, Outcome, bounded, resolves, worst};
use crate::check::rules::{Object, Rule, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::organization::Destination;
use crate::exchange::visibility;
use crate::report::{Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context<'_>, rule: &Rule) -> Outcome {
    let objects = match context.led() {
        Led::To(objects) => objects,
        Led::Nowhere(outcome) => return outcome,
    };
    let each = |dn| context.lessened(dn, one(context, rule, dn));
    let mut outcome = worst(objects.iter().map(each).collect(), context.several());
    outcome.confidence = outcome.confidence.and(context.confidence());
    outcome
}

pub(super) fn one(context: &Context<'_>, rule: &Rule, dn: &Dn) -> Outcome {
    let organization = context.organization;
    let Destination::Living(entry) = organization.follow(dn) else {
        return resolves::unread(context, dn, &rule.judging().attributes());
    };
    let mut unproven: Option<(Reason, String)> = None;
    let mut absent = |attribute: &str| match visibility::proven_unset(organization, entry, attribute) {
        Ok(()) => true,
        Err(why) => {
            unproven.get_or_insert((why, attribute.to_owned()));
            false
        }
    };
    let ruling = rule.judging().judge(&Object::new(entry, Some(organization), &mut absent));
    let mut outcome = match ruling {
        Some(ruling) => ruled(dn, ruling),
        None => {
            let (why, attribute) = unproven.unwrap_or((Reason::NotVisible, "what the rule asks about".into()));
            let advice = context.not_shown(&why, &[&attribute]);
            let message = format!("{dn} shows no {attribute}: it may have been withheld or not asked for.\n{advice}");
            Outcome { verdict: Verdict::Unknown, reason: why, message, ..Outcome::default() }
        }
    };
    outcome.object = context.check.subject.follow.as_ref().map(|_| dn.clone());
    outcome.evidence = evidence(entry, rule);
    let attributes: Vec<&str> = std::iter::once("objectClass").chain(rule.judging().attributes()).collect();
    outcome.reproduce = context.reproduce.read(dn, &attributes);
    outcome
}

/// A ruling on one object as an outcome.
pub(in crate::check) fn ruled(dn: &Dn, ruling: Ruling) -> Outcome {
    let (observed, advice) = match ruling.message.split_once('\n') {
        Some((observed, advice)) => (observed, format!("\n{advice}")),
        None => (ruling.message.as_str(), String::new()),
    };
    Outcome {
        verdict: ruling.verdict,
        message: format!("{dn}: {observed}.{advice}"),
        reason: ruling.reason,
        severity: ruling.severity,
        confidence: ruling.confidence,
        ..Outcome::default()
    }
}

/// What the object shows of what the rule reads.
pub(in crate::check) fn evidence(entry: &Entry, rule: &Rule) -> Vec<Evidence> {
    let all = rule.judging().attributes();
    let some: Vec<&str> = all.iter().copied().filter(|name| entry.has(name)).collect();
    let names: Vec<&str> = if some.is_empty() { all.into_iter().take(1).collect() } else { some };
    let of = |name: &str| Evidence {
        dn: entry.dn.clone(),
        attribute: name.to_owned(),
        observed: bounded(entry.texts(name)),
        expected: rule.expected(),
    };
    names.into_iter().map(of).collect()
}
