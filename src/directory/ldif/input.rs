//! Where the bytes come from: a file, or a copy of what can be read only once. Several passes are made over them.

use super::error::{OpenError, describe};
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::SystemTime;

/// Bytes read at a time.
const CHUNK: usize = 256 << 10;

/// What is read again on each pass.
#[derive(Debug)]
pub(super) enum Input {
    /// A file that others may write to, held open, and how it looked when it was opened.
    File(File, Stamp),
    /// A temporary file without a name.
    Spool(File),
    /// Bytes in memory.
    Bytes(Vec<u8>),
}

/// What changes when a file is written to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stamp {
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
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
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
    pub(super) fn spool(name: &str, mut stream: impl Read) -> Result<Self, OpenError> {
        let failed = |source| OpenError::Spool { name: name.to_owned(), source };
        let mut spool = tempfile::tempfile().map_err(failed)?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let bytes = match stream.read(&mut chunk) {
                Ok(0) => break,
                Ok(count) => chunk.get(..count).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(OpenError::Unreadable { name: name.to_owned(), source }),
            };
            spool.write_all(bytes).map_err(failed)?;
            // No LDIF goes on after a NUL, and an endless stream such as /dev/zero must not fill the disk.
            if bytes.contains(&0) {
                break;
            }
        }
        Ok(Self::Spool(spool))
    }

    /// The bytes from the start.
    pub(super) fn rewound(&mut self) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(match self {
            Self::File(file, _) | Self::Spool(file) => {
                file.seek(SeekFrom::Start(0))?;
                Box::new(BufReader::with_capacity(CHUNK, file))
            }
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.as_slice())),
        })
    }

    /// Says so if the file is no longer what was opened: then one pass need not agree with another.
    pub(super) fn changed(&self) -> Option<String> {
        let Self::File(file, stamp) = self else { return None };
        match file.metadata() {
            Ok(metadata) if Stamp::of(&metadata) == *stamp => None,
            Ok(_) => Some("the file changed while it was being read; run again when it is written completely".into()),
            Err(error) => Some(describe(&error)),
        }
    }
}
