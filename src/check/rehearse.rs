//! What a change would do to the verdicts: the directory is judged as it is, and a copy of it as it would be. One judge for both.

use super::Check;
use super::catalogue::Catalogue;
use super::engine::{self, Options};
use super::judge::Words;
use super::reproduce::Reproduce;
use crate::directory::change::Change;
use crate::directory::source::Origin;
use crate::exchange::declaration::Hints;
use crate::exchange::questions::{Lookup, Questions};
use crate::exchange::rehearse::{RehearseError, rehearse};
use crate::report::{Shifts, Summary, Untold};

/// What is rehearsed, and how it is judged.
#[derive(Debug, Clone, Copy)]
pub struct Rehearsal<'a> {
    /// All checks.
    pub catalogue: &'a Catalogue,
    /// Those that are judged.
    pub selected: &'a [&'a Check],
    /// Where the directory is from.
    pub origin: &'a Origin,
    /// How it is judged.
    pub options: Options,
}

/// What came of it.
#[derive(Debug)]
pub struct Rehearsed {
    /// What became of results.
    pub shifts: Shifts,
    /// How many results of each verdict there are.
    pub before: Summary,
    /// How many there would be.
    pub after: Summary,
    /// What the changes touch and could not be seen.
    pub unseen: Vec<Untold>,
    /// The directory as it would be.
    pub then: Questions,
}

impl Rehearsal<'_> {
    /// Makes the changes on a copy, where the operator would declare `hints`, and judges both.
    ///
    /// # Errors
    /// [`RehearseError`]: what a directory would refuse, or what an unseen object would become.
    pub fn run(
        &self,
        questions: &Questions,
        changes: &[Change],
        hints: Hints,
        attributes: Vec<String>,
    ) -> Result<Rehearsed, RehearseError> {
        let rehearsed = rehearse(questions, changes)?;
        let words = Words::of(questions, Reproduce::new(self.origin));
        let unseen = rehearsed.unseen.into_iter();
        let unseen: Vec<Untold> =
            unseen.map(|unseen| Untold { why: words.why(&unseen.causes), from: unseen.from, what: unseen.what }).collect();
        let then = Questions::of(rehearsed.directory, questions.base().clone(), hints, attributes);
        // each failure by itself: those that come and those that go are told by name
        let options = Options { most: usize::MAX, ..self.options };
        let judge = |questions| engine::judge(self.catalogue, self.selected, questions, self.origin, 0, options);
        let (before, after) = (judge(questions), judge(&then));
        let is_there = |dn: &_| !matches!(then.object(dn), Lookup::Gone(..));
        let shifts = Shifts::of(&before, &after, &rehearsed.renamed, is_there);
        Ok(Rehearsed { shifts, before: Summary::of(&before), after: Summary::of(&after), unseen, then })
    }
}
