//! Who holds which address: by a keyed hash, so that nobody can choose addresses that meet.
//!
//! All that came is noted one after the other in parts, and compared at the end, part by part: a table of all would be far away
//! in memory, and each look at it takes longer than all else that is done with an address.

use super::text::Text;
use crate::directory::dn::Hashed;
use crate::directory::text::text_of;
use crate::exchange::address::{Addresses, Written};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Addresses that are noted, 16 bytes each, and bytes of those that may be shared.
const MOST_ADDRESSES: usize = 16 << 20;
const MOST_BYTES: usize = 256 << 20;
/// Words of bits, 2 MiB: of the addresses of 200,000 recipients, one in forty finds its bit taken by another.
const WORDS: usize = 1 << 18;
/// Addresses of one object that are told apart from those that others showed before.
const MOST_OWN: usize = 256;
/// Bytes of one address that are noted: an address has at most 1123 characters (Exchange SDK, schema).
const MOST_SHOWN: usize = 1200;
/// Small enough that the table of one is near in memory.
const PARTS: usize = 256;
/// Shared addresses, and holders of them, that are told.
const MOST_SHARED: usize = 100_000;
const MOST_HOLDERS: usize = 4 << 20;

/// That an object holds an address.
#[derive(Debug, Clone, Copy)]
struct Held {
    /// Of its form, a keyed hash of 64 bits: of the addresses of 200,000 recipients, two meet by chance in one audit of 50
    /// million.
    key: u64,
    /// The object.
    index: u32,
    /// A hash of how it is written there.
    written: u32,
}

/// An address that several hold.
#[derive(Debug)]
pub(super) struct Shared {
    /// As one that is not the first shows it.
    pub(super) text: String,
    holders: Vec<(u32, u32)>,
}

/// Who holds which address.
#[derive(Default)]
pub(super) struct Holders {
    keys: RandomState,
    /// In parts, by some bits of the key; each in the order in which they came.
    held: Vec<Vec<Held>>,
    count: usize,
    /// A bit of each key that came, so that of nearly all addresses the text need not be kept.
    came: Vec<u64>,
    /// The object that came last, and the keys of its addresses, each with its place among them.
    last: u32,
    own: Vec<(u64, usize)>,
    /// How many of those were looked at.
    looked: usize,
    /// As they came, each with its type in capitals: those of which the bit had come before.
    shown: HashMap<u64, String, Hashed>,
    bytes: usize,
    full: bool,
    text: Text,
    shared: Vec<Shared>,
}

impl Holders {
    /// Notes that the object with this index holds an address, if there is anything in it, which stands at that place among its
    /// addresses. They are [looked at](Self::look) when all are noted.
    pub(super) fn add(&mut self, address: &Written<'_>, place: usize, index: u32) {
        let Self { keys, held, count, text, .. } = self;
        if !text.take(address) {
            return;
        }
        if *count >= MOST_ADDRESSES {
            self.full = true;
            return;
        }
        *count += 1;
        let written = hash(keys, text.written());
        let key = text.form().map_or(written, |form| hash(keys, form));
        held.resize_with(PARTS, Vec::new);
        // the highest bits and the lowest are what a table goes by
        let part = held.get_mut((key >> 32) as usize % PARTS);
        part.into_iter().for_each(|part| part.push(Held { key, index, written: (written & u64::from(u32::MAX)) as u32 }));
        if self.last != index {
            self.last = index;
            self.looked = 0;
            self.own.clear();
        }
        // that one object shows it in several places does not mean that it came before
        if !self.own.iter().take(MOST_OWN).any(|(own, _)| *own == key) {
            self.own.push((key, place));
        }
    }

    /// Looks which of the addresses of an object, all of which were noted, may have come before, and keeps their texts. The bits are
    /// far away in memory, but looks that follow one another take hardly longer than one.
    pub(super) fn look(&mut self, addresses: &Addresses<'_>) {
        let own = std::mem::take(&mut self.own);
        self.came.resize(WORDS, 0);
        for (key, place) in own.iter().skip(self.looked) {
            if self.may_have_come(*key) {
                addresses.iter().nth(*place).into_iter().for_each(|written| self.show(*key, written));
            }
        }
        self.looked = own.len();
        self.own = own;
    }

    /// Whether a key may have come before; it has now.
    fn may_have_come(&mut self, key: u64) -> bool {
        let Some(word) = self.came.get_mut((key >> 40) as usize % WORDS) else { return true };
        let bit = 1 << (key % 64);
        std::mem::replace(word, *word | bit) & bit != 0
    }

    fn show(&mut self, key: u64, written: &Written<'_>) {
        if self.bytes >= MOST_BYTES {
            self.full = true;
            return;
        }
        let text = |bytes: &[u8]| {
            let bytes = bytes.trim_ascii();
            text_of(bytes.get(..MOST_SHOWN).unwrap_or(bytes))
        };
        let shown = || format!("{}:{}", text(written.kind).to_ascii_uppercase(), text(written.address));
        let text = self.shown.entry(key).or_insert_with(shown);
        self.bytes += text.len() + 64;
    }

    /// All came: finds out what several hold, and lets go of the rest.
    pub(super) fn settle(&mut self) {
        let held = std::mem::take(&mut self.held);
        let mut first: HashMap<u64, u32, Hashed> = HashMap::default();
        let mut noted = 0;
        for part in held {
            first.clear();
            let mut shared: HashMap<u64, Vec<Held>, Hashed> = HashMap::default();
            for held in &part {
                if *first.entry(held.key).or_insert(held.index) != held.index {
                    shared.entry(held.key).or_default();
                }
            }
            if !shared.is_empty() {
                part.iter().for_each(|held| shared.get_mut(&held.key).into_iter().for_each(|same| same.push(*held)));
            }
            let mut shared: Vec<(u64, Vec<Held>)> = shared.into_iter().collect();
            shared.sort_unstable_by_key(|(key, same)| (same.first().map(|held| held.index), *key));
            for (key, same) in shared {
                noted += self.share(key, &same, MOST_HOLDERS - noted);
            }
        }
        self.came = Vec::new();
        self.shown = HashMap::default();
    }

    /// Notes that these hold the same, at most so many of them. Gives how many that are.
    fn share(&mut self, key: u64, same: &[Held], most: usize) -> usize {
        let Some(text) = self.shown.remove(&key) else { return 0 };
        if self.shared.len() >= MOST_SHARED || most < 2 {
            self.full = true;
            return 0;
        }
        self.full |= same.len() > most;
        let holders: Vec<(u32, u32)> = same.iter().take(most).map(|held| (held.written, held.index)).collect();
        let count = holders.len();
        self.shared.push(Shared { text, holders });
        count
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
