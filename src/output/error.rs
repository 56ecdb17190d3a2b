//! Why a report could not be written.

use std::io;
use std::path::PathBuf;

/// Why a report could not be written. Each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The report has no form in this format.
    #[error("cannot write the report as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file was not written; one that was there before is as it was.
    #[error("cannot write {}: {source}; {help}", path.display())]
    File {
        /// The file asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What to do.
        help: String,
    },
    /// Standard output took no more, for another reason than that its reader is gone.
    #[error("cannot write to standard output: {0}; give a file with --output FILE")]
    Stdout(#[source] io::Error),
}
