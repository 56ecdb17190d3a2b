//! What an entry shows of its attributes: views into its memory.

use super::fields::{Fields, Piece};
use super::layout::NONE;
use std::fmt;

/// One attribute with all its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as the server or file spells it, without options such as `;binary`.
    pub name: &'a str,
    /// The values in the order they came; none is empty.
    pub values: Values<'a>,
}

/// The values of one attribute, in the order they came.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    text: &'a [u8],
    pieces: &'a [Piece],
    chain: &'a [u32],
    next: u32,
    left: u32,
}

impl<'a> Values<'a> {
    #[inline]
    pub(super) fn none() -> Self {
        Self { text: &[], pieces: &[], chain: &[], next: NONE, left: 0 }
    }

    #[inline]
    pub(super) fn of(text: &'a [u8], pieces: &'a [Piece], chain: &'a [u32], first: u32, count: u32) -> Self {
        Self { text, pieces, chain, next: first, left: count }
    }

    /// How many there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.left as usize
    }

    /// Whether there is none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// The first.
    #[inline]
    pub fn first(&self) -> Option<&'a [u8]> {
        self.iter().next()
    }

    /// One after the other.
    #[inline]
    pub fn iter(&self) -> Self {
        *self
    }

    /// Copies of all.
    pub fn to_vec(&self) -> Vec<Vec<u8>> {
        self.iter().map(<[u8]>::to_vec).collect()
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let piece = self.pieces.get(self.next as usize)?;
        self.next = self.chain.get(self.next as usize).copied().unwrap_or(NONE);
        self.left = self.left.saturating_sub(1);
        Some(piece.within(self.text))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }
}

impl ExactSizeIterator for Values<'_> {}

impl<'a> IntoIterator for &Values<'a> {
    type Item = &'a [u8];
    type IntoIter = Values<'a>;

    fn into_iter(self) -> Values<'a> {
        *self
    }
}

impl fmt::Debug for Values<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Values<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Values<'_> {}

impl<T: AsRef<[u8]>, const N: usize> PartialEq<[T; N]> for Values<'_> {
    fn eq(&self, other: &[T; N]) -> bool {
        self.iter().eq(other.iter().map(AsRef::as_ref))
    }
}

impl<T: AsRef<[u8]>> PartialEq<Vec<T>> for Values<'_> {
    fn eq(&self, other: &Vec<T>) -> bool {
        self.iter().eq(other.iter().map(AsRef::as_ref))
    }
}

/// The attributes of an entry, in the order they first came.
#[derive(Clone, Copy)]
pub struct Attributes<'a> {
    fields: &'a Fields,
    next: usize,
}

impl<'a> Attributes<'a> {
    pub(super) fn of(fields: &'a Fields) -> Self {
        Self { fields, next: 0 }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.fields.count().saturating_sub(self.next)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first.
    pub fn first(&self) -> Option<Attribute<'a>> {
        self.iter().next()
    }

    /// One after the other.
    pub fn iter(&self) -> Self {
        *self
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    #[inline]
    fn next(&mut self) -> Option<Attribute<'a>> {
        let attribute = self.fields.attribute(self.next)?;
        self.next += 1;
        Some(attribute)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (Attributes::len(self), Some(Attributes::len(self)))
    }
}

impl fmt::Debug for Attributes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl PartialEq for Attributes<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

impl Eq for Attributes<'_> {}
