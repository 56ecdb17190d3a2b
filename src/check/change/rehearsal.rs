//! Where a change is rehearsed, and where those are found that refer to an object.

use super::definition::Rehearse;
use crate::directory::dn::Dn;
use crate::exchange::questions::Questions;
use crate::report::Finding;
use crate::report::checklist::State;

/// What a rehearsal says.
#[derive(Debug, Clone)]
pub struct Rehearsed {
    /// Whether the change may go ahead for it: [`State::Holds`], [`State::Fails`] or [`State::Undecided`].
    pub state: State,
    /// What came of it, in sentences.
    pub words: Vec<String>,
    /// What would fail, or be undecided.
    pub results: Vec<Finding>,
}

/// Whoever can rehearse a change.
pub trait Rehearsal {
    /// What would come of the change of this object.
    fn rehearse(&self, questions: &Questions, change: Rehearse, object: &Dn) -> Rehearsed;

    /// Who refers to this object, and what would fail if it went.
    fn uses(&self, questions: &Questions, object: &Dn) -> Rehearsed;
}

/// Nobody rehearses: whatever asks for it is undecided.
#[derive(Debug, Clone, Copy)]
pub struct NotRehearsed;

impl Rehearsal for NotRehearsed {
    fn rehearse(&self, _: &Questions, _: Rehearse, object: &Dn) -> Rehearsed {
        undecided(format!("Not rehearsed: what would come of it for {object} is not known."))
    }

    fn uses(&self, _: &Questions, object: &Dn) -> Rehearsed {
        undecided(format!("Not looked for: what refers to {object} is not known."))
    }
}

fn undecided(words: String) -> Rehearsed {
    Rehearsed { state: State::Undecided, words: vec![words], results: Vec::new() }
}
