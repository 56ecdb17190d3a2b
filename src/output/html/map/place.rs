//! Places on the map, and how wide text is there, about: no fonts are known when it is drawn.

use crate::output::sanitize::visible;
use unicode_width::UnicodeWidthChar;

/// A point, in units of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

impl Point {
    pub(super) fn at(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The point that lies so far on the way to another, 1 being all of it.
    pub(super) fn toward(self, other: Self, part: f64) -> Self {
        Self { x: self.x + (other.x - self.x) * part, y: self.y + (other.y - self.y) * part }
    }
}

/// A number as it stands in a path: short, and the same on every machine.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

/// A curve from one point to another, drawn towards two more.
pub(super) fn curve(from: Point, first: Point, second: Point, to: Point) -> String {
    let point = |point: Point| format!("{} {}", number(point.x), number(point.y));
    format!("M{}C{} {} {}", point(from), point(first), point(second), point(to))
}

/// A text that is about so wide, in letters of a size: what is beyond is left out, and that is shown.
pub(super) fn fit(text: &str, width: f64, size: f64) -> String {
    let text = visible(text);
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
        assert_eq!([number(1.0), number(-0.25), number(10.55)], ["1", "-0.2", "10.6"].map(String::from));
    }
}
