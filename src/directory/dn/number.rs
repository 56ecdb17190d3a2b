//! The number of a name, found out when first asked for.

use std::sync::atomic::{AtomicU64, Ordering};

/// In two halves, 0 until it is known. Several threads may find it out, and all find the same; one that is 0 in truth is found out
/// again each time. That takes less than a lock, for each name of a large directory is asked for its number.
#[derive(Debug, Default)]
pub(super) struct Number(AtomicU64, AtomicU64);

impl Number {
    /// The number, which is what `find` finds.
    #[inline]
    pub(super) fn get_or_find(&self, find: impl FnOnce() -> u128) -> u128 {
        let known = self.halves();
        if known.0 != 0 && known.1 != 0 {
            return u128::from(known.0) << 64 | u128::from(known.1);
        }
        let number = find();
        self.0.store((number >> 64) as u64, Ordering::Relaxed);
        self.1.store((number & u128::from(u64::MAX)) as u64, Ordering::Relaxed);
        number
    }

    fn halves(&self) -> (u64, u64) {
        (self.0.load(Ordering::Relaxed), self.1.load(Ordering::Relaxed))
    }
}

impl Clone for Number {
    fn clone(&self) -> Self {
        let (one, other) = self.halves();
        Self(one.into(), other.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_found_once_unless_a_half_is_nothing() {
        for (number, again) in [(7 << 64 | 3, 1), (7 << 64, 2), (3, 2), (0, 2)] {
            let (known, mut found) = (Number::default(), 0);
            for _ in 0..2 {
                let find = || {
                    found += 1;
                    number
                };
                assert_eq!(known.get_or_find(find), number);
            }
            assert_eq!(found, again, "{number:x}");
            assert_eq!(known.clone().get_or_find(|| number), number);
        }
    }
}
