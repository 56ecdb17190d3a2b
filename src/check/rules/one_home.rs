//! `one-home`: a mailbox has a store and a message transfer agent, and both are of one server, which is there.

use super::{Judging, Object, Ruling, servers};
use crate::directory::dn::Dn;
use crate::exchange::class::Kind;
use crate::exchange::naming;
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
        Selection::named("server").map(|each| (each, Vec::new())).into_iter().collect()
    }

    fn expected(&self) -> String {
        "Home-MDB and Home-MTA of one server that is there".into()
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
            let Some(server) = naming::from_either(&text).map(|dn| dn.parent()).filter(|dn| !dn.is_empty()) else {
                let message = format!("{name} holds {text:?}, which cannot be read as the name of an object");
                return Some(Ruling::unknown(Reason::NoPointer, message));
            };
            homes.push((name, server));
        }
        let said =
            |(name, server): &(&str, Dn)| format!("{name} is of {}", server.rdn().map(|rdn| rdn.text()).unwrap_or_default());
        let same = homes.windows(2).all(|two| matches!(two, [(_, one), (_, other)] if one.key() == other.key()));
        let message = homes.iter().map(said).collect::<Vec<_>>().join(", ");
        if !same {
            return Some(Ruling::broken(Reason::Mismatch, message));
        }
        let organization = object.organization?;
        let missing = homes.first().and_then(|(_, server)| servers::missing(organization, server, &message));
        Some(missing.unwrap_or_else(|| Ruling::holds(message)))
    }
}
