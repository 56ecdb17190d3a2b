//! Where in a file the entries stand, so that a single one is found again without reading the others.

use crate::directory::dn::{Dn, Hashed};
use std::collections::{BTreeSet, HashSet};

/// Entries of which it is noted, 16 bytes each; more than any organization had (inferred).
const MOST: usize = 4 << 20;

/// The places of entries by name; one may stand in several.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Half of the number of a name, and the place: two names that meet cost a look too many.
    noted: Vec<(u64, u64)>,
    full: bool,
}

impl Places {
    /// Notes where an entry begins, in bytes.
    pub(super) fn note(&mut self, dn: &Dn, place: u64) {
        match self.noted.len() < MOST {
            true => self.noted.push((half(dn), place)),
            false => self.full = true,
        }
    }

    /// All that were noted; none if there were too many.
    pub(super) fn whole(self) -> Option<Self> {
        (!self.full).then_some(self)
    }

    /// Where entries of these names may begin. To look at all is faster than to keep them in order, for that is asked for once or
    /// twice.
    pub(super) fn of<'a>(&self, names: impl Iterator<Item = &'a Dn>) -> BTreeSet<u64> {
        let wanted: HashSet<u64, Hashed> = names.map(half).collect();
        self.noted.iter().filter(|(half, _)| wanted.contains(half)).map(|(_, place)| *place).collect()
    }
}

/// The lower half of the number of a name.
fn half(dn: &Dn) -> u64 {
    (dn.number() & u128::from(u64::MAX)) as u64
}
