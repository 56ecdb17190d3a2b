//! Rules: what a filter cannot say. One file a rule; [`ALL`] lists them.

mod at_most;
mod beside;
mod dirsync_orphan;
mod extension;
mod file_version;
mod local_space;
mod object;
mod release_fault;
mod ruling;
mod server_version;
mod site_has;
mod size_limits;
mod unique;

pub(super) use object::Object;
pub(super) use ruling::Ruling;

use super::load::{LoadError, Problem, Source};
use super::nearest::{known_word, nearest};
use crate::directory::entry::Entry;
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

    /// The configuration objects that it compares with, and their attributes. A rule without any, and one that gathers, can be
    /// used on objects that stream by.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Vec::new()
    }

    /// What it expects, for evidence: a few words that follow "expected:".
    fn expected(&self) -> String;

    /// Judges an object; none if something that it must know may be there and was not shown.
    fn judge(&self, object: &Object<'_>) -> Option<Ruling>;

    /// For a rule about all objects together: what gathers while they stream by. Such a rule judges none by itself.
    fn gather(&self) -> Option<Box<dyn Gather>> {
        None
    }
}

/// Gathers what streams by, for a verdict about all of it.
pub(super) trait Gather: Send + Sync {
    /// Looks at an object of the check's selection; `index` tells objects apart.
    fn see(&mut self, entry: &Entry, index: u32);

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
static ALL: [Known; 10] = [
    Known {
        name: "at-most",
        about: "`attribute` has at most `most` values; up to `tolerated`, more are only a warning",
        make: from_table::<at_most::AtMost>,
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
        name: "local-address-spaces",
        about: "an X.400 address space of type LOCAL has commas between its terms, and a country code",
        make: from_table::<local_space::LocalSpace>,
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
        name: "site-has",
        about: "the site has an object of the selection `selection` too",
        make: from_table::<site_has::SiteHas>,
    },
    Known {
        name: "size-limits",
        about: "a message too large for a connector is not passed on to another site that serves the same address space",
        make: from_table::<size_limits::SizeLimits>,
    },
    Known {
        name: "unique-addresses",
        about: "no two objects that stream by have the same e-mail address",
        make: from_table::<unique::Unique>,
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

    /// Whether it compares with other objects.
    pub fn compares(&self) -> bool {
        !self.judging.beside().is_empty()
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
