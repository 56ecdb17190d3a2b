//! The log on standard error: one line an event, safe to show and bounded. It never stops the work: who reads it may be gone.

use super::sanitize;
use crate::directory::bounded;
use std::io::{self, Write};
use tracing_subscriber::filter::LevelFilter;

/// A line of the log is at most about so long, characters.
const LONGEST: usize = 8_000;

/// Starts the log: silent, `-v` says what is done, `-vv` every request. It never holds a password.
pub(super) fn start(verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::OFF,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    // what cannot be written is not complained of where it cannot be written either: that would end the run
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(|| Line(io::stderr())).log_internal_errors(false);
    // a log that is there already (in tests) stays
    _ = log.with_target(false).without_time().with_ansi(false).try_init();
}

/// Takes an event as one line.
struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let line = sanitize::visible(&bounded::text(text.trim_end(), LONGEST));
        _ = self.0.write_all((line + "\n").as_bytes());
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_one_safe_line_that_nobody_need_read() {
        let mut line = Line(Vec::new());
        line.write_all(format!("INFO base=\u{1b}[2J{}\nnext\n", "x".repeat(100_000)).as_bytes()).expect("taken");
        let text = String::from_utf8(line.0).expect("text");
        assert!(text.len() < 10_000 && text.lines().count() == 1 && !text.contains('\u{1b}'), "{}", text.len());
        let mut closed: [u8; 0] = [];
        Line(&mut closed[..]).write_all(b"INFO text\n").expect("taken");
    }
}
