//! Whether a check is for what the servers of an object run.

use super::{Bench, Compiled, Context, Outcome, Start};
use crate::exchange::questions::{Cause, Causes, UntoldReason};
use crate::exchange::release::Running;
use crate::report::Verdict;
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Whether a check is for what the servers of an object run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) enum Applies {
    /// It is.
    Yes,
    /// It is for other releases.
    No,
    /// What they run was not seen, for these causes.
    Open(Causes),
}

/// Site, and name of the server that counts.
type Place = (u128, Option<String>);

/// What the servers run. Most objects are of few sites.
#[derive(Debug, Default)]
pub(in crate::check) struct Releases(RwLock<HashMap<Place, Arc<Running>>>);

impl Releases {
    fn of(&self, bench: &Bench<'_>, start: &Start<'_>) -> Option<Arc<Running>> {
        let seen = start.seen?;
        // a recipient is of its site; there are many, and few other objects
        let server = if seen.kind().is_recipient() { None } else { start.counting_server() };
        let key = (seen.site_dn()?.number(), server);
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Some(Arc::clone(known));
        }
        let running = Arc::new(bench.questions.running(&seen, key.1.as_deref()));
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&running));
        Some(running)
    }
}

impl Bench<'_> {
    /// Whether it is known that a check is for other releases than the servers of an object run.
    pub(in crate::check) fn is_for_other_releases(&self, compiled: &Compiled<'_>, start: &Start<'_>) -> bool {
        self.applies(compiled, start) == Applies::No
    }

    /// Whether a check is for what the servers of an object run: its own server, or one of its site, of which one is enough.
    pub(in crate::check) fn applies(&self, compiled: &Compiled<'_>, start: &Start<'_>) -> Applies {
        if compiled.is_for_every_release {
            return Applies::Yes;
        }
        let check = compiled.check;
        let Some(running) = self.releases.of(self, start) else {
            let what = format!("the release of the server of {}", start.dn());
            return Applies::Open(self.questions.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
        };
        let fits: Vec<Option<bool>> = running.seen().iter().map(|version| check.is_for(version)).collect();
        if fits.contains(&Some(true)) {
            return Applies::Yes;
        }
        if !running.open().is_empty() {
            return Applies::Open(running.open().clone());
        }
        if fits.contains(&None) {
            let what = format!("the service pack of {}, which its server does not show,", start.dn());
            return Applies::Open(self.questions.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
        }
        Applies::No
    }
}

impl Context<'_> {
    /// The same, but that a failure is not known where it is not seen whether the check is for what the servers run.
    pub(super) fn if_it_applies(&self, outcome: Outcome) -> Outcome {
        if outcome.verdict != Verdict::Fail {
            return outcome;
        }
        match self.bench.applies(self.compiled, &self.start) {
            Applies::Open(causes) => self.bench.words.undecided_release(self.check(), &outcome.message, Outcome::open(causes)),
            Applies::Yes | Applies::No => outcome,
        }
    }
}
