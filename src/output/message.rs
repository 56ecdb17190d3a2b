//! Messages on standard error: what went wrong, and what to do next. Reports go to standard output.

use super::paint::{ALARM, DOUBT, LEAD, paint};
use super::{ColorChoice, log, sanitize};
use crate::directory::bounded;
use std::io::Write;

/// A message is at most about so long, characters: a name in it may be of any length.
const LONGEST: usize = 2_000;

/// Something that the operator should know; the work goes on.
pub fn warning(text: &str) {
    line(DOUBT, "warning: ", text);
}

/// Why the work ended.
pub fn error(text: &str) {
    line(ALARM, "", text);
}

/// What a command that keeps running is doing.
pub fn notice(text: &str) {
    line(LEAD, "", text);
}

/// Starts the log: silent, `-v` says what is done, `-vv` every request. It never holds a password.
pub fn start_log(verbose: u8) {
    log::start(verbose);
}

/// Whether messages are coloured, if not as the terminal and its environment (NO_COLOR) have it.
pub(super) fn colour(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => {}
        ColorChoice::Always => anstream::ColorChoice::Always.write_global(),
        ColorChoice::Never => anstream::ColorChoice::Never.write_global(),
    }
}

fn line(style: anstyle::Style, kind: &str, text: &str) {
    // nobody is left to tell if standard error is gone
    _ = writeln!(anstream::stderr().lock(), "{} {kind}{}", paint(style, "exaudit:"), shown(text));
}

fn shown(text: &str) -> String {
    sanitize::visible(&bounded::text(text, LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_any_length_makes_a_message_that_can_be_read() {
        let text = shown(&format!("the object cn={} was not found; look for it", "\u{1b}".repeat(100_000)));
        assert!(text.len() < 20_000 && !text.contains('\u{1b}'), "{}", text.len());
        assert!(text.starts_with("the object cn=") && text.ends_with(" was not found; look for it"), "{text}");
        assert_eq!(shown("a\nb"), "a\\u{a}b");
    }
}
