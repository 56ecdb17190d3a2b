//! Failures that weigh less: by what the object is, and by what the servers of its site run.

use super::{Context, Outcome};
use crate::exchange::questions::{Seen, Truth};
use crate::report::Verdict;

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
            if let Some(from) = lesser.from {
                let own = self.start.seen.as_ref().or(seen.as_ref());
                let release = own.map(|own| self.bench.questions.release_of(own, self.start.server().as_deref()));
                match release {
                    Some(Ok(release)) if release < from => continue,
                    Some(Ok(_)) => {}
                    Some(Err(_)) | None => {
                        untold.get_or_insert(from);
                        continue;
                    }
                }
            }
            outcome.severity = Some(lesser.severity);
            if lesser.confidence == crate::report::Confidence::Inferred {
                outcome.ground = outcome.ground.and(&crate::exchange::questions::Ground::inferred());
            }
            outcome.message = format!("{} {}", outcome.message, lesser.message);
            return outcome;
        }
        if let Some(from) = untold {
            outcome.message =
                format!("{} What the servers run is not known here; from {from} on it would weigh less.", outcome.message);
        }
        outcome
    }
}
