//! `value-length`: no value of an attribute is longer than is good.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ValueLength {
    /// The attribute, by LDAP name.
    attribute: String,
    /// As many characters as are good.
    most: usize,
}

impl Reading for ValueLength {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("at most {} characters in {}", self.most, self.attribute)
    }
}

impl Judging for ValueLength {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let long = object.seen_texts(&self.attribute).find(|text| text.chars().count() > self.most);
        if let Some(text) = long {
            let message = format!("{} has {} characters; the limit is {}", self.attribute, text.chars().count(), self.most);
            return Ok(Ruling::broken(Reason::TooMany, message));
        }
        object.values(&self.attribute)?;
        Ok(Ruling::holds(""))
    }
}
