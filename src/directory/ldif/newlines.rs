//! Where the lines of a record end. They are short, so it is looked at eight bytes at a time instead of asking for each newline.

/// Where the lines of a record end, behind which an empty line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Lines {
    /// Where the record ends, its last newline included.
    pub(super) end: usize,
    /// Whether one of its lines begins with a blank.
    pub(super) is_folded: bool,
}

/// Writes the places of the newlines of the record at the start of a text; none if no empty line follows it.
pub(super) fn lines(text: &[u8], into: &mut Vec<usize>) -> Option<Lines> {
    into.clear();
    let mut is_folded = false;
    let mut end = None;
    newlines(text, |at| {
        // two side by side
        if into.last().is_some_and(|last| last + 1 == at) {
            end = Some(at);
            return false;
        }
        is_folded |= text.get(at + 1) == Some(&b' ');
        into.push(at);
        true
    });
    Some(Lines { end: end?, is_folded })
}

/// Writes the places of all newlines in a text.
pub(super) fn all(text: &[u8], into: &mut Vec<usize>) {
    into.clear();
    newlines(text, |at| {
        into.push(at);
        true
    });
}

/// Tells the places of the newlines in a text, as long as somebody wants to know.
#[inline]
fn newlines(text: &[u8], mut each: impl FnMut(usize) -> bool) {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const NEWLINES: u64 = 0x0a0a_0a0a_0a0a_0a0a;
    let (words, rest) = text.as_chunks::<8>();
    let mut start = 0;
    for word in words {
        let other = u64::from_le_bytes(*word) ^ NEWLINES;
        // the high bit of each byte that is zero
        let mut found = !(((other & LOW) + LOW) | other | LOW);
        while found != 0 {
            if !each(start + (found.trailing_zeros() / 8) as usize) {
                return;
            }
            found &= found - 1;
        }
        start += 8;
    }
    for (_, at) in rest.iter().zip(start..).filter(|(byte, _)| **byte == b'\n') {
        if !each(at) {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_every_newline(text in proptest::collection::vec(prop_oneof![2 => Just(b'\n'), 1 => Just(0x8a), 1 => Just(0x0b), 3 => any::<u8>()], 0..60)) {
            let mut found = vec![7];
            all(&text, &mut found);
            let expected: Vec<usize> = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
            prop_assert_eq!(found, expected);
        }

        #[test]
        fn finds_the_end_of_a_record(text in "[ab\n ]{0,60}") {
            let mut found = vec![7];
            let record = text.find("\n\n").map(|at| &text[..=at]);
            let is_folded = |record: &str| record.contains("\n ");
            let expected = record.map(|record| Lines { end: record.len(), is_folded: is_folded(record) });
            prop_assert_eq!(lines(text.as_bytes(), &mut found), expected);
            if let Some(record) = record {
                prop_assert_eq!(found, record.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>());
            }
        }
    }
}
