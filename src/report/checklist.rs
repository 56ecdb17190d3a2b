//! The checklist of one change, with its answers: what must hold before it, what is done, and what is looked at afterwards.

use super::{Finding, Target, Tool};
use crate::exchange::facts::Fact;
use serde::{Deserialize, Serialize};

/// The schema name that it carries in JSON. It changes when a key changes meaning or goes away.
pub const CHECKLIST_SCHEMA: &str = "exaudit.checklist/1";

/// The checklist of one change. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Checklist {
    /// [`CHECKLIST_SCHEMA`].
    pub schema: &'static str,
    /// Who wrote it.
    pub tool: Tool,
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended, RFC 3339 in UTC.
    pub finished: String,
    /// Whether the directory was read to its end.
    pub complete: bool,
    /// The change.
    pub change: Planned,
    /// Whether to go.
    pub decision: Decided,
    /// The directory that was read.
    pub target: Target,
    /// What must hold and be done, in order.
    pub items: Vec<Item>,
}

/// The change that is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Planned {
    /// Its name, the stem of its file.
    pub id: String,
    /// What is changed.
    pub title: String,
    /// What it does, in a sentence or two.
    pub about: String,
    /// The articles that the whole rests on.
    pub kb: Vec<String>,
    /// The object that it is about, RFC 4514, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// The server that it is about, RFC 4514, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<String>,
}

/// Whether to go, over the items that come before the change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Decided {
    /// In one word.
    pub word: Go,
    /// As it is told to people.
    pub text: String,
    /// Failures that hinder it.
    pub failures: u64,
    /// Results that could not be decided, or that wait for another check.
    pub undecided: u64,
    /// Items that a person must do or look at first.
    pub by_hand: u64,
}

/// Whether to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Go {
    /// Nothing hinders it.
    Go,
    /// Nothing hinders it once people have done their part.
    GoAfter,
    /// Something fails.
    NoGo,
    /// Nobody knows.
    NotDecided,
}

/// When an item is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// Before the change: these decide whether to go.
    Before,
    /// The change itself.
    During,
    /// After it.
    After,
}

impl When {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Before, Self::During, Self::After];

    /// The heading of its items.
    pub fn title(self) -> &'static str {
        match self {
            Self::Before => "Before",
            Self::During => "During",
            Self::After => "After",
        }
    }
}

/// One item, with its answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Item {
    /// Its number, from 1.
    pub number: usize,
    /// When it is due.
    pub when: When,
    /// What must hold or be done.
    pub title: String,
    /// The articles that say so; none where it is our own advice.
    pub kb: Vec<String>,
    /// What it may cost, and how to come back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caution: Option<String>,
    /// What came of it.
    pub state: State,
    /// What it asks, and the answer.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What came of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// It could not be decided.
    Undecided,
    /// A person must do it, or look.
    ByHand,
    /// It is told, to be compared with.
    Told,
}

/// What an item asks, and the answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    /// Checks.
    Checks {
        /// Their ids.
        checks: Vec<String>,
        /// Results that pass.
        passed: u64,
        /// Results that do not: failures first, then what is undecided, then what a person must look at.
        results: Vec<Finding>,
    },
    /// Facts of the directory.
    Facts {
        /// Which.
        facts: String,
        /// What was seen, and what was not.
        rows: Vec<Fact>,
    },
    /// The change, rehearsed on a copy.
    Rehearsal {
        /// What was rehearsed: `delete`.
        rehearse: String,
        /// What came of it, in sentences.
        words: Vec<String>,
        /// What it would break, or leave undecided.
        results: Vec<Finding>,
    },
    /// Who refers to the object.
    Uses {
        /// What came of it, in sentences.
        words: Vec<String>,
        /// What would fail if the object went.
        results: Vec<Finding>,
    },
    /// A step that a person takes.
    Manual {
        /// What to do.
        manual: String,
    },
}

impl Answer {
    /// The results that are told below the item.
    pub fn results(&self) -> &[Finding] {
        match self {
            Self::Checks { results, .. } | Self::Rehearsal { results, .. } | Self::Uses { results, .. } => results,
            Self::Facts { .. } | Self::Manual { .. } => &[],
        }
    }
}
