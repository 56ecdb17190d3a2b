//! Checks that look together at what streams by.

use super::alike::Kind;
use super::judge::{self, Passing};
use super::names::Names;
use super::{Said, Swept};
use crate::check::definition::{Check, Expect};
use crate::check::rules::Glance;
use crate::directory::entry::Entry;
use crate::exchange::selection::Selection;
use crate::exchange::shapes::Shape;
use crate::exchange::sweep::Seen;
use crate::exchange::visibility::ShowsOperational;

/// Some checks, and what came of them so far.
#[derive(Default)]
pub(super) struct Lot<'a> {
    pub(super) checks: Vec<Swept<'a>>,
    pub(super) names: Names,
    /// The selections of the checks, each once, and whether the object that is passing is of each.
    selections: Vec<(&'static Selection, bool)>,
    /// What each check said of the object that is passing.
    said: Vec<Said>,
    /// What is said of all objects of a shape, by its number.
    kinds: Vec<Option<Kind>>,
}

impl<'a> Lot<'a> {
    /// Of these checks.
    pub(super) fn of(checks: &[&'a Check]) -> Self {
        let mut lot = Self::default();
        for check in checks {
            let known = lot.selections.iter().position(|(known, _)| *known == check.subject.each);
            let selection = known.unwrap_or(lot.selections.len());
            if known.is_none() {
                lot.selections.push((check.subject.each, false));
            }
            let needs = check.needs.iter().filter_map(|need| checks.iter().position(|other| other.id == *need)).collect();
            lot.checks.push(Swept::of(check, selection, needs));
            lot.said.push(Said::Fine);
        }
        lot
    }

    /// Whether it notes the name of every object that a check looks at: one may share something with another, or hold a
    /// reference that leads nowhere.
    pub(super) fn names_all(&self) -> bool {
        self.checks.iter().any(|swept| swept.gather.is_some() || swept.check.refers_by().is_some())
    }

    /// All came: does what was put off.
    pub(super) fn settle(&mut self) {
        for kind in self.kinds.iter_mut().flatten() {
            let count = std::mem::take(&mut kind.count);
            for (at, place) in &kind.counted {
                self.checks.get_mut(*at).into_iter().for_each(|swept| swept.tally.again(*place, count));
            }
        }
        self.checks.iter_mut().filter_map(|swept| swept.gather.as_mut()).for_each(|gather| gather.settle());
    }

    /// Lets the checks look at an object; `each` if it is told by itself though it passes.
    pub(super) fn see(&mut self, entry: &Entry, seen: Seen, shape: Option<Shape>, each: bool) {
        let operational = ShowsOperational::new();
        let Self { checks, names, selections, said, kinds } = self;
        let kind = shape.and_then(|shape| kinds.get_mut(shape.index())?.as_mut());
        let glance = kind.as_ref().map_or_else(|| Glance::of(entry), |kind| Glance::at(entry, kind.places));
        let passing = Passing { entry, glance: &glance, seen, each, operational: &operational };
        said.fill(Said::Fine);
        if let Some(kind) = kind {
            kind.count += 1;
            for at in &kind.judged {
                checks.get_mut(*at).into_iter().for_each(|swept| judged(swept, *at, &passing, said, names));
            }
            return;
        }
        for (selection, takes) in selections.iter_mut() {
            *takes = selection.takes(entry);
        }
        let takes = |swept: &Swept<'_>| selections.get(swept.selection).is_some_and(|(_, takes)| *takes);
        for (at, swept) in checks.iter_mut().enumerate().filter(|(_, swept)| takes(swept)) {
            judged(swept, at, &passing, said, names);
        }
        if let Some(shape) = shape.filter(|_| selections.iter().all(|(selection, _)| selection.is_by_class())) {
            if shape.index() >= kinds.len() {
                kinds.resize_with(shape.index() + 1, || None);
            }
            let kind = Kind::of(checks.iter().enumerate().filter(|(_, swept)| takes(swept)), &passing);
            if let Some(place) = kinds.get_mut(shape.index()) {
                *place = Some(kind);
            }
        }
    }
}

/// Lets a check that is for the object look at it, unless one that it needs did not pass.
fn judged(swept: &mut Swept<'_>, at: usize, passing: &Passing<'_>, said: &mut [Said], names: &mut Names) {
    if swept.is_simple && !passing.each && judge::surely_passes(swept.check, passing) {
        return swept.tally.pass();
    }
    let by_hand = matches!(swept.check.expect, Expect::Manual(_));
    let is_unmet = swept.needs.iter().any(|need| match said.get(*need) {
        Some(Said::NotFine) => true,
        Some(Said::Lesser) => by_hand,
        Some(Said::Fine) | None => false,
    });
    let verdict = match is_unmet {
        true => {
            swept.tally.blocked();
            Said::NotFine
        }
        false => judge::one(swept, passing, names),
    };
    said.get_mut(at).into_iter().for_each(|said| *said = verdict);
}
