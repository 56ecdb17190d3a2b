//! `names-server`: an attribute names a server that exists. What `resolves` cannot say: the value may be the bare name of a
//! server, of the own site or of another.

use super::{Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::organization::{Destination, Organization};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NamesServer {
    /// The attribute, by LDAP name: a server's name, or the name of an object that is one or lies below one.
    attribute: String,
    /// The attribute that names the site of a server of which only the name is given; without it, the object's own.
    site: Option<String>,
}

impl Judging for NamesServer {
    fn attributes(&self) -> Vec<&str> {
        std::iter::once(self.attribute.as_str()).chain(self.site.as_deref()).collect()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").map(|servers| (servers, Vec::new())).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("{} names a server that exists", self.attribute)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let texts = object.texts(&self.attribute)?;
        let organization = object.organization?;
        let Some(text) = texts.first().map(|text| text.trim()) else {
            return Some(Ruling::nothing(format!("has no {}", self.attribute)));
        };
        let unreadable = || {
            let message = format!("{} is {text:?}, which cannot be read as the name of a server", self.attribute);
            Ruling::unknown(Reason::NoPointer, message)
        };
        if text.starts_with('/') || text.contains('=') {
            let server = naming::from_either(text).and_then(|dn| server_above(&dn));
            return Some(server.map_or_else(unreadable, |server| self.look_for(&server, organization)));
        }
        let site = match &self.site {
            None => naming::site_of(&object.entry.dn),
            Some(attribute) => match object.texts(attribute)?.first() {
                None => return Some(Ruling::unknown(Reason::NoPointer, format!("no {attribute} says of which site {text} is"))),
                Some(named) => naming::from_either(named).and_then(|dn| naming::site_of(&dn)),
            },
        };
        let (Some(site), false) = (site, text.is_empty()) else { return Some(unreadable()) };
        let above = [("cn", text), ("cn", "Servers"), ("cn", "Configuration")];
        let rdns = Dn::of(above).rdns().iter().chain(site.rdns()).cloned().collect();
        Some(self.look_for(&Dn::new(rdns), organization))
    }
}

impl NamesServer {
    fn look_for(&self, server: &Dn, organization: &Organization) -> Ruling {
        let named = format!("{} names {server}", self.attribute);
        match organization.follow(server) {
            Destination::Living(_) | Destination::Seen(_) => return Ruling::holds(format!("{named}, which exists")),
            Destination::Tombstone(_) => return Ruling::broken(Reason::Tombstone, format!("{named}, which is deleted")),
            Destination::Nowhere(_) => {}
        }
        let ended = organization.configuration_search.as_ref();
        if let Some(how) = ended.and_then(|ended| ended.trouble()) {
            return Ruling::unknown(Reason::Truncated, format!("{named}; the search for servers did not complete: {how}"));
        }
        // a server cannot be hidden from the address book (Computer has no such attribute, SDK sch_cont_6iia): where others of
        // its site are seen, it would be
        if others_of(server, organization).next().is_some() {
            let broken = Ruling::broken(Reason::Dangling, format!("{named}, which is not among the servers of its site"));
            return if organization.proves_endings { broken } else { broken.inferred() };
        }
        let reason = if organization.has_site_of(server) { Reason::ContainerUnreadable } else { Reason::OtherSite };
        let site = naming::site_name(server).unwrap_or_default();
        Ruling::unknown(reason, format!("{named}, but no server of site {site} is seen here"))
    }
}

/// The server that a name is of or lies below: `cn=SERVER,cn=Servers,cn=Configuration,ou=SITE,o=ORGANIZATION`.
fn server_above(dn: &Dn) -> Option<Dn> {
    let server = dn.ancestor(5);
    let is_server = server.rdns().len() == 5
        && naming::is_configuration(&server)
        && server.parent().rdn().is_some_and(|rdn| rdn.text().eq_ignore_ascii_case("Servers"));
    is_server.then_some(server)
}

/// The servers that are seen of the site of a server.
fn others_of<'a>(server: &Dn, organization: &'a Organization) -> impl Iterator<Item = &'a Entry> {
    let servers = Selection::named("server");
    let container = server.parent().key();
    organization
        .living()
        .filter(move |entry| entry.dn.parent().key() == container && servers.is_some_and(|servers| servers.takes(entry)))
}
