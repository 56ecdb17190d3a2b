//! From bytes to text: UTF-16 by its mark, UTF-8 where all of it is, else Windows-1252; or what the operator says.

use super::error::CsvError;
use encoding_rs::{DecoderResult, UTF_8, WINDOWS_1252};
use std::io::{self, BufRead};

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A name that is no encoding's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no encoding that is known here, such as utf-16le, utf-8, windows-1252, windows-1251 or shift_jis")]
pub struct EncodingError(String);

impl std::str::FromStr for Encoding {
    type Err = EncodingError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        // what Windows calls a code page
        let label = name.trim().to_ascii_lowercase();
        let digits = label.strip_prefix("cp").filter(|digits| digits.starts_with("125")).map(|d| format!("windows-{d}"));
        encoding_rs::Encoding::for_label(digits.unwrap_or(label).as_bytes()).map(Self).ok_or_else(|| EncodingError(name.into()))
    }
}

impl Encoding {
    /// Its name, `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// Bytes as text, for a look at it.
    pub fn lossy(self, bytes: &[u8]) -> String {
        self.0.decode_without_bom_handling(bytes).0.into_owned()
    }

    /// The encoding of a text: told by its byte order mark, else UTF-8 if all of it is, else Windows-1252 (what an
    /// English or western European Windows NT calls ANSI).
    ///
    /// # Errors
    /// What the system says.
    pub fn detect(reader: &mut dyn BufRead) -> io::Result<Self> {
        let start = reader.fill_buf()?;
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(start) {
            return Ok(Self(encoding));
        }
        let mut decoder = UTF_8.new_decoder_without_bom_handling();
        let mut scratch = vec![0; 8 << 10];
        loop {
            let bytes = match reader.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if bytes.is_empty() {
                // a character that the end of the file cuts is still UTF-8
                return Ok(Self(UTF_8));
            }
            let (result, read, _) = decoder.decode_to_utf8_without_replacement(bytes, &mut scratch, false);
            reader.consume(read);
            if matches!(result, DecoderResult::Malformed(..)) {
                return Ok(Self(WINDOWS_1252));
            }
        }
    }
}

/// Characters of a file, one after the other.
pub(super) struct Characters<R> {
    reader: R,
    decoder: encoding_rs::Decoder,
    text: String,
    at: usize,
    ended: bool,
    /// The physical line that the next character is on.
    pub(super) line: u64,
}

impl<R: BufRead> Characters<R> {
    pub(super) fn new(reader: R, encoding: Encoding) -> Self {
        let decoder = encoding.0.new_decoder_with_bom_removal();
        Self { reader, decoder, text: String::with_capacity(32 << 10), at: 0, ended: false, line: 1 }
    }

    pub(super) fn next(&mut self) -> Result<Option<char>, CsvError> {
        let next = self.peek()?;
        if let Some(c) = next {
            self.at += c.len_utf8();
            self.line += u64::from(c == '\n');
        }
        Ok(next)
    }

    pub(super) fn peek(&mut self) -> Result<Option<char>, CsvError> {
        loop {
            match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
                Some('\0') => return Err(CsvError::Nul { line: self.line }),
                Some(c) => return Ok(Some(c)),
                None if self.ended => return Ok(None),
                None => self.fill()?,
            }
        }
    }

    fn fill(&mut self) -> Result<(), CsvError> {
        self.text.clear();
        self.at = 0;
        let bytes = match self.reader.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Ok(()),
            Err(source) => return Err(CsvError::Io { line: self.line, source }),
        };
        let last = bytes.is_empty();
        let (result, read) = self.decoder.decode_to_string_without_replacement(bytes, &mut self.text, last);
        self.reader.consume(read);
        match result {
            DecoderResult::InputEmpty => self.ended = last,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(..) => {
                let line = self.line + self.text.matches('\n').count() as u64;
                return Err(CsvError::NotText { line, encoding: self.decoder.encoding().name() });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: Option<&str>) -> Result<String, String> {
        let encoding = match encoding {
            Some(name) => name.parse().map_err(|error: EncodingError| error.to_string())?,
            None => Encoding::detect(&mut &*bytes).expect("reads"),
        };
        let mut characters = Characters::new(bytes, encoding);
        let mut text = String::new();
        loop {
            match characters.next() {
                Ok(Some(c)) => text.push(c),
                Ok(None) => return Ok(text),
                Err(error) => return Err(error.to_string()),
            }
        }
    }

    #[test]
    fn tells_the_encoding_from_the_bytes() {
        for (bytes, text) in [
            (&b"M\xfcller \x80"[..], "Müller €"),
            ("Müller €".as_bytes(), "Müller €"),
            ("\u{feff}Müller".as_bytes(), "Müller"),
            (b"\xff\xfeM\0\xfc\0", "Mü"),
            (b"\xfe\xff\0M\0\xfc", "Mü"),
            (b"", ""),
        ] {
            assert_eq!(read(bytes, None), Ok(text.to_owned()));
        }
    }

    #[test]
    fn takes_the_operators_word() {
        assert_eq!(read(b"\xcc\xe8\xf0", Some("cp1251")), Ok("Мир".into()));
        assert_eq!(read(b"M\0\xfc\0", Some("utf-16le")), Ok("Mü".into()));
        assert!(read(b"", Some("klingon")).expect_err("unknown").contains("shift_jis"));
    }

    #[test]
    fn says_where_it_is_no_text() {
        assert_eq!(
            read(b"a\n\nM\xfc", Some("utf-8")).expect_err("malformed"),
            "line 3: this is not UTF-8 text; name another encoding with --encoding"
        );
        assert!(read(b"\xff\xfea\0b", None).expect_err("half a unit").starts_with("line 1: this is not UTF-16LE text"));
        assert!(read(b"a\0b\0\n\0", None).expect_err("no mark").contains("--encoding utf-16le"));
    }
}
