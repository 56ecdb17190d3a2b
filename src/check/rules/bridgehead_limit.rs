//! `bridgehead-without-limit`: the private store of a server that replicates the directory with another site has no prohibit
//! send limit. The judged object is a private store.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::naming;
use crate::exchange::questions::{Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The attribute that holds the limit, and the one that makes a server a bridgehead.
const LIMIT: &str = "MDB-Over-Quota-Limit";
const BRIDGEHEAD: &str = "Local-Bridge-Head";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BridgeheadLimit {}

impl Reading for BridgeheadLimit {
    fn attributes(&self) -> Vec<&str> {
        vec![LIMIT]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("replication-connector").map(|connectors| (connectors, vec![BRIDGEHEAD])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("no {LIMIT} on the store of a replication bridgehead")
    }
}

impl Comparing for BridgeheadLimit {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for store in subjects.iter().map(|seen| Object::of(*seen)) {
            let bridgeheads = sites.entry(site::key(&store)).or_insert_with(|| Bridgeheads::at(&store));
            founds.add(&store, one(&store, bridgeheads));
        }
        founds.all()
    }
}

/// What is said of a private store.
fn one(store: &Object<'_>, bridgeheads: &Bridgeheads<'_>) -> Answer {
    let Some(limit) = store.text(LIMIT)? else { return Ok(Ruling::holds("the store has no prohibit send limit")) };
    let above = store.dn().parent();
    let server = above.leaf();
    if let Some(connector) = bridgeheads.named.get(&server.to_lowercase()) {
        let message = format!("{LIMIT} is {limit}, and {server} is the bridgehead of {}", connector.dn());
        return Ok(Ruling::broken(Reason::NotMet, message));
    }
    if !bridgeheads.silent.is_empty() {
        return Err(bridgeheads.silent.clone());
    }
    site::is_whole(store, &bridgeheads.connectors, "Connections")?;
    Ok(Ruling::nothing(format!("{LIMIT} is {limit}, but no replication connector names {server}")))
}

/// The bridgeheads of a site.
struct Bridgeheads<'q> {
    connectors: Population<'q>,
    /// By the name of a server, in lower case, a replication connector of which it is the bridgehead.
    named: HashMap<String, Seen<'q>>,
    /// Why the bridgehead of a connector is not known.
    silent: Causes,
}

impl<'q> Bridgeheads<'q> {
    /// Those of the site of an object.
    fn at(object: &Object<'q>) -> Self {
        let connectors = object.of_site("replication-connector");
        let (mut named, mut silent) = (HashMap::new(), Causes::default());
        for connector in connectors.seen().map(Object::of) {
            for name in connector.seen_texts(BRIDGEHEAD).flat_map(|text| names_in(&text)) {
                named.entry(name).or_insert(connector.seen());
            }
            if let Err(causes) = connector.values(BRIDGEHEAD) {
                silent = silent.and(&causes);
            }
        }
        Self { connectors, named, silent }
    }
}

/// The names of the server that a value may mean, in lower case: the value itself, or that of the server in the name of an object.
fn names_in(text: &str) -> Vec<String> {
    let of_dn = if text.contains('=') { naming::from_either(text) } else { None };
    let own = text.trim().to_lowercase();
    std::iter::once(own).chain(of_dn.map(|dn| dn.ancestor(5).leaf().to_lowercase())).collect()
}
