//! `names-server`: an attribute names a server that exists. What `resolves` cannot say: the value may be the bare name of a
//! server, of the own site or of another.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Lookup, Object};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesServer {
    /// The attribute, by LDAP name: a server's name, or the name of an object that is one or lies below one.
    attribute: String,
    /// The attribute that names the site of a server of which only the name is given; without it, the object's own.
    site: Option<String>,
    /// Whether a server of another site than the object's own, or than `site` names, is a fault.
    #[serde(default, rename = "own-site")]
    own_site: bool,
}

impl Reading for NamesServer {
    fn attributes(&self) -> Vec<&str> {
        std::iter::once(self.attribute.as_str()).chain(self.site.as_deref()).collect()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").map(|servers| (servers, Vec::new())).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("{} names a server that exists", self.attribute)
    }
}

impl Judging for NamesServer {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let Some(text) = object.text(&self.attribute)? else {
            return Ok(Ruling::nothing(format!("has no {}", self.attribute)));
        };
        let server = self.server(object, text.trim())?;
        let named = format!("{} names {server}", self.attribute);
        match object.look_up(&server) {
            Lookup::There(_) if self.own_site && self.is_of_other_site(object, &server)? => {
                let message = format!("{named}, which is a server of the wrong site");
                Ok(Ruling::broken(Reason::Mismatch, message).inferred())
            }
            Lookup::There(_) => Ok(Ruling::holds(format!("{named}, which exists"))),
            Lookup::Deleted(_) => Ok(Ruling::broken(Reason::Tombstone, format!("{named}, which is deleted"))),
            Lookup::Gone(ground, _) => {
                object.rests_on(&ground);
                Ok(Ruling::broken(Reason::Dangling, format!("{named}, which is not among the servers of its site")))
            }
            Lookup::Open(causes) => Err(causes),
        }
    }
}

impl NamesServer {
    /// The server that a value names.
    fn server(&self, object: &Object<'_>, text: &str) -> Result<Dn, Causes> {
        let unreadable = || {
            let value = text.chars().take(100).collect();
            object.cause(Cause::Unreadable { object: object.dn().to_string(), attribute: self.attribute.clone(), value })
        };
        // a whole name needs no site
        let site = if text.contains('=') { None } else { self.expected_site(object)? };
        naming::server_named(text, site.as_ref()).ok_or_else(unreadable)
    }

    /// The site that the server should be of, if that is known.
    fn expected_site(&self, object: &Object<'_>) -> Result<Option<Dn>, Causes> {
        Ok(match &self.site {
            None => object.seen().site_dn().cloned(),
            Some(attribute) => {
                object.text(attribute)?.and_then(|named| naming::from_either(&named)).and_then(|dn| naming::site_of(&dn))
            }
        })
    }

    /// Whether a server is of another site than it should be.
    fn is_of_other_site(&self, object: &Object<'_>, server: &Dn) -> Result<bool, Causes> {
        let Some(site) = self.expected_site(object)? else { return Ok(false) };
        Ok(naming::site_of(server).is_some_and(|of| of.number() != site.number()))
    }
}
