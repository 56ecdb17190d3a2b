//! `names-own-site`: what an attribute names is of the object's own site. The names alone tell.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Object};
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesOwnSite {
    /// The attribute, by LDAP name.
    attribute: String,
}

impl Reading for NamesOwnSite {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("{} in the same site", self.attribute)
    }
}

impl Judging for NamesOwnSite {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let Some(own) = naming::site_of(&object.dn()) else { return Ok(Ruling::nothing("belongs to no site")) };
        let mut unreadable = None;
        for text in object.seen_texts(&self.attribute) {
            match naming::from_either(text.trim()).and_then(|dn| Some((naming::site_of(&dn)?, dn))) {
                Some((site, dn)) if site.number() != own.number() => {
                    let name = naming::site_name(&site).unwrap_or_default();
                    let message = format!("{} names {dn}, which is in site {name}", self.attribute);
                    return Ok(Ruling::broken(Reason::Mismatch, message));
                }
                Some(_) => {}
                None => unreadable = Some(text),
            }
        }
        if let Some(text) = unreadable {
            let value = text.chars().take(100).collect();
            return Err(object.cause(Cause::Unreadable {
                object: object.dn().to_string(),
                attribute: self.attribute.clone(),
                value,
            }));
        }
        Ok(match object.text(&self.attribute)? {
            Some(_) => Ruling::holds(""),
            None => Ruling::nothing(format!("has no {}", self.attribute)),
        })
    }
}
