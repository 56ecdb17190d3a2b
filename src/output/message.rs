//! Messages on standard error: what went wrong, and what to do next. Reports go to standard output.

use super::sanitize;
use std::io::Write;
use tracing_subscriber::filter::LevelFilter;

/// Something that the operator should know; the work goes on.
pub fn warning(text: &str) {
    line(&format!("exaudit: warning: {}", sanitize::visible(text)));
}

/// Why the work ended.
pub fn error(text: &str) {
    line(&format!("exaudit: {}", sanitize::visible(text)));
}

/// What a command that keeps running is doing.
pub fn notice(text: &str) {
    line(&format!("exaudit: {}", sanitize::visible(text)));
}

/// Starts the log: silent, `-v` says what is done, `-vv` every request. It never holds a password.
pub fn start_log(verbose: u8) {
    let level = match verbose {
        0 => LevelFilter::OFF,
        1 => LevelFilter::INFO,
        _ => LevelFilter::DEBUG,
    };
    let log = tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_target(false).without_time();
    // a log that is there already (in tests) stays
    _ = log.with_ansi(false).try_init();
}

fn line(text: &str) {
    // nobody is left to tell if standard error is gone
    _ = writeln!(std::io::stderr().lock(), "{text}");
}
