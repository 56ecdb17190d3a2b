//! Text of any length, cut to what can be read: the beginning says what it is of, the end what to do.

use std::borrow::Cow;

/// The text, or its beginning and end if it has more than so many characters.
pub fn text(text: &str, most: usize) -> Cow<'_, str> {
    let count = if text.len() <= most { 0 } else { text.chars().count() };
    if count <= most {
        return Cow::Borrowed(text);
    }
    let place = |nth: usize| text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at);
    let (begin, end) = (most - most / 4, most / 4);
    let left_out = count - begin - end;
    let begin = text.get(..place(begin)).unwrap_or_default();
    let end = text.get(place(count - end)..).unwrap_or_default();
    Cow::Owned(format!("{begin} [{left_out} characters left out] {end}"))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn keeps_both_ends() {
        assert_eq!(text("short", 5), "short");
        assert_eq!(text("\u{4f1a}\u{4f1a}\u{4f1a}", 3), "\u{4f1a}\u{4f1a}\u{4f1a}");
        assert_eq!(text("abcdefghijkl", 8), "abcdef [4 characters left out] kl");
        let long = "\u{4f1a}".repeat(100_000);
        assert_eq!(text(&long, 8).chars().filter(|c| *c == '\u{4f1a}').count(), 8);
    }
}
