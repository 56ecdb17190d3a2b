//! `no-foreign-space`: Site-Proxy-Space holds nothing but the site's own address, or no site connector leads from the site.

use super::overlap::foreign;
use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::questions::Object;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoForeignSpace {}

/// The attributes that hold what recipients added, and the addresses of the site itself.
const ADDED: &str = "Site-Proxy-Space";
const OWN: &str = "Gateway-Proxy";
/// The connectors that carry what was added to other sites.
const CONNECTORS: &str = "site-connector";

impl Reading for NoForeignSpace {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDED, OWN]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside(CONNECTORS, &["objectClass"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("the site's own address alone in {ADDED}, or no site connector")
    }
}

impl Judging for NoForeignSpace {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let foreign = foreign(object)?;
        let Some((text, _)) = foreign.first() else {
            object.values(ADDED)?;
            return Ok(Ruling::holds(format!("{ADDED} holds nothing but the site's own address")));
        };
        let connectors = object.of_site(CONNECTORS);
        let Some(connector) = connectors.seen().next() else {
            object.is_whole(&connectors)?;
            if let Some(selection) = Selection::named(CONNECTORS) {
                site::was_asked_for(object, selection)?;
            }
            return Ok(Ruling::nothing("its site has no site connector"));
        };
        let more = match foreign.len() {
            1 => String::new(),
            count => format!(" and {} more", count - 1),
        };
        let message = format!("{ADDED} holds {text}{more}, and {} carries it to another site", connector.dn());
        Ok(Ruling::broken(Reason::NotMet, message))
    }
}
