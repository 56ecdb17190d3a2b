//! Which directory is which of those known, and what a reader must know of what is compared with what.

use super::compare::is_read;
use super::known::{Before, Known};
use crate::directory::dn::Dn;
use crate::report::Report;
use std::collections::BTreeMap;

/// Which directory of a report is which of those known.
pub(super) struct Pairs {
    /// For each of the report, the known one.
    pub(super) old: Vec<Option<usize>>,
}

impl Pairs {
    /// By what they are called, the first of a name with the first; where there is one each, these two.
    pub(super) fn of(known: &Known, report: &Report) -> Self {
        let (befores, targets) = (known.targets.as_slice(), report.targets.as_slice());
        if let ([before], [target]) = (befores, targets)
            && !(before.named && target.name.is_some() && before.label != target.lasting_label())
        {
            return Self { old: vec![Some(0)] };
        }
        let mut old: Vec<Option<usize>> = Vec::new();
        for target in targets {
            let is_free = |at: &usize| !old.contains(&Some(*at));
            let is_it = |at: &usize| befores.get(*at).is_some_and(|before| before.label == target.lasting_label());
            let found = (0..befores.len()).find(|at| is_it(at) && is_free(at));
            old.push(found);
        }
        Self { old }
    }

    /// The place in the report of a known one.
    pub(super) fn new_of(&self, old: usize) -> Option<usize> {
        self.old.iter().position(|index| *index == Some(old))
    }

    /// What a reader must know of what is compared with what.
    pub(super) fn notes(&self, known: &Known, report: &Report) -> Vec<String> {
        let mut notes = Vec::new();
        for (index, target) in report.targets.iter().enumerate() {
            let label = target.lasting_label();
            let Some(before) = self.old.get(index).copied().flatten().and_then(|old| known.targets.get(old)) else {
                if !known.targets.is_empty() {
                    notes.push(format!("{label} was not audited then: all of it is new."));
                }
                continue;
            };
            if before.label != label {
                notes.push(format!("{label} is compared with {}.", before.label));
            }
            if !is_read(report, index) {
                notes.push(format!("{label} could not be read: not compared; earlier results are kept."));
                continue;
            }
            if !before.complete && before.unread.is_none() {
                notes.push(format!("{label} was not read completely then: what is new may be older."));
            }
            if let Some(since) = &before.unread {
                notes.push(format!("{label} can be read again; it could not be since {}.", since.get(..10).unwrap_or(since)));
            }
            if let (Some(then), Some(now)) = (&before.organization, &target.organization)
                && !then.eq_ignore_ascii_case(now)
            {
                notes.push(format!("{label} is another organization: {now}, and was {then}."));
            }
            let now = Before::of(report, index, target);
            if let (Some(then), Some(now)) = (&before.base, &now.base)
                && Dn::parse_lossy(then.as_bytes()).key() != Dn::parse_lossy(now.as_bytes()).key()
            {
                notes.push(format!(
                    "{label} was audited from {then} then, and from {now} now: what is elsewhere is left as it was."
                ));
            }
            notes.extend(views(label, &before.view, &now.view));
        }
        for (old, before) in known.targets.iter().enumerate() {
            if self.new_of(old).is_none() && before.absent.is_none() {
                notes.push(format!("{} was audited then, and is not now: its earlier results are kept.", before.label));
            }
        }
        notes
    }
}

/// What is visible otherwise than it was, told together where it changed alike.
fn views(label: &str, then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let mut changed: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (what, state) in now {
        if let Some(before) = then.get(what).filter(|before| *before != state) {
            changed.entry((before, state)).or_default().push(what);
        }
    }
    let told = |((before, state), what): ((&str, &str), Vec<&str>)| {
        let what = what.join(", ");
        format!("{label}: {state} now, and {before} then: {what}. Results may differ for that reason alone.")
    };
    changed.into_iter().map(told).collect()
}

/// Ids that are told one by one.
const MOST_NAMED: usize = 5;

/// What a reader must know of the checks.
pub(super) fn checks(known: &Known, report: &Report) -> Vec<String> {
    if known.started.is_none() {
        return Vec::new();
    }
    let now: BTreeMap<&str, &str> = report.checks.iter().map(|check| (check.id.as_str(), check.digest.as_str())).collect();
    let added: Vec<&str> = now.keys().copied().filter(|id| !known.checks.contains_key(*id)).collect();
    let removed: Vec<&str> = known.checks.keys().map(String::as_str).filter(|id| !now.contains_key(id)).collect();
    let changed = |(id, digest): &(&&str, &&str)| known.checks.get(**id).is_some_and(|then| then != **digest);
    let changed: Vec<&str> = now.iter().filter(changed).map(|(id, _)| *id).collect();
    let told = |ids: &[&str], one: &str, many: &str| match ids {
        [] => None,
        [id] => Some(format!("One check {one}: {id}.")),
        ids if ids.len() <= MOST_NAMED => Some(format!("{} checks {many}: {}.", ids.len(), ids.join(", "))),
        ids => Some(format!("{} checks {many}.", ids.len())),
    };
    let lines = [
        told(&added, "was not run then", "were not run then"),
        told(&removed, "was run then, and is not now", "were run then, and are not now"),
        told(&changed, "has a different text now", "have different texts now"),
    ];
    lines.into_iter().flatten().collect()
}
