//! An address in the form in which two of the same are equal; written into buffers that are kept.

use crate::directory::text::text_of;
use crate::exchange::address::Written;
use memchr::{memchr, memchr_iter};
use std::ops::Range;

/// The keys of a canonical address in their order ([`crate::exchange::x400::Key`]).
const LETTERS: &[u8] = b"caposgiq";

/// The forms of one address.
#[derive(Debug, Default)]
pub(super) struct Text {
    /// As it was written, but for case and blanks around it: types and addresses compare without case (Q251152).
    plain: Vec<u8>,
    /// Of an X.400 address that is not in order: its terms in order, without blanks around them.
    terms: Vec<u8>,
    /// Each term: the place of its key in the order, where key and value stand.
    ranges: Vec<(u64, Range<usize>, Range<usize>)>,
    is_ordered: bool,
}

impl Text {
    /// Takes an address. False if there is nothing in it.
    pub(super) fn take(&mut self, written: &Written<'_>) -> bool {
        let (kind, value) = (written.kind.trim_ascii(), written.address.trim_ascii());
        self.plain.clear();
        self.plain.extend_from_slice(kind);
        self.plain.push(b':');
        let start = self.plain.len();
        match value.is_ascii() {
            true => self.plain.extend_from_slice(value),
            false => self.plain.extend_from_slice(text_of(value).to_lowercase().as_bytes()),
        }
        self.plain.make_ascii_lowercase();
        self.is_ordered = !written.is_canonical() && kind.eq_ignore_ascii_case(b"X400");
        if self.is_ordered {
            self.order(start);
        }
        !value.is_empty()
    }

    /// The address as it was written, without case.
    pub(super) fn written(&self) -> &[u8] {
        &self.plain
    }

    /// The form in which the same are equal. That X.400 addresses are the same which differ in blanks around their terms, in a
    /// semicolon at the end or in the order of the terms is inferred.
    pub(super) fn form(&self) -> &[u8] {
        if self.is_ordered { &self.terms } else { &self.plain }
    }

    /// Writes the terms as a canonical address has them: by key, those of one key as they stand.
    fn order(&mut self, start: usize) {
        self.ranges.clear();
        let (kind, value) = self.plain.split_at_checked(start).unwrap_or_default();
        let mut at = 0;
        for end in memchr_iter(b';', value).chain([value.len()]) {
            let term = trimmed(value, at..end);
            if !term.is_empty() {
                let text = value.get(term.clone()).unwrap_or_default();
                let equals = term.start + memchr(b'=', text).unwrap_or(text.len());
                let key = trimmed(value, term.start..equals);
                self.ranges.push((place(value, &key), key, trimmed(value, (equals + 1).min(term.end)..term.end)));
            }
            at = end + 1;
        }
        let text = |range: &Range<usize>| value.get(range.clone()).unwrap_or_default();
        // most keys differ in their first bytes
        self.ranges
            .sort_by(|(one, key, _), (other, key_of_other, _)| one.cmp(other).then_with(|| text(key).cmp(text(key_of_other))));
        self.terms.clear();
        self.terms.extend_from_slice(kind);
        for (_, key, value) in &self.ranges {
            let (key, value) = (text(key), text(value));
            self.terms.extend_from_slice(key);
            self.terms.push(b'=');
            self.terms.extend_from_slice(if key == b"a" && value.is_empty() { b" " } else { value });
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

/// The place of a key: the letters of a canonical address in their order, behind them the others by their first bytes.
fn place(text: &[u8], key: &Range<usize>) -> u64 {
    let key = text.get(key.clone()).unwrap_or_default();
    if let Some(place) = LETTERS.iter().position(|letter| key == [*letter]) {
        return place as u64;
    }
    let bytes = key.iter().copied().chain(std::iter::repeat(0));
    bytes.take(7).fold(1, |first, byte| first << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(kind: &str, value: &str) -> String {
        let is_x400 = kind.eq_ignore_ascii_case("X400");
        let address = value.as_bytes();
        let written = Written { kind: kind.as_bytes(), address, is_x400 };
        let mut text = Text::default();
        assert!(text.take(&written), "{kind}:{value}");
        String::from_utf8(text.form().to_vec()).expect("text")
    }

    #[test]
    fn the_same_addresses_have_one_form() {
        for (kind, one, other) in [
            ("SMTP", "Anna@Example.com", " anna@example.com "),
            ("MS", "ÄRZTE/PO/ANNA", "ärzte/po/anna"),
            ("X400", "c=US;a= ;p=Org;s=A;", "C=us; A=;P = Org ;S=a"),
            ("X400", "c=US;a= ;p=Org;s=A;", "s=A;p=Org;a= ;c=US"),
            ("X400", "c=US;;a= ;ou=1;ou=2", "a=;ou=1;ou=2;c=US;"),
        ] {
            assert_eq!(form(kind, one), form(&kind.to_lowercase(), other), "{one} {other}");
        }
        for (one, other) in [
            (("SMTP", "a@b"), ("MS", "a@b")),
            (("SMTP", "c=US;s=A"), ("SMTP", "s=A;c=US")),
            (("X400", "c=US;s=A"), ("X400", "c=US;s=A;g=B")),
            (("X400", "c=US;ou=1;ou=2"), ("X400", "c=US;ou=2;ou=1")),
            (("X400", "c=US;s=A B"), ("X400", "c=US;s=AB")),
            (("SMTP", "=;"), ("X400", "SMTP:")),
            (("X400", "c=US;a= ;p=Org;s=A;"), ("X400", "c=US;a= ;p=Org;s=A;g=B;")),
        ] {
            assert_ne!(form(one.0, one.1), form(other.0, other.1), "{one:?} {other:?}");
        }
        let blank = Written { kind: b"SMTP", address: b" ", is_x400: false };
        assert!(!Text::default().take(&blank), "nothing in it");
    }
}
