//! What it hangs on whether objects are subjects at all, of checks that are decided only when everything streamed by.

use super::Hangs;
use std::collections::HashMap;

/// Different things that it may hang on, for each check.
const MOST_WAYS: usize = 1000;

/// Different doubts by number: most objects share theirs, and most have none.
#[derive(Default)]
pub(super) struct Doubts {
    numbers: HashMap<Hangs, u32>,
    list: Vec<Hangs>,
}

/// A doubt by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Doubt {
    /// It is a subject.
    No,
    /// It is one if this holds.
    If(u32),
    /// There were more different doubts than are noted.
    Lost,
}

impl Doubts {
    /// Notes a doubt.
    pub(super) fn note(&mut self, hangs: Hangs) -> Doubt {
        if hangs.is_empty() {
            return Doubt::No;
        }
        if let Some(number) = self.numbers.get(&hangs) {
            return Doubt::If(*number);
        }
        match u32::try_from(self.list.len()) {
            Ok(number) if self.list.len() < MOST_WAYS => {
                self.list.push(hangs.clone());
                self.numbers.insert(hangs, number);
                Doubt::If(number)
            }
            _ => Doubt::Lost,
        }
    }

    /// What it hangs on.
    pub(super) fn hangs(&self, number: u32) -> Option<&Hangs> {
        self.list.get(usize::try_from(number).ok()?)
    }
}
