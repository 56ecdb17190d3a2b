//! `has-address`: a recipient has an e-mail address of any type.

use super::{Glance, Judging, Object, Ruling};
use crate::exchange::address::ATTRIBUTES;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasAddress {}

impl Judging for HasAddress {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        "an e-mail address".into()
    }

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        !glance.addresses().is_empty()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        if ATTRIBUTES.iter().any(|place| object.entry.has(place)) {
            return Some(Ruling::holds(""));
        }
        // Each of these must be known to be empty. `rfc822Mailbox` is `mail` again, and a server shows `Proxy-Addresses` as
        // these three (SDK directry_6fub).
        ["mail", "textEncodedORAddress", "otherMailbox"].into_iter().try_for_each(|place| object.values(place).map(|_| ()))?;
        Some(Ruling::broken(Reason::NotSet, "has no e-mail address of any type"))
    }
}
