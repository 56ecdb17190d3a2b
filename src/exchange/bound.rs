//! How much is kept of what a source sends. A server that never comes to an end must not fill the memory, nor give the
//! judging work without end; what was not kept counts as not seen.

use crate::directory::entry::Entry;

/// Memory for kept objects, bytes. A thousand sites with thirty containers each, and as many services with their
/// administrators, take less than 45 MiB.
const MOST_BYTES: usize = 48 << 20;
/// Attribute names; the published schema has fewer than 1500.
const MOST_NAMES: usize = 1 << 14;
/// Sites.
const MOST_SITES: usize = 1 << 14;
/// Services that are judged: each makes a result for every check. More than any organization had (inferred).
pub(super) const MOST_SERVICES: usize = 1000;
/// Objects that are looked up one by one.
pub(super) const MOST_READS: usize = 4000;
/// Problems that are told; the rest are only known to be there.
pub(super) const MOST_PROBLEMS: usize = 100;

/// What is left to be kept.
#[derive(Debug, Clone)]
pub(super) struct Bound {
    bytes: usize,
    why: &'static str,
    full: Option<&'static str>,
}

impl Default for Bound {
    fn default() -> Self {
        Self::of(MOST_BYTES, "more objects came than are kept (48 MiB)")
    }
}

impl Bound {
    /// So many bytes, and what to say when they are full.
    pub(super) fn of(bytes: usize, why: &'static str) -> Self {
        Self { bytes, why, full: None }
    }

    /// Why no more is kept, if so.
    pub(super) fn full(&self) -> Option<&'static str> {
        self.full
    }

    /// Whether this entry may still be kept; if not, no other is.
    pub(super) fn takes(&mut self, entry: &mut Entry) -> bool {
        entry.shrink();
        match self.bytes.checked_sub(entry.weight()).filter(|_| self.full.is_none()) {
            Some(left) => self.bytes = left,
            None => _ = self.full.get_or_insert(self.why),
        }
        self.full.is_none()
    }

    /// Whether one more attribute name may be noted, beside so many.
    pub(super) fn takes_name(&mut self, known: usize) -> bool {
        if known >= MOST_NAMES {
            self.full.get_or_insert("objects with more than 16384 different attributes came");
        }
        known < MOST_NAMES
    }

    /// Whether one more server of a file may be noted, beside so many.
    pub(super) fn takes_server(&self, known: usize) -> bool {
        known < MOST_SITES
    }

    /// Whether one more site may be noted, beside so many.
    pub(super) fn takes_site(&mut self, known: usize) -> bool {
        if known >= MOST_SITES {
            self.full.get_or_insert("objects of more than 16384 sites came");
        }
        known < MOST_SITES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::entry;

    #[test]
    fn keeps_what_a_large_organization_has_and_not_more() {
        let mut bound = Bound::default();
        let mut container = entry("cn=Connections,cn=Configuration,ou=A site,o=An organization", &[("objectClass", "Container")]);
        assert!((0..40_000).all(|_| bound.takes(&mut container)));
        let mut large = entry("o=O", &[("description", &"x".repeat(MOST_BYTES / 2))]);
        assert!(!bound.takes(&mut large) && !bound.takes(&mut container));
        assert_eq!(bound.full(), Some("more objects came than are kept (48 MiB)"));
    }

    #[test]
    fn names_and_sites_are_bounded_too() {
        let mut bound = Bound::default();
        assert!(bound.takes_name(1500) && bound.takes_site(1000) && bound.full().is_none());
        assert!(!bound.takes_site(MOST_SITES) && bound.full().is_some());
        assert!(!bound.takes_name(MOST_NAMES));
    }
}
