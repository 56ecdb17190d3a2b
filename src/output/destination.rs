//! Where a report goes. The one place that writes to standard output.

use super::OutputError;
use super::file::{check_writable, write_atomically};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Stdout,
    /// A file, written whole or not at all.
    File(PathBuf),
}

impl Destination {
    /// No path, or `-`, is standard output.
    pub fn of(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path.as_os_str() != "-" => Self::File(path.to_owned()),
            _ => Self::Stdout,
        }
    }

    /// The file; none if it is standard output.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path),
        }
    }

    /// Finds out, before any work, whether a report can be written there. Nothing that is there is touched.
    ///
    /// # Errors
    /// [`OutputError::File`], as writing would have said.
    pub fn check(&self) -> Result<(), OutputError> {
        match self {
            Self::Stdout => Ok(()),
            Self::File(path) => check_writable(path),
        }
    }

    /// Writes it all.
    ///
    /// # Errors
    /// [`OutputError`]; a reader that has seen enough and closed the pipe is none.
    pub fn write(&self, bytes: &[u8]) -> Result<(), OutputError> {
        match self {
            Self::Stdout => write_to(&mut stdout(), bytes).map_err(OutputError::Stdout),
            Self::File(path) => write_atomically(path, bytes),
        }
    }
}

/// Writes a part of what goes on to standard output; false if its reader has seen enough.
///
/// # Errors
/// [`OutputError::Stdout`].
pub(super) fn pass_on(bytes: &[u8]) -> Result<bool, OutputError> {
    part_to(&mut stdout(), bytes).map_err(OutputError::Stdout)
}

/// Standard output. The style decided about colours; what an old Windows console does not know is translated for it.
fn stdout() -> impl Write {
    anstream::AutoStream::new(io::stdout().lock(), anstream::ColorChoice::Always)
}

fn write_to(out: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    part_to(out, bytes).map(|_| ())
}

fn part_to(out: &mut dyn Write, bytes: &[u8]) -> io::Result<bool> {
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn none_and_a_dash_are_standard_output() {
        assert_eq!(Destination::of(None), Destination::Stdout);
        assert_eq!(Destination::of(Some(Path::new("-"))), Destination::Stdout);
        assert_eq!(Destination::of(Some(Path::new("./-"))), Destination::File("./-".into()));
    }

    #[test]
    fn a_closed_pipe_is_success_and_a_full_disk_is_not() {
        write_to(&mut Failing(io::ErrorKind::BrokenPipe), b"x").unwrap();
        assert!(!part_to(&mut Failing(io::ErrorKind::BrokenPipe), b"x").unwrap());
        write_to(&mut Failing(io::ErrorKind::StorageFull), b"x").unwrap_err();
        let mut out = Vec::new();
        write_to(&mut out, b"text").unwrap();
        assert_eq!(out, b"text");
    }
}
