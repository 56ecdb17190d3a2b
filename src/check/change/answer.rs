//! The answers to the items of a change.

use super::decide::{Hindrance, state};
use super::definition::{Asks, Change, Step};
use super::place::is_about;
use super::rehearsal::{Rehearsal, Rehearsed};
use crate::exchange::facts::Named;
use crate::exchange::questions::Questions;
use crate::exit::FailOn;
use crate::report::checklist::{Answer, Decided, Go, Item, State};
use crate::report::{Finding, Verdict};

/// What is asked: a change, of what, and what hinders it.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The change.
    pub change: &'a Change,
    /// What it is about.
    pub named: Named<'a>,
    /// Failures below this do not hinder it.
    pub fail_on: FailOn,
}

/// The items with their answers, but for those of checks, which are judged later: their results are none yet.
pub fn answer(asked: Asked<'_>, questions: &Questions, rehearsal: &dyn Rehearsal) -> Vec<Item> {
    let item = |(number, step): (usize, &Step)| {
        let (state, answer) = one(asked, step, questions, rehearsal);
        let Step { when, title, kb, caution, .. } = step;
        Item { number, when: *when, title: title.clone(), kb: kb.clone(), caution: caution.clone(), state, answer }
    };
    (1..).zip(&asked.change.items).map(item).collect()
}

/// The items where nothing was read: whatever a directory would answer is undecided.
pub fn unanswered(change: &Change) -> Vec<Item> {
    let item = |(number, step): (usize, &Step)| {
        let words = || vec!["The directory was not read.".to_owned()];
        let (state, answer) = match &step.asks {
            Asks::Checks(checks) => (State::Undecided, Answer::Checks { checks: checks.clone(), passed: 0, results: Vec::new() }),
            Asks::Facts(facts) => (State::Undecided, Answer::Facts { facts: facts.word().to_owned(), rows: Vec::new() }),
            Asks::Rehearse(change) => {
                let rehearse = change.word().to_owned();
                (State::Undecided, Answer::Rehearsal { rehearse, words: words(), results: Vec::new() })
            }
            Asks::Uses => (State::Undecided, Answer::Uses { words: words(), results: Vec::new() }),
            Asks::Manual(text) => (State::ByHand, Answer::Manual { manual: text.clone() }),
        };
        let Step { when, title, kb, caution, .. } = step;
        Item { number, when: *when, title: title.clone(), kb: kb.clone(), caution: caution.clone(), state, answer }
    };
    (1..).zip(&change.items).map(item).collect()
}

fn one(asked: Asked<'_>, step: &Step, questions: &Questions, rehearsal: &dyn Rehearsal) -> (State, Answer) {
    let nothing = || Rehearsed { state: State::Undecided, words: vec!["Nothing was named.".into()], results: Vec::new() };
    let dn = asked.named.dn();
    match &step.asks {
        Asks::Checks(checks) => (State::Undecided, Answer::Checks { checks: checks.clone(), passed: 0, results: Vec::new() }),
        Asks::Facts(facts) => {
            (State::Told, Answer::Facts { facts: facts.word().to_owned(), rows: facts.rows(questions, asked.named) })
        }
        Asks::Rehearse(change) => {
            let Rehearsed { state, words, results } = dn.map_or_else(nothing, |dn| rehearsal.rehearse(questions, *change, dn));
            (state, Answer::Rehearsal { rehearse: change.word().to_owned(), words, results })
        }
        Asks::Uses => {
            let Rehearsed { state, words, results } = dn.map_or_else(nothing, |dn| rehearsal.uses(questions, dn));
            (state, Answer::Uses { words, results })
        }
        Asks::Manual(text) => (State::ByHand, Answer::Manual { manual: text.clone() }),
    }
}

impl Asked<'_> {
    /// Puts the results of checks to the items that ask for them.
    pub fn judged(&self, items: &mut [Item], findings: &[Finding]) {
        for item in items {
            let Answer::Checks { checks, passed, results } = &mut item.answer else { continue };
            let is_of = |finding: &&Finding| checks.contains(&finding.check);
            let judged = findings.iter().any(|finding| is_of(&finding));
            let about = findings.iter().filter(is_of).filter(|finding| is_about(self.named, finding));
            *passed = about.clone().filter(|finding| finding.verdict == Verdict::Pass).map(|finding| finding.count).sum();
            *results = about.filter(|finding| rank(finding.verdict) < TOLD).cloned().collect();
            results.sort_by_key(|finding| (finding.waiver.is_some(), rank(finding.verdict), std::cmp::Reverse(finding.severity)));
            item.state = state(results, judged, self.fail_on);
        }
    }

    /// Whether to go.
    pub fn decide(&self, items: &[Item], complete: bool) -> Decided {
        let Hindrance { failures, unknown, blocked, manual } = Hindrance::of(items, self.fail_on);
        let undecided = unknown + blocked;
        let (word, text) = match () {
            () if failures > 0 && undecided > 0 => {
                (Go::NoGo, format!("NO-GO: {}, and {undecided} undecided", counted(failures, "failure", "failures")))
            }
            () if failures > 0 => (Go::NoGo, format!("NO-GO: {}", counted(failures, "failure", "failures"))),
            () if !complete || undecided > 0 => {
                let why = (!complete).then(|| "not everything could be read".to_owned());
                let undecided = (undecided > 0).then(|| format!("{undecided} undecided"));
                let why: Vec<String> = why.into_iter().chain(undecided).collect();
                (Go::NotDecided, format!("NOT DECIDED: {}", why.join(", ")))
            }
            () if manual > 0 => (Go::GoAfter, format!("GO after {}", counted(manual, "item by hand", "items by hand"))),
            () => (Go::Go, "GO".to_owned()),
        };
        Decided { word, text, failures, undecided, by_hand: manual }
    }
}

/// Verdicts from here on are counted, and not told.
const TOLD: u8 = 4;

fn rank(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Fail => 0,
        Verdict::Unknown => 1,
        Verdict::Blocked => 2,
        Verdict::Manual => 3,
        Verdict::Pass | Verdict::NotApplicable => TOLD,
    }
}

fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
