//! Why a report could not be written.

use crate::directory::input::describe;
use std::io;
use std::path::PathBuf;

/// Why a report could not be written. Each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The report has no form in this format.
    #[error("cannot write the report as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The report has no form as CSV.
    #[error("cannot write the report as CSV: {0}")]
    Csv(#[from] csv::Error),
    /// The report has no form as XML.
    #[error("cannot write the report as JUnit XML: {0}")]
    Xml(#[from] quick_junit::SerializeError),
    /// The file was not written; one that was there before is as it was.
    #[error("cannot write {}: {}; {help}", path.display(), said(source))]
    File {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do.
        help: String,
    },
    /// Standard output took no more, for another reason than that its reader is gone.
    #[error("cannot write to standard output: {}; give a file with --output FILE", said(.0))]
    Stdout(#[source] io::Error),
}

/// What the system said. What is not there is the folder: a file that is not there is made.
fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        _ => describe(error),
    }
}
