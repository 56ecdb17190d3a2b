//! What kind of terminal, if any, a report is written to.

use super::{message, sanitize};

/// When to write colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal that shows it
    #[default]
    Auto,
    /// Always, whatever the environment says
    Always,
    /// Never
    Never,
}

/// How text may look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Columns, 20 to 500.
    pub width: usize,
    /// Whether colour is written.
    pub colour: bool,
    /// Whether the reader's locale is UTF-8, or there is a Windows console, so that borders may be lines instead of `+-|`.
    pub unicode: bool,
    /// Whether a person reads along.
    pub interactive: bool,
}

impl Style {
    /// Looks at standard output's terminal and the environment; `env` looks a variable up. Messages on standard error follow the choice.
    pub fn detect(choice: ColorChoice, is_tty: bool, env: impl Fn(&str) -> Option<String>) -> Self {
        message::colour(choice);
        let columns = if is_tty { terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)) } else { None };
        Self::of(choice, is_tty, columns, env)
    }

    /// The style for a terminal of so many columns, where that is known.
    ///
    /// NO_COLOR counts when it is present and not empty (no-color.org); the command line wins over it.
    pub fn of(choice: ColorChoice, is_tty: bool, columns: Option<usize>, env: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| env(name).filter(|value| !value.is_empty());
        let colour = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => is_tty && set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb"),
        };
        let width =
            columns.or_else(|| set("COLUMNS")?.trim().parse().ok()).filter(|&width| width > 0).unwrap_or(80).clamp(20, 500);
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set).map(|locale| locale.to_ascii_lowercase());
        // a Windows console has no locale: it is handed UTF-16, and has had these lines since it had code pages
        let unicode = locale.map_or(cfg!(windows) && is_tty, |locale| locale.contains("utf-8") || locale.contains("utf8"));
        Self { width, colour, unicode, interactive: is_tty }
    }

    /// Whether text outside ASCII must be escaped: a terminal of another character set takes the bytes of UTF-8 apart, and
    /// some of them are control characters there. The Windows console is handed UTF-16 and needs no locale.
    pub fn ascii_only(&self) -> bool {
        self.interactive && !self.unicode && !cfg!(windows)
    }

    /// Text from a directory, safe to show in this style.
    pub fn safe(&self, text: &str) -> String {
        if self.ascii_only() { sanitize::ascii(text) } else { sanitize::visible(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::ColorChoice::{Always, Auto, Never};
    use super::*;

    fn style(choice: ColorChoice, is_tty: bool, columns: Option<usize>, variables: &[(&str, &str)]) -> Style {
        let lookup = |name: &str| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned());
        Style::of(choice, is_tty, columns, lookup)
    }

    #[test]
    fn width_is_the_terminals_then_columns_then_80() {
        for (columns, variable, expected) in [
            (Some(132), "90", 132),
            (None, "90", 90),
            (None, " 90 ", 90),
            (None, "", 80),
            (None, "0", 80),
            (None, "-5", 80),
            (None, "wide", 80),
            (None, "99999999999999999999999", 80),
            (None, "3", 20),
            (None, "100000", 500),
            (Some(0), "90", 80),
        ] {
            assert_eq!(style(Auto, true, columns, &[("COLUMNS", variable)]).width, expected, "{columns:?} {variable:?}");
        }
        assert_eq!(style(Auto, false, None, &[]).width, 80);
    }

    #[test]
    fn colour_is_for_terminals_unless_told() {
        for (choice, is_tty, variables, expected) in [
            (Auto, true, &[][..], true),
            (Auto, false, &[], false),
            (Auto, true, &[("NO_COLOR", "1")], false),
            (Auto, true, &[("NO_COLOR", "")], true),
            (Auto, true, &[("TERM", "dumb")], false),
            (Auto, true, &[("TERM", "xterm")], true),
            (Always, false, &[("NO_COLOR", "1"), ("TERM", "dumb")], true),
            (Never, true, &[("TERM", "xterm")], false),
        ] {
            assert_eq!(style(choice, is_tty, None, variables).colour, expected, "{choice:?} {is_tty} {variables:?}");
        }
    }

    #[test]
    fn the_first_locale_that_says_anything_decides() {
        for (variables, expected) in [
            (&[][..], cfg!(windows)),
            (&[("LANG", "en_US.UTF-8")], true),
            (&[("LANG", "C.utf8")], true),
            (&[("LC_ALL", "C"), ("LANG", "en_US.UTF-8")], false),
            (&[("LC_ALL", ""), ("LC_CTYPE", "de_DE.UTF-8"), ("LANG", "C")], true),
            (&[("LC_CTYPE", "de_DE.ISO-8859-1"), ("LANG", "de_DE.UTF-8")], false),
        ] {
            assert_eq!(style(Auto, true, None, variables).unicode, expected, "{variables:?}");
        }
    }

    #[test]
    fn only_a_terminal_of_another_character_set_needs_ascii() {
        if cfg!(windows) {
            return;
        }
        assert!(style(Auto, true, None, &[("LANG", "C")]).ascii_only());
        assert!(!style(Auto, false, None, &[("LANG", "C")]).ascii_only());
        assert!(!style(Auto, true, None, &[("LANG", "C.UTF-8")]).ascii_only());
    }

    #[test]
    fn detect_asks_no_terminal_when_there_is_none() {
        assert_eq!(Style::detect(Auto, false, |name| (name == "COLUMNS").then(|| "101".to_owned())).width, 101);
    }
}
