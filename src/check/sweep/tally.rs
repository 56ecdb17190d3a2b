//! What a check said of the objects that streamed by: counts, and each object of which it may be that it fails.

use super::alike::Place;
use super::hang::Hangs;
use crate::check::judge::Outcome;
use crate::report::{Reason, Severity, Verdict};

/// Objects that may fail and are told one by one, for each check; more are only counted.
pub(super) const MOST_EACH: usize = 10_000;
/// Different things that verdicts of one check may hang on.
const MOST_WAYS: usize = 1000;

/// The counts of one check.
#[derive(Default)]
pub(super) struct Tally {
    /// Objects that pass, whatever else is shown: by far the most.
    pub(super) passes: u64,
    /// By what was said and what that hangs on, the rest.
    groups: Vec<(Key, Group)>,
    told: usize,
    pub(super) blocked: u64,
    /// Objects of which it cannot be told yet whether they are subjects, and what that hangs on.
    pub(super) unselected: Vec<(Hangs, Some)>,
    /// Objects that are subjects.
    pub(super) subjects: u64,
    /// Objects of which what was said is not noted: there were too many different things.
    pub(super) lost: u64,
}

/// What was said of objects, and what it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) verdict: Verdict,
    pub(super) reason: Reason,
    pub(super) severity: Option<Severity>,
    pub(super) hangs: Hangs,
}

/// The objects of which the same was said.
#[derive(Default)]
pub(super) struct Group {
    pub(super) count: u64,
    /// Those that may fail, and what is to be said of them.
    pub(super) members: Vec<Member>,
    /// What was said of the first.
    pub(super) message: String,
}

/// An object that may fail.
pub(super) struct Member {
    /// Its index among what streamed by.
    pub(super) index: u32,
    /// Which of the check's lesser failures have a filter that it matches, and what that hangs on.
    pub(super) lesser: Vec<(usize, Hangs)>,
    pub(super) outcome: Box<Outcome>,
}

/// Some objects, and the first of them.
#[derive(Default)]
pub(super) struct Some {
    pub(super) count: u64,
    pub(super) first: Option<u32>,
}

impl Tally {
    /// Whether no further object is told by itself.
    pub(super) fn is_full(&self) -> bool {
        self.told >= MOST_EACH
    }

    /// Counts an object that waits for another check.
    pub(super) fn blocked(&mut self) {
        self.blocked += 1;
        self.subjects += 1;
    }

    /// Counts an object of which it cannot be told yet whether it is a subject.
    pub(super) fn unselected(&mut self, hangs: Hangs, index: impl FnOnce() -> u32) {
        let place = self.unselected.iter().position(|(known, _)| *known == hangs);
        if place.is_none() {
            if self.unselected.len() >= MOST_WAYS {
                self.lost += 1;
                return;
            }
            self.unselected.push((hangs, Some::default()));
        }
        let place = place.unwrap_or(self.unselected.len().saturating_sub(1));
        if let Option::Some((_, some)) = self.unselected.get_mut(place) {
            some.count += 1;
            some.first.get_or_insert_with(index);
        }
    }

    /// Counts an object that passes, whatever else is shown.
    pub(super) fn pass(&mut self) {
        self.subjects += 1;
        self.passes += 1;
    }

    /// Counts what was said of an object; `tell` gives the object if it is to be told by itself.
    pub(super) fn count(&mut self, key: Key, message: impl FnOnce() -> String, tell: impl FnOnce() -> Option<Member>) {
        self.subjects += 1;
        let place = match self.groups.iter().position(|(known, _)| *known == key) {
            Option::Some(place) => place,
            None if self.groups.len() >= MOST_WAYS => {
                self.lost += 1;
                return;
            }
            None => {
                self.groups.push((key, Group { message: message(), ..Group::default() }));
                self.groups.len() - 1
            }
        };
        let Option::Some((_, group)) = self.groups.get_mut(place) else { return };
        group.count += 1;
        if self.told < MOST_EACH
            && let Option::Some(member) = tell()
        {
            self.told += 1;
            group.members.push(member);
        }
    }

    /// Where the objects are counted of which this was said.
    pub(super) fn place(&self, key: &Key) -> Option<usize> {
        self.groups.iter().position(|(known, _)| known == key)
    }

    /// Where the objects are counted that are subjects if this holds.
    pub(super) fn unselected_place(&self, hangs: &Hangs) -> Option<usize> {
        self.unselected.iter().position(|(known, _)| known == hangs)
    }

    /// Counts so many objects at a place where one like them was counted before.
    pub(super) fn again(&mut self, place: Place, count: u64) {
        match place {
            Place::Passes => {
                self.passes += count;
                self.subjects += count;
            }
            Place::Group(at) => {
                self.subjects += count;
                self.groups.get_mut(at).into_iter().for_each(|(_, group)| group.count += count);
            }
            Place::Unselected(at) => self.unselected.get_mut(at).into_iter().for_each(|(_, some)| some.count += count),
        }
    }

    /// Gives the groups away, in the order of their first objects.
    pub(super) fn take_groups(&mut self) -> Vec<(Key, Group)> {
        std::mem::take(&mut self.groups)
    }
}

#[cfg(test)]
mod tests {
    use super::super::hang::numbered;
    use super::*;

    #[test]
    fn what_is_not_noted_is_counted_as_lost() {
        let mut tally = Tally::default();
        for number in 0..MOST_WAYS + 3 {
            let key = Key { verdict: Verdict::Fail, reason: Reason::NotMet, severity: None, hangs: numbered(number) };
            tally.count(key, String::new, || None);
            tally.unselected(numbered(number), || 0);
        }
        assert_eq!((tally.groups.len(), tally.unselected.len(), tally.lost), (MOST_WAYS, MOST_WAYS, 6));
    }
}
