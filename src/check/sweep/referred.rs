//! Where the references of objects that streamed by lead. What they lead to is judged once, whoever names it.

use super::Doubt;
use super::lookup;
use crate::check::definition::{Check, Expect, Reference};
use crate::directory::dn::{Dn, DnKey};
use crate::directory::text::text_of;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
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
    /// The index of the object that has it.
    pub(super) index: u32,
    /// The number of the object that it names.
    pub(super) target: u32,
    /// Which of the check's lesser failures have a filter that the object with the reference matches, a bit each.
    pub(super) lesser: u32,
    /// Whether that object is a subject.
    pub(super) doubt: Doubt,
}

/// Who has a reference.
#[derive(Debug, Clone, Copy)]
pub(super) struct Holder {
    pub(super) index: u32,
    pub(super) lesser: u32,
    pub(super) doubt: Doubt,
}

impl Referred {
    /// Adds a reference as it is written.
    pub(super) fn add(&mut self, holder: Holder, written: &[u8]) {
        let Holder { index, lesser, doubt } = holder;
        if let Some(target) = self.by_text.get(written) {
            self.links.push(Link { index, target: *target, lesser, doubt });
            return;
        }
        let text = text_of(written);
        let Some(target) = naming::from_either(&text) else {
            self.unreadable += 1;
            self.unreadable_first.get_or_insert_with(|| (index, text.chars().take(100).collect()));
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
        self.links.push(Link { index, target: number, lesser, doubt });
    }

    /// How many targets there are, numbered in the order in which they were named first.
    pub(super) fn targets(&self) -> usize {
        self.targets.len()
    }

    /// The object with that number.
    pub(super) fn target(&self, number: u32) -> Option<&Dn> {
        self.targets.get(usize::try_from(number).ok()?)
    }

    /// The objects that must be looked up before the check can be judged.
    pub(super) fn wanted(&self, check: &Check, organization: &Organization, wanted: &mut Vec<Dn>) {
        let lookup = lookup::of(check);
        wanted.extend(self.targets.iter().filter(|dn| lookup.is_open(organization, dn)).cloned());
        // what is followed is read first, and what that names is looked up next
        if let (Some(_), Expect::Resolves { reference: Reference::Attribute(name), .. }) = (&check.subject.follow, &check.expect)
        {
            let lookup = lookup::resolved(check);
            let followed = self.targets.iter().filter_map(|dn| organization.object(dn));
            let named = followed.flat_map(|entry| entry.texts(name)).filter_map(|text| naming::from_either(&text));
            wanted.extend(named.filter(|dn| lookup.is_open(organization, dn)));
        }
    }
}
