//! What a value is made of: its characters, its blanks and its length.

/// A value without the blanks that mean nothing: those at either end (Q108732, X.402 clause 18).
pub(super) fn trimmed(raw: &str) -> &str {
    raw.trim_matches(' ')
}

/// Whether a character is one of PrintableString (X.680; Q108732 lists them).
#[inline]
pub(super) fn is_printable(byte: u8) -> bool {
    PRINTABLE.get(usize::from(byte)).is_some_and(|printable| *printable)
}

/// A table, for a million addresses have many characters.
static PRINTABLE: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        #[allow(clippy::indexing_slicing, reason = "a byte is below 256, and this is done when the program is built")]
        let place = &mut table[byte as usize];
        *place = byte.is_ascii_alphanumeric()
            || matches!(byte, b' ' | b'\'' | b'(' | b')' | b'+' | b',' | b'-' | b'.' | b'/' | b':' | b'=' | b'?');
        byte += 1;
    }
    table
};

/// The first character outside PrintableString, in bytes.
pub(super) fn not_printable(text: &str) -> Option<usize> {
    text.bytes().position(|byte| !is_printable(byte))
}

/// The first that is neither digit nor blank (NumericString, X.680), in bytes.
pub(super) fn not_numeric(text: &str) -> Option<usize> {
    text.bytes().position(|byte| !(byte.is_ascii_digit() || byte == b' '))
}

/// The second of several blanks that follow one another, in bytes.
pub(super) fn surplus_blank(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|pair| pair == b"  ").map(|at| at + 1)
}

/// Where the text goes on behind so many characters, in bytes; blanks that follow a blank do not count.
pub(super) fn beyond(text: &str, bound: usize) -> Option<usize> {
    if text.len() <= bound {
        return None;
    }
    let mut blank = false;
    let mut counted = 0;
    for (at, c) in text.char_indices() {
        if !(blank && c == ' ') {
            counted += 1;
        }
        if counted > bound {
            return Some(at);
        }
        blank = c == ' ';
    }
    None
}

/// The first of the blanks around a value, in bytes of `raw`.
pub(super) fn outer_blank(raw: &str) -> Option<usize> {
    if raw.starts_with(' ') {
        return Some(0);
    }
    raw.ends_with(' ').then(|| raw.trim_end_matches(' ').len())
}

/// The character at a place.
pub(super) fn character(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    rest.chars().next().and_then(|c| rest.get(..c.len_utf8())).unwrap_or_default()
}

/// Two letters (ISO 3166) or three digits (X.121).
pub(super) fn is_country(value: &str) -> bool {
    (value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_alphabetic()))
        || (value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_digit()))
}
