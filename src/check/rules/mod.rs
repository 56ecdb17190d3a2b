//! Rules: what a filter cannot say. One file a rule; [`ALL`] lists them.

mod address_length;
mod address_text;
mod address_types;
mod at_most;
mod beside;
mod bridgehead_limit;
mod connected;
mod dirsync_orphan;
mod extension;
mod file_version;
mod forwards;
mod generators;
mod glance;
mod has_address;
mod ims_server;
mod local_space;
mod name_characters;
mod name_length;
mod names_server;
mod names_sibling;
mod no_circle;
mod object;
mod one_home;
mod one_server;
mod overlap;
mod plain_name;
mod postmaster;
mod release_fault;
mod ruling;
mod server_version;
mod servers;
mod site;
mod site_has;
mod site_name;
mod size_limits;
mod smtp_space;
mod space;
mod templates;
mod tombstones;
mod unique;
mod unseen;
mod x400;

pub(super) use glance::Glance;
pub(super) use object::Object;
pub(super) use ruling::Ruling;

use super::load::{LoadError, Problem, Source};
use super::nearest::{known_word, nearest};
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use toml::{Spanned, Table};

/// A rule with its parameters.
#[derive(Debug, Clone)]
pub struct Rule {
    name: &'static str,
    judging: Arc<dyn Judging>,
}

/// What a rule does.
pub(super) trait Judging: fmt::Debug + Send + Sync {
    /// The attributes of the judged object that it reads, by LDAP name.
    fn attributes(&self) -> Vec<&str>;

    /// The configuration objects that it compares with, and their attributes. Only a rule without any, or one that gathers, can
    /// be used on objects that stream by.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Vec::new()
    }

    /// What it expects, for evidence: a few words that follow "expected:".
    fn expected(&self) -> String;

    /// Judges an object; none if something that it must know may be there and was not shown.
    fn judge(&self, object: &Object<'_>) -> Option<Ruling>;

    /// Whether an object surely meets it, whatever else is shown: what holds for nearly all that stream by, told at one look.
    /// False says nothing.
    fn surely_holds(&self, _: &Glance<'_>) -> bool {
        false
    }

    /// For a rule about all objects together: what gathers while they stream by. Such a rule judges none by itself.
    fn gather(&self) -> Option<Box<dyn Gather>> {
        None
    }
}

/// Gathers what streams by, for a verdict about all of it.
pub(super) trait Gather: Send + Sync {
    /// Looks at an object of the check's selection; `index` tells objects apart.
    fn see(&mut self, glance: &Glance<'_>, index: u32);

    /// Does what was put off while objects came one after the other.
    fn settle(&mut self) {}

    /// What is wrong with which objects, now that everything streamed by, at most `most` of them: the indexes of the objects
    /// and the ruling, the subject first.
    fn finish(&self, organization: &Organization, name: &dyn Fn(u32) -> String, most: usize) -> Vec<(Vec<u32>, Ruling)>;
}

/// A rule by name.
struct Known {
    name: &'static str,
    /// What it says and which parameters it takes, for lists and docs.
    about: &'static str,
    make: fn(Table) -> Result<Arc<dyn Judging>, String>,
}

/// Every rule, by name.
static ALL: &[Known] = &[
    Known {
        name: "address-length",
        about: "the reply addresses of a recipient have at most `most` characters together",
        make: from_table::<address_length::AddressLength>,
    },
    Known {
        name: "address-types",
        about: "the object has an e-mail address of each of `types`",
        make: from_table::<address_types::AddressTypes>,
    },
    Known {
        name: "address-without",
        about: "no address of the type `type` holds `text`, or ends with `ending`",
        make: from_table::<address_text::AddressWithout>,
    },
    Known {
        name: "at-most",
        about: "`attribute` has at most `most` values; up to `tolerated`, more are only a warning",
        make: from_table::<at_most::AtMost>,
    },
    Known {
        name: "bridgehead-without-limit",
        about: "the private store of a replication bridgehead has no prohibit send limit",
        make: from_table::<bridgehead_limit::BridgeheadLimit>,
    },
    Known {
        name: "connected-site-address",
        about: "a connector holds, for each site it connects, the address that the site has for itself",
        make: from_table::<connected::Connected>,
    },
    Known {
        name: "dirsync-orphans",
        about: "each custom recipient for a $SYSTEM of MS Mail is named by a requestor or remote requestor",
        make: from_table::<dirsync_orphan::Orphans>,
    },
    Known {
        name: "extension-installed",
        about: "the extension `name`, or each that `attribute` names, is in the Add-Ins container of the site, with the file `library`",
        make: from_table::<extension::Extension>,
    },
    Known {
        name: "file-version",
        about: "File-Version is what a server of the site ships; `file` is generator or extension, which has `least` where every \
                server runs `from` or later",
        make: from_table::<file_version::Fits>,
    },
    Known {
        name: "forwards-out",
        about: "mail for the object does not go on to a custom recipient, by its Alt-Recipient",
        make: from_table::<forwards::ForwardsOut>,
    },
    Known {
        name: "generator-has-site-address",
        about: "the address type of an e-mail address generator is one of Site Addressing",
        make: from_table::<generators::HasSiteAddress>,
    },
    Known {
        name: "has-address",
        about: "a recipient has an e-mail address of any type",
        make: from_table::<has_address::HasAddress>,
    },
    Known {
        name: "ims-server",
        about: "the server of an Internet Mail Service is there (`has = \"object\"`), or has a private information store \
                (`has = \"private-store\"`)",
        make: from_table::<ims_server::ImsServer>,
    },
    Known {
        name: "local-address-spaces",
        about: "an X.400 address space of type LOCAL has commas between its terms, and a country code",
        make: from_table::<local_space::LocalSpace>,
    },
    Known {
        name: "longest-tombstone",
        about: "no other site keeps deleted objects longer than this DS Site Configuration",
        make: from_table::<tombstones::LongestTombstone>,
    },
    Known {
        name: "name-characters",
        about: "the names of a site and its organization have only characters that addresses can be made of",
        make: from_table::<name_characters::NameCharacters>,
    },
    Known {
        name: "name-length",
        about: "the name of an object has at most `most` characters; more than `near` are too near to that",
        make: from_table::<name_length::NameLength>,
    },
    Known {
        name: "names-server",
        about: "`attribute` names a server that exists, of the object's own site or of the one that `site` names",
        make: from_table::<names_server::NamesServer>,
    },
    Known {
        name: "names-sibling",
        about: "`attribute` names the object called `sibling` beside the judged one",
        make: from_table::<names_sibling::NamesSibling>,
    },
    Known {
        name: "no-circle",
        about: "following `attribute` from object to object never leads back",
        make: from_table::<no_circle::NoCircle>,
    },
    Known {
        name: "one-home",
        about: "a mailbox has a Home-MDB and a Home-MTA, both of one server, and server and store are there",
        make: from_table::<one_home::OneHome>,
    },
    Known {
        name: "one-server",
        about: "the two `attributes` of an object name objects of one server",
        make: from_table::<one_server::OneServer>,
    },
    Known {
        name: "plain-name",
        about: "the directory name of an object has plain characters only, and no question mark",
        make: from_table::<plain_name::PlainName>,
    },
    Known {
        name: "postmaster",
        about: "no object that streams by has an address postmaster@ of a site's own domain, but for the administrators of the \
                site's Internet Mail Services",
        make: from_table::<postmaster::Postmaster>,
    },
    Known {
        name: "release-fault",
        about: "`filter` does not match while a server of the site runs a release before `before`",
        make: from_table::<release_fault::ReleaseFault>,
    },
    Known {
        name: "server-version",
        about: "a server states the release `from` or a later one",
        make: from_table::<server_version::ServerVersion>,
    },
    Known {
        name: "site-address-has-generator",
        about: "each address type of Site Addressing has an e-mail address generator",
        make: from_table::<generators::HasGenerator>,
    },
    Known {
        name: "site-has",
        about: "the site has an object of the selection `selection` too",
        make: from_table::<site_has::SiteHas>,
    },
    Known {
        name: "site-name-plain",
        about: "a site's name has no special character, or every server states the release `from` or a later one",
        make: from_table::<site_name::SiteName>,
    },
    Known {
        name: "size-limits",
        about: "a message too large for a connector is not passed on to another site that serves the same address space",
        make: from_table::<size_limits::SizeLimits>,
    },
    Known {
        name: "smtp-space",
        about: "of an Internet Mail Service's address spaces: `fault` is `none` (there is no SMTP one), `blank` (an SMTP one without \
                an address) or `other-type` (one that is not of type SMTP)",
        make: from_table::<smtp_space::SmtpSpace>,
    },
    Known {
        name: "space-overlap",
        about: "Site-Proxy-Space holds no address space of a connector and no address of another site",
        make: from_table::<overlap::Overlap>,
    },
    Known {
        name: "templates-in-each-language",
        about: "no language container of the details and one-off address templates is empty",
        make: from_table::<templates::Templates>,
    },
    Known {
        name: "unique-addresses",
        about: "no two objects that stream by have the same e-mail address",
        make: from_table::<unique::Unique>,
    },
    Known {
        name: "x400",
        about: "no X.400 address in `attributes` is of the `class`, has a code of `without`, stands `untyped`, has a key of \
                `lower-case` in upper case, or a term of `without-terms`; a `secondary` address weighs that much",
        make: from_table::<x400::X400>,
    },
];

impl Rule {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it says, in general.
    pub fn about(&self) -> &'static str {
        ALL.iter().find(|known| known.name == self.name).map_or("", |known| known.about)
    }

    /// What it expects, with its parameters, in a few words.
    pub fn expected(&self) -> String {
        self.judging.expected()
    }

    /// Whether it compares each object with others.
    pub fn compares(&self) -> bool {
        !self.judging.beside().is_empty() && !self.gathers()
    }

    /// Whether it is about all objects together.
    pub(super) fn gathers(&self) -> bool {
        self.judging.gather().is_some()
    }

    pub(super) fn judging(&self) -> &dyn Judging {
        self.judging.as_ref()
    }
}

/// The names of the rules and what each says, for lists and docs.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALL.iter().map(|known| (known.name, known.about))
}

/// Reads a rule of a check.
pub(super) fn read(source: Source<'_>, name: &Spanned<String>, parameters: Option<&Spanned<Table>>) -> Result<Rule, LoadError> {
    let word = name.get_ref();
    let Some(known) = ALL.iter().find(|known| known.name == word) else {
        let suggestion = nearest(word, ALL.iter().map(|known| known.name)).map(str::to_owned);
        return Err(source.problem(&name.span(), Problem::UnknownRule { name: word.clone(), suggestion }));
    };
    let table = parameters.map(|table| table.get_ref().clone()).unwrap_or_default();
    match (known.make)(table) {
        Ok(judging) => Ok(Rule { name: known.name, judging }),
        Err(message) => {
            let at = parameters.map_or_else(|| name.span(), Spanned::span);
            let suggestion = known_word(&message);
            Err(source.problem(&at, Problem::Parameters { rule: known.name, message, suggestion }))
        }
    }
}

/// Makes a rule from its table of parameters.
fn from_table<R: Judging + DeserializeOwned + 'static>(table: Table) -> Result<Arc<dyn Judging>, String> {
    let rule = table.try_into::<R>().map_err(|error| error.message().trim().replace('\n', ", "))?;
    Ok(Arc::new(rule))
}

#[cfg(test)]
#[path = "glance_tests.rs"]
mod glance_tests;
