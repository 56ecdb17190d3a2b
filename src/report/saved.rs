//! Reading a report that was saved as JSON.

use super::{Report, SCHEMA, Summary};
use crate::directory::input::describe;
use serde::de;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A longer file is not read, bytes: half a million results take less.
const LONGEST: u64 = 1 << 30;

/// Why a report could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SavedError {
    /// The file cannot be read.
    #[error("cannot read {}: {}", path.display(), describe(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It is longer than a report can be.
    #[error("{}: it is longer than 1 GiB: is this a report?", path.display())]
    TooLong {
        /// The file.
        path: PathBuf,
    },
    /// It is of another version of the program, or no report at all.
    #[error("{}: this is {found}, and not a report that this version reads ({SCHEMA}): write it with audit --format json", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// What it is.
        found: String,
    },
    /// It is no JSON at all.
    #[error("{} is not a JSON report of exaudit: write one with audit --format json", path.display())]
    NotJson {
        /// The file.
        path: PathBuf,
    },
    /// It is not what a report looks like.
    #[error("{}: not a whole report: {source}; was it cut, or edited?", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where, and what.
        source: serde_json::Error,
    },
}

impl SavedError {
    /// Whether the file that was named is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// The one key that tells what a file is.
#[derive(serde::Deserialize)]
struct Named {
    schema: Option<String>,
}

/// No directory has more of anything: a larger number was edited in, and would be too large to add up.
const MOST: u64 = 1 << 40;
/// Audits that a report tells of.
const MOST_NIGHTS: usize = 1000;

impl Report {
    /// A number that no audit writes.
    fn odd_number(&self) -> Option<&'static str> {
        let Summary { pass, fail, unknown, blocked, not_applicable, manual, waived } = self.summary;
        let is_large = |number: usize| number as u64 > MOST;
        let nights = self.history.iter().flat_map(|night| [night.fail, night.critical, night.waived, night.unknown]);
        if self.results.iter().any(|result| result.count > MOST) {
            return Some("a result counts more than any directory holds");
        }
        if [pass, fail, unknown, blocked, not_applicable, manual, waived].into_iter().chain(nights).any(is_large) {
            return Some("it counts more results than any directory has");
        }
        let unseen = self.targets.iter().flat_map(|target| &target.unseen);
        if unseen.map(|unseen| unseen.results).any(|results| results > MOST) {
            return Some("it leaves more results undecided than any directory has");
        }
        (self.history.len() > MOST_NIGHTS).then_some("it lists more audits than are kept")
    }

    /// Reads a report that `--format json` wrote.
    ///
    /// # Errors
    /// [`SavedError`].
    pub fn read(path: &Path) -> Result<Self, SavedError> {
        let file = File::open(path).map_err(|source| SavedError::Unreadable { path: path.to_owned(), source })?;
        Self::read_from(file, path)
    }

    /// Reads one from wherever; what is wrong is told of this path.
    ///
    /// # Errors
    /// [`SavedError`].
    pub fn read_from(from: impl Read, path: &Path) -> Result<Self, SavedError> {
        let unreadable = |source| SavedError::Unreadable { path: path.to_owned(), source };
        let mut text = Vec::new();
        from.take(LONGEST + 1).read_to_end(&mut text).map_err(unreadable)?;
        if text.len() as u64 > LONGEST {
            return Err(SavedError::TooLong { path: path.to_owned() });
        }
        if text.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first != b'{') {
            return Err(SavedError::NotJson { path: path.to_owned() });
        }
        let malformed = |source| SavedError::Malformed { path: path.to_owned(), source };
        let named: Named = serde_json::from_slice(&text).map_err(malformed)?;
        match named.schema.as_deref() {
            Some(SCHEMA) => {}
            other => {
                let found = other.map_or("JSON without a schema".to_owned(), |name| format!("{name:?}"));
                return Err(SavedError::Schema { path: path.to_owned(), found });
            }
        }
        let report: Self = serde_json::from_slice(&text).map_err(malformed)?;
        if let Some(what) = report.odd_number() {
            return Err(malformed(de::Error::custom(what)));
        }
        let targets = report.targets.len();
        match report.results.iter().find(|result| result.target >= targets) {
            Some(lost) => {
                let (check, target) = (&lost.check, lost.target);
                Err(malformed(de::Error::custom(format_args!(
                    "a result of {check} belongs to target {target}, but there are {targets}"
                ))))
            }
            None => Ok(report),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Format, Json, fixture};

    fn read(text: &[u8]) -> Result<Report, SavedError> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), text).expect("to write");
        Report::read(file.path())
    }

    fn said(text: &str) -> String {
        let error = read(text.as_bytes()).expect_err(text).to_string();
        error.split_once(": ").expect("a name").1.to_owned()
    }

    #[test]
    fn what_was_written_is_read_as_it_was() {
        let mut report = fixture::full();
        report.results[0].waiver = Some(fixture::waiver());
        report.results[1].reason = crate::report::Reason::Needs("another".into());
        let text = Json.write(&report).expect("JSON");
        let again = Json.write(&read(&text).expect("a report")).expect("JSON");
        assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&text));
    }

    #[test]
    fn what_is_no_whole_report_is_said() {
        let text = String::from_utf8(Json.write(&fixture::full()).expect("JSON")).expect("UTF-8");
        assert!(said("").starts_with("not a whole report"), "{}", said(""));
        assert!(said(&text[..text.len() / 2]).starts_with("not a whole report"));
        assert!(said("{}").starts_with("this is JSON without a schema"));
        assert!(said(&text.replace("exaudit.report/2", "exaudit.report/1")).starts_with("this is \"exaudit.report/1\""));
        assert!(said(&text.replace("\"target\": 0", "\"target\": 7")).contains("belongs to target 7, but there are 1"));
        assert!(
            said(&text.replace("\"no-pointer\"", "\"x\"").replace("\"not-met\"", "\"odd\"")).contains("\"odd\" is not a reason")
        );
        assert!(said(&text.replacen("\"count\": 1", "\"count\": 9999999999999999999", 1)).contains("more than any directory"));
        assert!(Report::read(Path::new("/no/such/file")).expect_err("no file").is_absent());
    }
}
