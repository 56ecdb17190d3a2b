//! `address-length`: the reply addresses of a recipient, as an export writes them in one field, are not too long together.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::text::text_of;
use crate::exchange::address::{ATTRIBUTES, Addresses, Written};
use crate::exchange::questions::Object;
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

impl Reading for AddressLength {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        format!("at most {} characters of E-mail Addresses", self.most)
    }
}

impl Judging for AddressLength {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let (length, count) = field(object.addresses());
        if length > self.most {
            object.seen().agrees_on(&ATTRIBUTES)?;
            let what = match count {
                1 => "reply address has".to_owned(),
                _ => format!("{count} reply addresses total"),
            };
            let message = format!("its {what} {length} characters; the limit is {}", self.most);
            return Ok(Ruling::broken(Reason::TooMany, message));
        }
        // what was not shown would count too
        for kind in ["SMTP", "X400", ""] {
            object.whole_addresses(kind)?;
        }
        Ok(Ruling::holds(""))
    }
}

/// The length of the field, and how many addresses are in it: `TYPE:address%TYPE:address`, one of each type, the one whose type is
/// in capitals (Q153028).
fn field(addresses: &Addresses<'_>) -> (usize, usize) {
    let mut types: [&[u8]; MOST_TYPES] = [&[]; MOST_TYPES];
    let (mut length, mut count) = (0, 0);
    for Written { kind, address: value, .. } in addresses.iter() {
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
