//! The sites and servers that show themselves.

use super::super::naming;
use super::super::questions::Seen;
use super::super::version::Version;
use super::evidence::Evidence;
use super::sights::State;
use crate::directory::dn::DnKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Site {
    /// Its name: the value of its `ou`.
    pub name: String,
    /// How many servers of it were seen.
    pub servers: usize,
    /// Whether a hidden or deleted object of it was seen.
    pub hidden_objects: State,
}

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Server {
    /// Its name.
    pub name: String,
    /// The name of its site.
    pub site: Option<String>,
    /// What it states of its version; none if that is not visible or no version.
    pub version: Option<Version>,
}

impl Server {
    pub(super) fn of(seen: &Seen<'_>) -> Self {
        Self {
            name: seen.dn().leaf().into_owned(),
            site: seen.site().map(str::to_owned),
            version: seen.values("serialNumber").texts().find_map(|text| Version::parse(&text)),
        }
    }
}

/// The sites by name, and the servers by site and name.
pub(super) fn of(evidence: &Evidence) -> (Vec<Site>, Vec<Server>) {
    let mut here: BTreeMap<&DnKey, usize> = BTreeMap::new();
    for (site, _) in evidence.found_servers.values() {
        *here.entry(site).or_default() += 1;
    }
    let mut servers: Vec<Server> = evidence.found_servers.values().map(|(_, server)| server.clone()).collect();
    servers.sort_by(|a, b| (&a.site, &a.name).cmp(&(&b.site, &b.name)));
    let site = |(key, dn): (&DnKey, &crate::directory::dn::Dn)| Site {
        servers: here.get(key).copied().unwrap_or(0),
        hidden_objects: evidence.hidden_at(key),
        name: naming::site_name(dn).unwrap_or_default(),
    };
    let mut sites: Vec<Site> = evidence.sites.iter().filter(|(_, dn)| naming::is_site(dn)).map(site).collect();
    sites.sort_by(|a, b| a.name.cmp(&b.name));
    (sites, servers)
}
