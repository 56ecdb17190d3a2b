//! One check of one object that is passing.

use super::doubts::Doubt;
use super::hang::{Hanging, Hangs};
use super::names::Names;
use super::referred::Holder;
use super::tally::{Key, Member};
use super::watched::Watched;
use super::{Said, Swept};
use crate::check::definition::{Check, Expect, Lesser};
use crate::check::judge::{Outcome, bounded_evidence, describe, rule as by_rule};
use crate::check::rules::{Glance, Object, Ruling};
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::sweep::Seen;
use crate::exchange::visibility::ShowsOperational;
use crate::report::{Reason, Verdict};

/// An object that is passing.
#[derive(Clone, Copy)]
pub(super) struct Passing<'a> {
    pub(super) entry: &'a Entry,
    pub(super) glance: &'a Glance<'a>,
    pub(super) seen: Seen,
    /// Whether it is told by itself though it passes.
    pub(super) each: bool,
    pub(super) operational: &'a ShowsOperational,
}

/// Judges, counts, and says how it stands for the checks that need this one.
pub(super) fn one(swept: &mut Swept<'_>, passing: &Passing<'_>, names: &mut Names) -> Said {
    let Passing { entry, seen, each, .. } = *passing;
    let check = swept.check;
    let mut hangs = Hangs::NONE;
    if let Some(only) = &check.subject.only {
        match decide(passing, only, &swept.attributes, false, &mut hangs) {
            // if what hangs is unset, it is a subject
            Some(true) => {}
            Some(false) if hangs.is_empty() => return Said::Fine,
            Some(false) => {
                swept.tally.unselected(hangs, || {
                    names.note(seen.index, &entry.dn);
                    seen.index
                });
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
        names.note(seen.index, &entry.dn);
        match swept.doubts.note(hangs) {
            Doubt::No => {}
            doubt => _ = swept.doubtful.insert(seen.index, doubt),
        }
        gather.see(passing.glance, seen.index);
        return Said::Fine;
    }
    if let Some(name) = check.refers_by() {
        return refer(swept, passing, name, names, hangs);
    }
    if !each && hangs.is_empty() && surely_passes(check, passing) {
        swept.tally.pass();
        return Said::Fine;
    }
    let enough = swept.tally.is_full();
    let outcome = match &check.expect {
        Expect::Filter { filter, reason } => of_filter(passing, filter, reason, enough, &swept.attributes, &mut hangs),
        Expect::Rule(rule) => {
            let ruling = ruling(passing, check, &swept.attributes, &mut hangs);
            ruling.map(|ruling| {
                let Ruling { verdict, severity, .. } = ruling;
                // nobody reads of each that it is well, nor how one fails that is only counted
                if (verdict == Verdict::Pass && !each) || (verdict == Verdict::Fail && enough) {
                    return Outcome { verdict, reason: ruling.reason, severity, ..Outcome::default() };
                }
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
        Verdict::Fail
            if outcome.severity.is_some()
                || check.lesser.iter().any(|lesser| surely_fits(passing, &swept.attributes, lesser)) =>
        {
            Said::Lesser
        }
        _ => Said::NotFine,
    };
    count(swept, passing, names, hangs, outcome);
    said
}

/// Whether an object that is a subject passes, whatever else is shown: most do, by a look at what they show.
#[inline]
pub(super) fn surely_passes(check: &Check, passing: &Passing<'_>) -> bool {
    match &check.expect {
        Expect::Rule(rule) => rule.judging().surely_holds(passing.glance),
        Expect::Filter { filter, .. } => filter.certain(passing.entry) == Some(true),
        _ => false,
    }
}

/// What cannot be told of an object, whatever else is shown.
fn undecided(entry: &Entry, what: &str) -> Outcome {
    let message = format!("{}: {what} cannot be told.", entry.dn);
    Outcome { verdict: Verdict::Unknown, reason: Reason::NotVisible, message, ..Outcome::default() }
}

/// Counts an outcome; one that may be a failure is kept.
fn count(swept: &mut Swept<'_>, passing: &Passing<'_>, names: &mut Names, hangs: Hangs, outcome: Outcome) {
    let Passing { entry, seen, each, .. } = *passing;
    if outcome.verdict == Verdict::Pass && !each && hangs.is_empty() {
        return swept.tally.pass();
    }
    let (verdict, reason, severity) = (outcome.verdict, outcome.reason.clone(), outcome.severity);
    let message = if verdict == Verdict::Pass { String::new() } else { outcome.message.clone() };
    let fits = |lesser: &Lesser| {
        let mut hangs = Hangs::NONE;
        let met = decide(passing, lesser.filter.as_ref()?, &swept.attributes, false, &mut hangs)?;
        met.then_some(hangs)
    };
    let all = || -> Vec<(usize, Hangs)> {
        swept.check.lesser.iter().enumerate().filter_map(|(index, lesser)| Some((index, fits(lesser)?))).collect()
    };
    let tell = || {
        (verdict == Verdict::Fail || each).then(|| {
            names.note(seen.index, &entry.dn);
            let lesser = if verdict == Verdict::Fail { all() } else { Vec::new() };
            Member { index: seen.index, lesser, outcome: Box::new(outcome) }
        })
    };
    swept.tally.count(Key { verdict, reason, severity, hangs }, || message, tell);
}

/// Notes where a reference leads; what it leads to is judged when everything streamed by.
fn refer(swept: &mut Swept<'_>, passing: &Passing<'_>, name: &str, names: &mut Names, mut hangs: Hangs) -> Said {
    let Passing { entry, seen, .. } = *passing;
    let values = entry.values(name);
    if values.is_empty() {
        unset(passing, &swept.attributes, name, &mut hangs);
        let message = || format!("{} has no {name}.", entry.dn);
        let (verdict, reason) = (Verdict::NotApplicable, Reason::Unset);
        if passing.each {
            count(swept, passing, names, hangs, Outcome { verdict, reason, message: message(), ..Outcome::default() });
        } else {
            // most objects have none of most references: nothing is written for each
            swept.tally.count(Key { verdict, reason, severity: None, hangs }, message, || None);
        }
        return Said::Fine;
    }
    swept.tally.subjects += 1;
    let doubt = swept.doubts.note(hangs);
    let attributes = &swept.attributes;
    let fits = |filter: &Filter| surely_matches(passing, attributes, filter);
    let fitting = swept.check.lesser.iter().zip(0..32).filter(|(lesser, _)| lesser.filter.as_ref().is_some_and(fits));
    let lesser = fitting.map(|(_, bit)| 1_u32 << bit).sum();
    names.note(seen.index, &entry.dn);
    let holder = Holder { index: seen.index, lesser, doubt };
    for written in values {
        swept.referred.add(holder, written);
    }
    // decided later: no check needs this one (the loader sees to it)
    Said::Fine
}

/// Adds what it hangs on that an attribute which did not come back is unset.
pub(super) fn unset(passing: &Passing<'_>, attributes: &Watched, name: &str, hangs: &mut Hangs) {
    if let Some(hanging) = Hanging::of(passing, attributes, name, false) {
        hangs.add(hanging);
    }
}

/// Whether a failure weighs less, whatever is not known yet: what the servers run for one.
fn surely_fits(passing: &Passing<'_>, attributes: &Watched, lesser: &Lesser) -> bool {
    lesser.from.is_none() && lesser.filter.as_ref().is_some_and(|filter| surely_matches(passing, attributes, filter))
}

/// Whether a filter matches, whatever the rest shows.
fn surely_matches(passing: &Passing<'_>, attributes: &Watched, filter: &Filter) -> bool {
    filter.evaluate(passing.entry, &mut |name| Hanging::of(passing, attributes, name, false).is_none()) == Some(true)
}

/// What a filter says; none if even what hangs cannot decide it. If `enough` are told, failures are only counted.
fn of_filter(
    passing: &Passing<'_>,
    filter: &Filter,
    reason: &Reason,
    enough: bool,
    attributes: &Watched,
    hangs: &mut Hangs,
) -> Option<Outcome> {
    let Passing { entry, each, .. } = *passing;
    let met = decide(passing, filter, attributes, *reason == Reason::NoX400, hangs)?;
    if met {
        let message = if each { format!("{}: {}.", entry.dn, describe(entry, filter, reason)) } else { String::new() };
        return Some(Outcome { verdict: Verdict::Pass, reason: Reason::Met, message, ..Outcome::default() });
    }
    if enough {
        return Some(Outcome { verdict: Verdict::Fail, reason: reason.clone(), ..Outcome::default() });
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
pub(super) fn decide(
    passing: &Passing<'_>,
    filter: &Filter,
    attributes: &Watched,
    no_x400: bool,
    hangs: &mut Hangs,
) -> Option<bool> {
    let entry = passing.entry;
    // nearly always it does not matter what is absent
    if let Some(certain) = filter.certain(entry) {
        return Some(certain);
    }
    let mut absent: Option<Hangs> = None;
    let plain = filter.evaluate(entry, &mut |attribute| match Hanging::of(passing, attributes, attribute, no_x400) {
        None => true,
        Some(hanging) => {
            absent.get_or_insert(Hangs::NONE).add(hanging);
            false
        }
    });
    if plain.is_some() {
        return plain;
    }
    let decided = filter.evaluate(entry, &mut |_| true)?;
    let Some(absent) = absent else { return Some(decided) };
    if absent.len() < 2 {
        hangs.add_all(&absent);
        return Some(decided);
    }
    // one of them alone may be enough, whatever the others are
    let alone = |one: &Hanging| {
        let is_open = |place: usize| absent.iter().any(|other| other.attribute == place);
        filter
            .evaluate(entry, &mut |name| {
                let place = attributes.place(name);
                place == one.attribute || !is_open(place)
            })
            .is_some()
    };
    let mut enough = Hangs::NONE;
    absent.iter().filter(|one| alone(one)).for_each(|one| enough.add(*one));
    if enough.is_empty() {
        hangs.add_all(&absent);
    } else {
        hangs.add_any(&enough);
    }
    Some(decided)
}

fn ruling(passing: &Passing<'_>, check: &Check, attributes: &Watched, hangs: &mut Hangs) -> Option<Ruling> {
    let entry = passing.entry;
    let Expect::Rule(rule) = &check.expect else { return None };
    let mut absent: Option<Hangs> = None;
    let mut hang = |attribute: &str| match Hanging::of(passing, attributes, attribute, false) {
        None => true,
        Some(hanging) => {
            absent.get_or_insert(Hangs::NONE).add(hanging);
            false
        }
    };
    if let Some(ruling) = rule.judging().judge(&Object::new(entry, None, &mut hang)) {
        return Some(ruling);
    }
    // as if all were unset that did not come back: it hangs on all that the rule asks for then
    let mut unset = |attribute: &str| {
        let hanging = Hanging::of(passing, attributes, attribute, false);
        hanging.into_iter().for_each(|hanging| absent.get_or_insert(Hangs::NONE).add(hanging));
        true
    };
    let ruling = rule.judging().judge(&Object::new(entry, None, &mut unset));
    absent.iter().for_each(|absent| hangs.add_all(absent));
    ruling
}
