//! `address-types`: an object has an e-mail address of each of some types.

use super::{Judging, Object, Ruling};
use crate::exchange::address::{ATTRIBUTES, proxy_addresses};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressTypes {
    /// The types, `SMTP`, `MS`, `X400`.
    types: Vec<String>,
}

impl Judging for AddressTypes {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        format!("addresses of the types {}", self.types.join(", "))
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let addresses = proxy_addresses(object.entry);
        let has = |kind: &String| addresses.iter().any(|address| address.kind.eq_ignore_ascii_case(kind));
        let missing: Vec<&str> = self.types.iter().filter(|kind| !has(kind)).map(String::as_str).collect();
        if missing.is_empty() {
            return Some(Ruling::holds(format!("has addresses of the types {}", self.types.join(", "))));
        }
        // a table whose values were not taken apart
        let hides = |kind: &&str| {
            let inside = format!("{kind}:").to_lowercase();
            addresses.iter().any(|address| address.value.to_lowercase().contains(&inside))
        };
        if let Some(kind) = missing.iter().find(|kind| hides(kind)) {
            let message = format!("shows an address of type {kind} inside another: its values were not taken apart");
            return Some(Ruling::unknown(Reason::NotVisible, message));
        }
        // all in one attribute, or each type in its place (SDK directry_6fub)
        if !object.entry.has("Proxy-Addresses") {
            object.values("otherMailbox")?;
            for kind in &missing {
                match kind.to_ascii_uppercase().as_str() {
                    "SMTP" => object.values("mail").or_else(|| object.values("rfc822Mailbox")).map(|_| ())?,
                    "X400" => object.values("textEncodedORAddress").map(|_| ())?,
                    _ => {}
                }
            }
        }
        Some(Ruling::broken(Reason::NotSet, format!("has no address of type {}", missing.join(", "))))
    }
}
