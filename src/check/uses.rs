//! Who refers to an object, in words, and which checks follow the attributes that say so: they would fail if the object went.
//!
//! That is told from the texts of the checks, for the objects that they select: what else a check depends on is not judged here. A
//! rehearsal on a copy of the directory may put its own answer in the same place.

mod words;

use super::definition::{Check, Expect, Reference};
use super::unseen;
use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::directory::source::Origin;
use crate::exchange::dependents::{Dependent, Dependents};
use crate::exchange::questions::{Condition, Lookup, Questions, Truth};
use crate::report::{Failing, Known, LONGEST_NAME, Presence, Severity, Target, Tool, USES_SCHEMA, Use, Used, Uses};
use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use words::Kinds;

/// Characters of what is told in words, which may hold a name of any length.
const LONGEST_WORDS: usize = 300;
/// The rules that follow the name of a server.
const NAMES_SERVER: [&str; 2] = ["names-server", "ims-server"];

/// Who refers to an object; `told` says that something went wrong while reading, and that it is told.
pub fn of(checks: &[&Check], questions: &Questions, dn: &Dn, origin: &Origin, target: Target) -> Uses {
    let dependents = Dependents::of(questions, dn);
    let follows = Follows { conditions: conditions(checks, questions), administrators: &dependents.administrators };
    let mut groups: Vec<Vec<&Dependent<'_>>> = Vec::new();
    let mut places: HashMap<(String, u128, bool, Vec<&str>), usize> = HashMap::new();
    let kinds = Kinds::default();
    let mut failing: Vec<Vec<&Check>> = Vec::new();
    for dependent in &dependents.seen {
        let fails = follows.fails(dependent);
        let ids = fails.iter().map(|check| check.id.as_str()).collect();
        let role = words::role(&kinds, dependent);
        let is_inferred = dependent.confidence == crate::report::Confidence::Inferred;
        let place = *places.entry((role, dependent.to.number(), is_inferred, ids)).or_insert_with(|| {
            groups.push(Vec::new());
            failing.push(fails);
            groups.len() - 1
        });
        groups.get_mut(place).into_iter().for_each(|group| group.push(dependent));
    }
    let mut references: Vec<Use> =
        groups.iter().zip(&failing).filter_map(|(group, checks)| use_of(&kinds, group, checks)).collect();
    let own = dn.number();
    // what lies below stands together, that which would be missed most first
    let mut worst: HashMap<u128, Option<Severity>> = HashMap::new();
    for one in &references {
        let known = worst.entry(one.to.number()).or_default();
        *known = one.severity().max(*known);
    }
    references.sort_by_cached_key(|one| {
        let place = (one.to.number() != own, Reverse(worst.get(&one.to.number()).copied()), one.to.key());
        (place, Reverse(one.severity()), Reverse(one.count), one.what.clone())
    });
    let count = dependents.seen.iter().map(|dependent| dependent.by.number()).collect::<BTreeSet<_>>().len();
    Uses {
        schema: USES_SCHEMA,
        tool: Tool::this(),
        started: String::new(),
        finished: String::new(),
        complete: target.complete,
        object: used(questions, dn),
        count,
        confidence: dependents.confidence,
        references,
        unseen: unseen::of_causes(&dependents.missing, questions, origin, !target.problems.is_empty()),
        target,
    }
}

/// The object itself.
fn used(questions: &Questions, dn: &Dn) -> Used {
    let below = questions.living_objects().filter(|seen| !seen.is(dn) && seen.dn().is_within(dn)).count();
    let state = match questions.object(dn) {
        Lookup::There(_) => Presence::There,
        Lookup::Deleted(_) => Presence::Deleted,
        Lookup::Gone(..) => Presence::Gone,
        Lookup::Open(_) => Presence::Unknown,
    };
    let kind = questions.find(dn).map(|seen| words::kind(&seen));
    Used { dn: dn.clone(), kind, state, below }
}

fn use_of(kinds: &Kinds, group: &[&Dependent<'_>], checks: &[&Check]) -> Option<Use> {
    let first = group.first()?;
    let name = |dependent: &&Dependent<'_>| bounded::text(&dependent.by.to_string(), LONGEST_NAME).into_owned();
    let mut by: Vec<String> = group.iter().map(name).collect();
    by.sort_unstable_by_key(|name| name.to_lowercase());
    by.truncate(Use::MOST);
    let failing = |check: &&Check| Failing {
        check: check.id.clone(),
        severity: check.severity,
        kb: check.kb.first().cloned(),
        fails: check.headline().to_owned(),
        known: Known::Follows,
    };
    let mut checks: Vec<Failing> = checks.iter().map(failing).collect();
    checks.sort_by(|one, other| (other.severity, &one.check).cmp(&(one.severity, &other.check)));
    let short = |text: String| bounded::text(&text, LONGEST_WORDS).into_owned();
    let (role, whom) = words::what(kinds, group);
    let (role, whom) = (short(role), short(whom));
    Some(Use {
        what: format!("{role} {whom}"),
        parts: (role, whom),
        attribute: short(first.attribute.clone()),
        to: first.to.clone(),
        confidence: first.confidence,
        count: group.len(),
        by,
        checks,
    })
}

/// The checks that follow references, each with the filter of its subjects.
struct Follows<'a> {
    conditions: Vec<(&'a Check, Option<Condition>)>,
    administrators: &'a BTreeSet<u128>,
}

fn conditions<'a>(checks: &[&'a Check], questions: &Questions) -> Vec<(&'a Check, Option<Condition>)> {
    let only = |check: &Check| check.subject.only.as_ref().map(|only| Condition::of(only, questions));
    checks.iter().filter(|check| !matches!(check.expect, Expect::Manual(_))).map(|check| (*check, only(check))).collect()
}

impl<'a> Follows<'a> {
    /// The checks that would fail if what one depends on went. One that needs another of them would wait for that.
    fn fails(&self, dependent: &Dependent<'_>) -> Vec<&'a Check> {
        let all = self.followers(dependent);
        let waits = |check: &Check| all.iter().any(|other| check.needs.contains(&other.id));
        all.iter().filter(|check| !waits(check)).copied().collect()
    }

    fn followers(&self, dependent: &Dependent<'_>) -> Vec<&'a Check> {
        self.conditions.iter().filter(|(check, only)| self.would_fail(check, only.as_ref(), dependent)).map(|(c, _)| *c).collect()
    }

    fn would_fail(&self, check: &Check, only: Option<&Condition>, dependent: &Dependent<'_>) -> bool {
        let is = |name: &str| name.eq_ignore_ascii_case(&dependent.attribute);
        let is_followed = match &check.expect {
            Expect::Resolves { reference: Reference::Administrator, .. } => dependent.administrator.is_some(),
            Expect::Resolves { reference: Reference::Attribute(name), .. } => dependent.administrator.is_none() && is(name),
            Expect::Rule(rule) => {
                // the first is the one that names; another may name its site
                let named =
                    NAMES_SERVER.contains(&rule.name()) && rule.reading().attributes().first().is_some_and(|name| is(name));
                dependent.administrator.is_none() && named
            }
            _ => false,
        };
        if !is_followed {
            return false;
        }
        match (&check.subject.follow, &dependent.seen) {
            // the attribute is that of the administrator of a service
            (Some(Reference::Administrator), _) => self.administrators.contains(&dependent.by.number()),
            (Some(Reference::Attribute(_)), _) | (None, None) => false,
            (None, Some(seen)) => {
                check.subject.each.takes(&seen.shown()) && only.is_none_or(|only| !matches!(only.holds(seen), Truth::No(_)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
