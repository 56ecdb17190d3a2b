//! `names-sibling`: an attribute names the object of a certain name beside the judged one. Where there is none of that name, there is
//! nothing to name.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::exchange::naming;
use crate::exchange::questions::{Lookup, Object};
use crate::exchange::selection::Selection;
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

    /// What stands below a server, of whatever kind: the siblings.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        ["private-store", "public-store"].into_iter().filter_map(Selection::named).map(|each| (each, Vec::new())).collect()
    }

    fn expected(&self) -> String {
        format!("{} names the {} of the same server", self.attribute, self.sibling)
    }
}

impl Judging for NamesSibling {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let mut rdns = object.dn().parent().rdns().to_vec();
        rdns.insert(0, Rdn(vec![Ava::new("cn", self.sibling.as_bytes())]));
        let expected = Dn::new(rdns);
        let text = object.text(&self.attribute)?;
        let (reason, fault) = match text.as_deref().map(|text| (text, naming::from_either(text))) {
            None => (Reason::NotSet, format!("{} has no value", self.attribute)),
            Some((text, None)) => (Reason::Malformed, format!("{} is not the name of an object: {text:?}", self.attribute)),
            Some((_, Some(named))) if named.number() == expected.number() => {
                let says = format!("{} is {named}", self.attribute);
                return Ok(match object.look_up(&expected) {
                    // whether it may be gone is not asked here: a server may have none
                    Lookup::Deleted(_) | Lookup::Gone(..) => {
                        Ruling::nothing(format!("{says}, which its server does not have")).inferred()
                    }
                    Lookup::There(_) | Lookup::Open(_) => Ruling::holds(says),
                });
            }
            Some((_, Some(named))) => (Reason::Mismatch, format!("{} is {named}, not {expected}", self.attribute)),
        };
        match object.look_up(&expected) {
            Lookup::There(_) => Ok(Ruling::broken(reason, fault)),
            Lookup::Open(causes) => Err(causes),
            Lookup::Deleted(_) | Lookup::Gone(..) => {
                Ok(Ruling::nothing(format!("{fault}; its server has no {}, so there is nothing to name", self.sibling))
                    .inferred())
            }
        }
    }
}
