//! `unique-addresses`: no two recipients have the same e-mail address, of whatever type.

use super::{Gather, Judging, Object, Ruling};
use crate::directory::entry::Entry;
use crate::exchange::address::{ATTRIBUTES, proxy_addresses};
use crate::exchange::organization::Organization;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};

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
        Some(Box::new(Holders::default()))
    }
}

/// Who holds which address: by a keyed hash of 128 bits, so that nobody can choose addresses that meet.
struct Holders {
    keys: [RandomState; 2],
    first: HashMap<u128, u32>,
    /// Addresses with several holders, and who they are.
    shared: BTreeMap<String, Vec<u32>>,
    full: bool,
}

/// Addresses that are noted; each takes 24 bytes.
const MOST_ADDRESSES: usize = 16 << 20;
/// Shared addresses that are noted with their holders.
const MOST_SHARED: usize = 100_000;

impl Default for Holders {
    fn default() -> Self {
        let keys = [RandomState::new(), RandomState::new()];
        Self { keys, first: HashMap::new(), shared: BTreeMap::new(), full: false }
    }
}

impl Gather for Holders {
    fn see(&mut self, entry: &Entry, index: u32) {
        for address in proxy_addresses(entry) {
            // types and addresses compare without case (Q251152)
            let text = format!("{}:{}", address.kind, address.value.trim().to_lowercase());
            let [high, low] = &self.keys;
            let key = u128::from(high.hash_one(&text)) << 64 | u128::from(low.hash_one(&text));
            match self.first.get(&key) {
                Some(holder) if *holder == index => {}
                Some(holder) => {
                    if self.shared.len() < MOST_SHARED || self.shared.contains_key(&text) {
                        let holders = self.shared.entry(text).or_insert_with(|| vec![*holder]);
                        if holders.last() != Some(&index) {
                            holders.push(index);
                        }
                    } else {
                        self.full = true;
                    }
                }
                None if self.first.len() < MOST_ADDRESSES => _ = self.first.insert(key, index),
                None => self.full = true,
            }
        }
    }

    fn finish(&self, organization: &Organization, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)> {
        let mut found: Vec<(Vec<u32>, Ruling)> = Vec::new();
        for (text, holders) in self.shared.iter().take(most) {
            let mut holders: Vec<(String, u32)> = holders.iter().map(|index| (name(*index), *index)).collect();
            holders.sort();
            let others: Vec<&str> = holders.iter().skip(1).take(3).map(|(name, _)| name.as_str()).collect();
            let more = holders.len().saturating_sub(4);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let message = format!("{text} is also an address of {}{more}", others.join(" and "));
            found.push((holders.into_iter().map(|(_, index)| index).collect(), Ruling::broken(Reason::Duplicate, message)));
        }
        if self.full {
            let message = "There are more addresses than are compared.";
            found.push((Vec::new(), Ruling::unknown(Reason::Truncated, message)));
        }
        // a hidden recipient may hold one too
        found.extend(hidden_unseen(organization, "an address of another").map(|ruling| (Vec::new(), ruling)));
        found
    }
}

/// That hidden recipients of some site were not seen, one of which may hold `what`; none if they were.
pub(super) fn hidden_unseen(organization: &Organization, what: &str) -> Option<Ruling> {
    // address book views are no site (Q192306)
    let counts = |site: &String, hidden: bool| !hidden && !site.eq_ignore_ascii_case("_ABVIEWS_");
    let unseen: Vec<String> = organization
        .sites_and_hidden()
        .into_iter()
        .filter(|(site, hidden)| counts(site, *hidden))
        .map(|(site, _)| site)
        .collect();
    (!unseen.is_empty() && organization.hints.sees_hidden != Some(true)).then(|| {
        let message = format!(
            "No hidden object of site {} was seen: a hidden recipient there may hold {what}.\nTo decide it, bind as an administrator \
             (-D 'cn=ACCOUNT,cn=DOMAIN,cn=admin' -W), or say --sees-hidden yes if hidden objects are seen and there are none.",
            unseen.iter().take(5).cloned().collect::<Vec<_>>().join(", ")
        );
        Ruling::unknown(Reason::HiddenUnseen, message)
    })
}
