//! `address-length`: the reply addresses of a recipient, as an export writes them in one field, are not too long together.

use super::{Glance, Judging, Object, Ruling};
use crate::directory::text::text_of;
use crate::exchange::address::{ATTRIBUTES, Addresses, Written};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressLength {
    /// As many characters as may be.
    most: usize,
}

/// Types of addresses that one object may have, for this rule.
const MOST_TYPES: usize = 16;

impl Judging for AddressLength {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        format!("at most {} characters of E-mail Addresses", self.most)
    }

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        let addresses = glance.addresses();
        // of every type, with a colon behind it and a sign behind the address; a character is a byte or several
        let bytes: usize = addresses.iter().map(|written| written.kind.len() + written.address.len() + 2).sum();
        bytes <= self.most && addresses.in_every_place(true)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let (length, count) = field(object);
        let message = format!("its {count} reply addresses have {length} characters together");
        if length > self.most {
            return Some(Ruling::broken(Reason::TooMany, format!("{message}; at most {} may be", self.most)));
        }
        // what is not seen counts too
        if !object.entry.has("Proxy-Addresses") {
            let mail = object.entry.has("rfc822Mailbox") || object.values("mail").is_some();
            let others = ["textEncodedORAddress", "otherMailbox"].map(|place| object.values(place).is_some());
            if !mail || others.contains(&false) {
                return None;
            }
        }
        Some(Ruling::holds(""))
    }
}

/// The length of the field, and the addresses in it: `TYPE:address%TYPE:address`, one of each type, the one whose type is in
/// capitals (Q153028).
fn field(object: &Object<'_>) -> (usize, usize) {
    let mut types: [&[u8]; MOST_TYPES] = [&[]; MOST_TYPES];
    let (mut length, mut count) = (0, 0);
    for Written { kind, address: value, .. } in Addresses::of(object.entry).iter() {
        let primary = !kind.is_empty() && !kind.iter().any(u8::is_ascii_lowercase);
        if !primary || types.iter().take(count).any(|known| known == kind) {
            continue;
        }
        if let Some(free) = types.get_mut(count) {
            *free = kind;
        }
        let characters = if value.is_ascii() { value.len() } else { text_of(value).chars().count() };
        length += usize::from(count > 0) + kind.len() + 1 + characters;
        count += 1;
    }
    (length, count)
}
