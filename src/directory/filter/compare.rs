//! How values compare: directory text without case (SDK schmastx_1mxr: Teletex matching ignores case); blanks count.
//!
//! Nearly all text is ASCII and is compared where it stands. Other text is folded first: the two agree on ASCII.

use super::Substrings;
use crate::directory::text::text_of;
use memchr::memchr;
use std::cmp::Ordering;

/// Whether two values are equal.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    if left.is_ascii() && right.is_ascii() { left.eq_ignore_ascii_case(right) } else { fold(left) == fold(right) }
}

/// How two values are ordered: as numbers if both are, else as text.
pub(super) fn order(left: &[u8], right: &[u8]) -> Ordering {
    let number = |value: &[u8]| std::str::from_utf8(value).ok().and_then(|text| text.parse::<i64>().ok());
    match (number(left), number(right)) {
        (Some(l), Some(r)) => l.cmp(&r),
        _ if left.is_ascii() && right.is_ascii() => {
            let folded = |value: &'_ [u8], at: usize| value.get(at).map(u8::to_ascii_lowercase);
            let differ = (0..left.len().max(right.len())).find(|&at| folded(left, at) != folded(right, at));
            differ.map_or(Ordering::Equal, |at| folded(left, at).cmp(&folded(right, at)))
        }
        _ => fold(left).cmp(&fold(right)),
    }
}

impl Substrings {
    /// Whether a value has these parts.
    pub(super) fn matches(&self, value: &[u8]) -> bool {
        // nearly always the first letter tells that it has not
        let first = |text: &[u8]| text.first().filter(|byte| byte.is_ascii()).map(u8::to_ascii_lowercase);
        let starts = self.initial.as_ref().and_then(|initial| first(initial));
        if starts.zip(first(value)).is_some_and(|(one, other)| one != other) {
            return false;
        }
        let is_ascii = |part: &Vec<u8>| part.is_ascii();
        let ends = self.initial.as_ref().is_none_or(is_ascii) && self.last.as_ref().is_none_or(is_ascii);
        if ends && value.is_ascii() && self.any.iter().all(is_ascii) { self.within(value) } else { self.within_folded(value) }
    }

    fn within(&self, value: &[u8]) -> bool {
        let mut rest = value;
        if let Some(initial) = &self.initial {
            match rest.split_at_checked(initial.len()) {
                Some((start, after)) if start.eq_ignore_ascii_case(initial) => rest = after,
                _ => return false,
            }
        }
        if let Some(last) = &self.last {
            match rest.len().checked_sub(last.len()).and_then(|at| rest.split_at_checked(at)) {
                Some((before, end)) if end.eq_ignore_ascii_case(last) => rest = before,
                _ => return false,
            }
        }
        self.any.iter().all(|part| match find(rest, part).and_then(|at| rest.get(at + part.len()..)) {
            Some(after) => {
                rest = after;
                true
            }
            None => false,
        })
    }

    fn within_folded(&self, value: &[u8]) -> bool {
        let folded = fold(value);
        let mut rest = folded.as_str();
        if let Some(initial) = &self.initial {
            match rest.strip_prefix(fold(initial).as_str()) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        if let Some(last) = &self.last {
            match rest.strip_suffix(fold(last).as_str()) {
                Some(before) => rest = before,
                None => return false,
            }
        }
        for part in &self.any {
            match rest.split_once(fold(part).as_str()) {
                Some((_, after)) => rest = after,
                None => return false,
            }
        }
        true
    }
}

/// Where a part stands first in a text, without case; both are ASCII.
fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    let Some(first) = part.first() else { return Some(0) };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    if part.len() == 1 && lower == upper {
        return memchr(lower, text);
    }
    let starts = |(_, byte): &(usize, &u8)| **byte == lower || **byte == upper;
    let is_here = |at: &usize| text.get(*at..*at + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part));
    text.iter().enumerate().filter(starts).map(|(at, _)| at).find(is_here)
}

fn fold(value: &[u8]) -> String {
    text_of(value).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folded_order(left: &[u8], right: &[u8]) -> Ordering {
        let (left, right) = (fold(left), fold(right));
        match (left.parse::<i64>(), right.parse::<i64>()) {
            (Ok(l), Ok(r)) => l.cmp(&r),
            _ => left.cmp(&right),
        }
    }

    fn value() -> impl Strategy<Value = Vec<u8>> {
        let bytes = proptest::collection::vec(any::<u8>(), 0..4);
        let text = prop_oneof![6 => "[a-cA-C\\[\\]@`]{0,4}", 2 => "[+-]?[0-9]{1,20}", 2 => "[aAéÉßKİx]{0,3}"];
        prop_oneof![8 => text.prop_map(String::into_bytes), 1 => bytes]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn ascii_compares_as_if_it_were_folded(
            left in value(),
            right in value(),
            initial in proptest::option::of(value()),
            any in proptest::collection::vec(value(), 0..3),
            last in proptest::option::of(value()),
        ) {
            prop_assert_eq!(equal(&left, &right), fold(&left) == fold(&right));
            prop_assert_eq!(order(&left, &right), folded_order(&left, &right));
            prop_assert_eq!(order(&left, &left.to_ascii_uppercase()), folded_order(&left, &left.to_ascii_uppercase()));
            let parts = Substrings { initial, any, last };
            let long = [left, right].concat();
            prop_assert_eq!(parts.matches(&long), parts.within_folded(&long));
        }
    }
}
