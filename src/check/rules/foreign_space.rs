//! `no-foreign-space`: Site-Proxy-Space holds nothing but the site's own address, or no site connector joins the site to another.

use super::founds::Founds;
use super::overlap::foreign;
use super::space::Space;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::directory::dn::Dn;
use crate::exchange::questions::{Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoForeignSpace {}

/// The attributes that hold what recipients added, the addresses of the site itself, and where a connector leads.
const ADDED: &str = "Site-Proxy-Space";
const OWN: &str = "Gateway-Proxy";
const ROUTES: &str = "Routing-List";
/// The connectors that carry what was added to other sites.
const CONNECTORS: &str = "site-connector";

impl Reading for NoForeignSpace {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDED, OWN]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside(CONNECTORS, &[ROUTES]).into_iter().chain(site::beside("site", &[])).collect()
    }

    fn expected(&self) -> String {
        format!("the site's own address alone in {ADDED}, or no site connector")
    }
}

impl Comparing for NoForeignSpace {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut connectors = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let answer = foreign(&object).and_then(|foreign| match foreign.as_slice() {
                [] => {
                    object.values(ADDED)?;
                    Ok(Ruling::holds(format!("{ADDED} holds nothing but the site's own address")))
                }
                [(text, _), more @ ..] => {
                    connectors.get_or_insert_with(|| Connectors::beside(&object)).carry(&object, text, more.len())
                }
            });
            founds.add(&object, answer);
        }
        founds.all()
    }
}

/// The site connectors of the organization.
struct Connectors {
    /// One of each site.
    of_site: HashMap<Option<u128>, Dn>,
    /// One to each X.400 address of a site: that of a connector's address space.
    to: HashMap<Space, Dn>,
    /// Why there may be others.
    open: Causes,
}

impl Connectors {
    fn beside(object: &Object<'_>) -> Self {
        let all = object.everywhere(CONNECTORS);
        let mut open = site::every_site_of(object, &all).err().unwrap_or_default();
        if let Some(selection) = Selection::named(CONNECTORS).filter(|_| all.count() == 0) {
            open = open.and(&site::was_asked_for(object, selection).err().unwrap_or_default());
        }
        let (mut of_site, mut to) = (HashMap::new(), HashMap::new());
        for connector in all.seen().map(Object::of) {
            of_site.entry(site::key(&connector)).or_insert_with(|| connector.dn());
            for space in connector.seen_texts(ROUTES).filter_map(|text| Space::read(&text)) {
                to.entry(space).or_insert_with(|| connector.dn());
            }
        }
        Self { of_site, to, open }
    }

    /// What is said of a Site Addressing that holds a foreign space, and `more` of them.
    fn carry(&self, object: &Object<'_>, text: &str, more: usize) -> Answer {
        let own = object.seen_texts(OWN).filter_map(|text| Space::read(&text));
        let connector = self.of_site.get(&site::key(object)).or_else(|| own.filter_map(|own| self.to.get(&own)).next());
        let Some(connector) = connector else {
            return match self.open.is_empty() {
                true => Ok(Ruling::nothing("no site connector joins its site to another")),
                false => Err(self.open.clone()),
            };
        };
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        Ok(Ruling::broken(Reason::NotMet, format!("{ADDED} holds {text}{more}, and {connector} joins its site to another")))
    }
}
