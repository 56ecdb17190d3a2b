//! Who holds which address: by a keyed hash, so that nobody can choose addresses that meet.
//!
//! All that came is noted one after the other and put in order at the end: a table of so many would be far away in memory, and
//! each look at it takes longer than all else that is done with an address.

use super::text::Text;
use crate::directory::text::text_of;
use crate::exchange::address::Written;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Addresses that are noted, and bytes of them; each takes 24 bytes and what it is made of.
const MOST_ADDRESSES: usize = 16 << 20;
const MOST_BYTES: usize = 512 << 20;
/// Bytes of one address that are noted: an address has at most 1123 characters (Exchange SDK, schema).
const MOST_SHOWN: usize = 1200;
/// Shared addresses, and holders of them, that are told.
const MOST_SHARED: usize = 100_000;
const MOST_HOLDERS: usize = 4 << 20;

/// That an object holds an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Held {
    /// Of its form, a keyed hash of 64 bits: of the addresses of 200,000 recipients, two meet by chance in one audit of 50
    /// million.
    key: u64,
    /// Where it stands in the order in which all came.
    number: u32,
    /// The object.
    index: u32,
    /// A hash of how it is written there.
    written: u32,
}

/// An address that several hold.
#[derive(Debug)]
pub(super) struct Shared {
    /// As the second of them shows it.
    pub(super) text: String,
    holders: Vec<(u32, u32)>,
}

/// Who holds which address.
#[derive(Default)]
pub(super) struct Holders {
    keys: RandomState,
    held: Vec<Held>,
    /// The addresses as they came, each with its type, and where each ends.
    shown: Vec<u8>,
    ends: Vec<u32>,
    full: bool,
    text: Text,
    shared: Vec<Shared>,
}

impl Holders {
    /// Notes that the object with this index holds an address, if there is anything in it.
    pub(super) fn add(&mut self, address: &Written<'_>, index: u32) {
        let Self { keys, held, shown, ends, full, text, .. } = self;
        if !text.take(address) {
            return;
        }
        if held.len() >= MOST_ADDRESSES || shown.len() >= MOST_BYTES {
            *full = true;
            return;
        }
        let written = hash(keys, text.written());
        let key = text.form().map_or(written, |form| hash(keys, form));
        let (kind, address) = (address.kind.trim_ascii(), address.address.trim_ascii());
        for part in [kind, b":", address] {
            shown.extend_from_slice(part.get(..MOST_SHOWN).unwrap_or(part));
        }
        let number = u32::try_from(held.len()).unwrap_or(u32::MAX);
        ends.push(u32::try_from(shown.len()).unwrap_or(u32::MAX));
        held.push(Held { key, number, index, written: (written & u64::from(u32::MAX)) as u32 });
    }

    /// All came: finds out what several hold, and lets go of the rest.
    pub(super) fn settle(&mut self) {
        let mut held = std::mem::take(&mut self.held);
        held.sort_unstable();
        let mut noted = 0;
        for same in held.chunk_by(|one, other| one.key == other.key) {
            let another = |held: &&Held| same.first().is_some_and(|first| held.index != first.index);
            let Some(second) = same.iter().find(another) else { continue };
            if self.shared.len() >= MOST_SHARED || noted >= MOST_HOLDERS {
                self.full = true;
                break;
            }
            let mut holders: Vec<(u32, u32)> = same.iter().map(|held| (held.written, held.index)).collect();
            holders.truncate(MOST_HOLDERS - noted);
            noted += holders.len();
            self.shared.push(Shared { text: self.shown(second.number), holders });
        }
        self.shown = Vec::new();
        self.ends = Vec::new();
    }

    /// An address as it came, its type in capitals.
    fn shown(&self, number: u32) -> String {
        let end = |number: u32| self.ends.get(number as usize).map_or(0, |end| *end as usize);
        let start = number.checked_sub(1).map_or(0, end);
        let text = text_of(self.shown.get(start..end(number)).unwrap_or_default());
        match text.split_once(':') {
            Some((kind, address)) => format!("{}:{address}", kind.to_ascii_uppercase()),
            None => text,
        }
    }

    /// The addresses that several hold.
    pub(super) fn shared(&self) -> impl Iterator<Item = &Shared> {
        self.shared.iter()
    }

    /// Whether there were more than are noted.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }
}

impl Shared {
    /// The indexes of its holders.
    pub(super) fn holders(&self) -> Vec<u32> {
        let mut indexes: Vec<u32> = self.holders.iter().map(|(_, index)| *index).collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes
    }

    /// Whether two of the holders show it written alike.
    pub(super) fn is_same(&self) -> bool {
        let mut holders = self.holders.clone();
        holders.sort_unstable();
        holders.dedup();
        holders.windows(2).any(|pair| matches!(pair, [(one, _), (other, _)] if one == other))
    }
}

/// The hash of one text, which needs no end.
fn hash(keys: &RandomState, text: &[u8]) -> u64 {
    let mut hasher = keys.build_hasher();
    hasher.write(text);
    hasher.finish()
}
