//! `has-address`: a recipient has an e-mail address of any type.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address::ATTRIBUTES;
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasAddress {}

impl Reading for HasAddress {
    fn attributes(&self) -> Vec<&str> {
        ATTRIBUTES.to_vec()
    }

    fn expected(&self) -> String {
        "an e-mail address".into()
    }
}

impl Judging for HasAddress {
    fn judge(&self, object: &Object<'_>) -> Answer {
        if !object.addresses().is_empty() {
            return Ok(Ruling::holds(""));
        }
        // each of these must be known to be empty; whatever else there is stands in `otherMailbox` too
        for kind in ["SMTP", "X400", ""] {
            object.whole_addresses(kind)?;
        }
        Ok(Ruling::broken(Reason::NotSet, "has no e-mail address of any type"))
    }
}
