//! `one-home`: a mailbox has a store and a message transfer agent, both of one server, and server and store are there.

use super::{Judging, Object, Ruling, servers};
use crate::directory::dn::Dn;
use crate::exchange::class::{Kind, has_class};
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneHome {}

impl Judging for OneHome {
    fn attributes(&self) -> Vec<&str> {
        vec!["Home-MDB", "Home-MTA"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let words = ["server", "private-store", "public-store", "mta"];
        words.into_iter().filter_map(Selection::named).map(|each| (each, Vec::new())).collect()
    }

    fn expected(&self) -> String {
        "Home-MDB and Home-MTA of one server, which has that store".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let kind = Kind::of(object.entry);
        if kind != Kind::Mailbox {
            return Some(Ruling::nothing(format!("is {}, and no mailbox", kind.words())));
        }
        let named = ["Home-MDB", "Home-MTA"].map(|name| (name, object.texts(name)));
        if let Some((name, _)) = named.iter().find(|(_, texts)| texts.as_ref().is_some_and(Vec::is_empty)) {
            return Some(Ruling::broken(Reason::NotSet, format!("has no {name}")));
        }
        let mut homes = Vec::new();
        for (name, texts) in named {
            let text = texts?.into_iter().next().unwrap_or_default();
            let Some(home) = naming::from_either(&text).filter(|dn| !dn.parent().is_empty()) else {
                let message = format!("{name} holds {text:?}, which cannot be read as the name of an object");
                return Some(Ruling::unknown(Reason::NoPointer, message));
            };
            homes.push(home);
        }
        let [store, mta] = homes.as_slice() else { return None };
        let of = |dn: &Dn| dn.parent().rdn().map(|rdn| rdn.text()).unwrap_or_default();
        let message = format!("Home-MDB is of {}, Home-MTA of {}", of(store), of(mta));
        if store.parent().key() != mta.parent().key() {
            return Some(Ruling::broken(Reason::Mismatch, message));
        }
        let organization = object.organization?;
        let missing = servers::missing(organization, &store.parent(), &message);
        Some(missing.or_else(|| wrong_store(organization, store)).unwrap_or_else(|| Ruling::holds(message)))
    }
}

/// What is wrong with the store of a mailbox, whose server is there.
fn wrong_store(organization: &Organization, store: &Dn) -> Option<Ruling> {
    let named = format!("Home-MDB names {store}");
    match organization.follow(store) {
        Destination::Living(entry) if has_class(entry, "MHS-Message-Store") => None,
        Destination::Living(_) => Some(Ruling::broken(Reason::WrongClass, format!("{named}, which is no private store"))),
        Destination::Tombstone(_) => Some(Ruling::broken(Reason::Tombstone, format!("{named}, which is deleted"))),
        Destination::Seen(_) | Destination::Nowhere(_) => {
            let server = store.parent();
            // every server has a message transfer agent
            let other = servers::children(organization, "mta", &server).next();
            Some(match servers::unseen(organization, other, &server) {
                Some((reason, why)) => Ruling::unknown(reason, format!("{named}, which was not seen, but {why}")),
                None => servers::certain(organization, Reason::Dangling, format!("{named}, and its server has no such store")),
            })
        }
    }
}
