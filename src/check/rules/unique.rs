//! `unique-addresses`: no two recipients have the same e-mail address, of whatever type.

mod holders;
mod text;

use super::{Gather, Judging, Object, Ruling, unseen};
use crate::directory::entry::Entry;
use crate::exchange::address::{ATTRIBUTES, each_address};
use crate::exchange::organization::Organization;
use crate::exchange::visibility::tells_deleted;
use crate::report::Reason;
use holders::Holders;
use serde::Deserialize;
use std::collections::BTreeMap;
use text::Text;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unique {}

impl Judging for Unique {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        "each address on one object only".into()
    }

    fn judge(&self, _: &Object<'_>) -> Option<Ruling> {
        None
    }

    fn gather(&self) -> Option<Box<dyn Gather>> {
        Some(Box::new(Gathered::default()))
    }
}

/// Types that hold no address: Mailbox Manager notes in one of type MBX that a mailbox is to be left alone, on each the same
/// (Q242212, Q245694).
const NO_ADDRESSES: [&[u8]; 1] = [b"MBX"];

/// Where addresses stand, each place with those that hold the same; primary SMTP, primary X.400, and all others.
const PLACES: [&[&str]; 3] = [
    &["mail", "rfc822Mailbox", "Proxy-Addresses"],
    &["textEncodedORAddress", "Proxy-Addresses"],
    &["otherMailbox", "Proxy-Addresses"],
];

/// Files told apart; those after them count as one.
const FILES: usize = 7;
/// Objects of which it is noted where they came from; a byte each.
const MOST_SEEN: usize = 4 << 20;
/// Set where an object does not tell whether it is deleted.
const UNTOLD: u8 = 1 << FILES;
/// Objects with one address of which the names are looked at, and addresses and others that are told.
const MOST_NAMED: usize = 1000;
const MOST_TOLD: usize = 3;

/// What streamed by.
#[derive(Default)]
struct Gathered {
    holders: Holders,
    text: Text,
    /// By object: a bit for each file that it came from, and [`UNTOLD`].
    seen: Vec<u8>,
    /// Whether each of the places is known to have been asked for.
    asked: [bool; PLACES.len()],
}

impl Gather for Gathered {
    fn see(&mut self, entry: &Entry, index: u32) {
        let Self { holders, text, .. } = self;
        each_address(entry, |kind, value| {
            if NO_ADDRESSES.iter().any(|none| none.eq_ignore_ascii_case(kind)) {
                return;
            }
            // what carries no type is no address that could lead anywhere (Q257578)
            if !kind.is_empty() && text.take(kind, value) {
                holders.add(text, index, kind, value);
            }
        });
        self.note(entry, index);
    }

    fn finish(&self, organization: &Organization, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let mut found = self.found(name, most);
        if self.holders.is_full() {
            let message = "There are more addresses than are compared.";
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, message)));
        }
        found.extend(self.unseen_place(organization).map(|ruling| (Vec::new(), ruling)));
        // a hidden recipient may hold one too
        found.extend(unseen::hidden_unseen(organization, "an address of another").map(|ruling| (Vec::new(), ruling)));
        found
    }
}

impl Gathered {
    /// Notes from which files an object came, and what they were asked for.
    fn note(&mut self, entry: &Entry, index: u32) {
        let mut bits = if tells_deleted(entry) { 0 } else { UNTOLD };
        for part in entry.parts() {
            bits |= 1 << part.file.min(FILES - 1);
            for (asked, place) in self.asked.iter_mut().zip(PLACES) {
                *asked |= !*asked && place.iter().any(|name| part.asked_for(name) == Some(true));
            }
        }
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        if at >= self.seen.len() {
            self.seen.resize(at.saturating_add(1).min(MOST_SEEN), 0);
        }
        if let Some(seen) = self.seen.get_mut(at) {
            *seen |= bits;
        }
    }

    fn bits(&self, index: u32) -> u8 {
        usize::try_from(index).ok().and_then(|at| self.seen.get(at)).copied().unwrap_or(UNTOLD)
    }

    /// The addresses that several hold, those of the same holders together.
    fn found(&self, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let mut groups: BTreeMap<(Vec<u32>, bool), Vec<&str>> = BTreeMap::new();
        let mut left = 0_usize;
        for shared in self.holders.shared() {
            let key = (shared.holders(), shared.is_same());
            if groups.len() >= most && !groups.contains_key(&key) {
                left += 1;
                continue;
            }
            groups.entry(key).or_default().push(&shared.text);
        }
        let told = groups.into_iter().map(|((holders, same), addresses)| self.ruling(&holders, same, addresses, name));
        let mut found: Vec<(String, Vec<u32>, Ruling)> = told.collect();
        found.sort_by(|a, b| (&a.0, &a.2.message).cmp(&(&b.0, &b.2.message)));
        let mut found: Vec<(Vec<u32>, Ruling)> = found.into_iter().map(|(_, holders, ruling)| (holders, ruling)).collect();
        if left > 0 {
            found.push((Vec::new(), Ruling::broken(Reason::Duplicate, format!("{left} more addresses have several holders."))));
        }
        found
    }

    /// What to say of addresses that these objects share: the name of the first, all of them with that one first, and the ruling.
    fn ruling(
        &self,
        holders: &[u32],
        same: bool,
        mut addresses: Vec<&str>,
        name: &dyn Fn(u32) -> String,
    ) -> (String, Vec<u32>, Ruling) {
        let mut named: Vec<(String, u32)> = holders.iter().take(MOST_NAMED).map(|index| (name(*index), *index)).collect();
        named.sort();
        addresses.sort_unstable();
        let others = some(named.iter().skip(1).map(|(name, _)| name.as_str()), holders.len().saturating_sub(1), " and ");
        let one = addresses.len() == 1;
        let (are, alike) = match (one, same) {
            (true, true) => ("is also an address", ""),
            (false, true) => ("are also addresses", ""),
            (true, false) => ("is also an address", ", but for blanks, a semicolon at the end or the order of its terms"),
            (false, false) => ("are also addresses", ", but for blanks, a semicolon at the end or the order of their terms"),
        };
        let count = addresses.len();
        let mut message = format!("{} {are} of {others}{alike}", some(addresses.into_iter(), count, ", "));
        let telling = holders.iter().filter(|index| self.bits(**index) & UNTOLD == 0).count();
        if telling < 2 {
            message.push_str("; that none of them is deleted is not shown");
        }
        let ruling = Ruling::broken(Reason::Duplicate, message);
        let ruling = if same && telling >= 2 { ruling } else { ruling.inferred() };
        let first = named.first().map(|(name, _)| name.clone()).unwrap_or_default();
        (first, named.into_iter().map(|(_, index)| index).collect(), ruling)
    }

    /// What is not known where addresses of some objects did not come: those may be the same.
    fn unseen_place(&self, organization: &Organization) -> Option<Ruling> {
        // an object that does not tell more than its name is not told apart from one without addresses
        let shown_in = |place: &[&str]| -> u8 {
            let bit =
                |file: usize| place.iter().any(|name| organization.shows(name, file)).then_some(1_u8 << file.min(FILES - 1));
            // files after the last bit count as one: the first of them speaks for them
            (0..FILES).filter_map(bit).fold(0, |bits, bit| bits | bit)
        };
        for (place, asked) in PLACES.into_iter().zip(self.asked) {
            let shown = shown_in(place);
            let without = self.seen.iter().filter(|seen| **seen & !UNTOLD != 0 && **seen & shown == 0).count();
            let name = place.first().copied().unwrap_or_default();
            if without > 0 {
                let reason = if asked { Reason::NotVisible } else { Reason::NotRequested };
                let message = format!(
                    "No {name} of {without} recipients was shown: addresses there may be the same.\nTo decide it, ask for {} \
                     (in an export of the Administrator program: E-mail Addresses and Secondary-Proxy-Addresses, Q251152).",
                    ATTRIBUTES.iter().take(4).copied().collect::<Vec<_>>().join(", ")
                );
                return Some(Ruling::unknown(reason, message));
            }
        }
        None
    }
}

/// A few of `count` words, and how many more there are.
fn some<'a>(words: impl Iterator<Item = &'a str>, count: usize, between: &str) -> String {
    let told = words.take(MOST_TOLD).collect::<Vec<_>>().join(between);
    match count.saturating_sub(MOST_TOLD) {
        0 => told,
        more => format!("{told} and {more} more"),
    }
}

#[cfg(test)]
mod tests;
