//! Who refers to an object: the report of `exaudit uses`.

use super::finding::as_text;
use super::{Confidence, Severity, Target, Tool};
use crate::directory::dn::Dn;
use serde::Serialize;

/// The schema name that it carries in JSON. It changes when a key changes meaning or goes away.
pub const USES_SCHEMA: &str = "exaudit.uses/1";

/// Who refers to an object, and what could not be seen that may refer to it too. The order of the fields is the order of the keys in
/// JSON.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Uses {
    /// [`USES_SCHEMA`].
    pub schema: &'static str,
    /// Who wrote it.
    pub tool: Tool,
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended, RFC 3339 in UTC.
    pub finished: String,
    /// Whether everything that was asked for was answered.
    pub complete: bool,
    /// The directory that was read.
    pub target: Target,
    /// The object.
    pub object: Used,
    /// How many objects refer to it, or to what lies below it.
    pub count: usize,
    /// What that nobody else does rests on, where `unseen` is empty.
    pub confidence: Confidence,
    /// The references, those of one kind together: first those to the object itself, and of these first what would fail.
    pub references: Vec<Use>,
    /// What was not seen that may refer to it too.
    pub unseen: Vec<Blind>,
}

/// The object that was asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Used {
    /// Its name.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub dn: Dn,
    /// What it is, in words: "a mailbox"; none if it was not seen.
    pub kind: Option<String>,
    /// Whether it is there.
    pub state: Presence,
    /// How many objects that were seen lie below it: they would go with it.
    pub below: usize,
}

/// Whether an object is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Presence {
    /// It was seen, and lives.
    There,
    /// What is left of it was seen: it is deleted.
    Deleted,
    /// It is not there: what would show it was seen.
    Gone,
    /// It was not seen, and may be there; or nothing tells whether it lives.
    Unknown,
}

/// References of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Use {
    /// What the object is to whoever refers to it, in words: "home store of 12 mailboxes".
    pub what: String,
    /// The same in two parts, for a drawing: what it is ("home store of"), and to whom ("12 mailboxes").
    #[serde(skip)]
    pub parts: (String, String),
    /// The attribute that says so.
    pub attribute: String,
    /// What is referred to: the object, or one that lies below it.
    #[serde(serialize_with = "as_text")]
    #[cfg_attr(test, schemars(with = "String"))]
    pub to: Dn,
    /// Whether that is documented or inferred.
    pub confidence: Confidence,
    /// How many refer to it so.
    pub count: usize,
    /// Who does, by name; at most so many as [`Use::MOST`].
    pub by: Vec<String>,
    /// The checks that would fail if what is referred to went.
    pub checks: Vec<Failing>,
}

impl Use {
    /// Names that one lists.
    pub const MOST: usize = 1000;

    /// How bad it would be if what is referred to went; none where no check tells.
    pub fn severity(&self) -> Option<Severity> {
        self.checks.iter().map(|check| check.severity).max()
    }
}

/// A check that would fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Failing {
    /// Its id.
    pub check: String,
    /// How bad that is.
    pub severity: Severity,
    /// The article that reports show; none for an operator's own check that cites none.
    pub kb: Option<String>,
    /// What would be said.
    pub fails: String,
    /// How that is known: from the texts of the checks, or from a rehearsal on a copy of the directory.
    pub known: Known,
}

/// How it is known that a check would fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// The check follows the attribute; what else it depends on was not judged.
    Follows,
    /// The removal was rehearsed, and the check failed.
    Rehearsed,
}

/// Something that was not seen and may refer to the object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Blind {
    /// What, in a sentence without its full stop.
    pub what: String,
    /// What to do to see it; none where nothing is known to help.
    pub remedy: Option<String>,
    /// What the remedy is done with, to be pasted whole.
    pub paste: Option<String>,
    /// Whether it counts: what only a server of a site that was not asked can show does not.
    pub counts: bool,
}

impl Uses {
    /// Whether everything was seen that may refer to the object, as far as that counts.
    pub fn is_whole(&self) -> bool {
        self.complete && !self.unseen.iter().any(|blind| blind.counts)
    }
}
