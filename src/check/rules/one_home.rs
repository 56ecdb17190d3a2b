//! `one-home`: a mailbox has a store and a message transfer agent, both of one server, and server and store are there.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Lookup, Object, Seen, Witness};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The attributes that name the store and the message transfer agent.
const HOMES: [&str; 2] = ["Home-MDB", "Home-MTA"];

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneHome {}

impl Reading for OneHome {
    fn attributes(&self) -> Vec<&str> {
        HOMES.to_vec()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let words = ["server", "private-store", "public-store", "mta"];
        words.into_iter().filter_map(Selection::named).map(|each| (each, Vec::new())).collect()
    }

    fn expected(&self) -> String {
        "Home-MDB and Home-MTA of one server, which has that store".into()
    }
}

impl Judging for OneHome {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let kind = object.seen().kind();
        if *kind != Kind::Mailbox {
            shows_class(&object.seen())?;
            return Ok(Ruling::nothing(format!("is {}, not a mailbox", kind.words())));
        }
        let named = HOMES.map(|name| object.text(name));
        // one that is missing is enough, whatever the other is
        if let Some((name, _)) = HOMES.iter().zip(&named).find(|(_, text)| **text == Ok(None)) {
            return Ok(Ruling::broken(Reason::NotSet, format!("has no {name}")));
        }
        let [store, mta] = named;
        let (store, mta) = (home(object, "Home-MDB", store?)?, home(object, "Home-MTA", mta?)?);
        let (server, other) = (store.parent(), mta.parent());
        let message = format!("Home-MDB is on {}, Home-MTA on {}", server.leaf(), other.leaf());
        if server.number() != other.number() {
            return Ok(Ruling::broken(Reason::Mismatch, message));
        }
        if !is_server_there(object, &server)? {
            let container = server.parent();
            return Ok(Ruling::broken(Reason::Dangling, format!("{message}, which does not exist in {container}")));
        }
        Ok(wrong_store(object, &store)?.unwrap_or_else(|| Ruling::holds(message)))
    }
}

/// The name that an attribute holds.
fn home(object: &Object<'_>, attribute: &str, text: Option<String>) -> Result<Dn, Causes> {
    let text = text.unwrap_or_default();
    naming::from_either(&text).filter(|dn| !dn.parent().is_empty()).ok_or_else(|| {
        let value = text.chars().take(100).collect();
        object.cause(Cause::Unreadable { object: object.dn().to_string(), attribute: attribute.into(), value })
    })
}

/// Nothing, if an object shows of which class it is.
fn shows_class(seen: &Seen<'_>) -> Result<(), Causes> {
    match seen.kind() {
        Kind::Unknown => seen.values("objectClass").whole().map(|_| ()).map_err(Causes::clone),
        _ => Ok(()),
    }
}

/// Whether the server of a mailbox is there.
fn is_server_there(object: &Object<'_>, server: &Dn) -> Result<bool, Causes> {
    match object.look_up(server) {
        Lookup::There(_) => Ok(true),
        Lookup::Deleted(_) | Lookup::Gone(_, Witness::Change) => Ok(false),
        Lookup::Gone(ground, _) => {
            // every site has a server: where none is seen, they are kept back
            if naming::site_of(server).is_none_or(|site| object.of_that_site("server", &site).count() == 0) {
                return Err(object.cause(Cause::container(&server.parent())));
            }
            object.rests_on(&ground);
            Ok(false)
        }
        Lookup::Open(causes) => Err(causes),
    }
}

/// What is wrong with the store of a mailbox, whose server is there.
fn wrong_store(object: &Object<'_>, store: &Dn) -> Result<Option<Ruling>, Causes> {
    let named = format!("Home-MDB names {store}");
    Ok(match object.look_up(store) {
        Lookup::There(seen) if seen.has_class("MHS-Message-Store") => None,
        Lookup::There(seen) => {
            shows_class(&seen)?;
            Some(Ruling::broken(Reason::WrongClass, format!("{named}, which is not a private store")))
        }
        Lookup::Deleted(_) => Some(Ruling::broken(Reason::Tombstone, format!("{named}, which is deleted"))),
        Lookup::Gone(_, Witness::Change) => Some(Ruling::broken(Reason::Dangling, format!("{named}, which the change removes"))),
        Lookup::Gone(ground, _) => {
            let server = store.parent();
            // every server has a message transfer agent: where that is not seen either, they are kept back
            if !has_mta(object, &server) {
                return Err(object.cause(Cause::container(&server)));
            }
            object.rests_on(&ground);
            Some(Ruling::broken(Reason::Dangling, format!("{named}, and its server has no such store")))
        }
        Lookup::Open(causes) => return Err(causes),
    })
}

/// Whether the message transfer agent of a server is seen.
fn has_mta(object: &Object<'_>, server: &Dn) -> bool {
    let Some(site) = naming::site_of(server) else { return false };
    let agents = object.of_that_site("mta", &site);
    agents.seen().any(|agent| agent.dn().parent().number() == server.number())
}
