//! `at-most`: an attribute has no more values than are good.

use super::{Judging, Object, Ruling};
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AtMost {
    /// The attribute, by LDAP name.
    attribute: String,
    /// As many values as are good.
    most: usize,
    /// Up to so many, more than is good is only a warning.
    tolerated: Option<usize>,
}

impl Judging for AtMost {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("at most {} values of {}", self.most, self.attribute)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let count = object.values(&self.attribute)?.len();
        let message = format!("{} has {count} values", self.attribute);
        Some(match count {
            count if count <= self.most => Ruling::holds(message),
            count if self.tolerated.is_some_and(|tolerated| count <= tolerated) => {
                Ruling::broken(Reason::TooMany, format!("{message}; more than {} are too many", self.most))
                    .only(Severity::Warning)
            }
            _ => Ruling::broken(Reason::TooMany, format!("{message}; more than {} are too many", self.most)),
        })
    }
}
