//! `at-most`: an attribute has no more values than are good.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::{Cause, Object, UntoldReason};
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
    /// The attribute that says `TRUE` if the values of the other may be withheld from everybody.
    #[serde(rename = "hidden-by")]
    hidden_by: Option<String>,
}

impl Reading for AtMost {
    fn attributes(&self) -> Vec<&str> {
        std::iter::once(self.attribute.as_str()).chain(self.hidden_by.as_deref()).collect()
    }

    fn expected(&self) -> String {
        format!("at most {} values of {}", self.most, self.attribute)
    }
}

impl Judging for AtMost {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[&self.attribute])?;
        let count = object.seen().values(&self.attribute).seen().count();
        let message = format!("{} has {count} {}", self.attribute, if count == 1 { "value" } else { "values" });
        if count <= self.most {
            // those that were not shown would count too
            object.values(&self.attribute)?;
            // one that shows some does not withhold them
            if count == 0
                && let Some(hidden) = &self.hidden_by
                && object.text(hidden)?.is_some_and(|text| text.eq_ignore_ascii_case("TRUE"))
            {
                let what = format!("how many values of {} there are, which {hidden} may withhold,", self.attribute);
                return Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }));
            }
            return Ok(Ruling::holds(message));
        }
        let ruling = Ruling::broken(Reason::TooMany, format!("{message}; the limit is {}", self.most));
        Ok(match self.tolerated {
            Some(tolerated) if count <= tolerated => ruling.only(Severity::Warning),
            _ => ruling,
        })
    }
}
