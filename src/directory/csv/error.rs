//! What can be wrong with a table.

/// Why a row could not be read. Lines are physical lines, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
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
    /// A row with more fields than are read; the next one is read all the same.
    #[error("line {line}: more than {limit} columns, more than are read")]
    TooWide {
        /// Where it starts.
        line: u64,
        /// The limit.
        limit: usize,
    },
}
