//! Sets of attribute names as bits. A directory has few different ones: what its entries show, what its searches asked for.

use super::names::Name;
use std::collections::HashMap;

/// A set of attribute names of one directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct NameSet(Vec<u64>);

impl NameSet {
    /// Whether a name is in it.
    #[inline]
    pub fn has(&self, name: Name) -> bool {
        let index = name.index();
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// Puts a name in.
    #[inline]
    pub fn add(&mut self, name: Name) {
        let index = name.index();
        if index / 64 >= self.0.len() {
            self.0.resize(index / 64 + 1, 0);
        }
        self.0.get_mut(index / 64).into_iter().for_each(|word| *word |= 1 << (index % 64));
    }

    /// Takes a name out.
    pub fn remove(&mut self, name: Name) {
        let index = name.index();
        self.0.get_mut(index / 64).into_iter().for_each(|word| *word &= !(1 << (index % 64)));
        // sets are equal that hold the same
        self.0.truncate(self.0.iter().rposition(|word| *word != 0).map_or(0, |last| last + 1));
    }

    /// Puts all names of another set in.
    pub fn add_all(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        self.0.iter_mut().zip(&other.0).for_each(|(word, more)| *word |= more);
    }

    /// Whether there is none in it.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// Empties it.
    pub(in crate::directory) fn clear(&mut self) {
        self.0.clear();
    }
}

/// The number of a set in one directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SetId(pub(super) u32);

impl SetId {
    /// The number, from 0 without gaps.
    pub(in crate::directory) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The different sets, each kept once.
#[derive(Debug, Clone)]
pub(in crate::directory) struct Sets {
    all: Vec<NameSet>,
    by_set: HashMap<NameSet, SetId>,
    last: SetId,
}

impl Default for Sets {
    fn default() -> Self {
        // the empty set is number 0
        Self { all: vec![NameSet::default()], by_set: HashMap::from([(NameSet::default(), SetId(0))]), last: SetId(0) }
    }
}

impl Sets {
    /// The number of a set; sets without trailing zeros are equal if they hold the same.
    pub(in crate::directory) fn note(&mut self, set: &NameSet) -> SetId {
        // the one before is mostly the next one too
        if self.get(self.last) == set {
            return self.last;
        }
        let id = match self.by_set.get(set) {
            Some(id) => *id,
            None => {
                let id = SetId(u32::try_from(self.all.len()).unwrap_or(u32::MAX));
                self.all.push(set.clone());
                self.by_set.insert(set.clone(), id);
                id
            }
        };
        self.last = id;
        id
    }

    /// All of them, by their numbers.
    pub(in crate::directory) fn all(&self) -> &[NameSet] {
        &self.all
    }

    /// The set of that number.
    pub(in crate::directory) fn get(&self, id: SetId) -> &NameSet {
        static NONE: NameSet = NameSet(Vec::new());
        self.all.get(id.0 as usize).unwrap_or(&NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::Names;
    use super::*;

    #[test]
    fn a_set_has_what_was_put_in() {
        let mut names = Names::default();
        let all: Vec<Name> = (0..200).filter_map(|number| names.note(&format!("n{number}"))).collect();
        let (mut one, mut other) = (NameSet::default(), NameSet::default());
        all.iter().step_by(3).for_each(|name| one.add(*name));
        all.iter().step_by(5).for_each(|name| other.add(*name));
        assert!(all.iter().enumerate().all(|(at, name)| one.has(*name) == (at % 3 == 0)));
        let mut both = one.clone();
        both.add_all(&other);
        assert!(all.iter().enumerate().all(|(at, name)| both.has(*name) == (at % 3 == 0 || at % 5 == 0)));
        let mut sets = Sets::default();
        let id = sets.note(&one);
        assert_eq!((sets.note(&other) == id, sets.note(&one), sets.get(id)), (false, id, &one));
        assert_eq!(sets.note(&NameSet::default()), SetId(0));
    }
}
