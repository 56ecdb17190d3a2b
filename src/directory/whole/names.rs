//! The attribute names of a directory, each kept once. An entry says by numbers which it shows.

use std::collections::HashMap;
use std::sync::Mutex;

/// The number of an attribute name in one directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(u16);

impl Name {
    /// What no name has: there are fewer.
    pub(super) const NONE: Self = Self(u16::MAX);

    /// The number, from 0 without gaps.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// The names; the published schema has fewer than 1500.
pub(super) const MOST_NAMES: usize = 1 << 14;

/// The names of a directory, in the order they first came. They are compared without case.
#[derive(Debug, Default, Clone)]
pub(in crate::directory) struct Names {
    spelled: Vec<Box<str>>,
    /// Those of one shape, for each shape: names are few and looked up for every object, so telling them apart must cost little.
    by_shape: Vec<Vec<Name>>,
}

/// Shapes of names: by their length, first and last letter.
const SHAPES: usize = 1 << 10;

fn shape(name: &str) -> usize {
    let letter = |byte: Option<&u8>| byte.map_or(0, |byte| usize::from(byte.to_ascii_lowercase() & 31));
    let bytes = name.as_bytes();
    (bytes.len() * 37 + letter(bytes.first()) * 5 + letter(bytes.last()) * 11) % SHAPES
}

impl Names {
    /// The number of a name that is known.
    pub(super) fn find(&self, name: &str) -> Option<Name> {
        let alike = self.by_shape.get(shape(name))?;
        alike.iter().copied().find(|known| self.spelled(*known).eq_ignore_ascii_case(name))
    }

    /// The number of a name; none if there are more than are told apart.
    pub(in crate::directory) fn note(&mut self, name: &str) -> Option<Name> {
        if let Some(known) = self.find(name) {
            return Some(known);
        }
        let number = u16::try_from(self.spelled.len()).ok().filter(|_| self.spelled.len() < MOST_NAMES)?;
        self.spelled.push(name.into());
        if self.by_shape.is_empty() {
            self.by_shape.resize(SHAPES, Vec::new());
        }
        self.by_shape.get_mut(shape(name)).into_iter().for_each(|alike| alike.push(Name(number)));
        Some(Name(number))
    }

    /// The same where several readers meet names at a time: of several spellings one is kept that does not depend on who was first.
    pub(in crate::directory) fn note_in_any_order(&mut self, name: &str) -> Option<Name> {
        let number = self.note(name)?;
        let spelled = self.spelled.get_mut(number.index()).filter(|spelled| name < &***spelled);
        spelled.into_iter().for_each(|spelled| *spelled = name.into());
        Some(number)
    }

    /// All of them, in the order they first came.
    pub(super) fn all(&self) -> impl Iterator<Item = Name> + use<> {
        (0..u16::try_from(self.spelled.len()).unwrap_or(u16::MAX)).map(Name)
    }

    /// How a name is spelled where it first came.
    pub(in crate::directory) fn spelled(&self, name: Name) -> &str {
        self.spelled.get(name.index()).map_or("", |spelled| spelled)
    }
}

/// The names while several threads read. Each thread remembers those that it met ([`Met`]), so the lock is seldom taken.
pub(in crate::directory) type SharedNames = Mutex<Names>;

/// The names that one reader met, by their bytes as they are written, options and all.
#[derive(Debug, Default)]
pub(in crate::directory) struct Met {
    known: HashMap<Box<[u8]>, Kind>,
    /// The names of the record before, in its order: the next one mostly shows the same.
    before: Vec<(Box<[u8]>, Kind)>,
    at: usize,
}

/// What stands before the colon of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::directory) enum Kind {
    /// An attribute; `partial` says that its options announce only a part of its values (`member;range=0-499`).
    Attribute {
        /// Its name, without options.
        name: Name,
        /// Whether more values exist than follow.
        partial: bool,
    },
    /// A word that is no attribute here: `dn`, or a keyword of change records.
    Word,
    /// No attribute description at all.
    Malformed,
    /// One name more than are told apart.
    TooMany,
}

impl Met {
    /// A record begins.
    pub(in crate::directory) fn begin(&mut self) {
        self.at = 0;
    }

    /// What the next name of the record is.
    #[inline]
    pub(in crate::directory) fn next(&mut self, written: &[u8], tell: impl FnOnce(&[u8]) -> Kind) -> Kind {
        let at = self.at;
        self.at += 1;
        if let Some((before, kind)) = self.before.get(at).or_else(|| self.before.last())
            && **before == *written
        {
            return *kind;
        }
        let kind = match self.known.get(written) {
            Some(kind) => *kind,
            None => {
                let kind = tell(written);
                // a name that is none, or has any length, is not worth remembering
                if matches!(kind, Kind::Attribute { .. }) && self.known.len() < MOST_NAMES && written.len() < 256 {
                    self.known.insert(written.into(), kind);
                }
                kind
            }
        };
        let row = (Box::from(written), kind);
        let known = self.before.len();
        match self.before.get_mut(at) {
            Some(before) => *before = row,
            None if known < 64 && at == known => self.before.push(row),
            None => {}
        }
        kind
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_in_any_case_and_keeps_its_first_spelling() {
        let mut names = Names::default();
        let one = names.note("Home-MDB").expect("room");
        assert_eq!((names.note("home-mdb"), names.find("HOME-MDB")), (Some(one), Some(one)));
        assert_eq!((names.spelled(one), names.find("cn")), ("Home-MDB", None));
    }

    #[test]
    fn a_spelling_does_not_depend_on_who_was_first() {
        for order in [["cn", "CN", "Cn"], ["Cn", "cn", "CN"], ["CN", "Cn", "cn"]] {
            let mut names = Names::default();
            let noted = order.map(|name| names.note_in_any_order(name).expect("room"));
            assert_eq!((names.spelled(noted[0]), noted), ("CN", [noted[0]; 3]), "{order:?}");
        }
    }

    #[test]
    fn names_beyond_the_bound_have_no_number() {
        let mut names = Names::default();
        assert!((0..MOST_NAMES).all(|number| names.note(&format!("a{number}")).is_some()));
        assert_eq!((names.note("b"), names.note("A7").is_some()), (None, true));
    }
}
