//! Passwords: read from a file or standard input, never printed.

use crate::directory::input::describe;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// A password is at most this long, bytes of UTF-8.
const LONGEST: usize = 4096;
/// No file that holds one is longer: twice that in UTF-16, a byte order mark, a newline, and one byte that is too many.
const LONGEST_FILE: u64 = 2 * LONGEST as u64 + 8;

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
    #[error("cannot read the password file {}: {}", path.display(), describe(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Standard input cannot be read.
    #[error("cannot read the password from standard input: {}", describe(.0))]
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

    /// Reads a file that holds the password and perhaps one newline, and says so if others may read that file too. What
    /// Windows puts around it is no part of it: the byte order mark of Notepad, the UTF-16 of PowerShell.
    ///
    /// # Errors
    /// The file cannot be read, is empty, longer than 4096 bytes, not UTF-8 or marked UTF-16, or holds a NUL.
    pub fn from_file(path: &Path) -> Result<(Self, Option<String>), SecretError> {
        let unreadable = |source| SecretError::Unreadable { path: path.to_owned(), source };
        let file = File::open(path).map_err(unreadable)?;
        let warning = readable_by_others(&file)
            .then(|| format!("the password file {} can be read by others; chmod 600 it", path.display()));
        let mut bytes = Vec::new();
        file.take(LONGEST_FILE).read_to_end(&mut bytes).map_err(unreadable)?;
        Ok((Self::checked(&bytes, &format!("password file {}", path.display()))?, warning))
    }

    /// Reads one line, without its newline, and nothing after it.
    ///
    /// # Errors
    /// As [`Secret::from_file`].
    pub fn from_stdin(reader: impl BufRead) -> Result<Self, SecretError> {
        let mut bytes = Vec::new();
        for byte in reader.take(LONGEST_FILE).bytes() {
            bytes.push(byte.map_err(SecretError::Stdin)?);
            if Encoding::of(&bytes).ends_a_line(&bytes) {
                break;
            }
        }
        Self::checked(&bytes, "password from standard input")
    }

    fn checked(bytes: &[u8], place: &str) -> Result<Self, SecretError> {
        let unfit = |reason| SecretError::Unfit { place: place.to_owned(), reason };
        let text = Encoding::of(bytes).decode(bytes).map_err(unfit)?;
        // one newline, LF or CR LF, is the editor's
        let text = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
        match text {
            "" => Err(unfit("it is empty; write the password into it")),
            text if text.len() > LONGEST => Err(unfit("it is longer than 4096 bytes")),
            text if text.contains('\0') => Err(unfit("it holds a NUL byte; is the text UTF-16? Save it as UTF-8")),
            text => Ok(Self::new(text)),
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

/// How the bytes of a password stand for its characters: as their byte order mark says, without one in UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xff, 0xfe, ..] => Self::Utf16Le,
            [0xfe, 0xff, ..] => Self::Utf16Be,
            _ => Self::Utf8,
        }
    }

    /// Whether the last character is a newline.
    fn ends_a_line(self, bytes: &[u8]) -> bool {
        match self {
            Self::Utf8 => bytes.ends_with(b"\n"),
            Self::Utf16Le => bytes.len().is_multiple_of(2) && bytes.ends_with(b"\n\0"),
            Self::Utf16Be => bytes.len().is_multiple_of(2) && bytes.ends_with(b"\0\n"),
        }
    }

    /// The characters, without the mark.
    fn decode(self, bytes: &[u8]) -> Result<String, &'static str> {
        let unit: fn([u8; 2]) -> u16 = match self {
            Self::Utf8 => {
                let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                return String::from_utf8(bytes.to_vec()).map_err(|_| "it is not UTF-8; save it as UTF-8");
            }
            Self::Utf16Le => u16::from_le_bytes,
            Self::Utf16Be => u16::from_be_bytes,
        };
        let (units, rest) = bytes.as_chunks::<2>();
        let text = String::from_utf16(&units.iter().skip(1).map(|&bytes| unit(bytes)).collect::<Vec<_>>());
        text.ok().filter(|_| rest.is_empty()).ok_or("it starts like UTF-16 but is not; save it as UTF-8")
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

    /// A file saved by Notepad or written by PowerShell: `'pw' > FILE` is UTF-16, `Set-Content -Encoding UTF8` has a mark.
    #[test]
    fn what_windows_puts_around_it_is_no_part_of_it() {
        let wide = |mark: u16, text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            std::iter::once(mark).chain(text.encode_utf16()).flat_map(bytes).collect()
        };
        // U+0A05 and U+010A have the byte of a newline, U+1F511 takes two units
        for password in ["pw", "p\u{a05}\u{10a}w", "\u{1f511}", "\u{fc}"] {
            for newline in ["", "\n", "\r\n"] {
                let text = format!("{password}{newline}");
                for content in [
                    [b"\xef\xbb\xbf", text.as_bytes()].concat(),
                    wide(0xfeff, &text, u16::to_le_bytes),
                    wide(0xfeff, &text, u16::to_be_bytes),
                ] {
                    assert_eq!(Secret::from_file(file(&content).path()).expect("a password").0.reveal(), password);
                    assert_eq!(Secret::from_stdin(&content[..]).expect("a password").reveal(), password);
                }
            }
        }
        let two_lines = wide(0xfeff, "pw\r\nmore\n", u16::to_le_bytes);
        assert_eq!(Secret::from_stdin(&two_lines[..]).expect("line").reveal(), "pw");
        let longest = "x".repeat(4096);
        assert_eq!(Secret::from_file(file(&wide(0xfeff, &longest, u16::to_le_bytes)).path()).expect("long").0.reveal(), longest);
    }

    #[test]
    fn refuses_what_is_no_password() {
        for content in [
            &b""[..],
            b"\n",
            b"p\0w\0",
            b"p\xffw",
            &[b'x'; 5000],
            &[b'x'; 50_000],
            b"\xef\xbb\xbf\r\n",
            b"\xff\xfe",
            b"\xff\xfe\n\0",
            b"\xff\xfep\0w",
            b"\xff\xfe\x00\xd8",
            b"\xff\xfe\0\0p\0\0\0",
        ] {
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
