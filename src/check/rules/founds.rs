//! What a comparing rule found, as it goes from object to object.

use super::{Answer, Found, Ruling};
use crate::exchange::questions::{Causes, Object, Population};
use crate::report::{Confidence, Verdict};

/// What was found so far: at most so many of each verdict, so that many objects of one kind do not crowd out another.
pub(super) struct Founds {
    most: usize,
    /// How many there are of each: failures, what is not known, and whatever else.
    counts: [usize; 3],
    found: Vec<Found>,
}

impl Founds {
    /// Nothing yet.
    pub(super) fn at_most(most: usize) -> Self {
        Self { most, counts: [0; 3], found: Vec::new() }
    }

    /// Adds what is said of an object, unless it is well.
    pub(super) fn add(&mut self, object: &Object<'_>, answer: Answer) {
        let answer = grounded(object, answer);
        let [failures, unknown, others] = &mut self.counts;
        let count = match &answer {
            Ok(ruling) if ruling.verdict == Verdict::Pass => return,
            Ok(ruling) if ruling.verdict == Verdict::Fail => failures,
            Ok(_) => others,
            Err(_) => unknown,
        };
        if *count < self.most {
            *count += 1;
            self.found.push(Found::of(&object.seen(), answer));
        }
    }

    /// Adds what is said of all together.
    pub(super) fn add_of_all(&mut self, ruling: Ruling) {
        self.found.push(Found::All(Ok(ruling)));
    }

    /// Adds that others, which were not seen, may be faulty; nothing, if there is no cause.
    pub(super) fn add_unseen(&mut self, causes: Causes) {
        self.found.extend(Found::unseen(causes));
    }

    /// All that was found.
    pub(super) fn all(self) -> Vec<Found> {
        self.found
    }

    /// All that was found, and why there may be other objects that nobody looked at.
    pub(super) fn and_missing(mut self, all: &Population<'_>) -> Vec<Found> {
        self.found.extend(Found::untold(all.whole().err().unwrap_or_default()));
        self.all()
    }
}

/// What is said of an object, with what it rests on. What was taken for unset because nobody shows it makes nothing fail: such a
/// failure is not known.
pub(super) fn grounded(object: &Object<'_>, answer: Answer) -> Answer {
    let ruling = answer?;
    if ruling.verdict != Verdict::Fail {
        return Ok(ruling);
    }
    let ground = object.ground();
    if ground.is_assumed() {
        return Err(ground.assumptions().clone());
    }
    Ok(if ground.confidence() == Confidence::Inferred { ruling.inferred() } else { ruling })
}
