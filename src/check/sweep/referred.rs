//! Where the references of objects that streamed by lead. What they lead to is judged once, whoever names it.

use crate::check::definition::{Check, Expect};
use crate::check::judge::is_about_kind;
use crate::directory::dn::{Dn, DnKey};
use crate::directory::text::text_of;
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use std::collections::HashMap;

/// Different objects that the references of one check may name; each takes a few hundred bytes.
const MOST_TARGETS: usize = 100_000;
/// Texts of references that are known again; more than an organization has stores and transfer agents.
const MOST_TEXTS: usize = 10_000;

/// The references of one check.
#[derive(Default)]
pub(super) struct Referred {
    targets: Vec<Dn>,
    by_key: HashMap<DnKey, u32>,
    /// By the text of a reference: thousands of mailboxes name the same store.
    by_text: HashMap<Vec<u8>, u32>,
    pub(super) links: Vec<Link>,
    /// References that cannot be read as names: who has them, and the first of them.
    pub(super) unreadable: u64,
    pub(super) unreadable_first: Option<(u32, String)>,
    /// Whether there were more different objects than are noted.
    pub(super) full: bool,
}

/// One reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The number of the name of the object that has it.
    pub(super) name: u32,
    /// The index of that object.
    pub(super) index: u32,
    /// The number of the object that it names.
    pub(super) target: u32,
}

impl Referred {
    /// Adds a reference as it is written.
    pub(super) fn add(&mut self, name: u32, index: u32, written: &[u8]) {
        if let Some(target) = self.by_text.get(written) {
            self.links.push(Link { name, index, target: *target });
            return;
        }
        let text = text_of(written);
        let Some(target) = naming::from_either(&text) else {
            self.unreadable += 1;
            self.unreadable_first.get_or_insert_with(|| (name, text.chars().take(100).collect()));
            return;
        };
        let key = target.key();
        let number = match self.by_key.get(&key) {
            Some(number) => *number,
            None if self.targets.len() >= MOST_TARGETS => {
                self.full = true;
                return;
            }
            None => {
                let number = u32::try_from(self.targets.len()).unwrap_or(u32::MAX);
                self.by_key.insert(key, number);
                self.targets.push(target);
                number
            }
        };
        if self.by_text.len() < MOST_TEXTS {
            self.by_text.insert(written.to_vec(), number);
        }
        self.links.push(Link { name, index, target: number });
    }

    /// The object with that number.
    pub(super) fn target(&self, number: u32) -> Option<&Dn> {
        self.targets.get(usize::try_from(number).ok()?)
    }

    /// The objects that must be looked up before the check can be judged.
    pub(super) fn wanted(&self, check: &Check, organization: &Organization, wanted: &mut Vec<Dn>) {
        let by_kind = match &check.expect {
            Expect::Resolves { to, .. } => to.as_ref().is_none_or(is_about_kind),
            Expect::Filter { filter, .. } => is_about_kind(filter),
            Expect::Set(_) | Expect::Rule(_) | Expect::Manual(_) => false,
        };
        // that it is there is known; of what is no recipient, the class was not noted
        let is_judged = !matches!(&check.expect, Expect::Resolves { to: None, .. });
        let unread = |dn: &&Dn| match organization.follow(dn) {
            Destination::Living(_) | Destination::Tombstone(_) => false,
            Destination::Seen(seen) => !by_kind || (seen.kind.is_none() && is_judged),
            Destination::Nowhere(_) => true,
        };
        wanted.extend(self.targets.iter().filter(unread).cloned());
    }
}
