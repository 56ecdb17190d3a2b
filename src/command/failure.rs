//! Why a command could not do its work, and the exit code that says so.

use crate::exit::Exit;

/// Why a command could not do its work. The text says what happened, to what, and what to do next.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Bad usage or configuration: exit code 2.
    #[error("{0}")]
    Usage(String),
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

    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Usage(_) => Exit::Usage,
            Self::Incomplete(_) => Exit::Incomplete,
        }
    }
}
