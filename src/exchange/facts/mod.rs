//! Facts of the directory that a change is compared with: names, addresses, roles. Only what was seen; what was not seen is said.
//!
//! A closed list: each maker says what it shows, and which objects and attributes must be read for it.

mod connectors;
mod object;
mod registry;
mod roles;
mod routing;
mod row;
mod servers;
mod services;
mod site_addressing;
#[cfg(test)]
mod tests;
mod unseen;

pub use row::Fact;

use super::naming;
use super::questions::Questions;
use super::selection::Selection;
use super::wanted::{Wanted, add};
use crate::directory::dn::Dn;
use row::Rows;

/// A maker of facts.
pub struct Facts {
    word: &'static str,
    meaning: &'static str,
    selections: &'static [&'static str],
    attributes: &'static [&'static str],
    make: fn(&Questions, Named<'_>, &mut Rows),
}

/// What a change is about.
#[derive(Debug, Clone, Copy)]
pub enum Named<'a> {
    /// The whole organization.
    Nothing,
    /// An object.
    Object(&'a Dn),
    /// A server.
    Server(&'a Dn),
}

impl<'a> Named<'a> {
    /// Its name.
    pub fn dn(self) -> Option<&'a Dn> {
        match self {
            Self::Nothing => None,
            Self::Object(dn) | Self::Server(dn) => Some(dn),
        }
    }

    /// The site that it belongs to.
    pub fn site(self) -> Option<Dn> {
        self.dn().and_then(naming::real_site_of)
    }
}

/// All of them.
static ALL: [Facts; 8] = [
    Facts {
        word: "services",
        meaning: "every Internet Mail Service: server, administrator mailbox and how it was found, address spaces",
        selections: &[],
        attributes: &["Computer-Name", "Routing-List", "Home-MTA"],
        make: services::rows,
    },
    Facts {
        word: "site-addressing",
        meaning: "the addresses that each site generates, those that are disabled, and how often routing is calculated",
        selections: &["site-addressing"],
        attributes: &["Gateway-Proxy", "Disabled-Gateway-Proxy", "Activation-Style"],
        make: site_addressing::rows,
    },
    Facts {
        word: "servers",
        meaning: "every server: its release, and the roles that it holds",
        selections: &[
            "server",
            "site-addressing",
            "directory-configuration",
            "store-configuration",
            "private-store",
            "public-store",
        ],
        attributes: &[
            "serialNumber",
            "Rid-Server",
            "Off-Line-AB-Server",
            "Site-Folder-Server",
            "KM-Server",
            "Home-Public-Server",
        ],
        make: servers::rows,
    },
    Facts {
        word: "connectors",
        meaning: "every connector: its server or bridgeheads, and the sites that it joins",
        selections: &["connector", "replication-connector", "dirsync-partner", "site-addressing"],
        attributes: &[
            "Computer-Name",
            "Home-MTA",
            "Local-Bridge-Head",
            "Remote-Bridge-Head",
            "Responsible-Local-DXA",
            "Remote-Site",
            "Connected-Domains",
            "Routing-List",
            "Gateway-Proxy",
        ],
        make: connectors::rows,
    },
    Facts {
        word: "routing",
        meaning: "the address spaces of every connector, with their costs, and the addresses that each site keeps for itself",
        selections: &["connector", "site-addressing"],
        attributes: &["Routing-List", "Site-Proxy-Space", "GWART-Last-Modified"],
        make: routing::rows,
    },
    Facts {
        word: "registry",
        meaning: "the names that the registry of each server must hold, letter for letter, with the article",
        selections: &["server"],
        attributes: &["rdn"],
        make: registry::rows,
    },
    Facts {
        word: "roles",
        meaning: "of each site: who holds the site folders, generates the offline address book, calculates routing, manages keys",
        selections: &["site-addressing", "directory-configuration", "store-configuration", "key-management", "private-store"],
        attributes: &["Rid-Server", "Off-Line-AB-Server", "Site-Folder-Server", "KM-Server", "Home-Public-Server"],
        make: roles::rows,
    },
    Facts {
        word: "object",
        meaning: "the named object: its kind, home server, addresses, alternate recipient, and whether it is hidden",
        selections: &["recipient"],
        attributes: &[
            "uid",
            "cn",
            "Home-MDB",
            "Home-MTA",
            "Hide-From-Address-Book",
            "Alt-Recipient",
            "mail",
            "rfc822Mailbox",
            "textEncodedORAddress",
            "otherMailbox",
            "Proxy-Addresses",
        ],
        make: object::rows,
    },
];

impl Facts {
    /// The maker of that name.
    pub fn named(word: &str) -> Option<&'static Self> {
        ALL.iter().find(|facts| facts.word == word)
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter()
    }

    /// The word in the files of changes.
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// What it shows.
    pub fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// Whether it shows the object that a change is about, and nothing else.
    pub fn is_of_named(&self) -> bool {
        self.word == "object"
    }

    /// Adds what must be read for it.
    pub fn want(&self, wanted: &mut Wanted) {
        for selection in self.selections.iter().filter_map(|word| Selection::named(word)) {
            let list = if selection.is_of_recipients() { &mut wanted.recipients } else { &mut wanted.configuration };
            if !list.contains(&selection) {
                list.push(selection);
            }
        }
        for name in self.attributes {
            add(&mut wanted.services, name);
            add(&mut wanted.configuration_attributes, name);
            if self.is_of_named() {
                add(&mut wanted.recipient_attributes, name);
            }
        }
    }

    /// What was seen, and what was not. Where a change is about a server, and the fact is told of each server, only that one is told.
    pub fn rows(&self, questions: &Questions, named: Named<'_>) -> Vec<Fact> {
        let mut rows = Rows::default();
        (self.make)(questions, named, &mut rows);
        rows.all()
    }
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Facts").field(&self.word).finish()
    }
}

impl PartialEq for Facts {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Facts {}

/// The objects of a selection that were seen, in the order of their names.
fn seen<'q>(questions: &'q Questions, word: &str) -> Vec<super::questions::Seen<'q>> {
    let all = Selection::named(word).map(|selection| questions.all(selection, None));
    let mut all: Vec<_> = all.iter().flat_map(|all| all.seen()).collect();
    all.sort_by_cached_key(|seen| {
        let key = seen.dn().key();
        (seen.site().unwrap_or_default().to_lowercase(), key)
    });
    all
}
