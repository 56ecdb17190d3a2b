//! How wide text is in a drawing, about: no fonts are known when it is drawn.

use super::sanitize::xml;
use unicode_width::UnicodeWidthChar;

/// A text that is about so wide, in letters of a size: what is beyond is left out, and that is shown.
pub(in crate::output) fn fit(text: &str, width: f64, size: f64) -> String {
    let text = xml(text);
    let room = (width / (size * LETTER)).max(1.0);
    let wide = |c: char| {
        c.width().unwrap_or(0) as f64
            * match c {
                'M' | 'W' | '@' | 'm' | 'w' | '%' => WIDEST,
                '<' | '>' | '=' | '+' | '~' | '#' => CAPITAL,
                _ if c.is_ascii_uppercase() => CAPITAL,
                _ => 1.0,
            }
    };
    let (mut taken, mut kept) = (0.0, String::new());
    for c in text.chars() {
        taken += wide(c);
        if taken > room {
            kept.pop();
            return format!("{}\u{2026}", kept.trim_end());
        }
        kept.push(c);
    }
    text
}

/// The width of a letter, in its size: most are narrower.
const LETTER: f64 = 0.6;
/// How much wider a capital is.
const CAPITAL: f64 = 1.15;
/// The same of the widest of them.
const WIDEST: f64 = 1.6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_and_a_wide_one_sooner() {
        assert_eq!(fit("short", 100.0, 12.0), "short");
        let cut = fit("a very long name of a site", 70.0, 12.0);
        assert!(cut.ends_with('\u{2026}') && cut.chars().count() < 13, "{cut}");
        assert!(fit("\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}", 70.0, 12.0).chars().count() < 7);
        assert_eq!(fit("a\u{202e}", 100.0, 12.0), "a\\u{202e}");
    }
}
