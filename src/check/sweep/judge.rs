//! One check of one object that is passing.

use super::doubts::Doubt;
use super::hang::Hanging;
use super::names::Names;
use super::referred::Holder;
use super::tally::{Key, Member};
use super::{Hangs, Said, Swept};
use crate::check::definition::{Check, Expect, Lesser, Reference};
use crate::check::judge::{Outcome, bounded_evidence, describe, rule as by_rule};
use crate::check::rules::{Object, Ruling};
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::naming;
use crate::exchange::sweep::Seen;
use crate::report::{Reason, Verdict};

/// An object that is passing.
#[derive(Clone, Copy)]
pub(super) struct Passing<'a> {
    pub(super) entry: &'a Entry,
    pub(super) seen: Seen,
    /// Whether it is told by itself though it passes.
    pub(super) each: bool,
}

/// Judges, counts, and says how it stands for the checks that need this one.
pub(super) fn one(swept: &mut Swept<'_>, passing: &Passing<'_>, names: &mut Names) -> Said {
    let Passing { entry, seen, each } = *passing;
    let check = swept.check;
    let mut hangs = Hangs::new();
    if let Some(only) = &check.subject.only {
        match decide(entry, only, &Reason::NotMet, &mut hangs) {
            // if what hangs is unset, it is a subject
            Some(true) => {}
            Some(false) if hangs.is_empty() => return Said::Fine,
            Some(false) => {
                swept.tally.unselected(hangs, || names.of(seen.index, &entry.dn));
                return Said::Fine;
            }
            None => {
                count(swept, passing, names, hangs, undecided(entry, "whether the check is for it"));
                return Said::NotFine;
            }
        }
    }
    if let Some(gather) = &mut swept.gather {
        swept.tally.subjects += 1;
        names.of(seen.index, &entry.dn);
        match swept.doubts.note(hangs) {
            Doubt::No => {}
            doubt => _ = swept.doubtful.insert(seen.index, doubt),
        }
        gather.see(entry, seen.index);
        return Said::Fine;
    }
    let reference = match (&check.subject.follow, &check.expect) {
        (_, Expect::Manual(_)) => None,
        (Some(Reference::Attribute(name)), _) | (_, Expect::Resolves { reference: Reference::Attribute(name), .. }) => Some(name),
        _ => None,
    };
    if let Some(name) = reference {
        return refer(swept, passing, name, names, hangs);
    }
    let outcome = match &check.expect {
        Expect::Filter { filter, reason } => of_filter(entry, filter, reason, &mut hangs, each),
        Expect::Rule(rule) => {
            let ruling = ruling(entry, check, &mut hangs);
            ruling.map(|ruling| {
                let mut outcome = by_rule::ruled(&entry.dn, ruling);
                if outcome.verdict == Verdict::Fail {
                    outcome.evidence = by_rule::evidence(entry, rule);
                }
                outcome
            })
        }
        Expect::Manual(step) => {
            let message = step.clone();
            Some(Outcome { verdict: Verdict::Manual, reason: Reason::ByHand, message, ..Outcome::default() })
        }
        Expect::Set(_) | Expect::Resolves { .. } => None,
    };
    let outcome = outcome.unwrap_or_else(|| undecided(entry, "what the check asks about"));
    let said = match outcome.verdict {
        Verdict::Pass | Verdict::NotApplicable => Said::Fine,
        Verdict::Fail if outcome.severity.is_some() || check.lesser.iter().any(|lesser| surely_fits(entry, lesser)) => {
            Said::Lesser
        }
        _ => Said::NotFine,
    };
    count(swept, passing, names, hangs, outcome);
    said
}

/// What cannot be told of an object, whatever else is shown.
fn undecided(entry: &Entry, what: &str) -> Outcome {
    let message = format!("{}: {what} cannot be told.", entry.dn);
    Outcome { verdict: Verdict::Unknown, reason: Reason::NotVisible, message, ..Outcome::default() }
}

/// Counts an outcome; one that may be a failure is kept.
fn count(swept: &mut Swept<'_>, passing: &Passing<'_>, names: &mut Names, hangs: Hangs, outcome: Outcome) {
    let Passing { entry, seen, each } = *passing;
    let (verdict, reason, severity) = (outcome.verdict, outcome.reason.clone(), outcome.severity);
    let message = if verdict == Verdict::Pass { String::new() } else { outcome.message.clone() };
    let fits = |lesser: &Lesser| {
        let mut hangs = Hangs::new();
        let met = decide(entry, lesser.filter.as_ref()?, &Reason::NotMet, &mut hangs)?;
        met.then_some(hangs)
    };
    let all = || swept.check.lesser.iter().enumerate().filter_map(|(index, lesser)| Some((index, fits(lesser)?))).collect();
    let tell = || {
        (verdict == Verdict::Fail || each).then(|| Member {
            name: names.of(seen.index, &entry.dn),
            index: seen.index,
            lesser: if verdict == Verdict::Fail { all() } else { Vec::new() },
            outcome: Box::new(outcome),
        })
    };
    swept.tally.count(Key { verdict, reason, severity, hangs }, || message, tell);
}

/// Notes where a reference leads; what it leads to is judged when everything streamed by.
fn refer(swept: &mut Swept<'_>, passing: &Passing<'_>, name: &str, names: &mut Names, mut hangs: Hangs) -> Said {
    let Passing { entry, seen, .. } = *passing;
    let values = entry.values(name);
    if values.is_empty() {
        hangs.extend(Hanging::of(entry, name, &Reason::NotMet));
        let message = format!("{} has no {name}.", entry.dn);
        let outcome = Outcome { verdict: Verdict::NotApplicable, reason: Reason::Unset, message, ..Outcome::default() };
        count(swept, passing, names, hangs, outcome);
        return Said::Fine;
    }
    swept.tally.subjects += 1;
    let doubt = swept.doubts.note(hangs);
    let fits = |filter: &Filter| surely_matches(entry, filter);
    let fitting = swept.check.lesser.iter().zip(0..32).filter(|(lesser, _)| lesser.filter.as_ref().is_some_and(fits));
    let lesser = fitting.map(|(_, bit)| 1_u32 << bit).sum();
    let holder = Holder { name: names.of(seen.index, &entry.dn), index: seen.index, lesser, doubt };
    for text in entry.texts(name) {
        swept.referred.add(holder, naming::from_either(&text), &text);
    }
    // decided later: no check needs this one (the loader sees to it)
    Said::Fine
}

/// Whether a failure weighs less, whatever is not known yet: what the servers run for one.
fn surely_fits(entry: &Entry, lesser: &Lesser) -> bool {
    lesser.from.is_none() && lesser.filter.as_ref().is_some_and(|filter| surely_matches(entry, filter))
}

/// Whether a filter matches, whatever the rest shows.
fn surely_matches(entry: &Entry, filter: &Filter) -> bool {
    filter.evaluate(entry, &mut |attribute| Hanging::of(entry, attribute, &Reason::NotMet).is_none()) == Some(true)
}

/// What a filter says; none if even what hangs cannot decide it.
fn of_filter(entry: &Entry, filter: &Filter, reason: &Reason, hangs: &mut Hangs, each: bool) -> Option<Outcome> {
    let met = decide(entry, filter, reason, hangs)?;
    if met {
        let message = if each { format!("{}: {}.", entry.dn, describe(entry, filter, reason)) } else { String::new() };
        return Some(Outcome { verdict: Verdict::Pass, reason: Reason::Met, message, ..Outcome::default() });
    }
    Some(Outcome {
        verdict: Verdict::Fail,
        reason: reason.clone(),
        message: format!("{}: {}.", entry.dn, describe(entry, filter, reason)),
        evidence: bounded_evidence(entry, filter),
        ..Outcome::default()
    })
}

/// Evaluates a filter: as it is if that decides it, else as if what did not come back were unset, and then it hangs on that.
fn decide(entry: &Entry, filter: &Filter, reason: &Reason, hangs: &mut Hangs) -> Option<bool> {
    let mut absent = Vec::new();
    let plain = filter.evaluate(entry, &mut |attribute| match Hanging::of(entry, attribute, reason) {
        None => true,
        Some(hanging) => {
            absent.push(hanging);
            false
        }
    });
    if plain.is_some() {
        return plain;
    }
    let mut open = Hangs::new();
    add(&mut open, absent);
    let decided = filter.evaluate(entry, &mut |_| true)?;
    // one of them alone may be enough, whatever the others are
    let alone = |one: &Hanging| {
        let is_open = |attribute: &str| open.iter().any(|other| other.attribute.eq_ignore_ascii_case(attribute));
        let is_this = |attribute: &str| one.attribute.eq_ignore_ascii_case(attribute);
        filter.evaluate(entry, &mut |attribute| is_this(attribute) || !is_open(attribute)).is_some()
    };
    let enough: Hangs = if open.len() > 1 { open.iter().filter(|one| alone(one)).cloned().collect() } else { Hangs::new() };
    add(hangs, Hanging::any(enough).map_or(open, |any| vec![any]));
    Some(decided)
}

fn ruling(entry: &Entry, check: &Check, hangs: &mut Hangs) -> Option<Ruling> {
    let Expect::Rule(rule) = &check.expect else { return None };
    let mut absent = Vec::new();
    let mut hang = |attribute: &str| match Hanging::of(entry, attribute, &Reason::NotMet) {
        None => true,
        Some(hanging) => {
            absent.push(hanging);
            false
        }
    };
    if let Some(ruling) = rule.judging().judge(&Object::new(entry, None, &mut hang)) {
        return Some(ruling);
    }
    add(hangs, absent);
    rule.judging().judge(&Object::new(entry, None, &mut |_| true))
}

fn add(hangs: &mut Hangs, more: Vec<Hanging>) {
    for hanging in more {
        if !hangs.contains(&hanging) {
            hangs.push(hanging);
        }
    }
}
