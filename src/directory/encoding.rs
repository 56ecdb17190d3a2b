//! From bytes to UTF-8: what a byte order mark says, UTF-16 that shows itself without one, or what the operator says.
//!
//! LDIF is UTF-8, and so are the bytes that its readers take; but Windows PowerShell (`ldapsearch ... > org.ldif`) and
//! `ldifde -u` write it as UTF-16, and the Administrator program writes tables in either (reference G1).

use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// A character encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

/// A name that is no encoding's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the name of an encoding, such as utf-16le, utf-8, windows-1252, windows-1251 or shift_jis")]
pub struct EncodingError;

/// Bytes that are no text in their encoding.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: this is not {encoding} text")]
pub struct NotText {
    /// Where they are.
    pub line: u64,
    /// The name of the encoding.
    pub encoding: &'static str,
}

impl std::str::FromStr for Encoding {
    type Err = EncodingError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        // what Windows calls a code page
        let label = name.trim().to_ascii_lowercase();
        let digits = label.strip_prefix("cp").filter(|digits| digits.starts_with("125")).map(|d| format!("windows-{d}"));
        encoding_rs::Encoding::for_label(digits.unwrap_or(label).as_bytes()).map(Self).ok_or(EncodingError)
    }
}

/// The bytes of a file that is UTF-8 unless it shows that it is UTF-16, as UTF-8 without a mark. Bytes that are neither stay as
/// they are: a reader that knows where its values are tells more about them.
///
/// # Errors
/// [`NotText`] if it is UTF-16 and not whole.
pub fn to_utf8(bytes: Vec<u8>) -> Result<Vec<u8>, NotText> {
    match Encoding::shown_by(&bytes) {
        Some(Encoding(encoding)) if encoding == UTF_8 => Ok(without_mark(bytes)),
        Some(encoding) => encoding.decode(bytes).map(String::into_bytes),
        None => Ok(bytes),
    }
}

impl Encoding {
    /// Its name, `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The encoding that the start of a file shows: its byte order mark, or UTF-16 without one.
    pub fn shown_by(start: &[u8]) -> Option<Self> {
        let marked = encoding_rs::Encoding::for_bom(start).map(|(encoding, _)| encoding);
        marked.or_else(|| unmarked(start)).map(Self)
    }

    /// Whether the start of a file shows that it is UTF-16, in which every other byte may be NUL.
    pub fn is_wide(start: &[u8]) -> bool {
        Self::shown_by(start).is_some_and(|Self(encoding)| encoding != UTF_8)
    }

    /// The encoding of a text: what its start shows, else UTF-8 if all of it is, else Windows-1252 (what an English or western
    /// European Windows NT calls ANSI).
    pub fn detect(bytes: &[u8]) -> Self {
        Self::shown_by(bytes).unwrap_or(match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_some() => Self(WINDOWS_1252),
            // a character that the end of the file cuts is still UTF-8
            _ => Self(UTF_8),
        })
    }

    /// Bytes as text, for a look at their start.
    pub fn lossy(self, start: &[u8]) -> String {
        self.0.decode_with_bom_removal(start).0.into_owned()
    }

    /// The text, without a mark. Of a character that the end of a UTF-8 file cuts nothing is left: the line has no end then, which
    /// whoever reads it notices.
    ///
    /// # Errors
    /// [`NotText`] if it is none.
    pub fn decode(self, mut bytes: Vec<u8>) -> Result<String, NotText> {
        if self.0 == UTF_8 {
            bytes = without_mark(bytes);
            if let Err(error) = std::str::from_utf8(&bytes)
                && error.error_len().is_none()
            {
                bytes.truncate(error.valid_up_to());
            }
            return String::from_utf8(bytes).map_err(|error| {
                let valid = error.as_bytes().get(..error.utf8_error().valid_up_to()).unwrap_or_default();
                self.not_text(valid.iter().filter(|byte| **byte == b'\n').count())
            });
        }
        let mut decoder = self.0.new_decoder_with_bom_removal();
        let mut text = String::with_capacity(bytes.len());
        let mut rest = bytes.as_slice();
        loop {
            let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return Ok(text),
                DecoderResult::OutputFull => text.reserve(rest.len() + 64),
                DecoderResult::Malformed(..) => return Err(self.not_text(text.matches('\n').count())),
            }
        }
    }

    fn not_text(self, lines_before: usize) -> NotText {
        NotText { line: lines_before as u64 + 1, encoding: self.name() }
    }
}

fn without_mark(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        bytes.drain(..3);
    }
    bytes
}

/// UTF-16 that shows itself without a mark: every other one of the first bytes is NUL, and what stands between is text. An export
/// starts with names of attributes or columns, and no text in another encoding holds a NUL.
fn unmarked(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let units: Vec<[u8; 2]> = start.chunks_exact(2).take(8).filter_map(|unit| unit.try_into().ok()).collect();
    let is_text = |byte: u8| byte >= b' ' || matches!(byte, b'\t' | b'\r' | b'\n');
    let all = |is_it: &dyn Fn([u8; 2]) -> bool| units.len() > 1 && units.iter().all(|unit| is_it(*unit));
    if all(&|[low, high]| high == 0 && is_text(low)) {
        return Some(UTF_16LE);
    }
    all(&|[high, low]| high == 0 && is_text(low)).then_some(UTF_16BE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], encoding: Option<&str>) -> Result<String, String> {
        let encoding = match encoding {
            Some(name) => name.parse().map_err(|error: EncodingError| error.to_string())?,
            None => Encoding::detect(bytes),
        };
        encoding.decode(bytes.to_vec()).map_err(|error| error.to_string())
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
            // without a mark
            (b"d\0n\0:\0 \0o\0=\0O\0r\0g\0\x14\x04\n\0", "dn: o=OrgД\n"),
            (b"\0d\0n\0:\0 \0o\0=\0O\0r\x04\x14\0\n", "dn: o=OrД\n"),
            (b"a\0b\0\n\0", "ab\n"),
            (b"M\xc3", "M"),
        ] {
            assert_eq!(read(bytes, None), Ok(text.to_owned()), "{bytes:?}");
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
        assert_eq!(read(b"a\n\nM\xfc", Some("utf-8")).expect_err("malformed"), "line 3: this is not UTF-8 text");
        assert!(read(b"\xff\xfea\0b", None).expect_err("half a unit").starts_with("line 1: this is not UTF-16LE text"));
        assert!(read(b"\xff\xfea\0\n\0\0\xd8a\0", None).expect_err("half a pair").starts_with("line 2: this is not UTF-16LE"));
    }

    #[test]
    fn what_is_no_text_is_not_taken_for_utf_16() {
        for bytes in [&b"\0\x01\x02,\n"[..], b"\0\0\0\0", b"\x01\0\x02\0", b"a\0", b"ab\0\0", b"dn: a\0b\0c\0", b"a\0b\0\0\0"] {
            assert!(!Encoding::is_wide(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn ldif_becomes_utf_8_or_stays_as_it_is() {
        let text = "version: 1\r\ndn: cn=Jörg,o=Org\r\n";
        let units = |mark: &str, to_bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
            mark.encode_utf16().chain(text.encode_utf16()).flat_map(to_bytes).collect()
        };
        for bytes in [
            units("\u{feff}", u16::to_le_bytes),
            units("\u{feff}", u16::to_be_bytes),
            units("", u16::to_le_bytes),
            units("", u16::to_be_bytes),
            format!("\u{feff}{text}").into_bytes(),
            text.as_bytes().to_vec(),
        ] {
            assert_eq!(to_utf8(bytes), Ok(text.as_bytes().to_vec()));
        }
        // what its values are in, the reader of them says
        assert_eq!(to_utf8(b"dn: o=M\xfc\n".to_vec()), Ok(b"dn: o=M\xfc\n".to_vec()));
        assert_eq!(to_utf8(b"\xff\xfea".to_vec()), Err(NotText { line: 1, encoding: "UTF-16LE" }));
    }
}
