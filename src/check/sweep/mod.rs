//! The checks of what streams by: each object is judged as it passes, counted, and kept only where something is wrong.
//!
//! Whether an attribute that did not come back may be taken for "not set" is often known only at the end: another object must
//! have shown it. So an object's verdict may hang on that ([`hang::Hang`]), and is given when everything streamed by.

mod doubts;
mod gathered;
mod hang;
mod judge;
mod kept;
mod lookup;
mod names;
mod referred;
mod results;
mod tally;
mod watched;

use super::definition::{Check, Expect};
use super::judge::Outcome;
use super::rules::Gather;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::exchange::sweep::Seen;
use crate::exchange::visibility::ShowsOperational;
use crate::exchange::wanted::Watch;
use doubts::{Doubt, Doubts};
use names::Names;
use referred::Referred;
use std::collections::HashMap;
use tally::Tally;
use watched::Watched;

/// Watches what streams by, for the checks of such objects.
pub struct Sweeper<'a> {
    checks: Vec<Swept<'a>>,
    /// The checks of objects that are kept: only what their references lead to is of interest here.
    kept: Vec<&'a Check>,
    names: Names,
    /// Called with the number of objects that streamed by, now and then.
    progress: Option<Box<dyn FnMut(u64) + Send + Sync + 'a>>,
    seen: u64,
    /// The selections of the checks, each once, and whether the object that is passing is of each.
    selections: Vec<(&'static Selection, bool)>,
    /// What each check said of the object that is passing.
    said: Vec<Said>,
    /// Whether every object is told by itself, those that pass too.
    each: bool,
}

/// One check and what came of it so far.
struct Swept<'a> {
    check: &'a Check,
    /// Where in the list of selections its own stands.
    selection: usize,
    /// Where in the list of checks those stand that it needs.
    needs: Vec<usize>,
    /// The attributes that its condition speaks of.
    attributes: Watched,
    tally: Tally,
    /// Where the references lead that it follows or resolves.
    referred: Referred,
    gather: Option<Box<dyn Gather>>,
    /// Whether objects are subjects, where that hangs on something and they are not judged by themselves.
    doubts: Doubts,
    /// Of objects that a rule gathered, by index.
    doubtful: HashMap<u32, Doubt>,
}

/// One result of a check of what streamed by.
pub(super) struct Result {
    /// The object it is about; none if it is about several.
    pub(super) subject: Option<Dn>,
    /// How many it is about.
    pub(super) count: u64,
    /// What the check says.
    pub(super) outcome: Outcome,
}

/// What a check said of the object that is passing, for those that need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    /// It is no subject of the check, or passes as far as is known now.
    Fine,
    /// It fails in a lesser way than it could: what depends on it is judged all the same, but not by a person.
    Lesser,
    /// It does not pass.
    NotFine,
}

impl<'a> Sweeper<'a> {
    /// For these checks, in this order.
    pub fn new(checks: &[&'a Check]) -> Self {
        let swept: Vec<&'a Check> = checks.iter().copied().filter(|check| check.subject.each.is_swept()).collect();
        let mut selections: Vec<(&'static Selection, bool)> = Vec::new();
        for check in &swept {
            if !selections.iter().any(|(known, _)| *known == check.subject.each) {
                selections.push((check.subject.each, false));
            }
        }
        let of = |check: &&'a Check| Swept {
            check,
            selection: selections.iter().position(|(known, _)| *known == check.subject.each).unwrap_or_default(),
            needs: check.needs.iter().filter_map(|need| swept.iter().position(|other| other.id == *need)).collect(),
            attributes: Watched::of(check),
            tally: Tally::default(),
            referred: Referred::default(),
            gather: match &check.expect {
                Expect::Rule(rule) => rule.judging().gather(),
                _ => None,
            },
            doubts: Doubts::default(),
            doubtful: HashMap::new(),
        };
        let kept = checks.iter().copied().filter(|check| !check.subject.each.is_swept()).collect();
        Self {
            checks: swept.iter().map(of).collect(),
            kept,
            names: Names::default(),
            progress: None,
            seen: 0,
            selections,
            said: Vec::new(),
            each: false,
        }
    }

    /// The same; `progress` is told how many objects streamed by, every few hundred.
    #[must_use]
    pub fn telling(mut self, progress: impl FnMut(u64) + Send + Sync + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }
}

impl Sweeper<'_> {
    /// The same; every object is told by itself, as many as can be.
    #[must_use]
    pub fn telling_each(mut self) -> Self {
        self.each = true;
        self
    }

    /// Lets go of who is told how far it has come.
    pub fn tell_no_more(&mut self) {
        self.progress = None;
    }
}

impl Watch for Sweeper<'_> {
    fn see(&mut self, entry: &Entry, seen: Seen) {
        self.seen += 1;
        if let Some(progress) = self.progress.as_mut().filter(|_| self.seen.is_multiple_of(256)) {
            progress(self.seen);
        }
        for (selection, takes) in &mut self.selections {
            *takes = selection.takes(entry);
        }
        let said = &mut self.said;
        said.clear();
        let names = &mut self.names;
        let operational = ShowsOperational::new();
        let passing = judge::Passing { entry, seen, each: self.each, operational: &operational };
        for swept in &mut self.checks {
            let verdict = if self.selections.get(swept.selection).is_some_and(|(_, takes)| *takes) {
                let by_hand = matches!(swept.check.expect, Expect::Manual(_));
                let unmet = swept.needs.iter().find(|need| match said.get(**need) {
                    Some(Said::NotFine) => true,
                    Some(Said::Lesser) => by_hand,
                    Some(Said::Fine) | None => false,
                });
                match unmet {
                    Some(_) => {
                        swept.tally.blocked();
                        Said::NotFine
                    }
                    None => judge::one(swept, &passing, names),
                }
            } else {
                Said::Fine
            };
            said.push(verdict);
        }
    }

    fn wanted(&mut self, organization: &Organization) -> Vec<Dn> {
        let mut wanted = Vec::new();
        for swept in &self.checks {
            swept.referred.wanted(swept.check, organization, &mut wanted);
        }
        for check in &self.kept {
            kept::wanted(check, organization, &mut wanted);
        }
        wanted
    }
}
