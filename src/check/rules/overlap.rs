//! `space-overlap`: what recipients added to Site-Proxy-Space is no address space of a connector, and no other site's.

use super::space::Space;
use super::{Judging, Object, Ruling, site};
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Overlap {}

/// Overlaps that a message tells.
const MOST_TOLD: usize = 3;

impl Judging for Overlap {
    fn attributes(&self) -> Vec<&str> {
        vec!["Site-Proxy-Space", "Gateway-Proxy"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let sites = site::beside("site-addressing", &["Gateway-Proxy"]);
        sites.into_iter().chain(site::beside("connector", &["Routing-List"])).collect()
    }

    fn expected(&self) -> String {
        "no address space of a connector or of another site".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let values = object.texts("Site-Proxy-Space")?;
        object.values("Gateway-Proxy")?;
        // A site's own address is no overlap: Q169672 shows two sites with the same one and finds nothing wrong with that.
        let own = spaces(object.entry);
        let foreign: Vec<(String, Space)> = values
            .into_iter()
            .filter_map(|text| Space::read(&text).map(|space| (text, space)))
            .filter(|(_, space)| !own.contains(space))
            .collect();
        if foreign.is_empty() {
            return Some(Ruling::holds("Site-Proxy-Space holds nothing but the site's own address"));
        }
        let (shared, unshown_sites) = sites(organization, object.entry, &foreign);
        // a connector that leads to such a site has its address for a space: that is one overlap, not two
        let rest: Vec<_> = foreign.iter().filter(|(_, space)| !shared.iter().any(|(other, _)| other == space)).cloned().collect();
        let (routed, unshown) = connectors(organization, &rest);
        let told = routed.iter().chain(shared.iter().map(|(_, told)| told));
        let told: Vec<&str> = told.take(MOST_TOLD).map(String::as_str).collect();
        let more = (routed.len() + shared.len()).saturating_sub(MOST_TOLD);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        let message = format!("{}{more}", told.join("; "));
        if !routed.is_empty() {
            return Some(Ruling::broken(Reason::Overlap, message));
        }
        if !shared.is_empty() {
            // where the directory keeps the switch is not published
            let advice = "Nothing is wrong if Share address space with other X.400 systems is ticked on purpose (Site Addressing > General).";
            return Some(Ruling::broken(Reason::Overlap, format!("{message}\n{advice}")).inferred());
        }
        let holds = || Ruling::holds("Site-Proxy-Space holds nothing that is a connector's or another site's");
        Some(unshown.or(unshown_sites).unwrap_or_else(holds))
    }
}

/// The X.400 addresses of a site as spaces.
fn spaces(addressing: &Entry) -> Vec<Space> {
    addressing.texts("Gateway-Proxy").filter_map(|text| Space::read(&text)).collect()
}

/// The connectors that have one of these spaces, and what was not shown.
fn connectors(organization: &Organization, foreign: &[(String, Space)]) -> (Vec<String>, Option<Ruling>) {
    let (mut found, mut unshown) = (Vec::new(), None);
    let Some(selection) = Selection::named("connector") else { return (found, unshown) };
    for connector in organization.living().filter(|entry| selection.takes(entry)) {
        if let Err(unknown) = site::known(organization, connector, "Routing-List") {
            unshown.get_or_insert(unknown);
        }
        let routes: Vec<Space> = connector.texts("Routing-List").filter_map(|text| Space::read(&text)).collect();
        for (text, _) in foreign.iter().filter(|(_, space)| routes.contains(space)) {
            found.push(format!("{text} is an address space of {}", connector.dn));
        }
    }
    let unread = organization.sites_without_connections();
    if let Some(site) = unread.first() {
        let message = format!(
            "the connectors of site {site} decide it, and were not shown\nTo decide it, bind as an administrator, or ask a server that \
             holds that site's configuration."
        );
        unshown.get_or_insert(Ruling::unknown(Reason::ConfigUnreadable, message));
    }
    (found, unshown)
}

/// The spaces that other sites have for their own address, with words for each, and what was not shown.
fn sites(organization: &Organization, own: &Entry, foreign: &[(String, Space)]) -> (Vec<(Space, String)>, Option<Ruling>) {
    let (mut found, mut unshown) = (Vec::new(), None);
    for other in site::all(organization).filter(|other| other.dn.key() != own.dn.key()) {
        if let Err(unknown) = site::known(organization, other, "Gateway-Proxy") {
            unshown.get_or_insert(unknown);
        }
        let theirs = spaces(other);
        let name = naming::site_name(&other.dn).unwrap_or_default();
        for (text, space) in foreign.iter().filter(|(_, space)| theirs.contains(space)) {
            found.push((space.clone(), format!("{text} is the address of site {name}")));
        }
    }
    (found, unshown)
}
