//! Where the bytes come from: a file, or a copy of what can be read only once. Several passes are made over them.

use super::encoding::Encoding;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;

/// Bytes read at a time.
const CHUNK: usize = 256 << 10;
/// Bytes read at a time where few are wanted.
pub const PIECE: usize = 16 << 10;

/// The bytes that show how a text is encoded.
const START: usize = 16;

/// Why a source could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The file or the stream cannot be read.
    #[error("cannot read {name}: {}", describe(.source))]
    Unreadable {
        /// The name as given.
        name: String,
        /// What the system said.
        source: io::Error,
    },
    /// The name is a directory's.
    #[error("cannot read {name}: it is a directory; name the file")]
    Directory {
        /// The name as given.
        name: String,
    },
    /// What can be read only once is copied to a temporary file, and that failed.
    #[error("cannot keep a copy of {name} in a temporary file: {}", describe(.source))]
    Spool {
        /// The name as given.
        name: String,
        /// What the system said.
        source: io::Error,
    },
}

/// What the system said, in the words of this program where they are plainer.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// What is read again on each pass.
#[derive(Debug)]
pub enum Input {
    /// A file that others may write to, held open, and how it looked when it was opened.
    File(File, Stamp),
    /// A temporary file without a name.
    Spool(File),
    /// Bytes in memory.
    Bytes(Vec<u8>),
}

/// What changes when a file is written to.
#[derive(Debug, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Input {
    /// Opens a file. What is no regular file, such as a pipe, is copied as it can be read only once.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, cannot be kept, or is a directory.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let name = path.display().to_string();
        let unreadable = |source| OpenError::Unreadable { name: name.clone(), source };
        // Before opening: a system may refuse to open a directory with an error that says less.
        if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            return Err(OpenError::Directory { name });
        }
        let file = File::open(path).map_err(unreadable)?;
        let metadata = file.metadata().map_err(unreadable)?;
        if !metadata.is_file() {
            return Self::spool(&name, file);
        }
        Ok(Self::File(file, Stamp::of(&metadata)))
    }

    /// Copies a stream to a temporary file that has no name and goes with the process.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, or cannot be kept.
    pub fn spool(name: &str, mut stream: impl Read) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Spool { name: name.to_owned(), source };
        let mut spool = tempfile::tempfile().map_err(failed)?;
        let mut chunk = vec![0; CHUNK];
        let mut head = Vec::new();
        loop {
            let bytes = match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => chunk.get(..count).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(OpenError::Unreadable { name: name.to_owned(), source }),
            };
            spool.write_all(bytes).map_err(failed)?;
            // No text goes on after a NUL but UTF-16, which its start shows, and an endless stream such as /dev/zero must not fill
            // the disk.
            head.extend(bytes.iter().take(START.saturating_sub(head.len())));
            if head.len() == START && !Encoding::is_wide(&head) && bytes.contains(&0) {
                break;
            }
        }
        Ok(Self::Spool(spool))
    }

    /// The bytes from the start.
    ///
    /// # Errors
    /// What the system says.
    pub fn rewound(&mut self) -> io::Result<Box<dyn BufRead + Send + '_>> {
        self.at(0, CHUNK)
    }

    /// The bytes from a place on, for a reader of not many of them.
    ///
    /// # Errors
    /// What the system says.
    pub fn from(&mut self, place: u64) -> io::Result<Box<dyn BufRead + Send + '_>> {
        self.at(place, PIECE)
    }

    fn at(&mut self, place: u64, at_a_time: usize) -> io::Result<Box<dyn BufRead + Send + '_>> {
        Ok(match self {
            Self::File(file, _) | Self::Spool(file) => {
                file.seek(SeekFrom::Start(place))?;
                Box::new(BufReader::with_capacity(at_a_time, file))
            }
            Self::Bytes(bytes) => {
                let mut cursor = Cursor::new(bytes.as_slice());
                cursor.set_position(place);
                Box::new(cursor)
            }
        })
    }

    /// How many bytes there are, as far as is known.
    pub fn length(&self) -> u64 {
        match self {
            Self::File(_, stamp) => stamp.length,
            Self::Spool(file) => file.metadata().map_or(0, |metadata| metadata.len()),
            Self::Bytes(bytes) => bytes.len() as u64,
        }
    }

    /// Says so if the file is no longer what was opened: then one pass need not agree with another.
    pub fn changed(&self) -> Option<String> {
        let Self::File(file, stamp) = self else { return None };
        match file.metadata() {
            Ok(metadata) if Stamp::of(&metadata) == *stamp => None,
            Ok(_) => Some("the file changed while it was being read; run again when it is written completely".into()),
            Err(error) => Some(describe(&error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_plainly_what_the_system_said() {
        for (kind, expected) in [
            (io::ErrorKind::NotFound, "cannot read a.ldif: there is no such file"),
            (io::ErrorKind::PermissionDenied, "cannot read a.ldif: permission denied"),
        ] {
            let error = OpenError::Unreadable { name: "a.ldif".into(), source: kind.into() };
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn a_pipe_is_kept_whole_if_it_is_text() {
        /// Hands out so many bytes at a time.
        struct Pipe<'a>(&'a [u8], usize);
        impl Read for Pipe<'_> {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                let count = self.1.min(self.0.len());
                let (some, rest) = self.0.split_at(count);
                buffer[..count].copy_from_slice(some);
                self.0 = rest;
                Ok(count)
            }
        }
        let wide: Vec<u8> = "dn: o=Org and so on".repeat(9).encode_utf16().flat_map(u16::to_le_bytes).collect();
        for at_a_time in [1, 2, 7, 1000] {
            let spool = Input::spool("pipe", Pipe(&wide, at_a_time)).expect("kept");
            assert_eq!(spool.length(), wide.len() as u64, "{at_a_time}");
        }
        let endless = Input::spool("pipe", io::repeat(0)).expect("kept");
        assert!(endless.length() < 1 << 20);
    }
}
