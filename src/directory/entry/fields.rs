//! The attributes of an entry in one piece of memory: a text, and where in it each name and value stands.
//!
//! A file of 200,000 entries holds millions of values; one allocation for each of them takes longer than all the rest of
//! reading it. The values of one attribute are chained, so that they need not stand together.

use super::values::{Attribute, Values};

/// No further value.
pub(super) const NONE: u32 = u32::MAX;

/// Names, values and the text they stand in.
#[derive(Debug, Clone, Default)]
pub(in crate::directory) struct Fields {
    text: Vec<u8>,
    attributes: Vec<Slot>,
    values: Vec<Piece>,
    /// One bit for each attribute's tag: tells at once of most names that they are not here.
    present: u64,
}

/// One attribute: its name and the chain of its values.
#[derive(Debug, Clone, Copy)]
struct Slot {
    tag: Tag,
    start: u32,
    length: u32,
    first: u32,
    last: u32,
    count: u32,
}

/// One value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    start: u32,
    length: u32,
    pub(super) next: u32,
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
    fn bit(self) -> u64 {
        1 << (self.0.wrapping_mul(0x9e37_79b1) >> 26)
    }
}

impl Fields {
    /// No attributes yet, in a text that holds them; with room for so many attributes and values.
    pub(in crate::directory) fn within(text: Vec<u8>, (attributes, values): (usize, usize)) -> Self {
        Self { text, attributes: Vec::with_capacity(attributes), values: Vec::with_capacity(values), present: 0 }
    }

    /// The length of the text.
    pub(in crate::directory) fn text_length(&self) -> usize {
        self.text.len()
    }

    /// Puts bytes at the end of the text, for [`Fields::note`].
    pub(in crate::directory) fn append(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// Notes a value and the name it has, which stand at these places in the text. The value is not empty, and the name has
    /// no options. Nothing is noted beyond 4 GiB, which no reader lets an entry come near.
    #[inline]
    pub(in crate::directory) fn note(&mut self, name: (usize, usize), value: (usize, usize)) {
        let piece =
            |(start, end): (usize, usize)| Some((u32::try_from(start).ok()?, u32::try_from(end.checked_sub(start)?).ok()?));
        let (Some((start, length)), Some((at, size))) = (piece(name), piece(value)) else { return };
        let index = self.values.len() as u32;
        if index == NONE {
            return;
        }
        let spelled = self.text.get(name.0..name.1).unwrap_or_default();
        let tag = Tag::of(spelled);
        match self.find(tag, spelled) {
            Some(slot) => {
                if let Some(slot) = self.attributes.get_mut(slot) {
                    if let Some(last) = self.values.get_mut(slot.last as usize) {
                        last.next = index;
                    }
                    slot.last = index;
                    slot.count += 1;
                }
            }
            None => {
                self.attributes.push(Slot { tag, start, length, first: index, last: index, count: 1 });
                self.present |= tag.bit();
            }
        }
        self.values.push(Piece { start: at, length: size, next: NONE });
    }

    /// Adds a value that is not empty under a name without options.
    pub(super) fn add(&mut self, name: &str, value: &[u8]) {
        let start = self.text.len();
        let known = self.find(Tag::of(name.as_bytes()), name.as_bytes()).and_then(|slot| self.attributes.get(slot));
        let spelled = match known {
            Some(slot) => (slot.start as usize, slot.start as usize + slot.length as usize),
            None => {
                self.append(name.as_bytes());
                (start, start + name.len())
            }
        };
        let at = self.text.len();
        self.append(value);
        self.note(spelled, (at, at + value.len()));
    }

    /// How many attributes and how many values there are.
    pub(in crate::directory) fn counts(&self) -> (usize, usize) {
        (self.attributes.len(), self.values.len())
    }

    /// How many attributes there are.
    #[inline]
    pub(in crate::directory) fn count(&self) -> usize {
        self.attributes.len()
    }

    /// The attribute at that place in the order they first came.
    pub(super) fn attribute(&self, index: usize) -> Option<Attribute<'_>> {
        let slot = self.attributes.get(index)?;
        let name = self.text.get(slot.start as usize..slot.start as usize + slot.length as usize)?;
        Some(Attribute { name: std::str::from_utf8(name).unwrap_or_default(), values: self.chain(slot) })
    }

    /// Writes the names, each behind its length, which few bytes tell.
    pub(super) fn write_names(&self, into: &mut Vec<u8>) {
        for slot in &self.attributes {
            into.extend_from_slice(&slot.length.to_le_bytes());
            into.extend_from_slice(
                self.text.get(slot.start as usize..slot.start as usize + slot.length as usize).unwrap_or_default(),
            );
        }
    }

    /// The values of an attribute.
    #[inline]
    pub(super) fn values(&self, name: &str) -> Values<'_> {
        let tag = Tag::of(name.as_bytes());
        if self.present & tag.bit() == 0 {
            return Values::none();
        }
        self.find(tag, name.as_bytes()).and_then(|slot| self.attributes.get(slot)).map_or(Values::none(), |slot| self.chain(slot))
    }

    /// About what the text and the places in it take in memory.
    pub(super) fn held(&self) -> usize {
        self.text.capacity()
            + self.attributes.capacity() * std::mem::size_of::<Slot>()
            + self.values.capacity() * std::mem::size_of::<Piece>()
    }

    #[inline]
    fn find(&self, tag: Tag, name: &[u8]) -> Option<usize> {
        if self.present & tag.bit() == 0 {
            return None;
        }
        let is_it = |slot: &Slot| {
            let place = slot.start as usize..slot.start as usize + slot.length as usize;
            // nearly always it is spelled alike, which is told at once
            slot.tag == tag && self.text.get(place).is_some_and(|known| known == name || known.eq_ignore_ascii_case(name))
        };
        // most often another value of the attribute that came last
        match self.attributes.last() {
            Some(last) if is_it(last) => Some(self.attributes.len() - 1),
            _ => self.attributes.iter().position(is_it),
        }
    }

    fn chain(&self, slot: &Slot) -> Values<'_> {
        Values::of(&self.text, &self.values, slot.first, slot.count)
    }
}

impl Piece {
    #[inline]
    pub(super) fn of<'a>(&self, text: &'a [u8]) -> &'a [u8] {
        text.get(self.start as usize..self.start as usize + self.length as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_its_tag_in_any_case() {
        let mut fields = Fields::default();
        for n in 0..300 {
            fields.add(&format!("x{}-{n}", "y".repeat(n)), b"1");
        }
        for n in 0..300 {
            let name = format!("X{}-{n}", "Y".repeat(n));
            assert_eq!(fields.values(&name).len(), 1, "{name}");
            assert!(fields.values(&format!("{name}0")).is_empty());
        }
        assert!(fields.values("").is_empty());
    }
}
