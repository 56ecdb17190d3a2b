//! The checks of what streams by: each object is judged as it passes, counted, and kept only where something is wrong.
//!
//! Whether an attribute that did not come back may be taken for "not set" is often known only at the end: another object must
//! have shown it. So an object's verdict may hang on that ([`hang::Hang`]), and is given when everything streamed by.

mod alike;
mod aside;
mod doubts;
mod gathered;
mod hang;
mod judge;
mod kept;
mod lookup;
mod lot;
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
use crate::exchange::shapes::Shape;
use crate::exchange::sweep::Seen;
use crate::exchange::wanted::Watch;
use aside::Aside;
use doubts::{Doubt, Doubts};
use lot::Lot;
use names::Names;
use referred::Referred;
use std::collections::HashMap;
use std::thread::scope;
use tally::Tally;
use watched::Watched;

/// Watches what streams by, for the checks of such objects.
pub struct Sweeper<'a> {
    /// The checks of what streams by.
    lot: Lot<'a>,
    /// The checks of objects that are kept: only what their references lead to is of interest here.
    kept: Vec<&'a Check>,
    /// Called with the number of objects that streamed by, now and then.
    progress: Option<Box<dyn FnMut(u64) + Send + Sync + 'a>>,
    seen: u64,
    /// The names of all that streamed by, where any of them may have to be told of.
    names: Names,
    all_named: bool,
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
    /// Every object of its selection is a subject, whatever other checks say, and is judged by itself.
    is_simple: bool,
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

impl<'a> Swept<'a> {
    fn of(check: &'a Check, selection: usize, needs: Vec<usize>) -> Self {
        let gather = match &check.expect {
            Expect::Rule(rule) => rule.judging().gather(),
            _ => None,
        };
        Self {
            check,
            selection,
            is_simple: needs.is_empty() && check.subject.only.is_none() && check.subject.follow.is_none() && gather.is_none(),
            needs,
            attributes: Watched::of(check),
            tally: Tally::default(),
            referred: Referred::default(),
            gather,
            doubts: Doubts::default(),
            doubtful: HashMap::new(),
        }
    }
}

impl<'a> Sweeper<'a> {
    /// For these checks, in this order.
    pub fn new(checks: &[&'a Check]) -> Self {
        let (swept, kept): (Vec<&Check>, Vec<&Check>) = checks.iter().copied().partition(|check| check.subject.each.is_swept());
        let mut lot = Lot::of(&swept);
        let all_named = lot.names_all();
        if all_named {
            lot.names = Names::elsewhere();
        }
        Self { lot, kept, progress: None, seen: 0, names: Names::default(), all_named, each: false }
    }

    /// The same; `progress` is told how many objects streamed by, every few hundred.
    #[must_use]
    pub fn telling(mut self, progress: impl FnMut(u64) + Send + Sync + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

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

    /// Watches a collection.
    pub fn watch<R>(&mut self, collect: impl FnOnce(&mut dyn Watch) -> R) -> R {
        scope(|scope| {
            let aside = if self.lot.checks.is_empty() { None } else { Aside::start(scope, &mut self.lot, self.each) };
            let mut watching = Watching { sweeper: self, aside };
            let collected = collect(&mut watching);
            watching.end();
            collected
        })
    }

    fn checks(&self) -> impl Iterator<Item = &Swept<'a>> {
        self.lot.checks.iter()
    }
}

/// A collection that is watched.
struct Watching<'w, 'scope, 'a> {
    sweeper: &'w mut Sweeper<'a>,
    /// The checks, while they look in a thread of their own.
    aside: Option<Aside<'scope, 'a>>,
}

impl<'scope, 'a: 'scope> Watching<'_, 'scope, 'a> {
    /// Takes the checks back, if they are not here.
    fn end(&mut self) {
        if let Some(aside) = self.aside.take() {
            self.sweeper.lot = aside.finish();
        }
        self.sweeper.lot.settle();
    }
}

impl<'scope, 'a: 'scope> Watch for Watching<'_, 'scope, 'a> {
    fn see(&mut self, entry: Entry, seen: Seen, shape: Option<Shape>) {
        let Sweeper { lot, progress, seen: count, names, all_named, each, .. } = &mut *self.sweeper;
        *count += 1;
        if *all_named {
            names.note(seen.index, &entry.dn);
        }
        if let Some(progress) = progress.as_mut().filter(|_| count.is_multiple_of(256)) {
            progress(*count);
        }
        match &mut self.aside {
            Some(thread) => thread.see(entry, seen, shape),
            None => lot.see(&entry, seen, shape, *each),
        }
    }

    fn wanted(&mut self, organization: &Organization) -> Vec<Dn> {
        self.end();
        let mut wanted = Vec::new();
        for swept in self.sweeper.checks() {
            swept.referred.wanted(swept.check, organization, &mut wanted);
        }
        for check in &self.sweeper.kept {
            kept::wanted(check, organization, &mut wanted);
        }
        wanted
    }
}
