//! Where the lines of a text end. They are short, so it is looked at eight bytes at a time instead of asking for each newline.

/// Writes the places of the newlines in a text.
pub(super) fn newlines(text: &[u8], into: &mut Vec<usize>) {
    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const NEWLINES: u64 = 0x0a0a_0a0a_0a0a_0a0a;
    into.clear();
    let (words, rest) = text.as_chunks::<8>();
    let mut start = 0;
    for word in words {
        let other = u64::from_le_bytes(*word) ^ NEWLINES;
        // the high bit of each byte that is zero
        let mut found = !(((other & LOW) + LOW) | other | LOW);
        while found != 0 {
            into.push(start + (found.trailing_zeros() / 8) as usize);
            found &= found - 1;
        }
        start += 8;
    }
    into.extend(rest.iter().zip(start..).filter(|(byte, _)| **byte == b'\n').map(|(_, at)| at));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_every_newline(text in proptest::collection::vec(prop_oneof![2 => Just(b'\n'), 1 => Just(0x8a), 1 => Just(0x0b), 3 => any::<u8>()], 0..60)) {
            let mut found = vec![7];
            newlines(&text, &mut found);
            let expected: Vec<usize> = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
