//! An address in the form in which two of the same are equal; written into buffers that are kept.

use crate::directory::text::text_of;
use std::ops::Range;

/// The forms of one address.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// As it was written, but for case and blanks around it: types and addresses compare without case (Q251152).
    plain: Vec<u8>,
    /// Of an X.400 address: its terms in order, without blanks around them.
    terms: Vec<u8>,
    /// Where the key of each term stands, and its value.
    ranges: Vec<(Range<usize>, Range<usize>)>,
    is_x400: bool,
}

impl Text {
    /// Takes an address. False if there is nothing in it.
    pub(super) fn take(&mut self, kind: &[u8], value: &[u8]) -> bool {
        let (kind, value) = (kind.trim_ascii(), value.trim_ascii());
        self.plain.clear();
        self.plain.extend(kind.iter().map(u8::to_ascii_uppercase));
        self.plain.push(b':');
        let start = self.plain.len();
        match value.is_ascii() {
            true => self.plain.extend(value.iter().map(u8::to_ascii_lowercase)),
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
        for term in value.split(|byte| *byte == b';') {
            if !term.trim_ascii().is_empty() {
                let equals = term.iter().position(|byte| *byte == b'=').unwrap_or(term.len());
                self.ranges.push((at..at + equals, (at + equals + 1).min(at + term.len())..at + term.len()));
            }
            at += term.len() + 1;
        }
        let text = |range: &Range<usize>| value.get(range.clone()).unwrap_or_default().trim_ascii();
        self.ranges.sort_by(|(one, _), (other, _)| text(one).cmp(text(other)));
        self.terms.clear();
        for (key, value) in &self.ranges {
            self.terms.extend_from_slice(text(key));
            self.terms.push(b'=');
            self.terms.extend_from_slice(text(value));
            self.terms.push(b';');
        }
    }
}
