//! Passwords: read from a file or standard input, never printed.

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// A password is at most this long, bytes.
const LONGEST: u64 = 4096;

/// A password. It cannot be printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Why a password could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The file cannot be read.
    #[error("cannot read the password file {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard input cannot be read.
    #[error("cannot read the password from standard input: {0}")]
    Stdin(io::Error),
    /// What was read is no password.
    #[error("{place}: {reason}")]
    Unfit {
        /// The file, or standard input.
        place: String,
        /// Why.
        reason: &'static str,
    },
}

impl Secret {
    /// A password from elsewhere: a prompt, the environment.
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    /// Reads a file that holds the password and perhaps one newline, and says so if others may read that file too.
    ///
    /// # Errors
    /// The file cannot be read, is empty, longer than 4096 bytes, not UTF-8, or holds a NUL byte.
    pub fn from_file(path: &Path) -> Result<(Self, Option<String>), SecretError> {
        let unreadable = |source| SecretError::Unreadable { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let warning = readable_by_others(&file)
            .then(|| format!("the password file {} can be read by others; chmod 600 it", path.display()));
        let mut bytes = Vec::new();
        file.take(LONGEST + 3).read_to_end(&mut bytes).map_err(unreadable)?;
        strip_newline(&mut bytes);
        Ok((Self::checked(bytes, &format!("password file {}", path.display()))?, warning))
    }

    /// Reads one line, without its newline, and nothing after it.
    ///
    /// # Errors
    /// As [`Secret::from_file`].
    pub fn from_stdin(reader: impl BufRead) -> Result<Self, SecretError> {
        let mut bytes = Vec::new();
        reader.take(LONGEST + 2).read_until(b'\n', &mut bytes).map_err(SecretError::Stdin)?;
        strip_newline(&mut bytes);
        Self::checked(bytes, "password from standard input")
    }

    fn checked(bytes: Vec<u8>, place: &str) -> Result<Self, SecretError> {
        let unfit = |reason| SecretError::Unfit { place: place.to_owned(), reason };
        match bytes {
            bytes if bytes.is_empty() => Err(unfit("it is empty")),
            bytes if bytes.len() as u64 > LONGEST => Err(unfit("it is longer than 4096 bytes")),
            bytes if bytes.contains(&0) => Err(unfit("it holds a NUL byte; is the text UTF-16? Save it as UTF-8")),
            bytes => String::from_utf8(bytes).map(Self).map_err(|_| unfit("it is not UTF-8; save it as UTF-8")),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The password itself, for the bind request.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

/// Takes away one newline, LF or CR LF.
fn strip_newline(bytes: &mut Vec<u8>) {
    if bytes.pop_if(|last| *last == b'\n').is_some() {
        bytes.pop_if(|last| *last == b'\r');
    }
}

#[cfg(unix)]
fn readable_by_others(file: &File) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o044 != 0)
}

#[cfg(not(unix))]
fn readable_by_others(_: &File) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("temporary file");
        file.write_all(content).expect("written");
        file
    }

    #[test]
    fn strips_one_newline_and_never_prints() {
        for (content, password) in [("pw", "pw"), ("pw\n", "pw"), ("pw\r\n", "pw"), ("pw\n\n", "pw\n"), (" p w ", " p w ")] {
            let (secret, warning) = Secret::from_file(file(content.as_bytes()).path()).expect(content);
            assert_eq!((secret.reveal(), warning), (password, None));
        }
        assert_eq!(format!("{:?}", Secret::new("pw")), "***");
        assert_eq!(Secret::from_stdin(&b"pw\r\nmore\n"[..]).expect("line").reveal(), "pw");
    }

    #[test]
    fn refuses_what_is_no_password() {
        for content in [&b""[..], b"\n", b"p\0w\0", b"p\xffw", &[b'x'; 5000]] {
            let message = Secret::from_file(file(content).path()).expect_err("refused").to_string();
            assert!(message.starts_with("password file "), "{message}");
            assert!(Secret::from_stdin(content).is_err());
        }
        assert!(matches!(Secret::from_file(Path::new("/nonexistent/pw")), Err(SecretError::Unreadable { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn warns_when_others_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let file = file(b"pw");
        for (mode, warned) in [(0o600, false), (0o640, true), (0o604, true)] {
            std::fs::set_permissions(file.path(), std::fs::Permissions::from_mode(mode)).expect("chmod");
            assert_eq!(Secret::from_file(file.path()).expect("read").1.is_some(), warned, "{mode:o}");
        }
    }
}
