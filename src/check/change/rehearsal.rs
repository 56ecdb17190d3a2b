//! Where a change is rehearsed, and where those are found that refer to an object.

use super::definition::Rehearse;
use crate::check::engine::Options;
use crate::check::{Catalogue, Check, rehearse, uses, wants};
use crate::directory::dn::Dn;
use crate::directory::source::Origin;
use crate::exchange::questions::Questions;
use crate::exchange::rehearse::deletion;
use crate::exit::FailOn;
use crate::report::checklist::State;
use crate::report::{Confidence, Finding, Shifts, Target, Use};

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

/// Rehearses on a copy of the directory, with all checks.
#[derive(Debug, Clone, Copy)]
pub struct OnACopy<'a> {
    /// All checks.
    pub catalogue: &'a Catalogue,
    /// Where the directory is from.
    pub origin: &'a Origin,
    /// How it is judged.
    pub options: Options,
    /// Failures below this do not hinder a change.
    pub fail_on: FailOn,
}

/// References that are told.
const MOST: usize = 8;

impl OnACopy<'_> {
    fn checks(&self) -> Vec<&Check> {
        self.catalogue.checks().iter().collect()
    }
}

impl Rehearsal for OnACopy<'_> {
    fn rehearse(&self, questions: &Questions, change: Rehearse, object: &Dn) -> Rehearsed {
        let changes = match change {
            Rehearse::Delete => deletion(questions, object, "rehearsed"),
        };
        let (checks, hints) = (self.checks(), questions.hints().clone());
        let rehearsal =
            rehearse::Rehearsal { catalogue: self.catalogue, selected: &checks, origin: self.origin, options: self.options };
        let ran = match rehearsal.run(questions, &changes, hints, wants::of(&checks).all()) {
            Ok(ran) => ran,
            Err(error) => return undecided(format!("Not rehearsed: {error}.")),
        };
        let count = |findings: &[Finding]| findings.iter().map(|finding| finding.count).sum::<u64>();
        let Shifts { breaks, undecided, mends, goes, .. } = ran.shifts;
        let hinders = breaks.iter().any(|finding| self.fail_on.counts(finding.severity));
        let state = match () {
            () if hinders => State::Fails,
            () if !undecided.is_empty() || !ran.unseen.is_empty() => State::Undecided,
            () => State::Holds,
        };
        let below = match changes.len().saturating_sub(1) {
            0 => String::new(),
            1 => " with the object below it".to_owned(),
            more => format!(" with the {more} objects below it"),
        };
        let told = [
            (count(&breaks), "failure appears", "failures appear"),
            (count(&undecided), "result would be undecided", "results would be undecided"),
            (count(&mends) + count(&goes), "failure ends", "failures end"),
        ];
        let told: Vec<String> =
            told.into_iter().filter(|(count, ..)| *count > 0).map(|(n, one, many)| counted(n, one, many)).collect();
        let told = if told.is_empty() { "no result changes".to_owned() } else { told.join(", ") };
        let mut words = vec![format!("Removed on a copy{below}: {told}.")];
        words.extend(ran.unseen.into_iter().map(|unseen| format!("{} {}", unseen.what, unseen.why)));
        // what to do is told by the steps of the change: nothing has happened yet
        let results = breaks.into_iter().chain(undecided).map(|finding| Finding { fix: None, ..finding });
        Rehearsed { state, words, results: results.collect() }
    }

    fn uses(&self, questions: &Questions, object: &Dn) -> Rehearsed {
        let target = Target::at(self.origin.kind, self.origin.location.clone());
        let uses = uses::of(&self.checks(), questions, object, self.origin, target);
        let hinders = uses.references.iter().filter_map(Use::severity).any(|severity| self.fail_on.counts(severity));
        let state = match () {
            () if hinders => State::Fails,
            () if !uses.unseen.is_empty() => State::Undecided,
            () => State::Holds,
        };
        let mut words: Vec<String> = uses.references.iter().take(MOST).map(reference).collect();
        if let more @ 1.. = uses.references.len().saturating_sub(MOST) {
            words.push(format!("And {more} more: see exaudit uses."));
        }
        if words.is_empty() {
            words.push("No visible object refers to it.".to_owned());
        }
        words.extend(uses.unseen.iter().map(|blind| format!("Not seen: {}.", blind.what.trim_end_matches('.'))));
        Rehearsed { state, words, results: Vec::new() }
    }
}

/// A reference in a sentence, with the checks that would fail.
fn reference(one: &Use) -> String {
    let checks: Vec<&str> = one.checks.iter().map(|check| check.check.as_str()).collect();
    let would = if checks.is_empty() { String::new() } else { format!(" ({} would fail)", checks.join(", ")) };
    let inferred = if one.confidence == Confidence::Inferred { " (inferred)" } else { "" };
    let mut letters = one.what.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}{inferred}{would}.", letters.as_str())
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn undecided(words: String) -> Rehearsed {
    Rehearsed { state: State::Undecided, words: vec![words], results: Vec::new() }
}
