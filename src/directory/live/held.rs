//! The entries of a first page, held back until it is clear that the page counts.

use crate::directory::entry::Entry;

/// A first page of no more entries can be tried again, smaller, if the server cuts it.
const MOST_HELD: usize = 1_000;
/// Nor one that takes more memory, bytes.
const MOST_BYTES: usize = 8 << 20;

/// The entries of a page, held back until it is clear that the page counts. Of a page too large to be held they are handed
/// on at once.
pub(super) struct Held<'a, 'b> {
    each: &'a mut (dyn FnMut(Entry) + 'b),
    entries: Vec<Entry>,
    bytes: usize,
    is_whole: bool,
}

impl<'a, 'b> Held<'a, 'b> {
    pub(super) fn new(each: &'a mut (dyn FnMut(Entry) + 'b)) -> Self {
        Self { each, entries: Vec::new(), bytes: 0, is_whole: true }
    }

    pub(super) fn take(&mut self, entry: Entry) {
        self.bytes = self.bytes.saturating_add(entry.weight());
        if self.is_whole && self.entries.len() < MOST_HELD && self.bytes <= MOST_BYTES {
            self.entries.push(entry);
        } else {
            self.is_whole = false;
            self.hand_on();
            (self.each)(entry);
        }
    }

    pub(super) fn hand_on(&mut self) {
        self.entries.drain(..).for_each(&mut *self.each);
    }

    /// Forgets the page; false if a part of it was handed on.
    pub(super) fn forget(&mut self) -> bool {
        if self.is_whole {
            self.entries.clear();
            self.bytes = 0;
        }
        self.is_whole
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;

    fn handed_on(entries: usize, end: impl FnOnce(&mut Held<'_, '_>)) -> usize {
        let mut count = 0;
        let mut each = |_| count += 1;
        let mut held = Held::new(&mut each);
        (0..entries).for_each(|_| held.take(Entry::new(Dn::default())));
        end(&mut held);
        count
    }

    #[test]
    fn hands_on_each_entry_once_or_none() {
        assert_eq!(handed_on(5, |_| {}), 0);
        assert_eq!(handed_on(5, |held| held.hand_on()), 5);
        assert_eq!(handed_on(5, |held| assert!(held.forget())), 0);
    }

    #[test]
    fn holds_no_more_than_it_may() {
        assert_eq!(handed_on(MOST_HELD + 5, |held| assert!(!held.forget())), MOST_HELD + 5);
        let mut count = 0;
        let mut each = |_| count += 1;
        let mut held = Held::new(&mut each);
        for _ in 0..3 {
            let mut large = Entry::new(Dn::default());
            large.add("description", vec![b'x'; MOST_BYTES / 2]);
            held.take(large);
        }
        assert!(!held.forget());
        assert_eq!(count, 3);
    }
}
