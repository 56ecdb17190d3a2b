//! What a check says of a subject.

use super::Bench;
use crate::directory::dn::Dn;
use crate::exchange::questions::{Causes, Ground};
use crate::report::{Evidence, Fix, Reason, Severity, Verdict};

/// What a check says of a subject.
#[derive(Debug, Clone)]
pub(in crate::check) struct Outcome {
    /// The verdict.
    pub(in crate::check) verdict: Verdict,
    /// Why, from the closed list.
    pub(in crate::check) reason: Reason,
    /// Why, in words; what follows a line break is advice.
    pub(in crate::check) message: String,
    /// How bad it is, if not what the check says.
    pub(in crate::check) severity: Option<Severity>,
    /// What the verdict rests on.
    pub(in crate::check) ground: Ground,
    /// What stood in the way of a verdict.
    pub(in crate::check) causes: Causes,
    /// The object the check was led to.
    pub(in crate::check) object: Option<Dn>,
    /// What was observed.
    pub(in crate::check) evidence: Vec<Evidence>,
    /// The command that shows it again.
    pub(in crate::check) reproduce: String,
    /// What to do, if not what the check says.
    pub(in crate::check) fix: Option<Fix>,
}

impl Default for Outcome {
    fn default() -> Self {
        Self {
            verdict: Verdict::Unknown,
            reason: Reason::Truncated,
            message: String::new(),
            severity: None,
            ground: Ground::default(),
            causes: Causes::default(),
            object: None,
            evidence: Vec::new(),
            reproduce: String::new(),
            fix: None,
        }
    }
}

impl Outcome {
    /// Waits for another check.
    pub(in crate::check) fn blocked(need: &str) -> Self {
        Self {
            verdict: Verdict::Blocked,
            reason: Reason::Needs(need.to_owned()),
            message: format!("Skipped: {need} did not pass."),
            ..Self::default()
        }
    }

    /// It cannot be told, for these causes; the words come later.
    pub(in crate::check) fn open(causes: Causes) -> Self {
        Self { causes, ..Self::default() }
    }

    /// The same, resting on this too. A failure cannot rest on what nobody shows: then it is not known.
    pub(in crate::check) fn resting_on(mut self, ground: Ground, bench: &Bench<'_>) -> Self {
        if ground != Ground::documented() {
            self.ground = self.ground.and(&ground);
        }
        if self.verdict == Verdict::Fail && self.ground.is_assumed() {
            let causes = self.ground.assumptions().clone();
            let told = bench.words.told(&causes);
            self.verdict = Verdict::Unknown;
            self.reason = told.first().map_or(Reason::NotVisible, |cause| cause.reason());
            self.message = bench.words.would_fail(&self.message, &told);
            self.causes = causes;
            self.severity = None;
        }
        self
    }

    /// The same, with a message that is no longer than can be read: names and values of the directory may have any length. A command
    /// that is longer is of no use where it is cut, so it is left out.
    pub(in crate::check) fn bounded(mut self) -> Self {
        let more = self.message.len().saturating_sub(MOST_TEXT);
        if more > 0 {
            let end = (0..=MOST_TEXT).rev().find(|end| self.message.is_char_boundary(*end)).unwrap_or_default();
            self.message.truncate(end);
            self.message.push_str(&format!("... (and {more} bytes more)"));
        }
        if self.reproduce.len() > MOST_TEXT {
            self.reproduce = String::new();
        }
        self
    }

    /// Which of several outcomes counts: fail, unknown, pass.
    fn rank(&self) -> (u8, u8) {
        match (self.verdict, self.severity) {
            (Verdict::Fail, severity) => (2, severity.map_or(u8::MAX, |severity| severity as u8)),
            (Verdict::Unknown, _) => (1, 0),
            _ => (0, 0),
        }
    }
}

/// Several candidates are one reference that is not told apart, and the values of an attribute are judged together: the worst
/// verdict counts (fail, unknown, pass), and the evidence names them all.
pub(super) fn worst(outcomes: Vec<Outcome>, of: &str) -> Outcome {
    let evidence: Vec<Evidence> = outcomes.iter().flat_map(|outcome| outcome.evidence.clone()).take(MOST_EVIDENCE).collect();
    let several = outcomes.len() > 1;
    let mut worst: Option<Outcome> = None;
    for outcome in outcomes {
        if worst.as_ref().is_none_or(|worst| outcome.rank() > worst.rank()) {
            worst = Some(outcome);
        }
    }
    let mut worst = worst.unwrap_or_default();
    worst.evidence = evidence;
    if several {
        worst.message = format!("Of several {of}: {}", worst.message);
    }
    worst
}

/// Bytes of a message, and of a command.
const MOST_TEXT: usize = 8 << 10;

/// Observations that a result holds: 32 candidates with a few attributes each.
const MOST_EVIDENCE: usize = 128;
