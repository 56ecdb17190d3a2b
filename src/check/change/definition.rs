//! One change, as its text file says it.

use crate::exchange::facts::Facts;
use crate::report::checklist::When;

/// A change to an organization: what must hold before it, what is done, and what is looked at afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name, the stem of its file.
    pub id: String,
    /// What is changed, in a few words without a full stop.
    pub title: String,
    /// What it does, in a sentence or two.
    pub about: String,
    /// What must be named to check it.
    pub names: Option<Names>,
    /// The articles that the whole rests on; only an operator's own change may have none.
    pub kb: Vec<String>,
    /// What must hold and be done, in the order in which people work.
    pub items: Vec<Step>,
    /// The file it was read from.
    pub origin: String,
}

/// What must be named to check a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// An object, with `--object`.
    Object,
    /// A server, with `--server`.
    Server,
}

/// One thing that must hold or be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// When it is due.
    pub when: When,
    /// What must hold or be done, in one line without a full stop.
    pub title: String,
    /// The articles that say so; none where it is our own advice.
    pub kb: Vec<String>,
    /// What it may cost, what to keep first and how to come back.
    pub caution: Option<String>,
    /// What answers it.
    pub asks: Asks,
}

/// What answers an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// These checks, by id.
    Checks(Vec<String>),
    /// Facts of the directory, to compare with.
    Facts(&'static Facts),
    /// The change, rehearsed on a copy.
    Rehearse(Rehearse),
    /// Who refers to the named object.
    Uses,
    /// A person.
    Manual(String),
}

/// A change that can be rehearsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rehearse {
    /// The named object is deleted, with what lies below it.
    Delete,
}

impl Names {
    /// The option that names it.
    pub fn option(self) -> &'static str {
        match self {
            Self::Object => "--object",
            Self::Server => "--server",
        }
    }
}

impl Rehearse {
    /// The word in the files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Delete => "delete",
        }
    }
}

impl Change {
    /// The checks that its items ask.
    pub fn checks(&self) -> impl Iterator<Item = &str> {
        self.items
            .iter()
            .flat_map(|step| match &step.asks {
                Asks::Checks(ids) => ids.as_slice(),
                _ => &[],
            })
            .map(String::as_str)
    }

    /// Whether it rests on this article, as a whole or with one of its items.
    pub fn cites(&self, kb: &str) -> bool {
        self.items.iter().map(|step| &step.kb).chain([&self.kb]).flatten().any(|cited| cited == kb)
    }

    /// Whether an item looks at everything that any check reads.
    pub fn rehearses(&self) -> bool {
        self.items.iter().any(|step| matches!(step.asks, Asks::Rehearse(_) | Asks::Uses))
    }
}
