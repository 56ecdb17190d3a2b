//! Whether a change may go ahead: over its items that come before it, and nothing else.

use crate::exit::{self, FailOn};
use crate::report::checklist::{Answer, Item, State, When};
use crate::report::{Finding, Verdict};

/// What hinders a change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hindrance {
    pub(super) failures: u64,
    pub(super) unknown: u64,
    pub(super) blocked: u64,
    pub(super) manual: u64,
}

impl Hindrance {
    /// Over the items that come before the change.
    pub(super) fn of(items: &[Item], fail_on: FailOn) -> Self {
        items
            .iter()
            .filter(|item| item.when == When::Before)
            .fold(Self::default(), |all, item| all.and(Self::of_item(item, fail_on)))
    }

    fn of_item(item: &Item, fail_on: FailOn) -> Self {
        let of =
            |verdict| item.answer.results().iter().filter(move |result| result.verdict == verdict && result.waiver.is_none());
        let sum = |results: &mut dyn Iterator<Item = &Finding>| results.map(|result| result.count).sum::<u64>();
        let own = Self {
            failures: sum(&mut of(Verdict::Fail).filter(|result| fail_on.counts(result.severity))),
            // what only a server of another site can show hinders nothing, as in an audit
            unknown: sum(&mut of(Verdict::Unknown).filter(|result| exit::is_undecided(result))),
            blocked: sum(&mut of(Verdict::Blocked)),
            manual: sum(&mut of(Verdict::Manual)),
        };
        // what is told in words alone counts once
        match (item.state, &item.answer) {
            (State::ByHand, Answer::Manual { .. }) => Self { manual: 1, ..own },
            (State::Fails, _) if own.failures == 0 && !matches!(item.answer, Answer::Checks { .. }) => {
                Self { failures: 1, ..own }
            }
            (State::Undecided, _) if own.unknown + own.blocked == 0 => Self { unknown: 1, ..own },
            _ => own,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            failures: self.failures + other.failures,
            unknown: self.unknown + other.unknown,
            blocked: self.blocked + other.blocked,
            manual: self.manual + other.manual,
        }
    }
}

/// What came of checks: the worst of their results. No result at all is undecided: nobody judged it.
pub(super) fn state(results: &[Finding], judged: bool, fail_on: FailOn) -> State {
    let any = |verdict| results.iter().any(|result| result.verdict == verdict && result.waiver.is_none());
    let fails = results
        .iter()
        .any(|result| result.verdict == Verdict::Fail && result.waiver.is_none() && fail_on.counts(result.severity));
    match () {
        () if fails => State::Fails,
        () if !judged || results.iter().any(exit::is_undecided) || any(Verdict::Blocked) => State::Undecided,
        () if any(Verdict::Manual) => State::ByHand,
        () => State::Holds,
    }
}
