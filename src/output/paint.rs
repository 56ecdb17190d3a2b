//! The colours. A word stays a word: colour says nothing alone.

use crate::report::Severity;
use anstyle::{AnsiColor, Style};

/// What acts at once, or is broken.
pub(super) const ALARM: Style = AnsiColor::Red.on_default().bold();
/// What works in part, or is unusual.
pub(super) const DOUBT: Style = AnsiColor::Yellow.on_default();
/// What is worth knowing.
pub(super) const NOTE: Style = AnsiColor::Cyan.on_default();
/// What is as it should be.
pub(super) const GOOD: Style = AnsiColor::Green.on_default();
/// What is read first.
pub(super) const LEAD: Style = Style::new().bold();

/// A text in a colour. It is made safe before: what it says is not looked at here.
pub(super) fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// The colour of a severity.
pub(super) fn of(severity: Severity) -> Style {
    match severity {
        Severity::Critical => ALARM,
        Severity::Warning => DOUBT,
        Severity::Info => NOTE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_ends_where_the_text_does() {
        assert_eq!(paint(of(Severity::Critical), "critical"), "\u{1b}[1m\u{1b}[31mcritical\u{1b}[0m");
        assert_eq!(paint(LEAD, "first"), "\u{1b}[1mfirst\u{1b}[0m");
    }
}
