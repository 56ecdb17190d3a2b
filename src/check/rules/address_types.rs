//! `address-types`: an object has an e-mail address of each of some types.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address::ATTRIBUTES;
use crate::exchange::questions::{Cause, Causes, Object};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AddressTypes {
    /// The types, `SMTP`, `MS`, `X400`.
    types: Vec<String>,
}

impl Reading for AddressTypes {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        format!("addresses of the types {}", self.types.join(", "))
    }
}

impl Judging for AddressTypes {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let (mut missing, mut open) = (Vec::new(), Causes::default());
        for kind in &self.types {
            match has(object, kind) {
                Ok(true) => {}
                Ok(false) => missing.push(kind.as_str()),
                Err(causes) => open = open.and(&causes),
            }
        }
        match (missing.as_slice(), open.is_empty()) {
            ([], true) => Ok(Ruling::holds(format!("has addresses of the types {}", self.types.join(", ")))),
            ([], false) => Err(open),
            // one that is missing is enough, whatever the others are
            _ => Ok(Ruling::broken(Reason::NotSet, format!("has no address of type {}", missing.join(", ")))),
        }
    }
}

/// Whether an object has an address of a type.
fn has(object: &Object<'_>, kind: &str) -> Result<bool, Causes> {
    let shows = object.addresses().iter().any(|written| written.kind.eq_ignore_ascii_case(kind.as_bytes()));
    // one that stands inside another value: those of a table that were not taken apart
    let inside = format!("{kind}:").to_lowercase();
    if !shows && object.proxy_addresses().iter().any(|address| address.value.to_lowercase().contains(&inside)) {
        let site = object.seen().site().map(str::to_owned);
        return Err(object.cause(Cause::NotVisible { attribute: format!("{kind} address"), site }));
    }
    object.has_address(kind)
}
