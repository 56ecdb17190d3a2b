//! BER as LDAP restricts it (RFC 4511 section 5.1): definite lengths, tags of one byte. Nothing here recurses or
//! allocates by a length that was only announced.

use super::violation::Violation;
use std::ops::Range;

/// The bit of a tag that says "made of elements".
pub(super) const CONSTRUCTED: u8 = 0x20;
/// INTEGER.
pub(super) const INTEGER: u8 = 0x02;
/// OCTET STRING.
pub(super) const OCTET_STRING: u8 = 0x04;
/// SEQUENCE.
pub(super) const SEQUENCE: u8 = 0x30;

/// The tag and length in front of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    /// The tag byte.
    pub(super) tag: u8,
    /// How many bytes tag and length take.
    pub(super) bytes: usize,
    /// How many bytes follow, as announced.
    pub(super) length: u64,
}

/// Reads a header; none if more bytes are needed. `at` is only for the error.
pub(super) fn header(bytes: &[u8], at: usize) -> Result<Option<Header>, Violation> {
    let Some((&tag, rest)) = bytes.split_first() else { return Ok(None) };
    if tag & 0x1f == 0x1f {
        return Err(Violation::Tag(at));
    }
    let Some((&first, rest)) = rest.split_first() else { return Ok(None) };
    if first < 0x80 {
        return Ok(Some(Header { tag, bytes: 2, length: u64::from(first) }));
    }
    // Servers of Microsoft write every long length in four bytes, needed or not: leading zeros are fine.
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 8 {
        return Err(Violation::Length(at));
    }
    let Some(digits) = rest.get(..count) else { return Ok(None) };
    let length = digits.iter().fold(0_u64, |sum, &digit| (sum << 8) | u64::from(digit));
    Ok(Some(Header { tag, bytes: 2 + count, length }))
}

/// One element: its tag and where its content lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    /// The tag byte.
    pub(super) tag: u8,
    /// The content, as a range of the message.
    pub(super) content: Range<usize>,
}

impl Element {
    /// The content; empty if the range is not of these bytes.
    pub(super) fn of<'a>(&self, bytes: &'a [u8]) -> &'a [u8] {
        bytes.get(self.content.clone()).unwrap_or_default()
    }

    /// The elements inside.
    pub(super) fn inside<'a>(&self, bytes: &'a [u8]) -> Elements<'a> {
        Elements { bytes, range: self.content.clone() }
    }
}

/// The elements in a stretch of a message, one after the other.
#[derive(Debug, Clone)]
pub(super) struct Elements<'a> {
    bytes: &'a [u8],
    range: Range<usize>,
}

impl<'a> Elements<'a> {
    /// The elements of a whole message.
    pub(super) fn all(bytes: &'a [u8]) -> Self {
        Self { bytes, range: 0..bytes.len() }
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Element, Violation>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.range.is_empty() {
            return None;
        }
        let found = element(self.bytes, self.range.clone());
        self.range.start = found.as_ref().map_or(self.range.end, |element| element.content.end);
        Some(found)
    }
}

/// The element at the start of `within`.
fn element(bytes: &[u8], within: Range<usize>) -> Result<Element, Violation> {
    let at = within.start;
    let overrun = Violation::Overrun(at);
    let header = match bytes.get(within.clone()) {
        Some(slice) => header(slice, at)?.ok_or(overrun.clone())?,
        None => return Err(overrun),
    };
    let start = at + header.bytes;
    let end = usize::try_from(header.length).ok().and_then(|length| start.checked_add(length));
    match end.filter(|&end| end <= within.end) {
        Some(end) => Ok(Element { tag: header.tag, content: start..end }),
        None => Err(overrun),
    }
}

/// Checks that every element ends where the one around it lets it, to any depth up to `depth`, and that there are no
/// more than `count` of them.
pub(super) fn check(bytes: &[u8], depth: usize, count: usize) -> Result<(), Violation> {
    // The stretches still to be read, the innermost last.
    let mut open = Vec::from([Range { start: 0, end: bytes.len() }]);
    let mut seen = 0;
    while let Some(within) = open.last_mut() {
        if within.start >= within.end {
            open.pop();
            continue;
        }
        let found = element(bytes, within.clone())?;
        within.start = found.content.end;
        seen += 1;
        if seen > count {
            return Err(Violation::TooMany(count));
        }
        if found.tag & CONSTRUCTED != 0 {
            if open.len() > depth {
                return Err(Violation::TooDeep(depth));
            }
            open.push(found.content);
        }
    }
    Ok(())
}

/// A number that may not be negative.
pub(super) fn unsigned(content: &[u8]) -> Option<u64> {
    let small = matches!(content, [first, ..] if content.len() <= 8 && *first < 0x80);
    small.then(|| content.iter().fold(0, |sum, &byte| (sum << 8) | u64::from(byte)))
}

/// Writes one element.
pub(super) fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let length = content.len();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let digits: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|&digit| digit == 0).collect();
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
            out.extend(digits);
        }
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_lengths() {
        let length = |bytes: &[u8]| header(bytes, 0).map(|found| found.map(|h| (h.bytes, h.length)));
        assert_eq!(length(&[0x30, 0x05]), Ok(Some((2, 5))));
        assert_eq!(length(&[0x30, 0x84, 0, 0, 1, 0]), Ok(Some((6, 256))));
        assert_eq!(length(&[0x30, 0x84, 0, 0]), Ok(None));
        assert_eq!(length(&[0x30]), Ok(None));
        assert_eq!(length(&[0x30, 0x80]), Err(Violation::Length(0)));
        assert_eq!(length(&[0x30, 0xff]), Err(Violation::Length(0)));
        assert_eq!(length(&[0x3f, 0x01]), Err(Violation::Tag(0)));
    }

    #[test]
    fn checks_structure_without_recursing() {
        assert_eq!(check(&[0x30, 0x03, 0x02, 0x01, 0x07], 32, 9), Ok(()));
        assert_eq!(check(&[0x30, 0x03, 0x02, 0x02, 0x07], 32, 9), Err(Violation::Overrun(2)));
        assert_eq!(check(&[0x30, 0x03, 0x02, 0x00, 0x07], 32, 9), Err(Violation::Overrun(4)));
        assert_eq!(check(&[0x30, 0x04, 0x05, 0x00, 0x05, 0x00], 32, 2), Err(Violation::TooMany(2)));
        let nested = |levels: usize| (0..levels).fold(Vec::new(), |inner, _| write(SEQUENCE, &inner));
        assert_eq!(check(&nested(32), 32, 99), Ok(()));
        assert_eq!(check(&nested(33), 32, 99), Err(Violation::TooDeep(32)));
    }

    #[test]
    fn writes_what_it_reads() {
        for length in [0, 127, 128, 255, 256, 70_000] {
            let bytes = write(OCTET_STRING, &vec![7; length]);
            let found = Elements::all(&bytes).next().expect("one").expect("well formed");
            assert_eq!((found.tag, found.of(&bytes).len()), (OCTET_STRING, length));
        }
        assert_eq!((unsigned(&[0x80]), unsigned(&[]), unsigned(&[1, 0])), (None, None, Some(256)));
    }

    proptest! {
        #[test]
        fn survives_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = check(&bytes, 4, 50);
            prop_assert!(Elements::all(&bytes).count() <= bytes.len());
        }
    }
}
