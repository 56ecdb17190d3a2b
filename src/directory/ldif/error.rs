//! What can be wrong with an LDIF file.

use crate::directory::dn::DnError;

/// Why reading a file of LDIF records ended before its end. Lines are physical lines, counted from 1.
#[derive(Debug, thiserror::Error)]
pub enum LdifError {
    /// Bytes that no LDIF file holds.
    #[error("line {line}: {what}; this is not LDIF text")]
    NotLdif {
        /// Where they are.
        line: u64,
        /// What they are.
        what: &'static str,
    },
    /// A `version:` other than 1.
    #[error("line {line}: LDIF version {version:?} is not known; only version 1 is")]
    Version {
        /// Where it is.
        line: u64,
        /// What it says.
        version: String,
    },
    /// A change record (RFC 2849 `ldif-changes`), or a part of one.
    #[error(
        "line {line}: this is a change file ({keyword}), not an export; export the directory instead, for example with ldapsearch"
    )]
    ChangeFile {
        /// Where that shows.
        line: u64,
        /// The keyword that shows it.
        keyword: String,
    },
    /// A change record that does not say what is to be done.
    #[error("line {line}: {what}")]
    Change {
        /// Where it shows.
        line: u64,
        /// What is wrong.
        what: String,
    },
    /// A line that is neither `name: value` nor a comment.
    #[error("line {line}: no `name: value` here; is this an LDIF file?")]
    NoColon {
        /// Where it is.
        line: u64,
    },
    /// The last line of the file ends before its colon.
    #[error("line {line}: the file ends in the middle of a line")]
    CutLine {
        /// Where it is.
        line: u64,
    },
    /// A line that continues none.
    #[error("line {line}: the line starts with a space, but there is no line it continues")]
    Continuation {
        /// Where it is.
        line: u64,
    },
    /// What is before the colon is no attribute description.
    #[error("line {line}: {name:?} is not an attribute name")]
    BadName {
        /// Where it is.
        line: u64,
        /// The start of it.
        name: String,
    },
    /// A record that does not start with `dn:`.
    #[error("line {line}: the record does not start with a dn (it starts with {name:?})")]
    NoDn {
        /// Where the record starts.
        line: u64,
        /// What is there instead.
        name: String,
    },
    /// `dn:` in the middle of a record.
    #[error("line {line}: a dn in the middle of a record; an empty line must separate two records")]
    SecondDn {
        /// Where it is.
        line: u64,
    },
    /// The value of `dn:` is no distinguished name.
    #[error("line {line}: the dn is {source}")]
    BadDn {
        /// Where it is.
        line: u64,
        /// What is wrong with it.
        source: DnError,
    },
    /// A value after `::` that is not base64.
    #[error("line {line}: the base64 value of {name:?} is malformed")]
    BadBase64 {
        /// Where it starts.
        line: u64,
        /// The attribute.
        name: String,
    },
    /// The file ends in a value after `::`.
    #[error("line {line}: the file ends in the middle of the base64 value of {name:?}")]
    CutBase64 {
        /// Where the value starts.
        line: u64,
        /// The attribute.
        name: String,
    },
    /// A value after `:<`, which would be read from elsewhere.
    #[error("line {line}: the value of {name:?} is a URL; export with the values in the file (ldapsearch without -t)")]
    Url {
        /// Where it is.
        line: u64,
        /// The attribute.
        name: String,
    },
    /// A value, a line, a name or a record beyond the [limits](super::limits).
    #[error("line {line}: {what} is longer than {}, more than is read", size(*.limit))]
    TooLong {
        /// Where it starts.
        line: u64,
        /// What is too long.
        what: String,
        /// The limit, in bytes.
        limit: usize,
    },
    /// A record with more values or attributes than the [limits](super::limits) allow.
    #[error("line {line}: the record holds more than {limit} {what}, more than are read")]
    TooMany {
        /// Where the limit was passed.
        line: u64,
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// A `search:` block of ldapsearch output without a number after `result:`.
    #[error("line {line}: the search result does not say how the search ended (no `result:` with a number)")]
    NoResult {
        /// Where the block starts, or its `result:`.
        line: u64,
    },
}

/// A number of bytes: `16 MiB`.
fn size(bytes: usize) -> String {
    match (bytes, bytes.trailing_zeros()) {
        (1.., 20..) => format!("{} MiB", bytes >> 20),
        (1.., 10..) => format!("{} KiB", bytes >> 10),
        _ => format!("{bytes} bytes"),
    }
}

/// The start of a text from the file, for a message.
pub(super) fn excerpt(text: &[u8]) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = String::from_utf8_lossy(text.get(..LONGEST * 4).unwrap_or(text)).chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push_str("...");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_the_start_of_a_long_text() {
        assert_eq!(excerpt(b"cn"), "cn");
        assert_eq!(excerpt(&[b'x'; 1000]), format!("{}...", "x".repeat(60)));
        assert!(excerpt(&[0xff; 1000]).chars().count() < 70);
    }
}
