//! What checks say of an object without looking at a value: the same of every object of its shape. Most of what is said of one
//! is known before it comes.

use super::Swept;
use super::hang::Hangs;
use super::judge::{self, Passing};
use super::tally::Key;
use crate::check::definition::Expect;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::exchange::address::Places;
use crate::exchange::schema::Attribute;
use crate::report::{Reason, Verdict};

/// What checks say of all objects of one shape.
pub(super) struct Kind {
    /// The checks that must look at each of them.
    pub(super) judged: Vec<usize>,
    /// Those that need not, and where they count it.
    pub(super) counted: Vec<(usize, Place)>,
    /// How many came that those are still to count.
    pub(super) count: u64,
    /// Where their addresses stand.
    pub(super) places: Places,
}

/// Where a check counts an object that it need not look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Among those that pass, whatever else is shown.
    Passes,
    /// In that group of what was said.
    Group(usize),
    /// Among those of which it cannot be told yet whether they are subjects, at this place.
    Unselected(usize),
}

/// What a check says of all objects like one.
enum Alike {
    /// It must look at each.
    Each,
    /// It is not for them.
    Nothing,
    /// It counts them.
    Counts(Place),
}

impl Kind {
    /// What those of these checks, each with its place, that take an object say of all that are like it. They judged the object
    /// itself already.
    pub(super) fn of<'a>(checks: impl Iterator<Item = (usize, &'a Swept<'a>)>, passing: &Passing<'_>) -> Self {
        let mut kind = Self { judged: Vec::new(), counted: Vec::new(), count: 0, places: Places::of(passing.entry) };
        for (at, swept) in checks {
            match alike(swept, passing) {
                Alike::Each => kind.judged.push(at),
                Alike::Nothing => {}
                Alike::Counts(place) => kind.counted.push((at, place)),
            }
        }
        kind
    }
}

fn alike(swept: &Swept<'_>, passing: &Passing<'_>) -> Alike {
    let check = swept.check;
    if passing.each || !swept.needs.is_empty() {
        return Alike::Each;
    }
    let mut hangs = Hangs::NONE;
    if let Some(only) = &check.subject.only {
        if !is_by_shape(swept, passing.entry, only, false) {
            return Alike::Each;
        }
        match judge::decide(passing, only, &swept.attributes, false, &mut hangs) {
            Some(true) => {}
            Some(false) if hangs.is_empty() => return Alike::Nothing,
            Some(false) => return counts(swept.tally.unselected_place(&hangs).map(Place::Unselected)),
            None => return Alike::Each,
        }
    }
    if swept.gather.is_some() {
        return Alike::Each;
    }
    if let Some(name) = check.refers_by() {
        if passing.entry.has(name) || is_local(swept, name) {
            return Alike::Each;
        }
        judge::unset(passing, &swept.attributes, name, &mut hangs);
        let key = Key { verdict: Verdict::NotApplicable, reason: Reason::Unset, severity: None, hangs };
        return counts(swept.tally.place(&key).map(Place::Group));
    }
    let Expect::Filter { filter, reason } = &check.expect else { return Alike::Each };
    let no_x400 = *reason == Reason::NoX400;
    if !is_by_shape(swept, passing.entry, filter, no_x400) {
        return Alike::Each;
    }
    match judge::decide(passing, filter, &swept.attributes, no_x400, &mut hangs) {
        Some(true) if hangs.is_empty() => Alike::Counts(Place::Passes),
        Some(true) => {
            let key = Key { verdict: Verdict::Pass, reason: Reason::Met, severity: None, hangs };
            counts(swept.tally.place(&key).map(Place::Group))
        }
        // one that fails may have to be told by itself
        Some(false) | None => Alike::Each,
    }
}

fn counts(place: Option<Place>) -> Alike {
    place.map_or(Alike::Each, Alike::Counts)
}

/// Whether what is decided of a filter, and what that hangs on, is the same for all objects of this shape.
fn is_by_shape(swept: &Swept<'_>, entry: &Entry, filter: &Filter, no_x400: bool) -> bool {
    if filter.certain_by_names(entry).is_some() {
        return true;
    }
    // whether an X.400 address hides in another value is a question of the value; a site is one of the name
    let is_open = |name: &&str| !name.eq_ignore_ascii_case("objectClass") && entry.has(name);
    !no_x400 && !filter.comparisons().iter().any(is_open) && !filter.attributes().into_iter().any(|name| is_local(swept, name))
}

/// Whether an attribute is not replicated between sites, so that its absence is a question of the site.
fn is_local(swept: &Swept<'_>, name: &str) -> bool {
    swept.attributes.known(swept.attributes.place(name)).is_some_and(Attribute::local_to_site)
}
