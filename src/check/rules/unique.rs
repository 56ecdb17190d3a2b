//! `unique-addresses`: no two recipients have the same e-mail address, of whatever type.

mod holders;
mod text;

use super::{Gather, Glance, Judging, Object, Ruling, unseen};
use crate::directory::asked::Asked;
use crate::directory::entry::Entry;
use crate::exchange::address::{ATTRIBUTES, Written};
use crate::exchange::organization::Organization;
use crate::report::Reason;
use holders::{Holders, Shared};
use serde::Deserialize;
use std::collections::BTreeMap;

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

/// Objects of which it is noted where they came from; three bytes each.
const MOST_SEEN: usize = 4 << 20;
/// Files told apart, a bit each; those after them count as one.
const FILES: usize = 6;
/// Set where an object does not tell whether it is deleted, beside the files of the first place.
const UNTOLD: u8 = 1 << FILES;
/// Set for every object that came.
const CAME: u8 = 1 << 7;
/// Objects with one address of which the names are looked at, and addresses and others that are told.
const MOST_NAMED: usize = 1000;
const MOST_TOLD: usize = 3;

/// What streamed by.
#[derive(Default)]
struct Gathered {
    holders: Holders,
    /// By object and place: the files that it came from and in which the place may have been asked for, [`UNTOLD`] and [`CAME`].
    seen: Vec<[u8; PLACES.len()]>,
    /// Whether each of the places is known to have been asked for.
    known: [bool; PLACES.len()],
    /// What was asked for last, and what that means: mostly it is the same again.
    last: Option<(Asked, Told)>,
}

/// What it means that these attributes were asked for.
#[derive(Debug, Clone, Copy)]
struct Told {
    /// Whether Is-Deleted is among them.
    deleted: bool,
    /// Whether each of the places is.
    places: [bool; PLACES.len()],
}

impl Gather for Gathered {
    fn see(&mut self, glance: &Glance<'_>, index: u32) {
        let mut last: (&[u8], &[u8]) = (&[], &[]);
        let addresses = glance.addresses();
        for (place, written) in addresses.iter().enumerate() {
            let Written { kind, address, .. } = *written;
            // the primary SMTP address stands in two places, one after the other
            if std::mem::replace(&mut last, (kind, address)) == (kind, address) {
                continue;
            }
            if NO_ADDRESSES.iter().any(|none| none.eq_ignore_ascii_case(kind)) {
                continue;
            }
            // what carries no type is no address that could lead anywhere (Q257578)
            if !kind.is_empty() {
                self.holders.add(written, place, index);
            }
        }
        self.holders.look(addresses);
        self.note(glance.entry, index);
    }

    fn settle(&mut self) {
        self.holders.settle();
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
        let (mut places, mut told_deleted) = ([CAME; PLACES.len()], false);
        for part in entry.parts() {
            let told = self.told(part.asked.as_ref());
            told_deleted |= told.deleted;
            for ((bits, known), asked) in places.iter_mut().zip(&mut self.known).zip(told.places) {
                *bits |= if asked { 1 << part.file.min(FILES - 1) } else { 0 };
                *known |= asked && part.asked.is_some();
            }
        }
        if let (Some(first), false) = (places.first_mut(), told_deleted) {
            *first |= UNTOLD;
        }
        let at = usize::try_from(index).unwrap_or(usize::MAX);
        if at >= self.seen.len() {
            self.seen.resize(at.saturating_add(1).min(MOST_SEEN), [0; PLACES.len()]);
        }
        for (seen, bits) in self.seen.get_mut(at).into_iter().flatten().zip(places) {
            *seen |= bits;
        }
    }

    /// What it means that these were asked for; where nobody says, everything may have been.
    fn told(&mut self, asked: Option<&Asked>) -> Told {
        let Some(asked) = asked else { return Told { deleted: true, places: [true; PLACES.len()] } };
        if let Some((_, told)) = self.last.as_ref().filter(|(last, _)| last == asked) {
            return *told;
        }
        let places = PLACES.map(|place| place.iter().any(|name| asked.names(name)));
        let told = Told { deleted: asked.names("Is-Deleted"), places };
        self.last = Some((asked.clone(), told));
        told
    }

    /// Whether an object tells whether it is deleted.
    fn tells(&self, index: u32) -> bool {
        let seen = usize::try_from(index).ok().and_then(|at| self.seen.get(at));
        seen.is_some_and(|[first, ..]| first & UNTOLD == 0)
    }

    /// The addresses that several hold, those of the same holders together.
    fn found(&self, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let mut groups: BTreeMap<(Vec<u32>, bool), Vec<&str>> = BTreeMap::new();
        let mut left = 0_usize;
        let mut all: Vec<&Shared> = self.holders.shared().collect();
        all.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        for shared in all {
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
        let telling = holders.iter().filter(|index| self.tells(**index)).count();
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
        for (at, (place, known)) in PLACES.into_iter().zip(self.known).enumerate() {
            // of the files after the last bit, the first speaks for all
            let shows = |file: &usize| place.iter().any(|name| organization.shows(name, *file));
            let shown = (0..FILES).filter(shows).fold(0, |bits, file| bits | 1_u8 << file);
            let bits = self.seen.iter().filter_map(|seen| seen.get(at));
            let without = bits.filter(|bits| **bits & CAME != 0 && **bits & shown == 0).count();
            if without > 0 {
                let name = place.first().copied().unwrap_or_default();
                let message = format!(
                    "No {name} of {without} recipients was shown: addresses there may be the same.\nTo decide it, ask for {} \
                     (in an export of the Administrator program: E-mail Addresses and Secondary-Proxy-Addresses, Q251152).",
                    ATTRIBUTES.iter().take(4).copied().collect::<Vec<_>>().join(", ")
                );
                return Some(Ruling::unknown(if known { Reason::NotVisible } else { Reason::NotRequested }, message));
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
