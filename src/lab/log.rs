//! What clients asked of the lab, for tests that count requests.

use std::sync::{Mutex, PoisonError};

/// Requests remembered; older ones are forgotten, so that a server left running does not grow.
const MAX_REQUESTS: usize = 10_000;
/// Characters kept of one summary.
const MAX_SUMMARY: usize = 1_000;

/// The requests of all connections, in the order they came: `bind cn=auditor,cn=LAB`, `search sub "o=Example"
/// (cn=x) cn,rdn`, `abandon 3`, `unbind`, ... Never a password.
#[derive(Debug, Default)]
pub struct Log {
    requests: Mutex<std::collections::VecDeque<String>>,
}

impl Log {
    /// The requests so far, one summary each.
    pub fn requests(&self) -> Vec<String> {
        self.lock().iter().cloned().collect()
    }

    /// How many requests have a summary that starts with this word.
    pub fn count(&self, operation: &str) -> usize {
        self.lock().iter().filter(|request| request.starts_with(operation)).count()
    }

    /// Forgets all requests.
    pub fn clear(&self) {
        self.lock().clear();
    }

    pub(super) fn note(&self, request: &str) {
        tracing::debug!(request, "lab");
        let mut requests = self.lock();
        if requests.len() >= MAX_REQUESTS {
            requests.pop_front();
        }
        requests.push_back(request.chars().take(MAX_SUMMARY).collect());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, std::collections::VecDeque<String>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remembers_the_newest_and_is_bounded() {
        let log = Log::default();
        for number in 0..=MAX_REQUESTS {
            log.note(&format!("search {number} {}", "x".repeat(2 * MAX_SUMMARY)));
        }
        assert_eq!(log.count("search"), MAX_REQUESTS);
        assert!(log.requests()[0].starts_with("search 1 "));
        assert_eq!(log.requests()[0].len(), MAX_SUMMARY);
        log.clear();
        assert_eq!(log.count(""), 0);
    }
}
