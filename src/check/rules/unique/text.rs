//! An address in the form in which two of the same are equal; written into buffers that are kept.

use crate::directory::text::text_of;
use memchr::{memchr, memchr_iter};
use std::ops::Range;

/// The forms of one address.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// As it was written, but for case and blanks around it: types and addresses compare without case (Q251152).
    plain: Vec<u8>,
    /// Of an X.400 address: its terms in order, without blanks around them.
    terms: Vec<u8>,
    /// Each term: the start of its key, where key and value stand.
    ranges: Vec<(u64, Range<usize>, Range<usize>)>,
    is_x400: bool,
}

impl Text {
    /// Takes an address. False if there is nothing in it.
    pub(super) fn take(&mut self, kind: &[u8], value: &[u8]) -> bool {
        let (kind, value) = (kind.trim_ascii(), value.trim_ascii());
        self.plain.clear();
        self.plain.extend_from_slice(kind);
        self.plain.make_ascii_uppercase();
        self.plain.push(b':');
        let start = self.plain.len();
        match value.is_ascii() {
            true => {
                self.plain.extend_from_slice(value);
                self.plain.get_mut(start..).into_iter().for_each(<[u8]>::make_ascii_lowercase);
            }
            false => self.plain.extend_from_slice(text_of(value).to_lowercase().as_bytes()),
        }
        self.is_x400 = kind.eq_ignore_ascii_case(b"X400");
        if self.is_x400 {
            self.order(start);
        }
        !value.is_empty()
    }

    /// The form in which the same are equal. That X.400 addresses are the same which differ in blanks around their terms, in
    /// a semicolon at the end or in the order of the terms is inferred.
    pub(super) fn form(&self) -> &[u8] {
        if self.is_x400 { &self.terms } else { &self.plain }
    }

    /// The address as it was written, without case; none where that is its [`Text::form`].
    pub(super) fn written(&self) -> Option<&[u8]> {
        self.is_x400.then_some(&self.plain)
    }

    /// Puts the terms in order: by key, those of one key as they stand.
    fn order(&mut self, start: usize) {
        self.ranges.clear();
        let value = self.plain.get(start..).unwrap_or_default();
        let mut at = 0;
        for end in memchr_iter(b';', value).chain([value.len()]) {
            let term = trimmed(value, at..end);
            if !term.is_empty() {
                let text = value.get(term.clone()).unwrap_or_default();
                let equals = term.start + memchr(b'=', text).unwrap_or(text.len());
                let key = trimmed(value, term.start..equals);
                self.ranges.push((first(value, &key), key, trimmed(value, (equals + 1).min(term.end)..term.end)));
            }
            at = end + 1;
        }
        let text = |range: &Range<usize>| value.get(range.clone()).unwrap_or_default();
        // most keys differ in their first bytes
        self.ranges
            .sort_by(|(one, key, _), (other, key_of_other, _)| one.cmp(other).then_with(|| text(key).cmp(text(key_of_other))));
        self.terms.clear();
        for (_, key, value) in &self.ranges {
            self.terms.extend_from_slice(text(key));
            self.terms.push(b'=');
            self.terms.extend_from_slice(text(value));
            self.terms.push(b';');
        }
    }
}

/// A range without the blanks around its text.
fn trimmed(text: &[u8], range: Range<usize>) -> Range<usize> {
    let within = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (within.len() - within.trim_ascii_start().len());
    start..start + within.trim_ascii().len()
}

/// The first bytes of a key, of which the order is that of the keys where they differ.
fn first(text: &[u8], key: &Range<usize>) -> u64 {
    let bytes = text.get(key.clone()).unwrap_or_default().iter().copied().chain(std::iter::repeat(0));
    bytes.take(8).fold(0, |first, byte| first << 8 | u64::from(byte))
}
