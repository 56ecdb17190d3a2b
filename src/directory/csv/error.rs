//! What can be wrong with a table.

use crate::directory::input::describe;
use std::io;

/// Why reading a table ended before its end. Lines are physical lines, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// The file could not be read on.
    #[error("line {line}: cannot read on: {}", describe(.source))]
    Io {
        /// The line that was being read.
        line: u64,
        /// What the system said.
        source: io::Error,
    },
    /// Bytes that are no text in this encoding.
    #[error("line {line}: this is not {encoding} text; name another encoding with --encoding")]
    NotText {
        /// Where they are.
        line: u64,
        /// The name of the encoding.
        encoding: &'static str,
    },
    /// A NUL, which no text holds.
    #[error("line {line}: a NUL character; if the file is UTF-16, say --encoding utf-16le")]
    Nul {
        /// Where it is.
        line: u64,
    },
    /// A quoted field without an end.
    #[error("line {line}: the file ends inside the quoted field that begins here; it was cut")]
    OpenQuote {
        /// Where the field begins.
        line: u64,
    },
    /// A last line that may be only a part of one.
    #[error("line {line}: the file ends without a line end here, so it may have been cut; add one if this line is whole")]
    CutLine {
        /// Where it is.
        line: u64,
    },
    /// A row beyond what is held in memory.
    #[error("line {line}: the row is longer than {} MiB, more than is read", .limit >> 20)]
    TooLong {
        /// Where it starts.
        line: u64,
        /// The limit, in bytes.
        limit: usize,
    },
    /// A row with more fields than are read.
    #[error("line {line}: more than {limit} columns, more than are read")]
    TooWide {
        /// Where it starts.
        line: u64,
        /// The limit.
        limit: usize,
    },
}
