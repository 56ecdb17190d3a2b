//! `bridgehead-without-limit`: the private store of a server that replicates the directory with another site has no prohibit
//! send limit. The judged object is a private store.

use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::exchange::visibility;
use crate::report::Reason;
use serde::Deserialize;

/// The attribute that holds the limit, and the one that makes a server a bridgehead.
const LIMIT: &str = "MDB-Over-Quota-Limit";
const BRIDGEHEAD: &str = "Local-Bridge-Head";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BridgeheadLimit {}

impl Judging for BridgeheadLimit {
    fn attributes(&self) -> Vec<&str> {
        vec![LIMIT]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("replication-connector").map(|connectors| (connectors, vec![BRIDGEHEAD])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("no {LIMIT} on the store of a replication bridgehead")
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let limits = object.texts(LIMIT)?;
        let Some(limit) = limits.first() else { return Some(Ruling::holds("the store has no prohibit send limit")) };
        let organization = object.organization?;
        let store = &object.entry.dn;
        let server = store.parent().rdn().map(|rdn| rdn.text()).unwrap_or_default();
        let connectors: Vec<&Entry> = connectors_at(store, organization).collect();
        let named = |connector: &&&Entry| connector.texts(BRIDGEHEAD).any(|text| is(&text, &server));
        if let Some(connector) = connectors.iter().find(named) {
            let message = format!("{LIMIT} is {limit}, and {server} is the bridgehead of {}", connector.dn);
            return Some(Ruling::broken(Reason::NotMet, message));
        }
        let silent = connectors.iter().find(|connector| {
            !connector.has(BRIDGEHEAD) && visibility::proven_unset(organization, connector, BRIDGEHEAD).is_err()
        });
        if let Some(connector) = silent {
            let message = format!("{LIMIT} is {limit}; {} does not show its {BRIDGEHEAD}", connector.dn);
            return Some(Ruling::unknown(Reason::NotVisible, message));
        }
        let ended = organization.configuration_search.as_ref();
        if let Some(how) = ended.and_then(|ended| ended.trouble()) {
            let message = format!("{LIMIT} is {limit}; the search for replication connectors did not complete: {how}");
            return Some(Ruling::unknown(Reason::Truncated, message));
        }
        if !reads_connections(store, organization) {
            let message = format!("{LIMIT} is {limit}; whether {server} is a bridgehead is not seen: no Connections container");
            return Some(Ruling::unknown(Reason::ContainerUnreadable, message));
        }
        Some(Ruling::nothing(format!("{LIMIT} is {limit}, but no replication connector names {server}")))
    }
}

/// Whether a value names a server: by its name, or by a name of the directory that it lies in.
fn is(text: &str, server: &str) -> bool {
    let of_dn = || naming::from_either(text).map(|dn| dn.ancestor(5)).and_then(|dn| dn.rdn().map(|rdn| rdn.text()));
    text.trim().eq_ignore_ascii_case(server)
        || (text.contains('=') && of_dn().is_some_and(|name| name.eq_ignore_ascii_case(server)))
}

/// The replication connectors of an object's site.
fn connectors_at<'a>(dn: &Dn, organization: &'a Organization) -> impl Iterator<Item = &'a Entry> {
    let connectors = Selection::named("replication-connector");
    let site = naming::site_of(dn).map(|site| site.key());
    organization.living().filter(move |entry| {
        connectors.is_some_and(|connectors| connectors.takes(entry)) && naming::site_of(&entry.dn).map(|site| site.key()) == site
    })
}

/// Whether the Connections container of an object's site is seen, so that a connector in it would be.
fn reads_connections(dn: &Dn, organization: &Organization) -> bool {
    let Some(site) = naming::site_of(dn) else { return false };
    let above = Dn::of([("cn", "Connections"), ("cn", "Configuration")]);
    let container = Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect());
    organization.object(&container).is_some_and(|entry| !entry.flag("Is-Deleted"))
}
