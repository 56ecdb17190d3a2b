//! What it hangs on whether objects are subjects at all, of checks that are decided only when everything streamed by.

use super::hang::Hangs;

/// Different things that it may hang on, for each check.
const MOST_WAYS: usize = 1000;

/// Different doubts by number: most objects share theirs, and most have none.
#[derive(Default)]
pub(super) struct Doubts(Vec<Hangs>);

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
        let known = self.0.iter().position(|known| *known == hangs);
        match known.or((self.0.len() < MOST_WAYS).then_some(self.0.len())).and_then(|at| u32::try_from(at).ok()) {
            Some(number) => {
                if known.is_none() {
                    self.0.push(hangs);
                }
                Doubt::If(number)
            }
            None => Doubt::Lost,
        }
    }

    /// What it hangs on.
    pub(super) fn hangs(&self, number: u32) -> Option<&Hangs> {
        self.0.get(usize::try_from(number).ok()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::hang::numbered;
    use super::*;

    #[test]
    fn equal_doubts_share_a_number_and_too_many_are_lost() {
        let mut doubts = Doubts::default();
        let first = (doubts.note(Hangs::NONE), doubts.note(numbered(0)), doubts.note(numbered(1)));
        assert_eq!(first, (Doubt::No, Doubt::If(0), Doubt::If(1)));
        assert_eq!((doubts.note(numbered(0)), doubts.hangs(1)), (Doubt::If(0), Some(&numbered(1))));
        for number in 2..MOST_WAYS {
            assert!(matches!(doubts.note(numbered(number)), Doubt::If(_)));
        }
        assert_eq!((doubts.note(numbered(MOST_WAYS)), doubts.note(numbered(5))), (Doubt::Lost, Doubt::If(5)));
    }
}
