//! How far reading has come, on one line of a terminal that goes away again.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// The line is written again no more often than this.
const PAUSE: Duration = Duration::from_millis(100);
/// One that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A counter on standard error, if that is a terminal.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    written: Option<Instant>,
    on: bool,
}

impl Progress {
    /// A counter; `wanted` false never shows.
    pub fn new(wanted: bool) -> Self {
        let on = wanted && std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self { started: Instant::now(), written: None, on }
    }

    /// So many objects were looked at.
    pub fn tell(&mut self, objects: u64) {
        let now = Instant::now();
        let due = self.written.map_or(self.started + PATIENCE, |written| written + PAUSE);
        if self.on && now >= due {
            self.written = Some(now);
            // a terminal that went away does not stop an audit
            _ = write!(std::io::stderr(), "\r{}\u{1b}[K", line(objects, now - self.started));
            _ = std::io::stderr().flush();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.written.is_some() {
            _ = write!(std::io::stderr(), "\r\u{1b}[K");
            _ = std::io::stderr().flush();
        }
    }
}

fn line(objects: u64, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let rate = if seconds > 0.0 { objects as f64 / seconds } else { 0.0 };
    format!("exaudit: {objects} objects, {rate:.0} a second")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_how_many_and_how_fast() {
        assert_eq!(line(25_600, Duration::from_secs(2)), "exaudit: 25600 objects, 12800 a second");
        assert_eq!(line(0, Duration::ZERO), "exaudit: 0 objects, 0 a second");
    }

    #[test]
    fn shows_nothing_where_it_is_not_wanted() {
        let mut progress = Progress::new(false);
        progress.started -= Duration::from_secs(5);
        progress.tell(1);
        assert!(progress.written.is_none());
    }
}
