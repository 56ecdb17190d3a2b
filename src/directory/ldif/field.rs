//! One line of a record: `name: value`, `name:: base64` or `name:< URL`.

use super::error::{LdifError, excerpt};
use crate::directory::entry::base_name;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// One line, split.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Field<'a> {
    /// The attribute description with its options, or a keyword such as `dn`.
    pub(super) name: &'a str,
    line: u64,
    written: Written<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum Written<'a> {
    Plain(&'a [u8]),
    Base64(&'a [u8]),
    Url,
}

impl<'a> Field<'a> {
    /// Splits an unfolded line.
    pub(super) fn of(text: &'a [u8], line: u64) -> Result<Self, LdifError> {
        if text.starts_with(b" ") {
            return Err(LdifError::Continuation { line });
        }
        let colon = text.iter().position(|&b| b == b':').ok_or(LdifError::NoColon { line })?;
        let (name, value) = text.split_at(colon);
        let name = std::str::from_utf8(name)
            .ok()
            .filter(|name| !base_name(name).is_empty() && name.bytes().all(|b| b.is_ascii_graphic()))
            .ok_or_else(|| LdifError::BadName { line, name: excerpt(name) })?;
        let written = match value {
            [_, b':', base64 @ ..] => Written::Base64(base64.trim_ascii()),
            [_, b'<', ..] => Written::Url,
            [_, plain @ ..] => Written::Plain(trim_start(plain)),
            [] => Written::Plain(value),
        };
        Ok(Self { name, line, written })
    }

    /// Whether the name is this one, in any case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value, no longer than `limit` bytes. `at_end` says that the file ends with this line and no line end.
    pub(super) fn value(&self, limit: usize, at_end: bool) -> Result<Vec<u8>, LdifError> {
        match self.written {
            Written::Plain(text) if text.len() > limit => Err(self.too_long(limit)),
            Written::Plain(text) => Ok(text.to_vec()),
            // 4 characters make at most 3 bytes; two of them may be padding.
            Written::Base64(text) if text.len() / 4 * 3 > limit + 2 => Err(self.too_long(limit)),
            Written::Base64(text) => match STANDARD.decode(text) {
                Ok(value) if value.len() > limit => Err(self.too_long(limit)),
                Ok(value) => Ok(value),
                Err(_) if at_end => Err(LdifError::CutBase64 { line: self.line, name: self.shown() }),
                Err(_) => Err(LdifError::BadBase64 { line: self.line, name: self.shown() }),
            },
            Written::Url => Err(LdifError::Url { line: self.line, name: self.shown() }),
        }
    }

    /// The name, for a message.
    pub(super) fn shown(&self) -> String {
        excerpt(self.name.as_bytes())
    }

    fn too_long(&self, limit: usize) -> LdifError {
        LdifError::TooLong { line: self.line, what: format!("the value of {:?}", self.shown()), limit }
    }
}

fn trim_start(text: &[u8]) -> &[u8] {
    text.get(text.iter().take_while(|&&b| b == b' ').count()..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_name_and_value() {
        for (line, name, value) in [
            (&b"cn: x"[..], "cn", &b"x"[..]),
            (b"cn:x", "cn", b"x"),
            (b"cn:   x y ", "cn", b"x y "),
            (b"cn: :x", "cn", b":x"),
            (b"cn:", "cn", b""),
            (b"cn;lang-de: x:y", "cn;lang-de", b"x:y"),
            (b"cn: \xff", "cn", b"\xff"),
            (b"cn:: AP8=", "cn", b"\0\xff"),
            (b"cn::AP8= ", "cn", b"\0\xff"),
            (b"cn::", "cn", b""),
        ] {
            let field = Field::of(line, 1).expect("a field");
            assert_eq!((field.name, field.value(100, false).expect("a value").as_slice()), (name, value));
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_line() {
        for (line, at_end, expected) in [
            (&b"cn x"[..], false, "line 17: no `name: value` here; is this an LDIF file?"),
            (b": x", false, "line 17: \"\" is not an attribute name"),
            (b";lang-de: x", false, "line 17: \";lang-de\" is not an attribute name"),
            (b"a b: x", false, "line 17: \"a b\" is not an attribute name"),
            (b"c\x1b: x", false, "line 17: \"c\\u{1b}\" is not an attribute name"),
            (b" cn: x", false, "line 17: the line starts with a space, but there is no line it continues"),
            (b"cn:: AP8", false, "line 17: the base64 value of \"cn\" is malformed"),
            (b"cn:: AP8", true, "line 17: the file ends in the middle of the base64 value of \"cn\""),
            (b"cn:: AP!=", false, "line 17: the base64 value of \"cn\" is malformed"),
            (
                b"cn:< file:///etc/passwd",
                false,
                "line 17: the value of \"cn\" is a URL; export with the values in the file (ldapsearch without -t)",
            ),
            (b"cn: 12345678901", false, "line 17: the value of \"cn\" is longer than 10 bytes, more than is read"),
            // Refused by its length, before it is decoded.
            (b"cn:: !!!!!!!!!!!!!!!!!!!!", false, "line 17: the value of \"cn\" is longer than 10 bytes, more than is read"),
            (b"cn:: MTIzNDU2Nzg5MDE=", false, "line 17: the value of \"cn\" is longer than 10 bytes, more than is read"),
        ] {
            let error = Field::of(line, 17).and_then(|field| field.value(10, at_end)).expect_err("a malformed line");
            assert_eq!(error.to_string(), expected);
        }
        assert_eq!(Field::of(b"cn:: MTIzNDU2Nzg5MA==", 1).and_then(|f| f.value(10, false)).expect("fits").len(), 10);
    }
}
