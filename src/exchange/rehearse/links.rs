//! Back-links: what the directory computes in an object that another one names (SDK directry_2mbd).

use super::Stage;
use super::matching::{back_link, same};
use super::modify::Held;
use crate::directory::dn::Dn;
use crate::directory::whole::EntryRef;

/// Links that came or went, in their order.
#[derive(Debug, Default)]
pub(super) struct Links(Vec<Link>);

/// One link.
#[derive(Debug)]
struct Link {
    /// The attribute of the other object that shows it.
    back: &'static str,
    /// The object that names.
    by: Dn,
    /// The object that is named.
    to: Dn,
    /// Whether it came, or went.
    comes: bool,
}

impl Links {
    /// An object came with all its links.
    pub(super) fn comes(&mut self, entry: Option<EntryRef<'_>>) {
        self.all_of(entry, true);
    }

    /// An object goes with all its links.
    pub(super) fn goes(&mut self, entry: Option<EntryRef<'_>>) {
        self.all_of(entry, false);
    }

    fn all_of(&mut self, entry: Option<EntryRef<'_>>, comes: bool) {
        let Some(entry) = entry else { return };
        for attribute in entry.attribute_names() {
            let Some(back) = back_link(attribute) else { continue };
            self.note(back, &entry.dn(), entry.values(attribute), comes);
        }
    }

    /// An attribute of an object was modified.
    pub(super) fn altered(&mut self, entry: Option<EntryRef<'_>>, held: &Held) {
        let (Some(entry), Some(back)) = (entry, back_link(&held.attribute)) else { return };
        let not_in = |all: &[Vec<u8>], value: &[u8]| !all.iter().any(|other| same(&held.attribute, other, value));
        let gone = held.before.iter().filter(|value| not_in(&held.values, value)).map(Vec::as_slice);
        let fresh = held.values.iter().filter(|value| not_in(&held.before, value)).map(Vec::as_slice);
        self.note(back, &entry.dn(), gone, false);
        self.note(back, &entry.dn(), fresh, true);
    }

    fn note<'v>(&mut self, back: &'static str, by: &Dn, values: impl Iterator<Item = &'v [u8]>, comes: bool) {
        let named = values.filter_map(|value| Dn::parse(value).ok());
        self.0.extend(named.map(|to| Link { back, by: by.clone(), to, comes }));
    }
}

impl Stage<'_> {
    /// Has the back-links follow, where the objects that they stand in are seen with them.
    pub(super) fn follow_links(&mut self) {
        for Link { back, by, to, comes } in std::mem::take(&mut self.links).0 {
            let Some(id) = self.edit.find(&to).map(EntryRef::id) else { continue };
            // an object that was added shows none: what a server would have shown of it is not known
            if self.questions.get(id).is_none() {
                continue;
            }
            let mut held = self.held(id, back);
            let is_by = |value: &Vec<u8>| same(back, value, by.to_string().as_bytes());
            match comes {
                true if held.values.iter().any(is_by) || held.missing.is_some() => continue,
                true => held.values.push(by.to_string().into_bytes()),
                false if !held.values.iter().any(is_by) => continue,
                false => held.values.retain(|value| !is_by(value)),
            }
            self.edit.set(id, back, &held.values, held.missing.is_none());
        }
    }
}
