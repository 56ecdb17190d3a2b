//! Lines of a file, unfolded: a line that starts with a space continues the one before (RFC 2849, note 2).

use super::error::{LdifError, excerpt};
use super::limits::Limits;
use std::io::{self, BufRead, Read};

/// Reads unfolded lines and knows where they are.
#[derive(Debug)]
pub(super) struct Lines<R> {
    reader: R,
    limit: usize,
    shown_limit: usize,
    number: u64,
    place: u64,
    unterminated: bool,
}

impl<R: BufRead> Lines<R> {
    /// A reader of lines no longer than the limits allow.
    pub(super) fn new(reader: R, limits: Limits) -> Self {
        Self::within(reader, limits.line(), limits.value)
    }

    /// `limit` is in bytes; `shown_limit` is that of the value on the line, which is what messages speak of.
    fn within(reader: R, limit: usize, shown_limit: usize) -> Self {
        Self { reader, limit, shown_limit, number: 0, place: 0, unterminated: false }
    }

    /// Reads the next unfolded line into `line`, without its end. Returns the number of its first physical line, or
    /// nothing at the end of the file.
    pub(super) fn next(&mut self, line: &mut Vec<u8>) -> Result<Option<u64>, LdifError> {
        line.clear();
        let first = self.number + 1;
        if !self.physical(line, first)? {
            return Ok(None);
        }
        while !line.is_empty() && self.continues()? {
            self.physical(line, first)?;
        }
        Ok(Some(first))
    }

    /// Whether the last line read was the file's last and had no line end: the file may have been cut there.
    pub(super) fn unterminated(&self) -> bool {
        self.unterminated
    }

    /// Where the next line begins, in bytes from where reading began.
    pub(super) fn place(&self) -> u64 {
        self.place
    }

    /// What of the file is in memory already, from the start of a line on. Nothing before the first line, at which a mark
    /// may stand, and nothing if the system refuses to read on: the next line says so.
    pub(super) fn at_hand(&mut self) -> &[u8] {
        if self.number == 0 { &[] } else { self.reader.fill_buf().unwrap_or_default() }
    }

    /// Goes on behind bytes that were at hand, whole lines.
    pub(super) fn skip(&mut self, bytes: usize, lines: u64) {
        self.reader.consume(bytes);
        self.place += bytes as u64;
        self.number += lines;
        self.unterminated = false;
    }

    /// Appends one physical line. False at the end of the file.
    fn physical(&mut self, line: &mut Vec<u8>, first: u64) -> Result<bool, LdifError> {
        let start = line.len();
        // Two more than fit, for the line end: what fills that without one is too long, and no more of it is read.
        let room = (self.limit + 2).saturating_sub(start);
        let mut bounded = (&mut self.reader).take(room as u64);
        let read = bounded.read_until(b'\n', line).map_err(|source| LdifError::Io { line: self.number + 1, source })?;
        if read == 0 {
            return Ok(false);
        }
        self.number += 1;
        self.place += read as u64;
        self.unterminated = line.last() != Some(&b'\n');
        if self.unterminated && read >= room {
            return Err(self.too_long(line, first));
        }
        if !self.unterminated {
            line.pop();
        }
        while line.len() > start && line.last() == Some(&b'\r') {
            line.pop();
        }
        if line.len() > self.limit {
            return Err(self.too_long(line, first));
        }
        if self.number == 1 {
            self.skip_mark(line)?;
        }
        let text = line.get(start..).unwrap_or_default();
        if text.contains(&0) {
            return Err(self.not_ldif("a NUL byte"));
        }
        if text.contains(&b'\r') {
            return Err(self.not_ldif("a carriage return inside a line"));
        }
        Ok(true)
    }

    /// Whether the next physical line continues this one; its leading space is consumed.
    fn continues(&mut self) -> Result<bool, LdifError> {
        let next = loop {
            match self.reader.fill_buf() {
                Ok(bytes) => break bytes.first().copied(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(source) => return Err(LdifError::Io { line: self.number + 1, source }),
            }
        };
        if next != Some(b' ') {
            return Ok(false);
        }
        self.reader.consume(1);
        self.place += 1;
        Ok(true)
    }

    fn too_long(&self, line: &[u8], first: u64) -> LdifError {
        let what = match line.iter().take(256).position(|&b| b == b':') {
            Some(colon) if !line.starts_with(b"#") => {
                format!("the value of {:?}", excerpt(line.get(..colon).unwrap_or_default()))
            }
            _ => "the line".to_owned(),
        };
        LdifError::TooLong { line: first, what, limit: self.shown_limit }
    }

    fn not_ldif(&self, what: &'static str) -> LdifError {
        LdifError::NotLdif { line: self.number, what }
    }

    /// Removes the UTF-8 byte order mark that Windows editors put at the start of a file.
    fn skip_mark(&self, line: &mut Vec<u8>) -> Result<(), LdifError> {
        if line.starts_with(b"\xff\xfe") || line.starts_with(b"\xfe\xff") {
            return Err(self.not_ldif("UTF-16 (save the file as UTF-8)"));
        }
        if line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, repeat};

    fn read(text: &[u8], limit: usize) -> (Vec<(u64, Vec<u8>)>, Option<String>) {
        let mut lines = Lines::within(text, limit, limit);
        let (mut found, mut line) = (Vec::new(), Vec::new());
        loop {
            match lines.next(&mut line) {
                Ok(Some(number)) => found.push((number, line.clone())),
                Ok(None) => return (found, None),
                Err(error) => return (found, Some(error.to_string())),
            }
        }
    }

    #[test]
    fn unfolds_and_counts() {
        let expected: Vec<(u64, Vec<u8>)> =
            [(1, "cn: ab c"), (4, ""), (5, "# xy"), (7, "sn: z")].map(|(n, t)| (n, t.into())).into();
        for text in ["cn: a\n b\n  c\n\n# x\n y\nsn: z\n", "cn: a\n b\n  c\n\n# x\n y\nsn: z"] {
            assert_eq!(read(text.as_bytes(), 100), (expected.clone(), None));
            assert_eq!(read(text.replace('\n', "\r\n").as_bytes(), 100), (expected.clone(), None));
            assert_eq!(read(format!("\u{feff}{text}").as_bytes(), 100), (expected.clone(), None));
        }
        assert_eq!(read(b"\n x\n", 100).0, [(1, b"".to_vec()), (2, b" x".to_vec())]);
        assert_eq!(read(b"", 100), (vec![], None));
    }

    #[test]
    fn bounds_the_unfolded_line() {
        let exact = "line 1: the value of \"cn\" is longer than 10 bytes, more than is read";
        for (text, expected) in [
            ("cn: 567890\n", None),
            ("cn: 567890\r\n", None),
            ("cn: 567890", None),
            ("cn: 56\n 789\n 0\nsn: 1\n", None),
            ("cn: 5\r\r\r\r\r\r\r\r\r\r\r\n", Some(exact)),
            ("cn: 5678901\n", Some(exact)),
            ("cn: 5678901", Some(exact)),
            ("cn: 56\n 7890\n 1\n", Some(exact)),
            ("a\ncn: 56\n 7890\n 1\n", Some("line 2: the value of \"cn\" is longer than 10 bytes, more than is read")),
            ("# 345678901\n", Some("line 1: the line is longer than 10 bytes, more than is read")),
        ] {
            assert_eq!(read(text.as_bytes(), 10).1.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn refuses_what_is_no_text() {
        for (text, expected) in [
            (&b"cn: a\nsn: \0\n"[..], "line 2: a NUL byte; this is not LDIF text"),
            (b"\xff\xfed\0n\0:\0", "line 1: UTF-16 (save the file as UTF-8); this is not LDIF text"),
            (b"cn: a\rsn: b\r", "line 1: a carriage return inside a line; this is not LDIF text"),
        ] {
            assert_eq!(read(text, 100).1.as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_line_of_100_mb_is_refused_at_the_bound() {
        let limit = Limits::default().line();
        let (mut endless, mut line) = (repeat(b'x').take(100 << 20), Vec::new());
        let error = Lines::new(BufReader::new(&mut endless), Limits::default()).next(&mut line).expect_err("too long");
        assert_eq!(error.to_string(), "line 1: the line is longer than 16 MiB, more than is read");
        let read = (100 << 20) - endless.limit() as usize;
        assert!(read < limit + (64 << 10), "{read} bytes were read");
        assert!(line.capacity() < 2 * limit + 1024, "{} bytes were held", line.capacity());
    }

    #[test]
    fn an_error_of_the_system_names_the_line() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("the disk is gone"))
            }
        }
        let mut lines = Lines::new(BufReader::new((&b"cn: a\n"[..]).chain(Broken)), Limits::default());
        let error = lines.next(&mut Vec::new()).expect_err("cannot read on");
        assert_eq!(error.to_string(), "line 2: cannot read on: the disk is gone");
    }
}
