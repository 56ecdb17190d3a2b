//! Names as nearly all are written: nothing in them is escaped or quoted. Such a name is kept as it stands, and taken apart
//! only when somebody asks for its parts.

use super::hash::KEYS;
use super::number::Number;
use super::{Ava, Rdn};
use std::sync::OnceLock;

/// A name in RFC 4514 form whose types have one or two letters and whose values are printable ASCII without anything that
/// must be escaped. Its text without case is its key.
#[derive(Debug, Clone)]
pub(super) struct Plain {
    text: String,
    depth: usize,
    parts: OnceLock<Box<[Rdn]>>,
    number: Number,
}

impl Plain {
    /// Reads a name; none if it is written in another way, or is no name.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let depth = depth(text)?;
        Some(Self::of(std::str::from_utf8(text).ok()?.to_owned(), depth))
    }

    fn of(text: String, depth: usize) -> Self {
        Self { text, depth, parts: OnceLock::new(), number: Number::default() }
    }

    /// The number of the name ([`super::Dn::number`]), which is found out when first asked for.
    pub(super) fn number(&self) -> u128 {
        self.number.get_or_find(|| KEYS.without_case(self.text.as_bytes()))
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    /// The parts, which are made when first asked for.
    pub(super) fn parts(&self) -> &[Rdn] {
        self.parts.get_or_init(|| {
            let part = |text: &str| text.split_once('=').map(|(attribute, value)| Rdn(vec![Ava::new(attribute, value)]));
            self.text.split(',').filter_map(part).collect()
        })
    }

    /// The text of the leaf's value.
    pub(super) fn leaf(&self) -> &str {
        self.text.split(',').next().and_then(|part| part.split_once('=')).map_or("", |(_, value)| value)
    }

    /// The text of the last `count` parts; of all, if there are no more.
    pub(super) fn tail(&self, count: usize) -> &str {
        match count {
            _ if count >= self.depth => &self.text,
            0 => "",
            _ => {
                // the last parts are short
                let commas = self.text.bytes().enumerate().rev().filter(|(_, byte)| *byte == b',');
                let comma = commas.map(|(at, _)| at).nth(count - 1);
                comma.and_then(|comma| self.text.get(comma + 1..)).unwrap_or(&self.text)
            }
        }
    }

    /// The name made of the last `count` parts; none for the root.
    pub(super) fn ancestor(&self, count: usize) -> Option<Self> {
        (count > 0).then(|| Self::of(self.tail(count).to_owned(), count.min(self.depth)))
    }

    /// Whether the last parts are of these types, in lower case.
    pub(super) fn ends_in(&self, types: &[&str]) -> bool {
        let is = |(part, kind): (&str, &&str)| part.split_once('=').is_some_and(|(own, _)| own.eq_ignore_ascii_case(kind));
        self.depth >= types.len() && self.tail(types.len()).split(',').zip(types).all(is)
    }
}

/// Whether a byte of a value stands for itself.
fn is_harmless(byte: u8) -> bool {
    HARMLESS.get(usize::from(byte)).is_some_and(|harmless| *harmless)
}

/// A table: a million names have many bytes.
static HARMLESS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = b' ';
    while byte <= b'~' {
        #[allow(clippy::indexing_slicing, reason = "a byte is below 256, and this is done when the program is built")]
        let place = &mut table[byte as usize];
        *place = !matches!(byte, b',' | b'+' | b'"' | b'\\' | b'<' | b'>' | b';');
        byte += 1;
    }
    table
};

/// How many parts a plain name has; none if it is not plain.
fn depth(text: &[u8]) -> Option<usize> {
    let mut depth = 0;
    let mut rest = text;
    loop {
        let value = match rest {
            [a, b'=', value @ ..] if a.is_ascii_alphabetic() => value,
            [a, b, b'=', value @ ..] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => value,
            _ => return None,
        };
        let length = value.iter().position(|&byte| !is_harmless(byte));
        let (value, after) = value.split_at(length.unwrap_or(value.len()));
        if matches!(value.first(), Some(b' ' | b'#')) || value.last() == Some(&b' ') {
            return None;
        }
        depth += 1;
        rest = match after {
            [] => return Some(depth),
            [b',', next @ ..] => next,
            _ => return None,
        };
    }
}
