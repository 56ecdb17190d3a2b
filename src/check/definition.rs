//! One check, as its text file says it.

use crate::directory::filter::Filter;
use crate::report::{Confidence, Reason, Severity};
use serde::Deserialize;

/// One check: what it looks at, what it expects there, and what to tell the operator.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its name, the stem of its file.
    pub id: String,
    /// What holds when it passes, in a sentence without a full stop.
    pub title: String,
    /// How bad a failure is.
    pub severity: Severity,
    /// The articles, `Q300535`; the first is the one that reports show.
    pub kb: Vec<String>,
    /// The versions of Exchange it is for.
    pub versions: Vec<String>,
    /// The checks that must not stand in its way. One that did not pass blocks this one; a failure by a [`Lesser`] does not.
    pub needs: Vec<String>,
    /// What the condition rests on.
    pub confidence: Confidence,
    /// Why it matters.
    pub why: String,
    /// What to do, step by step.
    pub fix: Vec<String>,
    /// What an operator sees when it fails; may be empty.
    pub symptoms: Vec<String>,
    /// What it starts from.
    pub subject: Subject,
    /// What it expects.
    pub expect: Expect,
    /// Failures that weigh less, the first that matches counts. Empty unless a filter is expected.
    pub lesser: Vec<Lesser>,
    /// The file it was read from.
    pub origin: String,
}

/// What a check starts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The objects it is run on, one by one.
    pub each: Each,
    /// The reference to the object that is judged; none: the subject itself is.
    pub follow: Option<Reference>,
}

/// A selection of objects. A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// Every Internet Mail Service.
    Ims,
}

/// A reference from a subject to another object. A closed list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reference {
    /// The administrator mailbox of an Internet Mail Service.
    Administrator,
}

/// What a check expects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expect {
    /// The judged object matches a filter (RFC 4515).
    Filter {
        /// The filter.
        filter: Filter,
        /// The reason of a failure.
        reason: Reason,
    },
    /// The reference has a value.
    Set(Reference),
    /// The reference leads to an object that can be read.
    Resolves(Reference),
    /// A person must look, at this.
    Manual(String),
}

/// A failure that weighs less than the check's own severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesser {
    /// Which failing objects it is for.
    pub filter: Filter,
    /// How bad the failure is; less than the check's own.
    pub severity: Severity,
    /// What the failure rests on.
    pub confidence: Confidence,
    /// What to say of it.
    pub message: String,
}

impl Check {
    /// `manual` if a person must look, else `automated`.
    pub fn kind(&self) -> &'static str {
        if matches!(self.expect, Expect::Manual(_)) { "manual" } else { "automated" }
    }
}

impl Each {
    /// The word in check files and reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ims => "ims",
        }
    }

    /// What it means, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Ims => "every Internet Mail Service",
        }
    }
}

impl Reference {
    /// The word in check files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
        }
    }

    /// What it leads to, in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Administrator => "its administrator mailbox",
        }
    }

    /// What is not known of it, in a sentence.
    pub fn caveat(self) -> &'static str {
        match self {
            Self::Administrator => {
                "No article says where the directory keeps this reference; each finding says where it was found."
            }
        }
    }
}
