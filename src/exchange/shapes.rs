//! What objects show: an organization has few kinds of objects in this sense, and much of what is to be said of one is the same
//! for all that show the same attributes.

use super::class::{has_unnamed_class, name_classes};
use crate::directory::asked::{Asked, Part};
use crate::directory::dn::Hashed;
use crate::directory::entry::Entry;
use std::collections::HashMap;

/// Shapes that are told apart; objects of further ones are looked at each by itself.
const MOST: usize = 2000;
/// So are objects with more bytes of names and classes.
const LONGEST: usize = 4096;

/// A shape: objects of one are in one file, of the same classes, show the same attributes, and of each the same is
/// known to have been asked for. Whether they were deleted is the same too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    number: u32,
    deleted: bool,
}

/// The shapes of the objects that came so far.
#[derive(Debug, Default)]
pub struct Shapes {
    known: HashMap<Vec<u8>, (Shape, Option<Asked>)>,
    /// The same of objects of which the names have a number.
    numbered: HashMap<u32, Vec<Numbered>, Hashed>,
    /// By the number of a shape: whether its objects have no class that must be named first.
    plain: Vec<bool>,
    text: Vec<u8>,
}

/// A shape of objects that show the same names.
#[derive(Debug)]
struct Numbered {
    deleted: bool,
    file: usize,
    classes: Vec<Vec<u8>>,
    shape: Shape,
}

impl Numbered {
    fn is_of(&self, entry: &Entry, deleted: bool, file: usize) -> bool {
        self.deleted == deleted && self.file == file && entry.values("objectClass") == self.classes
    }
}

impl Shape {
    /// The number, from 0 on without gaps.
    pub fn index(self) -> usize {
        self.number as usize
    }

    /// Whether its objects were deleted.
    pub fn is_deleted(self) -> bool {
        self.deleted
    }
}

/// Whether an object was deleted, which its shape tells if it has one.
pub fn is_deleted(entry: &Entry, shape: Option<Shape>) -> bool {
    shape.map_or_else(|| entry.flag("Is-Deleted"), Shape::is_deleted)
}

impl Shapes {
    /// Names the classes of an object ([`name_classes`]) and tells its shape.
    pub fn named(&mut self, entry: &mut Entry) -> Option<Shape> {
        // most have no class to be named, which their shape tells
        let shape = self.of(entry);
        if shape.is_some_and(|shape| self.plain.get(shape.index()).is_some_and(|plain| *plain)) {
            return shape;
        }
        name_classes(entry);
        self.of(entry)
    }

    /// The shape of an object whose classes are named; none for one that must be looked at by itself.
    pub fn of(&mut self, entry: &Entry) -> Option<Shape> {
        let part = entry.sole_part()?;
        let (deleted, file) = (entry.flag("Is-Deleted"), part.file);
        let Some(number) = entry.layout().filter(|_| part.asked.is_none()) else {
            return self.by_names(entry, deleted, part);
        };
        if let Some(known) =
            self.numbered.get(&number).and_then(|known| known.iter().find(|known| known.is_of(entry, deleted, file)))
        {
            return Some(known.shape);
        }
        // another number may stand for the same names
        let shape = self.by_names(entry, deleted, part)?;
        let classes = entry.values("objectClass").to_vec();
        self.numbered.entry(number).or_default().push(Numbered { deleted, file, classes, shape });
        Some(shape)
    }

    fn by_names(&mut self, entry: &Entry, deleted: bool, part: &Part) -> Option<Shape> {
        let Self { known, plain, text, .. } = self;
        text.clear();
        text.push(u8::from(deleted));
        text.extend_from_slice(&part.file.to_le_bytes());
        for class in entry.values("objectClass") {
            text.extend_from_slice(&class.len().to_le_bytes());
            text.extend_from_slice(class);
        }
        entry.write_names(text);
        if let Some((shape, asked)) = known.get(text.as_slice()) {
            return (*asked == part.asked).then_some(*shape);
        }
        let number = u32::try_from(known.len()).ok().filter(|_| known.len() < MOST && text.len() <= LONGEST)?;
        let shape = Shape { number, deleted };
        plain.push(!has_unnamed_class(entry));
        known.insert(text.clone(), (shape, part.asked.clone()));
        Some(shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::entry;

    #[test]
    fn a_shape_is_what_is_shown_and_not_what_it_holds() {
        let mut shapes = Shapes::default();
        let mut of = |attributes: &[(&str, &str)]| shapes.of(&entry("cn=a,o=O", attributes)).expect("a shape").index();
        let class = |name| ("objectClass", name);
        for (attributes, expected) in [
            (&[class("a"), ("cn", "1")][..], 0),
            (&[class("a"), ("cn", "2"), ("cn", "3")], 0),
            (&[class("b"), ("cn", "1")], 1),
            (&[class("a"), class("b"), ("cn", "1")], 2),
            (&[class("a"), ("sn", "1")], 3),
            (&[class("a"), ("c", "1"), ("n", "1")], 4),
            (&[class("a"), ("cn", "1"), ("Is-Deleted", "FALSE")], 5),
            (&[class("a"), ("cn", "1"), ("Is-Deleted", "TRUE")], 6),
            (&[class("a"), ("cn", "4")], 0),
        ] {
            assert_eq!(of(attributes), expected, "{attributes:?}");
        }
    }

    #[test]
    fn what_was_asked_for_tells_shapes_apart() {
        let mut shapes = Shapes::default();
        let mut asked = entry("cn=a,o=O", &[("cn", "1")]);
        assert!(shapes.of(&asked).is_some());
        asked.was_asked_for(Asked::of(["cn"]));
        assert_eq!(shapes.of(&asked), None);
        let mut other = entry("cn=b,o=O", &[("cn", "1")]);
        other.is_from(1);
        let first = shapes.of(&other).expect("a shape");
        other.join(&asked);
        assert_eq!((first.index(), shapes.of(&other)), (1, None), "one of several files");
    }
}
