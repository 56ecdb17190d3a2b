//! Who holds which address: by a keyed hash, so that nobody can choose addresses that meet.

use super::text::Text;
use crate::directory::dn::Hashed;
use crate::directory::text::text_of;
use crate::exchange::address::Written;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

/// Addresses that are noted; each takes 17 bytes, and up to four times that while the table grows.
const MOST_ADDRESSES: usize = 16 << 20;
/// Up to so many addresses, the table grows by the factor four: moving it is most of the work.
const LARGE: usize = 1 << 20;
/// Shared addresses, and holders of them, that are noted.
const MOST_SHARED: usize = 100_000;
const MOST_HOLDERS: usize = 4 << 20;
/// Addresses that wait, and bytes of them.
const MOST_WAITING: usize = 512;
const MOST_TEXT: usize = 256 << 10;

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
    keys: RandomState,
    first: ByHash<Holder>,
    shared: ByHash<Shared>,
    /// Holders of shared addresses.
    noted: usize,
    full: bool,
    text: Text,
    waiting: Waiting,
}

/// Addresses that are not in the tables yet. A table of very many is far away in memory, and several looks at it that follow one
/// another take hardly longer than one.
#[derive(Default)]
struct Waiting {
    noted: Vec<(u64, Holder, Range<usize>)>,
    /// The addresses as they came, each with its type.
    text: Vec<u8>,
}

impl Holders {
    /// Notes that the object with this index holds an address, if there is anything in it.
    pub(super) fn add(&mut self, address: &Written<'_>, index: u32) {
        let Self { keys, text, waiting, .. } = self;
        if !text.take(address) {
            return;
        }
        let written = keys.hash_one(text.written());
        let key = text.form().map_or(written, |form| keys.hash_one(form));
        let start = waiting.text.len();
        waiting.text.extend(address.kind.trim_ascii().iter().map(u8::to_ascii_uppercase));
        waiting.text.push(b':');
        waiting.text.extend_from_slice(address.address.trim_ascii());
        waiting.noted.push((key, Holder { index, written: low(written) }, start..waiting.text.len()));
        if waiting.noted.len() >= MOST_WAITING || waiting.text.len() >= MOST_TEXT {
            self.settle();
        }
    }

    /// Puts what is waiting into the tables.
    pub(super) fn settle(&mut self) {
        let mut waiting = std::mem::take(&mut self.waiting);
        for (key, holder, text) in waiting.noted.drain(..) {
            self.note(key, holder, waiting.text.get(text).unwrap_or_default());
        }
        waiting.text.clear();
        self.waiting = waiting;
    }

    fn note(&mut self, key: u64, holder: Holder, text: &[u8]) {
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
        if first.index == holder.index {
            return;
        }
        if self.noted >= MOST_HOLDERS || (self.shared.len() >= MOST_SHARED && !self.shared.contains_key(&key)) {
            self.full = true;
            return;
        }
        let shared = self.shared.entry(key).or_insert_with(|| Shared { text: text_of(text), holders: vec![first] });
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
