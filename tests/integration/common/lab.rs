//! Waiting for what the lab hears.

use exaudit::lab::Log;
use std::time::{Duration, Instant};

/// Waits until so many sessions took their leave: the lab hears of the end of one a moment after its client has gone.
pub fn wait_for_unbinds(log: &Log, count: usize) {
    let until = Instant::now() + Duration::from_secs(10);
    while log.count("unbind") < count && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(5));
    }
}
