//! A folder that keeps what was known from one audit to the next, and what came before.

use super::known::Known;
use crate::directory::input::describe;
use crate::report::{Ended, How, Night, Report, Severity, Verdict};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The schema name that the file carries. It changes when a key changes meaning or goes away.
const SCHEMA: &str = "exaudit.state/1";
/// The file in the folder.
const FILE: &str = "state.json";
/// A longer file is not read, bytes.
const LONGEST: u64 = 1 << 30;
/// Runs that are kept: of every night for five years and more.
const MOST_RUNS: usize = 2000;
/// No directory has more results.
const MOST_RESULTS: u64 = 1 << 40;
/// Audits that a report tells of: a quarter of nightly ones.
const MOST_NIGHTS: usize = 92;
/// What ended, that is kept.
const MOST_PAST: usize = 10_000;
/// Causes that are kept.
const MOST_CAUSES: usize = 1000;

/// Why a state cannot be read. Each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The file or its folder cannot be read or made.
    #[error("cannot use {}: {}", path.display(), describe(source))]
    Unreadable {
        /// The file or the folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is no state of this version.
    #[error("{}: this is not a state of this version ({SCHEMA}): {why}. Move it away to start over (its history is lost)", path.display())]
    Strange {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// What a folder keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    schema: String,
    /// What was known when the last audit ended.
    pub known: Known,
    /// The audits, the latest last.
    pub runs: Vec<Run>,
    /// What ended, the latest last.
    pub past: Vec<Past>,
    /// What could not be seen, and when it was first and last so.
    pub causes: Vec<Cause>,
}

/// One audit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, RFC 3339 in UTC.
    pub started: String,
    /// Whether everything asked for was answered.
    pub complete: bool,
    /// How many directories could not be read.
    pub unread: usize,
    /// Failures that count.
    pub fail: usize,
    /// Those of them that are critical.
    pub critical: usize,
    /// Failures that are accepted.
    pub waived: usize,
    /// Results that could not be decided.
    pub unknown: usize,
    /// Failures that were new.
    pub new: usize,
    /// What failed before, and did not any more.
    pub ended: usize,
}

/// Something that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Past {
    /// When the audit began that did not find it any more.
    pub when: String,
    /// What it was.
    #[serde(flatten)]
    pub ended: Ended,
}

/// Something that could not be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cause {
    /// The target, as reports call it.
    pub target: String,
    /// What could not be seen.
    pub what: String,
    /// When it was first so.
    pub first: String,
    /// When it was last so.
    pub last: String,
}

impl State {
    /// The state in a folder; one of nothing if the folder, or the file in it, is not there yet.
    ///
    /// # Errors
    /// [`StateError`]. A state that cannot be read is never taken for one of nothing: all would be new, every night.
    pub fn read(folder: &Path) -> Result<Self, StateError> {
        let path = folder.join(FILE);
        let mut text = Vec::new();
        match File::open(&path).and_then(|file| file.take(LONGEST).read_to_end(&mut text)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { schema: SCHEMA.into(), ..Self::default() });
            }
            Err(source) => return Err(StateError::Unreadable { path, source }),
            Ok(_) => {}
        }
        let state: Self =
            serde_json::from_slice(&text).map_err(|error| StateError::Strange { path: path.clone(), why: error.to_string() })?;
        if state.schema != SCHEMA {
            return Err(StateError::Strange { path, why: format!("its schema is {:?}", state.schema) });
        }
        let numbers = |run: &Run| [run.unread, run.fail, run.critical, run.waived, run.unknown, run.new, run.ended];
        if state.runs.iter().flat_map(numbers).any(|number| number as u64 > MOST_RESULTS) {
            return Err(StateError::Strange { path, why: "it counts more results than any directory has".into() });
        }
        let targets = state.known.targets.len();
        match state.known.open.iter().find(|open| open.target >= targets) {
            Some(open) => Err(StateError::Strange { path, why: format!("{} belongs to none of its targets", open.check) }),
            None => Ok(state),
        }
    }

    /// Makes the folder, if it is not there.
    ///
    /// # Errors
    /// [`StateError::Unreadable`].
    pub fn prepare(folder: &Path) -> Result<(), StateError> {
        std::fs::create_dir_all(folder).map_err(|source| StateError::Unreadable { path: folder.to_owned(), source })
    }

    /// The file that it is kept in.
    pub fn file(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// Adds an audit that was compared with what was known, and what is known now. The oldest is forgotten where there is too much.
    pub fn add(&mut self, report: &Report, known: Known) {
        if let ([then], [now]) = (self.known.targets.as_slice(), known.targets.as_slice()) {
            // one directory is the other under a new name
            for cause in self.causes.iter_mut().filter(|cause| cause.target == then.label) {
                cause.target.clone_from(&now.label);
            }
        }
        self.known = known;
        self.runs.push(Run::of(report));
        // what was undecided for a while was never known to fail
        let ended = report.comparison.iter().flat_map(|comparison| &comparison.ended).filter(|ended| ended.how != How::Decided);
        self.past.extend(ended.map(|ended| Past { when: report.started.clone(), ended: ended.clone() }));
        for target in &report.targets {
            for unseen in &target.unseen {
                self.see(target.lasting_label(), &unseen.what, &report.started);
            }
        }
        self.causes.sort_by(|a, b| a.last.cmp(&b.last));
        keep_last(&mut self.runs, MOST_RUNS);
        keep_last(&mut self.past, MOST_PAST);
        keep_last(&mut self.causes, MOST_CAUSES);
    }

    /// The last audits, for a report.
    pub fn history(&self) -> Vec<Night> {
        let told = |run: &Run| Night {
            started: run.started.clone(),
            complete: run.complete,
            fail: run.fail,
            critical: run.critical,
            waived: run.waived,
            unknown: run.unknown,
        };
        self.runs.iter().skip(self.runs.len().saturating_sub(MOST_NIGHTS)).map(told).collect()
    }

    fn see(&mut self, target: &str, what: &str, now: &str) {
        match self.causes.iter_mut().find(|cause| cause.target == target && cause.what == what) {
            Some(cause) => now.clone_into(&mut cause.last),
            None => {
                let (target, what) = (target.to_owned(), what.to_owned());
                self.causes.push(Cause { target, what, first: now.to_owned(), last: now.to_owned() });
            }
        }
    }
}

impl Run {
    fn of(report: &Report) -> Self {
        let fails = || report.results.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.waiver.is_none());
        let count = |finding: &crate::report::Finding| usize::try_from(finding.count).unwrap_or(usize::MAX);
        Self {
            started: report.started.clone(),
            complete: report.complete,
            unread: report.targets.iter().filter(|target| !target.is_read()).count(),
            fail: report.summary.fail,
            critical: fails().filter(|finding| finding.severity == Severity::Critical).map(count).sum(),
            waived: report.summary.waived,
            unknown: report.summary.unknown,
            new: fails().filter(|finding| finding.is_new(&report.started)).count(),
            ended: report
                .comparison
                .iter()
                .flat_map(|comparison| &comparison.ended)
                .filter(|ended| ended.how != How::Decided)
                .count(),
        }
    }
}

fn keep_last<T>(list: &mut Vec<T>, most: usize) {
    list.drain(..list.len().saturating_sub(most));
}
