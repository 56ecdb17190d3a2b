//! Why a command could not do its work, and the exit code that says so.

use crate::directory::input::describe;
use crate::exit::Exit;
use std::io;
use std::path::Path;

/// Why a command could not do its work. The text says what happened, to what, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Bad usage or configuration: exit code 2.
    #[error("{0}")]
    Usage(String),
    /// A file that was named is not there: exit code 2, and a report in a file says so all the same.
    #[error("{0}")]
    Absent(String),
    /// The work could not be done: exit code 3.
    #[error("{0}")]
    Incomplete(String),
}

impl Failure {
    /// Bad usage or configuration.
    pub fn usage(error: impl std::fmt::Display) -> Self {
        Self::Usage(error.to_string())
    }

    /// The work could not be done.
    pub fn incomplete(error: impl std::fmt::Display) -> Self {
        Self::Incomplete(error.to_string())
    }

    /// A file or folder that could not be opened: bad usage if it is not there.
    pub fn opening(path: &Path, error: &io::Error) -> Self {
        let text = format!("cannot read {}: {}", path.display(), describe(error));
        if error.kind() == io::ErrorKind::NotFound { Self::Absent(text) } else { Self::Incomplete(text) }
    }

    /// A folder that could not be made.
    pub fn making(folder: &Path, error: &io::Error) -> Self {
        // that a file is not there says nothing of a folder that was to be made
        let why = match error.kind() {
            io::ErrorKind::NotFound => String::new(),
            _ => format!(": {}", describe(error)),
        };
        Self::Incomplete(format!("the folder {} cannot be created{why}; name another", folder.display()))
    }

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) | Self::Absent(_) => Exit::Usage,
            Self::Incomplete(_) => Exit::Incomplete,
        }
    }
}
