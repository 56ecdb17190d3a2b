//! The same work for several targets at a time.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// So many at a time.
const AT_A_TIME: usize = 8;

/// Does the work for each item, several at a time, and returns the outcomes in the order of the items. A single one is
/// done on the caller's own thread.
pub(super) fn side_by_side<T: Sync, R: Send + Sync>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if let [one] = items {
        return vec![work(one)];
    }
    let outcomes: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..items.len().min(AT_A_TIME) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(item), Some(outcome)) = (items.get(index), outcomes.get(index)) else { break };
                    // each index is handed out once
                    _ = outcome.set(work(item));
                }
            });
        }
    });
    outcomes.into_iter().filter_map(OnceLock::into_inner).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;

    #[test]
    fn keeps_the_order_and_works_side_by_side() {
        let all_at_once = Barrier::new(AT_A_TIME);
        let items: Vec<usize> = (0..2 * AT_A_TIME).collect();
        let outcomes = side_by_side(&items, |item| {
            all_at_once.wait();
            item * 10
        });
        assert_eq!(outcomes, items.iter().map(|item| item * 10).collect::<Vec<_>>());
        assert_eq!(side_by_side(&[1], |item| item + 1), [2]);
        assert_eq!(side_by_side(&[] as &[u8], |item| *item), [0; 0]);
    }
}
