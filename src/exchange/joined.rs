//! Records of several files, joined by name: what one file does not show of an object another may.

use super::bound::Bound;
use crate::directory::dn::DnKey;
use crate::directory::entry::Entry;
use std::collections::BTreeMap;

/// Records joined by name.
#[derive(Debug)]
pub(super) struct Joined {
    objects: BTreeMap<DnKey, Entry>,
    bound: Bound,
}

/// Memory for joined objects, bytes. One file of any size is not joined.
const MOST_BYTES: usize = 192 << 20;

impl Default for Joined {
    fn default() -> Self {
        Self { objects: BTreeMap::new(), bound: Bound::of(MOST_BYTES, "the files hold more objects than are joined (192 MiB)") }
    }
}

impl Joined {
    /// Adds a record. Of several records of one object a living one wins over a deleted one.
    pub(super) fn add(&mut self, mut entry: Entry) {
        if !self.bound.takes(&mut entry) {
            return;
        }
        match self.objects.get_mut(&entry.dn.key()) {
            None => _ = self.objects.insert(entry.dn.key(), entry),
            Some(known) => match (known.flag("Is-Deleted"), entry.flag("Is-Deleted")) {
                (false, true) => {}
                (true, false) => *known = entry,
                _ => known.join(&entry),
            },
        }
    }

    /// Why not all are there, if so.
    pub(super) fn full(&self) -> Option<&'static str> {
        self.bound.full()
    }

    /// The objects, in a stable order.
    pub(super) fn into_entries(self) -> impl Iterator<Item = Entry> {
        self.objects.into_values()
    }
}
