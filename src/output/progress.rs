//! How far reading has come, on one line of a terminal that goes away again. It goes on while a server is silent.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The line is written again so often.
const PAUSE: Duration = Duration::from_millis(200);
/// Reading that ends sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error, if that is a terminal.
#[derive(Debug)]
pub struct Progress {
    shown: Option<(Arc<Shared>, JoinHandle<()>)>,
}

#[derive(Debug, Default)]
struct Shared {
    now: Mutex<Now>,
    over: Condvar,
}

#[derive(Debug, Default)]
struct Now {
    awaited: String,
    objects: u64,
    is_over: bool,
}

impl Progress {
    /// One that is shown, if it is wanted and somebody may look.
    pub fn new(wanted: bool) -> Self {
        let on = wanted && std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        if !on {
            return Self { shown: None };
        }
        let shared = Arc::new(Shared::default());
        let seen = Arc::clone(&shared);
        // where no thread can be had, nothing is shown
        let thread = std::thread::Builder::new().spawn(move || show(&seen)).ok();
        Self { shown: thread.map(|thread| (shared, thread)) }
    }

    /// What is awaited, and how many objects came so far.
    pub fn tell(&self, awaited: &str, objects: u64) {
        let Some((shared, _)) = &self.shown else { return };
        let mut now = shared.now.lock().unwrap_or_else(PoisonError::into_inner);
        now.objects = objects;
        if now.awaited != awaited {
            awaited.clone_into(&mut now.awaited);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((shared, thread)) = self.shown.take() {
            shared.now.lock().unwrap_or_else(PoisonError::into_inner).is_over = true;
            shared.over.notify_all();
            _ = thread.join();
        }
    }
}

/// Writes the line now and then, until it is over.
fn show(shared: &Shared) {
    let started = Instant::now();
    let mut is_written = false;
    let mut now = shared.now.lock().unwrap_or_else(PoisonError::into_inner);
    while !now.is_over {
        let took = started.elapsed();
        if took >= PATIENCE {
            is_written = true;
            write(&line(&now.awaited, now.objects, took));
        }
        (now, _) = shared.over.wait_timeout(now, PAUSE).unwrap_or_else(PoisonError::into_inner);
    }
    if is_written {
        write("");
    }
}

/// In place of what the line was. A terminal that went away does not stop an audit.
fn write(line: &str) {
    let mut out = std::io::stderr().lock();
    _ = write!(out, "\r{line}\u{1b}[K");
    _ = out.flush();
}

fn line(awaited: &str, objects: u64, took: Duration) -> String {
    let seconds = took.as_secs_f64();
    let rate = if seconds > 0.0 { objects as f64 / seconds } else { 0.0 };
    let awaited = if awaited.is_empty() { "connecting".to_owned() } else { format!("reading {awaited}") };
    format!("exaudit: {awaited}, {objects} objects, {rate:.0} a second, {seconds:.0} s")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_is_awaited_how_many_and_how_fast() {
        let of = |awaited, objects, seconds| line(awaited, objects, Duration::from_secs(seconds));
        assert_eq!(of("recipients", 25_600, 2), "exaudit: reading recipients, 25600 objects, 12800 a second, 2 s");
        assert_eq!(of("", 0, 0), "exaudit: connecting, 0 objects, 0 a second, 0 s");
    }

    #[test]
    fn shows_nothing_where_it_is_not_wanted() {
        let progress = Progress::new(false);
        progress.tell("recipients", 1);
        assert!(progress.shown.is_none());
    }

    #[test]
    fn ends_when_it_is_over() {
        let shared = Shared::default();
        std::thread::scope(|scope| {
            let shows = scope.spawn(|| show(&shared));
            shared.now.lock().expect("unpoisoned").is_over = true;
            shared.over.notify_all();
            shows.join().expect("it ends");
        });
    }
}
