//! Who holds which address: by a keyed hash, so that nobody can choose addresses that meet.

use super::text::Text;
use crate::directory::dn::Hashed;
use crate::directory::text::text_of;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};

/// Addresses that are noted; each takes 17 bytes, and up to four times that while the table grows.
const MOST_ADDRESSES: usize = 16 << 20;
/// Up to so many addresses, the table grows by the factor four: moving it is most of the work.
const LARGE: usize = 1 << 20;
/// Shared addresses, and holders of them, that are noted.
const MOST_SHARED: usize = 100_000;
const MOST_HOLDERS: usize = 4 << 20;

/// By a keyed hash of 64 bits: of the addresses of 200,000 recipients, two meet by chance in one audit of 50 million.
type ByHash<T> = HashMap<u64, T, Hashed>;

/// A holder of an address, and a hash of how that is written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Holder {
    index: u32,
    written: u32,
}

/// An address that several hold.
#[derive(Debug)]
pub(super) struct Shared {
    /// As one of them shows it.
    pub(super) text: String,
    holders: Vec<Holder>,
}

/// Who holds which address.
#[derive(Default)]
pub(super) struct Holders {
    forms: RandomState,
    writings: RandomState,
    first: ByHash<Holder>,
    shared: ByHash<Shared>,
    /// Holders of shared addresses.
    noted: usize,
    full: bool,
}

impl Holders {
    /// Notes that the object with this index holds an address: `text` is it in form, `kind` and `value` are it as it came.
    pub(super) fn add(&mut self, text: &Text, index: u32, kind: &[u8], value: &[u8]) {
        let key = self.forms.hash_one(text.form());
        let written = text.written().map_or(0, |written| low(self.writings.hash_one(written)));
        let holder = Holder { index, written };
        let known = self.first.len();
        if known == self.first.capacity() && known < LARGE {
            self.first.reserve(3 * known);
        }
        let first = match self.first.entry(key) {
            Entry::Occupied(first) => *first.get(),
            Entry::Vacant(free) => {
                match known < MOST_ADDRESSES {
                    true => _ = free.insert(holder),
                    false => self.full = true,
                }
                return;
            }
        };
        if first.index == index {
            return;
        }
        if self.noted >= MOST_HOLDERS || (self.shared.len() >= MOST_SHARED && !self.shared.contains_key(&key)) {
            self.full = true;
            return;
        }
        let shared = self.shared.entry(key).or_insert_with(|| {
            let kind = text_of(kind.trim_ascii()).to_ascii_uppercase();
            Shared { text: format!("{kind}:{}", text_of(value.trim_ascii())), holders: vec![first] }
        });
        // an object may show an address in several places, one after the other
        if shared.holders.last() != Some(&holder) {
            shared.holders.push(holder);
            self.noted += 1;
        }
    }

    /// The addresses that several hold.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Shared> {
        self.shared.values()
    }

    /// Whether there were more than are noted.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }
}

impl Shared {
    /// The indexes of its holders.
    pub(super) fn holders(&self) -> Vec<u32> {
        let mut indexes: Vec<u32> = self.holders.iter().map(|holder| holder.index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes
    }

    /// Whether two of the holders show it written alike.
    pub(super) fn is_same(&self) -> bool {
        let mut holders: Vec<(u32, u32)> = self.holders.iter().map(|holder| (holder.written, holder.index)).collect();
        holders.sort_unstable();
        holders.dedup();
        holders.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
    }
}

/// Half of a hash.
fn low(hash: u64) -> u32 {
    u32::try_from(hash & u64::from(u32::MAX)).unwrap_or_default()
}
