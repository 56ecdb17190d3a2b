//! A check, ready to be asked about many objects of one directory.

use super::glance::Followed;
use crate::check::definition::{Check, Expect};
use crate::exchange::questions::{Condition, Questions};

/// A check with its conditions.
#[derive(Debug)]
pub(in crate::check) struct Compiled<'a> {
    pub(in crate::check) check: &'a Check,
    /// Whether it is for every release.
    pub(in crate::check) is_for_every_release: bool,
    /// Which objects it is for.
    pub(in crate::check) only: Option<Condition>,
    /// What it expects, if that is a filter.
    pub(in crate::check) expect: Option<Condition>,
    /// What the objects must match that a reference resolves to.
    pub(in crate::check) to: Option<Condition>,
    /// The attribute that it follows.
    pub(in crate::check) followed: Option<Followed>,
    /// For which failing objects each lesser failure is.
    pub(in crate::check) lesser: Vec<Option<Condition>>,
    /// Where the checks stand that it needs, among those judged with it.
    pub(in crate::check) needs: Vec<usize>,
}

impl<'a> Compiled<'a> {
    /// A check, among those judged with it, in their order.
    pub(in crate::check) fn of(check: &'a Check, among: &[&Check], questions: &Questions) -> Self {
        let condition = |filter| Condition::of(filter, questions);
        let (expect, to) = match &check.expect {
            Expect::Filter { filter, .. } => (Some(condition(filter)), None),
            Expect::Resolves { to, .. } => (None, to.as_ref().map(condition)),
            _ => (None, None),
        };
        Self {
            check,
            is_for_every_release: check.is_for_every_release(),
            only: check.subject.only.as_ref().map(condition),
            expect,
            to,
            followed: Followed::of(check, questions),
            lesser: check.lesser.iter().map(|lesser| lesser.filter.as_ref().map(condition)).collect(),
            needs: check.needs.iter().filter_map(|id| among.iter().position(|other| other.id == *id)).collect(),
        }
    }
}
