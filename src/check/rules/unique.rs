//! `unique-addresses`: no two recipients have the same e-mail address, of whatever type, nor a recipient that of a server's own
//! object, such as the System Attendant: addresses are unique across the organization (Q251152). That those objects count is inferred.

mod holders;
mod text;

use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::directory::dn::DnKey;
use crate::directory::text::text_of;
use crate::exchange::address::{ATTRIBUTES, Written};
use crate::exchange::questions::{Causes, Object, Population, Seen, Truth};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use holders::{Objects, Shared};
use serde::Deserialize;
use std::collections::HashMap;
use text::Text;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Unique {}

/// Types that hold no address: Mailbox Manager notes in one of type MBX that a mailbox is to be left alone, on each the same
/// (Q242212, Q245694).
const NO_ADDRESSES: [&[u8]; 1] = [b"MBX"];
/// The objects of a server that have addresses.
const OF_SERVERS: [&str; 5] = ["system-attendant", "private-store", "public-store", "directory-service", "dirsync"];
/// Addresses and other holders that are told.
const MOST_TOLD: usize = 3;
/// Bytes of one address that are told: an address has at most 1123 characters (Exchange SDK, schema).
const MOST_SHOWN: usize = 1200;

impl Reading for Unique {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        OF_SERVERS.iter().filter_map(|word| site::beside(word, &ATTRIBUTES)).collect()
    }

    fn expected(&self) -> String {
        "each address on one object only".into()
    }
}

impl Comparing for Unique {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let Some(object) = subjects.first().map(|seen| Object::of(*seen)) else { return Vec::new() };
        let of_servers = OF_SERVERS.map(|word| object.everywhere(word));
        let seen = subjects.iter().copied().chain(of_servers.iter().flat_map(Population::seen)).collect();
        let everybody = Everybody { seen, recipients: subjects.len() };
        let shares = holders::shared(&everybody, most);
        let mut holders = Holders { everybody: &everybody, unproven: HashMap::new() };
        let mut found: Vec<Found> = shares.told.iter().filter_map(|shared| holders.found(shared)).collect();
        if shares.left > 0 {
            let ruling = Ruling::broken(Reason::Duplicate, format!("{} more addresses have several holders.", shares.left));
            found.push(Found::All(Ok(ruling)));
        }
        let unseen = |population: &Population<'_>| population.whole().err().unwrap_or_default();
        let others = of_servers.iter().map(unseen).fold(Causes::default(), |all, more| all.and(&more));
        found.extend(Found::untold(missing(subjects, all).and(&others)));
        found
    }
}

/// Why there may be others that hold an address: recipients and sites that were not seen, and addresses that were not shown.
fn missing(subjects: &[Seen<'_>], all: &Population<'_>) -> Causes {
    let unshown = |subject: &Seen<'_>| {
        let open = ["SMTP", "X400", ""].map(|kind| subject.all_addresses(kind).err());
        open.into_iter().flatten().fold(Causes::default(), |all, more| all.and(&more))
    };
    all.whole().err().unwrap_or_default().and(&all.elsewhere()).and(&Causes::of_all(subjects, unshown))
}

/// The recipients, and behind them the objects of servers that have addresses.
struct Everybody<'q> {
    seen: Vec<Seen<'q>>,
    recipients: usize,
}

impl Objects for Everybody<'_> {
    fn count(&self) -> usize {
        self.seen.len()
    }

    fn name(&self, object: usize) -> DnKey {
        self.seen.get(object).map(|seen| seen.dn().key()).unwrap_or_default()
    }

    fn is_judged(&self, object: usize) -> bool {
        object < self.recipients
    }

    fn each_address(&self, object: usize, look: &mut dyn FnMut(&Written<'_>)) {
        let Some(seen) = self.seen.get(object) else { return };
        let object = Object::of(*seen);
        // what carries no type is no address that could lead anywhere (Q257578)
        let leads = |kind: &[u8]| !kind.is_empty() && !NO_ADDRESSES.iter().any(|none| none.eq_ignore_ascii_case(kind));
        object.addresses().iter().filter(|written| leads(written.kind)).for_each(look);
    }
}

/// The objects, and what is known of those that hold an address of another.
struct Holders<'a, 'q> {
    everybody: &'a Everybody<'q>,
    /// Why it is not known that one lives and has its addresses; none if it is.
    unproven: HashMap<usize, Option<Causes>>,
}

impl Holders<'_, '_> {
    /// What to say of addresses that several hold. The first recipient of them by name is the subject.
    fn found(&mut self, shared: &Shared) -> Option<Found> {
        let (mut proven, mut open) = (Vec::new(), Causes::default());
        for holder in &shared.holders {
            let Some(seen) = self.everybody.seen.get(*holder) else { continue };
            match self.unproven.entry(*holder).or_insert_with(|| unproven(seen)) {
                None => proven.push((*holder, *seen)),
                Some(causes) => open = open.and(causes),
            }
        }
        let recipients = proven.iter().filter(|(holder, _)| self.everybody.is_judged(*holder)).count();
        let proven: Vec<Seen<'_>> = proven.into_iter().map(|(_, seen)| seen).collect();
        match proven.as_slice() {
            [first, _, ..] if recipients > 0 => {
                Some(Found::of(first, answer(&proven, shared, open.is_empty() && recipients > 1)))
            }
            _ => Some(Found::of(self.everybody.seen.get(*shared.holders.first()?)?, Err(open))),
        }
    }
}

/// Why it is not known that an object lives and has the addresses that it shows; none if it is.
fn unproven(seen: &Seen<'_>) -> Option<Causes> {
    match seen.lives() {
        Truth::Open(causes) => Some(causes),
        Truth::Yes(_) | Truth::No(_) => seen.agrees_on(&ATTRIBUTES).err(),
    }
}

/// What to say of addresses that all of these objects hold, the first of which is the subject; `sure` says that two recipients do, and
/// nobody else.
fn answer(holders: &[Seen<'_>], shared: &Shared, sure: bool) -> Answer {
    let names = holders.iter().skip(1).map(|seen| seen.dn().to_string());
    let others = some(names, holders.len().saturating_sub(1), " and ");
    let first = holders.first();
    let addresses = shared.forms.iter().map(|form| first.map(|seen| spelled(seen, form)).unwrap_or_default());
    let count = shared.forms.len();
    let (are, alike) = match (count, shared.same) {
        (1, true) => ("is also an address", ""),
        (_, true) => ("are also addresses", ""),
        (1, false) => ("is also an address", ", but for blanks, a semicolon at the end or the order of its terms"),
        (_, false) => ("are also addresses", ", but for blanks, a semicolon at the end or the order of their terms"),
    };
    let message = format!("{} {are} of {others}{alike}", some(addresses, count, ", "));
    let ruling = Ruling::broken(Reason::Duplicate, message);
    Ok(if shared.same && sure { ruling } else { ruling.inferred() })
}

/// An address, given in the form in which the same are equal, as an object shows it, with its type in capitals.
fn spelled(seen: &Seen<'_>, form: &[u8]) -> String {
    let mut text = Text::default();
    let object = Object::of(*seen);
    let shown = object.addresses().iter().find(|written| text.take(written) && text.form() == form);
    let cut = |bytes: &[u8]| text_of(bytes.get(..MOST_SHOWN).unwrap_or(bytes));
    match shown {
        Some(Written { kind, address, .. }) => {
            format!("{}:{}", cut(kind.trim_ascii()).to_ascii_uppercase(), cut(address.trim_ascii()))
        }
        None => cut(form),
    }
}

/// A few of `count` words, and how many more there are.
fn some(words: impl Iterator<Item = String>, count: usize, between: &str) -> String {
    let told = words.take(MOST_TOLD).collect::<Vec<_>>().join(between);
    match count.saturating_sub(MOST_TOLD) {
        0 => told,
        more => format!("{told} and {more} more"),
    }
}
