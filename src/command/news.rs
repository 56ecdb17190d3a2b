//! What an audit is compared with, and what is kept of it: accepted failures, a baseline, a state.

use super::failure::Failure;
use super::perform::Outcome;
use crate::cli::{BaselineArgs, WaiverArgs};
use crate::clock;
use crate::directory::dn::Dn;
use crate::exchange::questions::{Lookup, Questions};
use crate::exit::{Exit, FailOn};
use crate::news::{Known, Ledger, LedgerError, Presence, State, StateError, compare};
use crate::output::{Destination, Format, Json, message, write_atomically};
use crate::report::{Report, SavedError};
use crate::stop;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

/// Whether objects that failed before are there: by the index of the target and their name.
#[derive(Debug, Default)]
pub(super) struct Looked(HashMap<(usize, String), Presence>);

impl Looked {
    /// Looks for all objects that failed before in a directory.
    pub(super) fn look(&mut self, known: &Known, target: usize, questions: &Questions) {
        for subject in known.open.iter().filter_map(|open| open.subject.as_ref()) {
            let presence = match questions.object(&Dn::parse_lossy(subject.as_bytes())) {
                Lookup::There(_) => Presence::There,
                Lookup::Deleted(_) | Lookup::Gone(..) => Presence::Gone,
                Lookup::Open(_) => Presence::Unclear,
            };
            self.0.insert((target, subject.clone()), presence);
        }
    }

    /// Whether one is there.
    pub(super) fn of(&self, target: usize, subject: &str) -> Presence {
        self.0.get(&(target, subject.to_owned())).copied().unwrap_or(Presence::NotLooked)
    }
}

/// What an audit is compared with.
#[derive(Debug, Default)]
pub(super) struct News {
    ledger: Option<Ledger>,
    before: Option<Before>,
}

/// What was known before, and where that is kept.
#[derive(Debug)]
enum Before {
    Baseline { path: PathBuf, known: Known, update: bool },
    State { folder: PathBuf, state: Box<State> },
}

impl News {
    /// Reads what the arguments name, before anything else is read.
    ///
    /// # Errors
    /// Usage, if a file is not there or is none of these; otherwise what cannot be read or written.
    pub(super) fn open(waivers: &WaiverArgs, baseline: Option<&BaselineArgs>, fail_on: FailOn) -> Result<Self, Failure> {
        let compares = baseline.is_some_and(|baseline| baseline.baseline.is_some() || baseline.state.is_some());
        if fail_on == FailOn::New && baseline.is_some() && !compares {
            return Err(Failure::usage("--fail-on new needs something to compare with: give --baseline FILE or --state DIR"));
        }
        let ledger = waivers.waivers.as_deref().filter(|_| !waivers.no_waivers).map(read_ledger).transpose()?;
        let before = match baseline.map(|baseline| (&baseline.baseline, &baseline.state, baseline.update_baseline)) {
            Some((Some(path), _, update)) => Some(Before::baseline(path, update)?),
            Some((None, Some(folder), _)) => Some(Before::state(folder)?),
            _ => None,
        };
        Ok(Self { ledger, before })
    }

    /// What was known before, if anything is compared.
    pub(super) fn known(&self) -> Option<&Known> {
        match self.before.as_ref()? {
            Before::Baseline { known, .. } => Some(known),
            Before::State { state, .. } => Some(&state.known),
        }
    }

    /// Accepts, and compares. What is then known is kept by [`Kept::keep`], once the report is written.
    pub(super) fn tell(self, outcome: &mut Outcome) -> Kept {
        let Outcome { report, looked, .. } = outcome;
        if let Some(ledger) = &self.ledger {
            ledger.apply(report, clock::today());
        }
        let Some(before) = self.before else { return Kept(None) };
        let is_there = |target: usize, subject: &str| looked.of(target, subject);
        match before {
            Before::Baseline { path, known, update } => {
                compare(&known, &path.display().to_string(), report, &is_there);
                Kept(update.then_some(Keep::Baseline(path)))
            }
            Before::State { folder, mut state } => {
                let known = compare(&state.known, &folder.display().to_string(), report, &is_there);
                state.add(report, known);
                report.history = state.history();
                Kept(Some(Keep::State(folder, state)))
            }
        }
    }
}

impl Before {
    fn baseline(path: &Path, update: bool) -> Result<Self, Failure> {
        if update {
            Destination::of(Some(path)).check().map_err(Failure::incomplete)?;
        }
        let known = match Report::read(path) {
            Ok(report) => Known::of(&report),
            // the first one is made
            Err(error) if error.is_absent() && update => Known::default(),
            Err(error) => return Err(unreadable(&error)),
        };
        Ok(Self::Baseline { path: path.to_owned(), known, update })
    }

    fn state(folder: &Path) -> Result<Self, Failure> {
        State::prepare(folder).map_err(|error| match error {
            StateError::Unreadable { path, source } => Failure::making(&path, &source),
            error => Failure::incomplete(error),
        })?;
        let state = read_state(folder)?;
        Destination::File(State::file(folder)).check().map_err(Failure::incomplete)?;
        Ok(Self::State { folder: folder.to_owned(), state: Box::new(state) })
    }
}

/// What is kept of an audit.
#[must_use]
pub(super) struct Kept(Option<Keep>);

enum Keep {
    Baseline(PathBuf),
    State(PathBuf, Box<State>),
}

impl Kept {
    /// Writes it. A run that was stopped, or not read at all because of how it was called, is not kept; an incomplete report is no
    /// baseline.
    ///
    /// # Errors
    /// What cannot be written.
    pub(super) fn keep(self, outcome: &Outcome) -> Result<(), Failure> {
        if stop::was_asked() || outcome.unread == Some(Exit::Usage) {
            return Ok(());
        }
        match self.0 {
            None => Ok(()),
            Some(Keep::Baseline(path)) if !outcome.report.complete => {
                message::warning(&format!("{} is left as it is: this audit is not complete", path.display()));
                Ok(())
            }
            Some(Keep::Baseline(path)) => {
                let bytes = Json.write(&outcome.report).map_err(Failure::incomplete)?;
                write_atomically(&path, &bytes).map_err(Failure::incomplete)
            }
            Some(Keep::State(folder, state)) => {
                let bytes = serde_json::to_vec(&state).map_err(Failure::incomplete)?;
                write_atomically(&State::file(&folder), &bytes).map_err(Failure::incomplete)
            }
        }
    }
}

/// Reads a file of waivers.
///
/// # Errors
/// Usage, with the line.
pub(super) fn read_ledger(path: &Path) -> Result<Ledger, Failure> {
    Ledger::read(path).map_err(|error| match &error {
        LedgerError::Unreadable { source, .. } if source.kind() != io::ErrorKind::NotFound => Failure::incomplete(&error),
        LedgerError::Unreadable { .. } => Failure::Absent(error.to_string()),
        LedgerError::Wrong { .. } => Failure::usage(&error),
    })
}

/// Reads the state in a folder.
///
/// # Errors
/// Usage, if it is none of this version; otherwise what cannot be read.
pub(super) fn read_state(folder: &Path) -> Result<State, Failure> {
    State::read(folder).map_err(|error| match &error {
        StateError::Unreadable { .. } => Failure::incomplete(&error),
        StateError::Strange { .. } => Failure::usage(&error),
    })
}

/// A report that cannot be read.
pub(super) fn unreadable(error: &SavedError) -> Failure {
    match error {
        SavedError::Unreadable { .. } if error.is_absent() => Failure::Absent(error.to_string()),
        SavedError::Unreadable { .. } => Failure::incomplete(error),
        _ => Failure::usage(error),
    }
}
