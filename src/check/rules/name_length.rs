//! `name-length`: the whole name of an object, as Exchange writes it, is not too long.

use super::{Glance, Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::visibility::tells_deleted;
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

impl Judging for NameLength {
    fn attributes(&self) -> Vec<&str> {
        vec!["distinguishedName", "Is-Deleted"]
    }

    fn expected(&self) -> String {
        format!("a name of at most {} characters", self.most)
    }

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        bytes(&glance.entry.dn) <= self.near.min(self.most)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let dn = &object.entry.dn;
        if bytes(dn) <= self.near.min(self.most) {
            return Some(Ruling::holds(""));
        }
        let length = naming::to_legacy(dn).chars().count();
        if length <= self.near.min(self.most) {
            return Some(Ruling::holds(""));
        }
        // one that was deleted is on its way out
        if !tells_deleted(object.entry) {
            let message = "its name is long, but whether it is deleted was not asked for (Is-Deleted)";
            return Some(Ruling::unknown(Reason::NotRequested, message));
        }
        let message = format!("its name has {length} characters; at most {} may be", self.most);
        Some(match length > self.most {
            true => Ruling::broken(Reason::TooMany, message),
            false => Ruling::broken(Reason::TooMany, format!("{message}, and longer names of organization or site add to it"))
                .only(Severity::Info)
                .inferred(),
        })
    }
}

/// The bytes of the legacy form, which has no more characters than that.
fn bytes(dn: &Dn) -> usize {
    // a slash instead of each comma, and one before the first part
    if let Some(text) = dn.plain() {
        return text.len() + 1;
    }
    let of = |ava: &crate::directory::dn::Ava| {
        // a byte that is not UTF-8 is a character of its own
        "/=".len() + ava.attribute.len() + ava.value.len()
    };
    dn.rdns().iter().filter_map(|rdn| rdn.0.first()).map(of).sum()
}
