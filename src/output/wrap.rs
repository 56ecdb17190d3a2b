//! Text broken into lines of a display width. A wide (CJK) character takes two columns.

use unicode_width::UnicodeWidthChar;

/// Columns that text takes on a terminal, at most: a sequence may be drawn narrower than its characters.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Breaks text after blanks and after commas (distinguished names have few blanks), inside a word only where the word
/// alone is wider than a line. Always at least one line; a width of 0 counts as 1.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for piece in pieces(text, is_of_value).flat_map(|piece| fitting(piece, columns)) {
        let word = piece.trim_end_matches(' ');
        if used + width(word) > columns {
            end_line(&mut lines, &mut line, &mut used);
        }
        for c in word.chars() {
            if used > 0 && used + char_width(c) > columns {
                end_line(&mut lines, &mut line, &mut used);
            }
            line.push(c);
            used += char_width(c);
        }
        let blanks = piece.len() - word.len();
        line.extend(std::iter::repeat_n(' ', blanks));
        used += blanks;
    }
    end_line(&mut lines, &mut line, &mut used);
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Blanks at a line's end are dropped, and so is a line of nothing else.
fn end_line(lines: &mut Vec<String>, line: &mut String, used: &mut usize) {
    let text = line.trim_end_matches(' ');
    if !text.is_empty() {
        lines.push(text.to_owned());
    }
    line.clear();
    *used = 0;
}

/// What is wider than a line is broken behind its blanks all the same.
fn fitting(piece: &str, columns: usize) -> Vec<&str> {
    if width(piece.trim_end_matches(' ')) <= columns { vec![piece] } else { pieces(piece, |_, _| false).collect() }
}

/// The text in pieces that each end where a line may break: behind a blank or comma, unless `is_kept` says that it is one that does
/// not part what stands before it and after it.
fn pieces(text: &str, is_kept: impl Fn(&str, &str) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = piece_end(rest, &is_kept);
        let (piece, after) = rest.split_at_checked(end)?;
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

fn piece_end(text: &str, is_kept: impl Fn(&str, &str) -> bool) -> usize {
    let mut breakable = false;
    for (index, c) in text.char_indices() {
        if breakable && c != ' ' {
            return index;
        }
        // A comma that opens a word (`,cn=admin`) belongs to it.
        let may = c == ' ' || (c == ',' && index > 0);
        breakable = may && text.split_at_checked(index).is_none_or(|(before, after)| !is_kept(before, after));
    }
    text.len()
}

/// Whether what stands between these two is a part of a value: the blank of `A= ;` in an X.400 address, the comma of `Berg\, Kari`,
/// the blank of `cn=Microsoft MTA,cn=SERVER`.
fn is_of_value(before: &str, after: &str) -> bool {
    let is_escaped = before.ends_with('\\');
    let is_empty_term = before.ends_with('=') && after.trim_start().starts_with(';');
    let is_in_name = || {
        let opens = before.trim_start_matches(['"', '(']);
        begins_with_attribute(opens) && next_comma(after).is_some_and(begins_with_attribute)
    };
    is_escaped || is_empty_term || (after.starts_with(' ') && is_in_name())
}

/// Whether a text begins as a part of a name does: `cn=`.
fn begins_with_attribute(text: &str) -> bool {
    let attribute = text.split('=').next().unwrap_or_default();
    attribute.len() < text.len() && !attribute.is_empty() && attribute.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Characters of a part of a name, at most (the upper bound of a common name in the directory).
const LONGEST_PART: usize = 64;

/// What follows the next comma that is not escaped, if it may end this part of a name: it is near enough, and no other part begins
/// before it.
fn next_comma(text: &str) -> Option<&str> {
    let mut commas = text.char_indices().take(LONGEST_PART).filter(|(_, c)| *c == ',').map(|(at, _)| at);
    let at = commas.find(|at| text.get(..*at).is_none_or(|before| !before.ends_with('\\')))?;
    text.get(..at).is_some_and(|before| !before.contains('=')).then(|| text.get(at + 1..))?
}

fn char_width(c: char) -> usize {
    match c {
        // Makes an emoji of the character before it, which may be one column wider.
        '\u{fe0f}' => 1,
        c => c.width().unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_after_blanks_and_commas() {
        for (text, columns, expected) in [
            ("", 10, &[""][..]),
            ("short", 10, &["short"]),
            ("one two three", 7, &["one two", "three"]),
            ("one two three", 8, &["one two", "three"]),
            ("cn=Admin,cn=Recipients,ou=SITE,o=ORG", 16, &["cn=Admin,", "cn=Recipients,", "ou=SITE,o=ORG"]),
            ("a, b, c", 3, &["a,", "b,", "c"]),
            ("abcdefghij", 4, &["abcd", "efgh", "ij"]),
            ("ab abcdefghij k", 4, &["ab", "abcd", "efgh", "ij k"]),
            ("a    b", 2, &["a", "b"]),
            ("with ,cn=a", 7, &["with", ",cn=a"]),
            ("abcdefgh ijkl", 4, &["abcd", "efgh", "ijkl"]),
            ("   abcd", 4, &["abcd"]),
            ("x", 0, &["x"]),
            // a value stays together where it fits
            ("an address C=GB;A= ;P=Org;", 20, &["an address", "C=GB;A= ;P=Org;"]),
            ("it names cn=Microsoft MTA,cn=LINK0,o=O", 20, &["it names", "cn=Microsoft MTA,", "cn=LINK0,o=O"]),
            ("cn=Berg\\, Kari,cn=R,o=O: has none", 20, &["cn=Berg\\, Kari,cn=R,", "o=O: has none"]),
            ("a: DC=x,DC=y; b: DC=x,DC=y", 12, &["a: DC=x,", "DC=y; b:", "DC=x,DC=y"]),
            ("cn=Microsoft MTA,cn=L", 10, &["cn=Microso", "ft MTA,", "cn=L"]),
        ] {
            assert_eq!(wrap(text, columns), expected, "{text:?} at {columns}");
        }
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(width("\u{4f1a}\u{8b70}a"), 5);
        assert_eq!(wrap("\u{4f1a}\u{8b70}\u{5ba4}", 5), ["\u{4f1a}\u{8b70}", "\u{5ba4}"]);
        assert_eq!(wrap("\u{4f1a}\u{8b70}", 1), ["\u{4f1a}", "\u{8b70}"]);
    }

    #[test]
    fn a_mark_stays_with_its_letter() {
        assert_eq!(wrap("e\u{301}e\u{301}", 1), ["e\u{301}", "e\u{301}"]);
    }

    proptest::proptest! {
        #[test]
        fn an_address_without_blanks_in_its_values_is_never_broken(
            before in "[a-z ]{0,70}", terms in "C=GB;A= ;P=[A-Z]{1,9};O=[A-Z]{1,9};S=[a-z]{1,9};", columns in 60_usize..200
        ) {
            let lines = wrap(&format!("{before} \"{terms}\" is broken."), columns);
            proptest::prop_assert!(lines.iter().any(|line| line.contains(&terms)), "{:?}", lines);
            proptest::prop_assert!(lines.iter().all(|line| !line.ends_with('=')), "{:?}", lines);
        }

        #[test]
        fn nothing_is_lost_and_every_line_fits(text in "[ ,a-c=\u{4f1a}\u{301}\u{fe0f}]{0,60}", columns in 2_usize..30) {
            let lines = wrap(&text, columns);
            let squeeze = |text: &str| text.replace(' ', "");
            proptest::prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
            for line in &lines {
                proptest::prop_assert!(width(line) <= columns, "{:?}", line);
                proptest::prop_assert!(unicode_width::UnicodeWidthStr::width(line.as_str()) <= columns, "{:?}", line);
            }
        }
    }
}
