//! Answers in three values, with what they rest on (Kleene's logic).

use super::cause::Causes;
use crate::exchange::confidence::Confidence;

/// What an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ground {
    /// Whether a source states it, or it only follows.
    pub(super) inferred: bool,
    /// What was taken for unset because nobody shows it. Such an answer may make a check pass or not apply; it never makes one fail.
    pub(super) assumed: Causes,
}

impl Ground {
    /// What a source states.
    pub fn documented() -> Self {
        Self::default()
    }

    /// What follows from what was seen.
    pub fn inferred() -> Self {
        Self { inferred: true, ..Self::default() }
    }

    /// What is taken for unset because nobody shows it.
    pub fn assumed(causes: Causes) -> Self {
        Self { inferred: true, assumed: causes }
    }

    /// The weaker of both: an answer that rests on both.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        Self { inferred: self.inferred || other.inferred, assumed: self.assumed.and(&other.assumed) }
    }

    /// The stronger of both: an answer for which either is enough.
    #[must_use]
    fn or(self, other: Self) -> Self {
        let weight = |ground: &Self| (!ground.assumed.is_empty(), ground.inferred);
        if weight(&other) < weight(&self) { other } else { self }
    }

    /// Whether something was taken for unset because nobody shows it.
    pub fn is_assumed(&self) -> bool {
        !self.assumed.is_empty()
    }

    /// What was taken for unset because nobody shows it.
    pub fn assumptions(&self) -> &Causes {
        &self.assumed
    }

    /// What a report says of it.
    pub fn confidence(&self) -> Confidence {
        if self.inferred { Confidence::Inferred } else { Confidence::Documented }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Truth {
    /// Yes.
    Yes(Ground),
    /// No.
    No(Ground),
    /// It depends on what was not seen.
    Open(Causes),
}

impl Truth {
    /// What a source states.
    pub fn of(answer: bool) -> Self {
        if answer { Self::Yes(Ground::documented()) } else { Self::No(Ground::documented()) }
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No(one), Self::No(other)) => Self::No(one.or(other)),
            (Self::No(ground), _) | (_, Self::No(ground)) => Self::No(ground),
            (Self::Open(one), Self::Open(other)) => Self::Open(one.and(&other)),
            (Self::Open(causes), Self::Yes(_)) | (Self::Yes(_), Self::Open(causes)) => Self::Open(causes),
            (Self::Yes(one), Self::Yes(other)) => Self::Yes(one.and(&other)),
        }
    }

    /// Either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !(!self).and(!other)
    }

    /// Whether it is surely so.
    pub fn is_yes(&self) -> bool {
        matches!(self, Self::Yes(_))
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Yes(ground) => Self::No(ground),
            Self::No(ground) => Self::Yes(ground),
            open => open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cause::{Cause, Interned};
    use super::*;

    #[test]
    fn answers_join_as_kleene_has_it_and_the_weaker_ground_counts() {
        let causes = Interned::default();
        let open = || Truth::Open(causes.note(Cause::cut("x")).into());
        let assumed = || Ground::assumed(causes.note(Cause::NotAsked { attribute: "a".into() }).into());
        let (yes, no) = (|| Truth::of(true), || Truth::of(false));
        assert_eq!(yes().and(open()), open());
        assert_eq!(no().and(open()), no());
        assert_eq!(yes().or(open()), yes());
        assert_eq!(no().or(open()), open());
        assert_eq!(Truth::Yes(Ground::inferred()).and(yes()), Truth::Yes(Ground::inferred()));
        assert_eq!(Truth::Yes(Ground::inferred()).or(yes()), yes(), "either is enough: the stronger counts");
        assert_eq!(Truth::No(assumed()).and(no()), no());
        assert_eq!(Truth::No(assumed()).or(no()), Truth::No(assumed()));
        assert_eq!(Truth::No(assumed()).or(Truth::Yes(Ground::inferred())), Truth::Yes(Ground::inferred()));
    }
}
