//! What entries show, apart from what they hold: the names of their attributes, and which of their values belong to which. A
//! directory has few such layouts, so entries of one source share them.

use std::sync::atomic::{AtomicU32, Ordering};

/// No further value.
pub(super) const NONE: u32 = u32::MAX;

/// The names of the attributes of an entry, and the order of their values.
///
/// It stands apart from the count of those who share it: one thread counts while others read, and they would take it from each
/// other's caches all the time.
#[derive(Debug, Clone)]
#[repr(align(128))]
pub(in crate::directory) struct Layout {
    /// Tells shared layouts apart; 0 for one that is not shared.
    number: u32,
    /// The names, one behind the other.
    names: String,
    slots: Vec<Slot>,
    /// By value: the next one of the same attribute, or [`NONE`].
    next: Vec<u32>,
    /// By a part of their tags: the slot behind each, if there is one alone.
    places: [u8; PLACES],
}

/// Places for tags.
const PLACES: usize = 64;
/// Nothing is at a place, or several are.
const FREE: u8 = u8::MAX;
const SEVERAL: u8 = u8::MAX - 1;

/// One attribute: its name and the chain of its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    tag: Tag,
    start: u32,
    end: u32,
    pub(super) first: u32,
    last: u32,
    pub(super) count: u32,
}

/// What two names have in common that are equal without case: length, and three of their bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tag(u32);

impl Tag {
    #[inline]
    fn of(name: &[u8]) -> Self {
        let byte = |at: usize| name.get(at).map_or(0, |byte| u32::from(byte | 0x20));
        let length = name.len();
        Self((length as u32) << 24 ^ byte(0) << 16 ^ byte(length / 2) << 8 ^ byte(length.wrapping_sub(1)))
    }

    #[inline]
    fn place(self) -> usize {
        (self.0.wrapping_mul(0x9e37_79b1) >> 26) as usize
    }
}

/// What an entry without values shows.
pub(super) static NO_NAMES: Layout =
    Layout { number: 0, names: String::new(), slots: Vec::new(), next: Vec::new(), places: [FREE; PLACES] };

impl Default for Layout {
    fn default() -> Self {
        NO_NAMES.clone()
    }
}

impl Layout {
    /// Adds a value to those of an attribute, by its name without options.
    pub(in crate::directory) fn push(&mut self, name: &str) {
        let index = self.next.len() as u32;
        if index == NONE {
            return;
        }
        self.number = 0;
        self.next.push(NONE);
        if let Some(at) = self.find(name.as_bytes()) {
            let Some(slot) = self.slots.get_mut(at) else { return };
            self.next.get_mut(slot.last as usize).into_iter().for_each(|next| *next = index);
            slot.last = index;
            slot.count += 1;
            return;
        }
        let tag = Tag::of(name.as_bytes());
        let start = self.names.len() as u32;
        self.names.push_str(name);
        let at = self.slots.len();
        self.slots.push(Slot { tag, start, end: self.names.len() as u32, first: index, last: index, count: 1 });
        if let Some(place) = self.places.get_mut(tag.place()) {
            let alone = u8::try_from(at).ok().filter(|at| *at < SEVERAL);
            *place = alone.filter(|_| *place == FREE).unwrap_or(SEVERAL);
        }
    }

    /// The same with a number of its own, to be shared.
    #[must_use]
    pub(in crate::directory) fn shared(mut self) -> Self {
        static NUMBERS: AtomicU32 = AtomicU32::new(1);
        // after four thousand million the numbers are used up: without one a layout is looked at each time
        let next = |number: u32| number.checked_add(1);
        self.number = NUMBERS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).unwrap_or(0);
        self
    }

    /// What tells it apart from others, if it is shared.
    #[inline]
    pub(super) fn number(&self) -> Option<u32> {
        (self.number != 0).then_some(self.number)
    }

    /// How many attributes there are.
    #[inline]
    pub(in crate::directory) fn count(&self) -> usize {
        self.slots.len()
    }

    /// The place of an attribute.
    #[inline]
    pub(super) fn find(&self, name: &[u8]) -> Option<usize> {
        let tag = Tag::of(name);
        let is_it = |slot: &Slot| {
            let known = || self.names.as_bytes().get(slot.start as usize..slot.end as usize);
            // nearly always it is spelled alike, which is told at once
            slot.tag == tag && known().is_some_and(|known| known == name || known.eq_ignore_ascii_case(name))
        };
        match self.places.get(tag.place()) {
            Some(&FREE) | None => None,
            Some(&SEVERAL) => self.slots.iter().position(is_it),
            Some(&at) => self.slots.get(usize::from(at)).is_some_and(is_it).then_some(usize::from(at)),
        }
    }

    /// The attribute of a name.
    #[inline]
    pub(super) fn slot(&self, name: &str) -> Option<&Slot> {
        self.find(name.as_bytes()).and_then(|at| self.slots.get(at))
    }

    /// The attribute at that place in the order they first came.
    #[inline]
    pub(super) fn at(&self, index: usize) -> Option<&Slot> {
        self.slots.get(index)
    }

    /// The name of an attribute as it is spelled.
    pub(super) fn name(&self, slot: &Slot) -> &str {
        self.names.get(slot.start as usize..slot.end as usize).unwrap_or_default()
    }

    /// By value: the next one of the same attribute.
    #[inline]
    pub(super) fn chain(&self) -> &[u32] {
        &self.next
    }

    /// Writes the names, each behind its length, which few bytes tell.
    pub(super) fn write_names(&self, into: &mut Vec<u8>) {
        for slot in &self.slots {
            into.extend_from_slice(&(slot.end - slot.start).to_le_bytes());
            into.extend_from_slice(self.name(slot).as_bytes());
        }
    }

    /// About what it takes in memory where it is not shared.
    pub(super) fn held(&self) -> usize {
        match self.number {
            0 => PLACES + self.names.capacity() + self.slots.capacity() * size_of::<Slot>() + self.next.capacity() * 4,
            _ => 0,
        }
    }
}
