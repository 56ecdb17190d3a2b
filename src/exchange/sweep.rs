//! The objects that streamed by: which there are, without keeping them.
//!
//! A name takes 24 bytes here, so a million recipients take less than 64 MiB. Names are told apart by a keyed hash of 128
//! bits: nobody can choose names that meet, and that two meet by chance is out of the question.

use super::class::Kind;
use super::shapes::{Shape, is_deleted};
use super::visibility::tells_deleted;
use crate::directory::dn::{Dn, Hashed};
use crate::directory::entry::Entry;
use crate::directory::source::Ended;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::{Hash, Hasher};

/// Objects that are noted: more than any organization had (inferred).
const MOST: usize = 4 << 20;

/// What is known of an object that streamed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// What kind of recipient it is; none for anything else.
    pub kind: Option<RecipientKind>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// Whether several living records of one file have this name.
    pub repeated: bool,
    /// Whether it would show that it is deleted (see [`super::visibility::tells_deleted`]).
    pub tells_deleted: bool,
    /// Its number among those that streamed by.
    pub index: u32,
}

/// The kinds of recipients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecipientKind {
    /// A mailbox.
    Mailbox,
    /// A distribution list.
    DistributionList,
    /// A custom recipient.
    CustomRecipient,
    /// A public folder.
    PublicFolder,
}

impl RecipientKind {
    /// The kind of a recipient; none for anything else.
    pub fn of(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::Mailbox => Some(Self::Mailbox),
            Kind::DistributionList => Some(Self::DistributionList),
            Kind::CustomRecipient => Some(Self::CustomRecipient),
            Kind::PublicFolder => Some(Self::PublicFolder),
            Kind::Other(_) | Kind::Unknown => None,
        }
    }

    /// The LDAP name of its class.
    pub fn class(self) -> &'static str {
        match self {
            Self::Mailbox => "organizationalPerson",
            Self::DistributionList => "groupOfNames",
            Self::CustomRecipient => "Remote-Address",
            Self::PublicFolder => "Public-Folder",
        }
    }

    /// In words, with their article.
    pub fn words(self) -> &'static str {
        match self {
            Self::Mailbox => "a mailbox",
            Self::DistributionList => "a distribution list",
            Self::CustomRecipient => "a custom recipient",
            Self::PublicFolder => "a public folder",
        }
    }
}

/// What is known of an object by what it shows.
#[derive(Debug, Clone, Copy)]
struct Facts {
    kind: Option<RecipientKind>,
    tells_deleted: bool,
}

/// The objects that streamed by.
#[derive(Debug, Clone, Default)]
pub struct Sweep {
    /// How the search ended; none if there was none.
    pub ended: Option<Ended>,
    table: HashMap<Name, Seen, Hashed>,
    /// What is the same of all objects of a shape, by its number.
    shapes: Vec<Option<Facts>>,
    living: u32,
    full: bool,
}

impl Sweep {
    /// Notes an object. Gives what is known of its name now: an index of its own for each living name.
    pub(super) fn note(&mut self, entry: &Entry, shape: Option<Shape>) -> Option<Seen> {
        let deleted = is_deleted(entry, shape);
        let key = Name::of(&entry.dn);
        let Facts { kind, tells_deleted } = self.facts(entry, shape);
        let full = self.table.len() >= MOST;
        match self.table.entry(key) {
            Slot::Occupied(known) => {
                let known = known.into_mut();
                match (known.deleted, deleted) {
                    // Exchange cannot hold two objects of one name: the living one counts
                    (true, false) => {
                        known.deleted = false;
                        known.kind = kind;
                        known.tells_deleted = tells_deleted;
                        known.index = self.living;
                        self.living = self.living.saturating_add(1);
                    }
                    (false, false) => known.repeated = true,
                    (_, true) => {}
                }
                Some(*known)
            }
            Slot::Vacant(_) if full => {
                self.full = true;
                None
            }
            Slot::Vacant(free) => {
                let seen = Seen { kind, deleted, repeated: false, tells_deleted, index: self.living };
                self.living = self.living.saturating_add(u32::from(!deleted));
                Some(*free.insert(seen))
            }
        }
    }

    fn facts(&mut self, entry: &Entry, shape: Option<Shape>) -> Facts {
        let known = shape.and_then(|shape| *self.shapes.get(shape.index())?);
        known.unwrap_or_else(|| {
            let facts = Facts { kind: RecipientKind::of(&Kind::of(entry)), tells_deleted: tells_deleted(entry) };
            if let Some(shape) = shape {
                self.shapes.resize(self.shapes.len().max(shape.index() + 1), None);
                self.shapes.get_mut(shape.index()).into_iter().for_each(|known| *known = Some(facts));
            }
            facts
        })
    }

    /// What is known of a name.
    pub fn get(&self, dn: &Dn) -> Option<Seen> {
        self.table.get(&Name::of(dn)).copied()
    }

    /// How many living objects streamed by.
    pub fn living(&self) -> u32 {
        self.living
    }

    /// Whether there were more than are noted.
    pub fn is_full(&self) -> bool {
        self.full
    }
}

/// The number of a name in two halves: as one of 128 bits it would take a quarter more, for such a one stands at every
/// sixteenth byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Name(u64, u64);

impl Name {
    fn of(dn: &Dn) -> Self {
        let number = dn.number();
        Self((number >> 64) as u64, (number & u128::from(u64::MAX)) as u64)
    }
}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // it is one already
        state.write_u64(self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::entry;

    #[test]
    fn a_living_object_counts_and_one_name_is_one_object() {
        let mailbox = |name: &str, more: &[(&str, &str)]| {
            entry(&format!("cn={name},o=O"), &[&[("objectClass", "organizationalPerson")], more].concat())
        };
        let mut sweep = Sweep::default();
        let deleted = [("Is-Deleted", "TRUE")];
        for (entry, repeated, index, living) in [
            (mailbox("a", &[]), false, 0, 1),
            (mailbox("b", &deleted), false, 1, 1),
            (mailbox("B", &[]), false, 1, 2),
            (mailbox("A", &[]), true, 0, 2),
            (mailbox("b", &deleted), false, 1, 2),
        ] {
            let seen = sweep.note(&entry, None).expect("noted");
            assert_eq!((seen.repeated, seen.index, sweep.living()), (repeated, index, living), "{}", entry.dn);
        }
        let b = sweep.get(&Dn::of([("cn", "B"), ("o", "o")])).expect("known");
        assert_eq!((b.kind, b.deleted), (Some(RecipientKind::Mailbox), false));
        assert_eq!(sweep.get(&Dn::of([("cn", "c"), ("o", "o")])), None);
    }
}
