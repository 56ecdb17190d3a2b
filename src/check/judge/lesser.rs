//! Failures that weigh less: by what the object is, and by what the servers of its site run.

use super::{Context, Outcome};
use crate::check::definition::Lesser;
use crate::exchange::questions::{Seen, Truth};
use crate::exchange::version::Version;
use crate::report::{Severity, Verdict};

/// The releases that a lesser failure is for, in words that follow "on"; none if it is for each.
pub(in crate::check) fn releases(lesser: &Lesser) -> Option<String> {
    match (lesser.from, lesser.before) {
        (Some(from), Some(before)) => Some(format!("{from} or later, but before {before}")),
        (Some(from), None) => Some(format!("{from} or later")),
        (None, Some(before)) => Some(format!("a release before {before}")),
        (None, None) => None,
    }
}

impl Context<'_> {
    /// An outcome, made less bad by the first `[[lesser]]` that is for the object. Where a release decides and the servers do not
    /// tell theirs, the check's own severity stands, and the message says so.
    pub(super) fn lessened_as(&self, seen: Option<Seen<'_>>, mut outcome: Outcome) -> Outcome {
        if outcome.verdict != Verdict::Fail || outcome.severity.is_some() {
            return outcome;
        }
        let mut untold = None;
        for (lesser, condition) in self.check().lesser.iter().zip(&self.compiled.lesser) {
            let fits = |seen: &Seen<'_>| {
                condition
                    .as_ref()
                    .is_none_or(|condition| matches!(condition.holds(seen), Truth::Yes(ground) if !ground.is_assumed()))
            };
            if condition.is_some() && !seen.as_ref().is_some_and(fits) {
                continue;
            }
            if lesser.is_by_release() {
                let own = self.start.seen.as_ref().or(seen.as_ref());
                let server = self.start.counting_server();
                // of servers that the check is not for, nothing is told
                let counts = |version: &Version| self.check().is_for(version) != Some(false);
                let release = own.map(|own| self.bench.questions.release_of(own, server.as_deref(), counts));
                match release {
                    Some(Ok(release)) if !lesser.is_for(release) => continue,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => {
                        untold.get_or_insert(lesser);
                        continue;
                    }
                }
            }
            outcome.severity = Some(lesser.severity);
            outcome.fix.clone_from(&lesser.fix);
            if lesser.confidence == crate::report::Confidence::Inferred {
                outcome.ground = outcome.ground.and(&crate::exchange::questions::Ground::inferred());
            }
            outcome.message = format!("{} {}", outcome.message, lesser.message);
            return outcome;
        }
        if let Some(lesser) = untold {
            let message = &outcome.message;
            let severity = match lesser.severity {
                Severity::Critical => "critical",
                Severity::Warning => "a warning",
                Severity::Info => "a note (info)",
            };
            let of = releases(lesser).unwrap_or_default();
            outcome.message = format!("{message} Server version unknown; on {of} this would only be {severity}.");
        }
        outcome
    }
}
