//! What changed since another report: the words of it.

use super::{Reason, Severity};
use serde::{Deserialize, Serialize};

/// What became of a result since the last report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It fails, and did not fail.
    New,
    /// It fails, and was accepted until now.
    WaiverEnded,
    /// It fails, and the check was not run then.
    CheckAdded,
    /// It fails, and the text of the check was another then.
    CheckChanged,
    /// It is undecided, and was decided.
    Undecided,
    /// It was undecided, or was not looked at, and fails.
    Decided,
    /// It is what it was: it fails, or is undecided, still.
    Still,
}

impl Change {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 7] =
        [Self::New, Self::WaiverEnded, Self::CheckAdded, Self::CheckChanged, Self::Undecided, Self::Decided, Self::Still];

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::WaiverEnded => "waiver-ended",
            Self::CheckAdded => "check-added",
            Self::CheckChanged => "check-changed",
            Self::Undecided => "undecided",
            Self::Decided => "decided",
            Self::Still => "still",
        }
    }

    /// What it says, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::New => "It fails, and did not fail then.",
            Self::WaiverEnded => "It fails, and was accepted then.",
            Self::CheckAdded => "It fails, and the check was not run then: the fault may be an old one.",
            Self::CheckChanged => "It fails, and the check said something else then: the fault may be an old one.",
            Self::Undecided => "It is undecided, and was decided then.",
            Self::Decided => "It was undecided then, or not looked at, and fails.",
            Self::Still => "As it was then.",
        }
    }
}

/// How something ended that failed, or was undecided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It does not fail any more.
    Fixed,
    /// Its object is gone.
    Gone,
    /// It is not told any more: it passes, its object is gone, or nobody saw it. Reports alone do not say which.
    NotTold,
    /// It was undecided, and is decided: it does not fail.
    Decided,
    /// Somebody accepts it now.
    Accepted,
    /// The check was not run.
    CheckRemoved,
}

impl How {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Fixed, Self::Gone, Self::NotTold, Self::Decided, Self::Accepted, Self::CheckRemoved];

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Gone => "gone",
            Self::NotTold => "not-told",
            Self::Decided => "decided",
            Self::Accepted => "accepted",
            Self::CheckRemoved => "check-removed",
        }
    }
}

/// Something that failed, or was undecided, and is not any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Ended {
    /// How it ended.
    pub how: How,
    /// The check.
    pub check: String,
    /// The headline of its failure.
    pub title: String,
    /// How bad the failure was.
    pub severity: Severity,
    /// Why it failed.
    #[cfg_attr(test, schemars(with = "String"))]
    pub reason: Reason,
    /// The target, as reports call it.
    pub target: String,
    /// The object, RFC 4514; none where it was about several.
    pub subject: Option<String>,
    /// The server of the object.
    pub server: Option<String>,
    /// Its site.
    pub site: Option<String>,
    /// When it was first seen.
    pub since: String,
}

/// What a report was compared with, and what ended since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Comparison {
    /// The file or folder that it was compared with.
    pub with: String,
    /// When the audit that it was compared with began; none if there was none.
    pub started: Option<String>,
    /// What is not compared, or only in part, and why.
    pub notes: Vec<String>,
    /// What ended since.
    pub ended: Vec<Ended>,
}

/// Something that its reader must know, and that is no result: a waiver that ends soon, or names nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Note {
    /// The same as long as the same is to be said, however the days are counted.
    pub id: String,
    /// What, in a sentence or two.
    pub text: String,
    /// Whether it was not told the last time, or nobody knows.
    pub new: bool,
}

/// One audit of several that a state remembers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Night {
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// Whether everything asked for was answered.
    pub complete: bool,
    /// Failures that count.
    pub fail: usize,
    /// Those of them that are critical.
    pub critical: usize,
    /// Failures that are accepted.
    pub waived: usize,
    /// Results that could not be decided.
    pub unknown: usize,
}
