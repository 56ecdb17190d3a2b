//! What a rule says of an object.

use crate::report::{Confidence, Reason, Severity, Verdict};

/// What a rule says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Ruling {
    /// Pass, fail, not applicable, or for a person to tell.
    pub(in crate::check) verdict: Verdict,
    /// Why, from the closed list.
    pub(in crate::check) reason: Reason,
    /// Why, in words that follow the name of the object and a colon, without a full stop.
    pub(in crate::check) message: String,
    /// How bad it is, if less than the check says.
    pub(in crate::check) severity: Option<Severity>,
    /// What it rests on.
    pub(in crate::check) confidence: Confidence,
}

impl Ruling {
    /// The condition holds.
    pub(in crate::check) fn holds(message: impl Into<String>) -> Self {
        Self::of(Verdict::Pass, Reason::Met, message)
    }

    /// It does not.
    pub(in crate::check) fn broken(reason: Reason, message: impl Into<String>) -> Self {
        Self::of(Verdict::Fail, reason, message)
    }

    /// There is nothing to judge.
    pub(in crate::check) fn nothing(message: impl Into<String>) -> Self {
        Self::of(Verdict::NotApplicable, Reason::Unset, message)
    }

    /// Only a person can tell; what follows a line break says what to look at.
    pub(in crate::check) fn by_hand(message: impl Into<String>) -> Self {
        Self::of(Verdict::Manual, Reason::ByHand, message)
    }

    /// The same, less bad.
    #[must_use]
    pub(in crate::check) fn only(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// The same, inferred.
    #[must_use]
    pub(in crate::check) fn inferred(mut self) -> Self {
        self.confidence = Confidence::Inferred;
        self
    }

    fn of(verdict: Verdict, reason: Reason, message: impl Into<String>) -> Self {
        Self { verdict, reason, message: message.into(), severity: None, confidence: Confidence::Documented }
    }
}
