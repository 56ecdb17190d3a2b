//! `one-home`: a mailbox has a store and a message transfer agent, and both are of one server.

use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::exchange::class::Kind;
use crate::exchange::naming;
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

    fn expected(&self) -> String {
        "Home-MDB and Home-MTA of one server".into()
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
        let mut servers = Vec::new();
        for (name, texts) in named {
            let text = texts?.into_iter().next().unwrap_or_default();
            let Some(server) = naming::from_either(&text).map(|dn| dn.parent()).filter(|dn| !dn.is_empty()) else {
                let message = format!("{name} holds {text:?}, which cannot be read as the name of an object");
                return Some(Ruling::unknown(Reason::NoPointer, message));
            };
            servers.push((name, server));
        }
        let said =
            |(name, server): &(&str, Dn)| format!("{name} is of {}", server.rdn().map(|rdn| rdn.text()).unwrap_or_default());
        let same = servers.windows(2).all(|two| matches!(two, [(_, one), (_, other)] if one.key() == other.key()));
        let message = servers.iter().map(said).collect::<Vec<_>>().join(", ");
        Some(if same { Ruling::holds(message) } else { Ruling::broken(Reason::Mismatch, message) })
    }
}
