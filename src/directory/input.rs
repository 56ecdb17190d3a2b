//! The bytes of a file, or of what can be read only once: whole, and no more than a bound.

use super::encoding::Encoding;
use rayon::prelude::*;
use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// Bytes read at a time.
const CHUNK: usize = 256 << 10;
/// Bytes of a file that one thread reads before it looks for more.
const PART: usize = 4 << 20;
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
}

impl OpenError {
    /// Whether the name leads to nothing: most often it is mistyped.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Unreadable { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}

/// What the system said, in the words of this program where they are plainer.
pub(crate) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the name".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "it is a directory; name the file".into(),
        io::ErrorKind::NotADirectory => "a part of the path is not a directory".into(),
        io::ErrorKind::InvalidData => "it is not UTF-8 text".into(),
        io::ErrorKind::ConnectionRefused => "connection refused".into(),
        _ => {
            // the number means something to a programmer only
            let text = error.to_string();
            text.split_once(" (os error ").map_or(text.clone(), |(words, _)| words.to_owned())
        }
    }
}

/// The bytes of a file.
#[derive(Debug, Default)]
pub struct Input {
    /// The name as given.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Why these are not all, or may not be what the file holds now; none if they are.
    pub cut: Option<String>,
}

/// What changes when a file is written to.
#[derive(Debug, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { length: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl Input {
    /// Reads a file, at most so many bytes of it.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read, or is a directory.
    pub fn read(path: &Path, most: usize) -> Result<Self, OpenError> {
        let name = path.display().to_string();
        let unreadable = |source| OpenError::Unreadable { name: name.clone(), source };
        // Before opening: a system may refuse to open a directory with an error that says less.
        if std::fs::metadata(path).map_err(unreadable)?.is_dir() {
            return Err(OpenError::Directory { name });
        }
        let file = File::open(path).map_err(unreadable)?;
        let before = file.metadata().map_err(unreadable)?;
        if !before.is_file() {
            return Self::of_stream(&name, file, most);
        }
        let room = usize::try_from(before.len()).unwrap_or(most).min(most);
        let bytes = read_side_by_side(&file, room).map_err(unreadable)?;
        let is_more = before.len() > room as u64;
        let changed = match file.metadata() {
            Ok(now) if Stamp::of(&now) == Stamp::of(&before) => None,
            Ok(_) => Some("the file changed while it was being read; run again when it is written completely".into()),
            Err(error) => Some(describe(&error)),
        };
        Ok(Self { name, bytes, cut: changed.or_else(|| is_more.then(|| too_much(most))) })
    }

    /// Reads a stream to its end, or so many bytes of it.
    ///
    /// # Errors
    /// [`OpenError`] if it cannot be read.
    pub fn of_stream(name: &str, mut stream: impl Read, most: usize) -> Result<Self, OpenError> {
        let mut bytes = Vec::new();
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = match stream.read(&mut chunk) {
                Ok(0) => return Ok(Self { name: name.to_owned(), bytes, cut: None }),
                Ok(count) => chunk.get(..count).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(OpenError::Unreadable { name: name.to_owned(), source }),
            };
            let room = most.saturating_sub(bytes.len());
            bytes.extend_from_slice(read.get(..room.min(read.len())).unwrap_or_default());
            if read.len() > room {
                return Ok(Self { name: name.to_owned(), bytes, cut: Some(too_much(most)) });
            }
            // nor is there an export without a sign between its names and values: one such as that of yes(1) ends here
            let is_of_words = |bytes: &[u8]| bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace());
            if bytes.len() >= CHUNK && is_of_words(bytes.get(..CHUNK).unwrap_or_default()) {
                return Ok(Self { name: name.to_owned(), bytes, cut: None });
            }
            // no text goes on after a NUL but UTF-16, which its start shows: an endless stream such as /dev/zero ends here
            let head = bytes.get(..START).unwrap_or_default();
            if !head.is_empty() && !Encoding::is_wide(head) && read.contains(&0) {
                return Ok(Self { name: name.to_owned(), bytes, cut: None });
            }
        }
    }
}

/// The first bytes of a file, read by several threads: a system copies a file no faster than one processor can. Fewer, if the file was
/// cut meanwhile.
fn read_side_by_side(file: &File, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    let parts = bytes.par_chunks_mut(PART).enumerate().map(|(number, part)| read_part(file, part, number * PART));
    let read: Vec<usize> = parts.collect::<io::Result<_>>()?;
    let whole = read.iter().take_while(|read| **read == PART).count();
    bytes.truncate(whole * PART + read.get(whole).unwrap_or(&0));
    Ok(bytes)
}

/// Fills a buffer from so far in a file, as far as the file goes; how many bytes there were.
fn read_part(file: &File, part: &mut [u8], from: usize) -> io::Result<usize> {
    let mut count = 0;
    while let Some(rest) = part.get_mut(count..).filter(|rest| !rest.is_empty()) {
        match read_at(file, rest, (from + count) as u64) {
            Ok(0) => break,
            Ok(more) => count += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(count)
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, from)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], from: u64) -> io::Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, from)
}

fn too_much(most: usize) -> String {
    format!("it holds more than {} MiB, which --max-directory allows; the rest was not read", most >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOST: usize = 1 << 20;

    #[test]
    fn says_plainly_what_the_system_said() {
        for (kind, expected) in [
            (io::ErrorKind::NotFound, "cannot read a.ldif: there is no such file; check the name"),
            (io::ErrorKind::PermissionDenied, "cannot read a.ldif: permission denied"),
        ] {
            let error = OpenError::Unreadable { name: "a.ldif".into(), source: kind.into() };
            assert_eq!(error.to_string(), expected);
        }
    }

    #[test]
    fn a_pipe_is_read_whole_if_it_is_text_and_fits() {
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
            let read = Input::of_stream("pipe", Pipe(&wide, at_a_time), MOST).expect("read");
            assert_eq!((read.bytes.as_slice(), read.cut), (wide.as_slice(), None), "{at_a_time}");
        }
        assert!(Input::of_stream("pipe", io::repeat(0), MOST).expect("read").bytes.len() <= MOST);
        let endless = Input::of_stream("pipe", io::repeat(b':'), MOST).expect("read");
        assert_eq!((endless.bytes.len(), endless.cut.is_some()), (MOST, true));
        let of_words = Input::of_stream("pipe", io::repeat(b'y'), 2 * CHUNK).expect("read");
        assert_eq!((of_words.bytes.len(), of_words.cut.is_some()), (CHUNK, false), "yes(1) is not read to its end");
    }

    #[test]
    fn of_a_file_no_more_is_read_than_the_bound() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.ldif");
        std::fs::write(&path, "dn: o=Org\n").expect("written");
        let read = Input::read(&path, MOST).expect("read");
        assert_eq!((read.bytes.as_slice(), read.cut), (b"dn: o=Org\n".as_slice(), None));
        let read = Input::read(&path, 4).expect("read");
        assert_eq!((read.bytes.as_slice(), read.cut.is_some()), (b"dn: ".as_slice(), true));
    }
}
