//! `name-length`: the whole name of an object, as Exchange writes it, is not too long.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::naming;
use crate::exchange::questions::Object;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameLength {
    /// As many characters as may be.
    most: usize,
    /// More than so many are too near to that; only information.
    near: usize,
}

impl Reading for NameLength {
    fn attributes(&self) -> Vec<&str> {
        vec!["distinguishedName", "Is-Deleted"]
    }

    fn expected(&self) -> String {
        format!("a name of at most {} characters", self.most)
    }
}

impl Judging for NameLength {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let allowed = self.near.min(self.most);
        // Exchange writes a slash instead of each comma and one before the first part; escapes only make the LDAP form longer
        if object.seen().dn_text().len() < allowed {
            return Ok(Ruling::holds(""));
        }
        let length = naming::to_legacy(&object.dn()).chars().count();
        if length <= allowed {
            return Ok(Ruling::holds(""));
        }
        // one that was deleted is on its way out
        if !object.decided(object.seen().lives())? {
            return Ok(Ruling::nothing("is deleted"));
        }
        let message = format!("its name has {length} characters; the limit is {}", self.most);
        Ok(match length > self.most {
            true => Ruling::broken(Reason::TooMany, message),
            false => Ruling::broken(Reason::TooMany, format!("{message}, and longer names of organization or site add to it"))
                .only(Severity::Info)
                .inferred(),
        })
    }
}
