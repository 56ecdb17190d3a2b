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

#[cfg(test)]
mod tests {
    use super::super::hang::{Hanging, On};
    use super::*;
    use crate::report::Reason;

    #[test]
    fn equal_doubts_share_a_number_and_too_many_are_lost() {
        let hangs = |number: usize| vec![Hanging { attribute: format!("a{number}"), on: On::Nothing(Reason::NotVisible) }];
        let mut doubts = Doubts::default();
        assert_eq!(
            (doubts.note(Hangs::new()), doubts.note(hangs(0)), doubts.note(hangs(1))),
            (Doubt::No, Doubt::If(0), Doubt::If(1))
        );
        assert_eq!((doubts.note(hangs(0)), doubts.hangs(1)), (Doubt::If(0), Some(&hangs(1))));
        for number in 2..MOST_WAYS {
            assert!(matches!(doubts.note(hangs(number)), Doubt::If(_)));
        }
        assert_eq!((doubts.note(hangs(MOST_WAYS)), doubts.note(hangs(5))), (Doubt::Lost, Doubt::If(5)));
    }
}
