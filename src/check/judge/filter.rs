//! `filter`: the object matches an LDAP filter.

use super::led;
use super::{Context, Outcome, bounded};
use crate::check::definition::Expect;
use crate::directory::filter::Filter;
use crate::exchange::address::{has_type, proxy_addresses};
use crate::exchange::questions::{Condition, Seen, Truth};
use crate::report::{Evidence, Reason, Verdict};

pub(super) fn judge(context: &Context<'_>, reason: &Reason) -> Outcome {
    let (Some(condition), Expect::Filter { filter, .. }) = (&context.compiled.expect, &context.check().expect) else {
        return Outcome::default();
    };
    // the subject itself was seen; another object is looked up
    if let (None, Some(seen)) = (&context.check().subject.follow, &context.start.seen) {
        let outcome = one(context, condition, filter, reason, seen);
        return context.lessened_as(Some(*seen), outcome);
    }
    led::each(context, |seen| one(context, condition, filter, reason, seen))
}

/// What an object says of a filter.
pub(super) fn one(context: &Context<'_>, condition: &Condition, filter: &Filter, reason: &Reason, seen: &Seen<'_>) -> Outcome {
    let dn = seen.dn();
    let decided = |verdict, said: Reason, ground| Outcome {
        verdict,
        reason: said,
        message: format!("{dn}: {}.", describe(seen, filter, reason)),
        ground,
        ..Outcome::default()
    };
    let mut outcome = match condition.holds(seen) {
        Truth::Yes(ground) => decided(Verdict::Pass, Reason::Met, ground),
        Truth::No(ground) => decided(Verdict::Fail, reason.clone(), ground),
        Truth::Open(causes) => {
            let outcome = Outcome::open(causes);
            context.bench.words.undecided_filter(&dn, outcome, reason, context.is_by_administrator())
        }
    };
    outcome.object = context.check().subject.follow.as_ref().map(|_| dn.clone());
    outcome.evidence = evidence(seen, filter);
    outcome.reproduce = context.bench.reproduce.read(&dn, &attributes(filter));
    outcome
}

/// Whether a filter is about classes alone.
pub(super) fn is_about_kind(filter: &Filter) -> bool {
    filter.attributes().iter().all(|name| name.eq_ignore_ascii_case("objectClass"))
}

/// What the object shows, in the words of the condition.
fn describe(seen: &Seen<'_>, filter: &Filter, reason: &Reason) -> String {
    let kinds = || {
        let mut kinds: Vec<String> =
            proxy_addresses(&seen.shown()).into_iter().map(|a| a.kind).filter(|k| !k.is_empty()).collect();
        kinds.sort();
        kinds.dedup();
        kinds.truncate(20);
        if kinds.is_empty() { "no addresses at all".to_owned() } else { format!("addresses of type {}", kinds.join(", ")) }
    };
    match reason {
        Reason::WrongClass => seen.kind().words(),
        Reason::NoX400 if has_type(&seen.shown(), "X400") => "has an X.400 address".into(),
        Reason::NoX400 => format!("has no X.400 address; it shows {}", kinds()),
        _ => shown(seen, filter),
    }
}

/// The values that the condition looks at, a few of them.
fn shown(seen: &Seen<'_>, filter: &Filter) -> String {
    let mut parts = Vec::new();
    for name in filter.attributes().into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")).take(20) {
        let all = seen.values(name).seen();
        let values: Vec<String> = bounded(all.take(3).map(crate::directory::text::text_of));
        let more = all.count().saturating_sub(values.len());
        match (values.as_slice(), more) {
            ([], _) => parts.push(format!("no {name}")),
            (values, 0) => parts.push(format!("{name} is {}", values.join(", "))),
            (values, more) => parts.push(format!("{name} is {} and {more} more", values.join(", "))),
        }
    }
    if parts.is_empty() { seen.kind().words() } else { parts.join("; ") }
}

/// What the object shows of what the condition asks about.
fn evidence(seen: &Seen<'_>, filter: &Filter) -> Vec<Evidence> {
    evidence_of(seen, &filter.attributes(), &filter.to_string())
}

/// What an object shows of some attributes.
pub(super) fn evidence_of(seen: &Seen<'_>, attributes: &[&str], expected: &str) -> Vec<Evidence> {
    let some: Vec<&str> = attributes.iter().copied().filter(|name| seen.values(name).seen().next().is_some()).collect();
    let names = if some.is_empty() { attributes.iter().copied().take(1).collect() } else { some };
    let expected: String = expected.chars().take(500).collect();
    names
        .into_iter()
        .take(20)
        .map(|name| Evidence {
            dn: seen.dn(),
            attribute: name.to_owned(),
            observed: bounded(seen.values(name).texts()),
            expected: expected.clone(),
        })
        .collect()
}

fn attributes(filter: &Filter) -> Vec<&str> {
    let mut names = vec!["objectClass"];
    let more = filter.attributes();
    names.extend(more.into_iter().filter(|name| !name.eq_ignore_ascii_case("objectClass")).take(40));
    names
}
