//! The values of one attribute, in the order they came.

use std::fmt;

/// The values of one attribute.
#[derive(Clone, Copy)]
pub struct Values<'a>(&'a [Vec<u8>]);

impl<'a> Values<'a> {
    pub(super) fn of(values: &'a [Vec<u8>]) -> Self {
        Self(values)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The first.
    pub fn first(&self) -> Option<&'a [u8]> {
        self.0.first().map(Vec::as_slice)
    }

    /// One after the other.
    pub fn iter(&self) -> Self {
        *self
    }

    /// Copies of all.
    pub fn to_vec(&self) -> Vec<Vec<u8>> {
        self.0.to_vec()
    }
}

impl<'a> Iterator for Values<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(first)
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
        self.0 == other.0
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
