//! `names-sibling`: an attribute names the object of a certain name that stands beside the judged one.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::exchange::naming;
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesSibling {
    /// The attribute, by LDAP name; it has one value.
    attribute: String,
    /// The directory name of the object beside the judged one.
    sibling: String,
}

impl Reading for NamesSibling {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("{} names the {} of the same server", self.attribute, self.sibling)
    }
}

impl Judging for NamesSibling {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let Some(text) = object.text(&self.attribute)? else {
            return Ok(Ruling::broken(Reason::NotSet, format!("{} has no value", self.attribute)));
        };
        let mut rdns = object.dn().parent().rdns().to_vec();
        rdns.insert(0, Rdn(vec![Ava::new("cn", self.sibling.as_bytes())]));
        let expected = Dn::new(rdns);
        Ok(match naming::from_either(&text) {
            None => Ruling::broken(Reason::Malformed, format!("{} is no name of an object: {text:?}", self.attribute)),
            Some(named) if named.number() == expected.number() => Ruling::holds(format!("{} is {named}", self.attribute)),
            Some(named) => Ruling::broken(Reason::Mismatch, format!("{} is {named}, not {expected}", self.attribute)),
        })
    }
}
