//! Where in a file the entries stand, so that a single one is found again without reading the others.

use crate::directory::dn::Dn;

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

    /// All that were noted, to be found; none if there were too many.
    pub(super) fn sorted(mut self) -> Option<Self> {
        self.noted.sort_unstable();
        (!self.full).then_some(self)
    }

    /// Where entries of this name may begin.
    pub(super) fn of(&self, dn: &Dn) -> impl Iterator<Item = u64> {
        let half = half(dn);
        let start = self.noted.partition_point(|(known, _)| *known < half);
        let from = self.noted.get(start..).unwrap_or_default();
        from.iter().take_while(move |(known, _)| *known == half).map(|(_, place)| *place)
    }
}

/// The lower half of the number of a name.
fn half(dn: &Dn) -> u64 {
    (dn.number() & u128::from(u64::MAX)) as u64
}
