//! The attributes of an entry in one piece of memory: a text, and where in it each value stands.
//!
//! A file of 200,000 entries holds millions of values; one allocation for each of them takes longer than all the rest of
//! reading it. Which name each value has is told by a [`Layout`], which entries share.

use super::layout::{Layout, NO_NAMES, Slot};
use super::spare::Spare;
use super::values::{Attribute, Values};
use std::mem::take;
use std::sync::Arc;

/// Values, the text they stand in, and their names.
#[derive(Debug, Clone, Default)]
pub(in crate::directory) struct Fields {
    text: Vec<u8>,
    values: Vec<Piece>,
    /// None where there are no values.
    layout: Option<Arc<Layout>>,
}

/// Where one value stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::directory) struct Piece {
    start: u32,
    length: u32,
}

impl Piece {
    /// From byte to byte of a text; none beyond 4 GiB, which no reader lets an entry come near.
    #[inline]
    pub(in crate::directory) fn of(start: usize, end: usize) -> Option<Self> {
        Some(Self { start: u32::try_from(start).ok()?, length: u32::try_from(end.checked_sub(start)?).ok()? })
    }

    /// The value.
    #[inline]
    pub(super) fn within(self, text: &[u8]) -> &[u8] {
        text.get(self.start as usize..self.start as usize + self.length as usize).unwrap_or_default()
    }
}

impl Fields {
    /// The values that stand in a text, none of them empty, in the order of their layout.
    pub(in crate::directory) fn of(text: Vec<u8>, values: Vec<Piece>, layout: Arc<Layout>) -> Self {
        Self { text, values, layout: Some(layout) }
    }

    /// What they take, with `name`, for others.
    pub(super) fn take_room(&mut self, name: String) -> Spare {
        Spare { name, text: take(&mut self.text), values: take(&mut self.values), layout: self.layout.take() }
    }

    /// Adds a value that is not empty under a name without options.
    pub(super) fn add(&mut self, name: &str, value: &[u8]) {
        let start = self.text.len();
        let Some(piece) = Piece::of(start, start + value.len()) else { return };
        self.text.extend_from_slice(value);
        self.values.push(piece);
        Arc::make_mut(self.layout.get_or_insert_default()).push(name);
    }

    /// How many attributes there are.
    #[inline]
    pub(super) fn count(&self) -> usize {
        self.layout().count()
    }

    /// The attribute at that place in the order they first came.
    pub(super) fn attribute(&self, index: usize) -> Option<Attribute<'_>> {
        let layout = self.layout();
        let slot = layout.at(index)?;
        Some(Attribute { name: layout.name(slot), values: self.chain(layout, slot) })
    }

    /// The place of an attribute in that order.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.layout().find(name.as_bytes())
    }

    /// What two entries have in common that show the same attributes.
    #[inline]
    pub(super) fn layout(&self) -> &Layout {
        self.layout.as_deref().unwrap_or(&NO_NAMES)
    }

    /// The values of an attribute.
    #[inline]
    pub(super) fn values(&self, name: &str) -> Values<'_> {
        let layout = self.layout();
        layout.slot(name).map_or(Values::none(), |slot| self.chain(layout, slot))
    }

    /// About what it takes in memory.
    pub(super) fn held(&self) -> usize {
        self.text.capacity() + self.values.capacity() * size_of::<Piece>() + self.layout().held()
    }

    /// Lets go of room that nothing stands in.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.values.shrink_to_fit();
    }

    #[inline]
    fn chain<'a>(&'a self, layout: &'a Layout, slot: &Slot) -> Values<'a> {
        Values::of(&self.text, &self.values, layout.chain(), slot.first, slot.count)
    }
}
