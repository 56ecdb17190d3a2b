//! Limits in time. Each covers an operation as a whole, so that a slow drip cannot stretch it.

use super::error::seconds;
use super::settings::Settings;
use std::future::Future;
use std::time::{Duration, Instant};

/// Until when something may take, and how long that was.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limit {
    until: Instant,
    length: Duration,
}

impl Limit {
    /// The limit of an operation that starts now.
    pub(super) fn of(settings: &Settings) -> Self {
        Self::new(settings.timeout, settings.deadline)
    }

    /// `timeout` from now, but no later than `deadline`.
    pub(super) fn new(timeout: Duration, deadline: Instant) -> Self {
        let now = Instant::now();
        let until = now.checked_add(timeout).map_or(deadline, |end| end.min(deadline));
        Self { until, length: until.saturating_duration_since(now) }
    }

    /// What is left, shared by `count`.
    pub(super) fn share(self, count: usize, deadline: Instant) -> Self {
        let left = self.until.saturating_duration_since(Instant::now());
        Self::new(left / u32::try_from(count.max(1)).unwrap_or(u32::MAX), deadline)
    }

    /// Whether it has passed.
    pub(super) fn is_over(self) -> bool {
        Instant::now() >= self.until
    }

    /// The length in words, `30 s`.
    pub(super) fn words(self) -> String {
        seconds(self.length)
    }

    /// The length in whole seconds, at least one, as a search's time limit.
    pub(super) fn whole_seconds(self) -> i32 {
        let whole = self.length.as_secs() + u64::from(self.length.subsec_nanos() > 0);
        i32::try_from(whole.max(1)).unwrap_or(i32::MAX)
    }
}

/// Waits for something, but no longer than the limit.
pub(super) async fn within<F: Future>(limit: Limit, future: F) -> Option<F::Output> {
    tokio::time::timeout_at(limit.until.into(), future).await.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_with_the_deadline() {
        let now = Instant::now();
        let limit = Limit::new(Duration::from_secs(30), now + Duration::from_millis(1200));
        assert_eq!((limit.whole_seconds(), limit.words().as_str()), (2, "1.2 s"));
        assert_eq!(Limit::new(Duration::MAX, now).whole_seconds(), 1);
        assert!(Limit::new(Duration::from_secs(8), now + Duration::from_secs(99)).share(2, now).until <= now);
    }
}
