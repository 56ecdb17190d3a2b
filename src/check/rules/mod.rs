//! Rules: what a filter cannot say. One file a rule; [`ALL`] lists them.

mod address_length;
mod address_text;
mod address_types;
mod at_most;
mod bridgehead_limit;
mod connected;
mod dirsync_orphan;
mod extension;
mod file_version;
mod forwards;
mod founds;
mod generators;
mod has_address;
mod ims_server;
mod local_space;
mod name_characters;
mod name_length;
mod names_server;
mod names_sibling;
mod no_circle;
mod one_home;
mod one_server;
mod org_terms;
mod overlap;
mod plain_name;
mod postmaster;
mod protocol_setting;
mod release_fault;
mod ruling;
mod schedule;
mod server_version;
mod site;
mod site_has;
mod site_name;
mod size_limits;
mod smtp_space;
mod smtp_template;
mod space;
mod templates;
mod tombstones;
mod twin;
mod unique;
mod x400;

pub(super) use ruling::Ruling;

use super::load::{LoadError, Problem, Source};
use super::nearest::nearest;
use super::toml_words::plain;
use crate::directory::whole::EntryId;
use crate::exchange::questions::{Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use serde::de::DeserializeOwned;
use std::fmt;
use std::sync::Arc;
use toml::{Spanned, Table};

/// A rule with its parameters.
#[derive(Debug, Clone)]
pub struct Rule {
    name: &'static str,
    does: Does,
}

/// What a rule does.
#[derive(Debug, Clone)]
pub(super) enum Does {
    /// It judges each object by itself.
    Judge(Arc<dyn Judging>),
    /// It compares all objects of the check's selection with each other.
    Compare(Arc<dyn Comparing>),
}

/// What a rule says of an object, or why that is not known.
pub(super) type Answer = Result<Ruling, Causes>;

/// What every rule tells of itself.
pub(super) trait Reading: fmt::Debug + Send + Sync {
    /// The attributes of the judged object that it reads, by LDAP name.
    fn attributes(&self) -> Vec<&str>;

    /// The other objects that it asks about, and their attributes.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Vec::new()
    }

    /// What it expects, for evidence: a few words that follow "expected:".
    fn expected(&self) -> String;
}

/// A rule that judges each object by itself.
pub(super) trait Judging: Reading {
    /// Judges an object. What the answers rest on is noted in the object.
    fn judge(&self, object: &Object<'_>) -> Answer;
}

/// A rule that compares all objects of the check's selection with each other.
pub(super) trait Comparing: Reading {
    /// What is wrong with which of the objects, and what cannot be told, at most `most` of each. Objects of which nothing is said
    /// are well. `all` holds those that are subjects of the check, and what may be missing.
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found>;
}

/// What a comparing rule found.
#[derive(Debug)]
pub(super) enum Found {
    /// Of one of the objects.
    One(EntryId, Answer),
    /// Of all that were seen together.
    All(Answer),
    /// Others, which were not seen, may be faulty, for these causes. It says nothing of those that were.
    Unseen(Causes),
}

impl Found {
    /// What was found out about one of the objects.
    fn of(seen: &Seen<'_>, answer: Answer) -> Self {
        Self::One(seen.id(), answer)
    }

    /// That something is not known of all together; nothing, if there is no cause.
    fn untold(causes: Causes) -> Option<Self> {
        (!causes.is_empty()).then_some(Self::All(Err(causes)))
    }

    /// That others may be faulty; nothing, if there is no cause.
    fn unseen(causes: Causes) -> Option<Self> {
        (!causes.is_empty()).then_some(Self::Unseen(causes))
    }
}

/// A rule by name.
struct Known {
    name: &'static str,
    /// What it says and which parameters it takes, for lists and docs.
    about: &'static str,
    make: fn(Table) -> Result<Does, String>,
}

/// Every rule, by name.
static ALL: &[Known] = &[
    Known {
        name: "address-length",
        about: "the reply addresses of a recipient total at most `most` characters",
        make: judging::<address_length::AddressLength>,
    },
    Known {
        name: "address-types",
        about: "the object has an e-mail address of each of `types`",
        make: judging::<address_types::AddressTypes>,
    },
    Known {
        name: "address-without",
        about: "no address of the type `type` contains `text` or `also`, begins with `beginning` or ends with `ending`",
        make: judging::<address_text::AddressWithout>,
    },
    Known {
        name: "at-most",
        about: "`attribute` has at most `most` values; up to `tolerated`, more are only a warning",
        make: judging::<at_most::AtMost>,
    },
    Known {
        name: "bridgehead-without-limit",
        about: "the private store of a replication bridgehead has no prohibit send limit",
        make: comparing::<bridgehead_limit::BridgeheadLimit>,
    },
    Known {
        name: "connected-site-address",
        about: "a connector has, for each site it connects, the address that this site has for itself",
        make: judging::<connected::Connected>,
    },
    Known {
        name: "dirsync-orphans",
        about: "each custom recipient for a $SYSTEM of MS Mail is named by a requestor or remote requestor",
        make: comparing::<dirsync_orphan::Orphans>,
    },
    Known {
        name: "extension-installed",
        about: "the extension `name`, or each that `attribute` names, is in the Add-Ins container of the site, with the file `library`",
        make: comparing::<extension::Extension>,
    },
    Known {
        name: "file-version",
        about: "File-Version is what a server of the site ships; `file` is generator or extension, with at least the version \
                `least` if every server runs `from` or later",
        make: comparing::<file_version::Fits>,
    },
    Known {
        name: "forwards-out",
        about: "mail for the object is not forwarded to a custom recipient by its Alt-Recipient",
        make: judging::<forwards::ForwardsOut>,
    },
    Known {
        name: "generator-has-site-address",
        about: "the address type of an e-mail address generator is one of Site Addressing",
        make: comparing::<generators::HasSiteAddress>,
    },
    Known {
        name: "has-address",
        about: "a recipient has an e-mail address of any type",
        make: judging::<has_address::HasAddress>,
    },
    Known {
        name: "ims-server",
        about: "the server of an Internet Mail Service exists (`has = \"object\"`), or has a private information store \
                (`has = \"private-store\"`)",
        make: judging::<ims_server::ImsServer>,
    },
    Known {
        name: "local-address-spaces",
        about: "an X.400 address space of type LOCAL has commas between its terms, and a country code",
        make: judging::<local_space::LocalSpace>,
    },
    Known {
        name: "longest-tombstone",
        about: "no other site keeps deleted objects longer than this DS Site Configuration",
        make: comparing::<tombstones::LongestTombstone>,
    },
    Known {
        name: "name-characters",
        about: "the names of a site and its organization have only characters that addresses can be made of",
        make: judging::<name_characters::NameCharacters>,
    },
    Known {
        name: "name-length",
        about: "the name of an object has at most `most` characters; more than `near` are too close to that",
        make: judging::<name_length::NameLength>,
    },
    Known {
        name: "names-server",
        about: "`attribute` names a server that exists, of the object's own site or of the one that `site` names",
        make: judging::<names_server::NamesServer>,
    },
    Known {
        name: "names-sibling",
        about: "`attribute` names the object called `sibling` in the container of the judged one",
        make: judging::<names_sibling::NamesSibling>,
    },
    Known {
        name: "no-circle",
        about: "following `attribute` from object to object never leads back",
        make: comparing::<no_circle::NoCircle>,
    },
    Known {
        name: "no-twin",
        about: "an object whose directory name ends with -1 has not the display name of the one of that name without -1",
        make: judging::<twin::NoTwin>,
    },
    Known {
        name: "no-org-terms",
        about: "no address space of a type of another product has terms like /O=../OU=..",
        make: judging::<org_terms::OrgTerms>,
    },
    Known {
        name: "no-type-disabled",
        about: "Site Addressing lists no address type as disabled, except those of `except`",
        make: judging::<generators::NoneDisabled>,
    },
    Known {
        name: "one-home",
        about: "a mailbox has a Home-MDB and a Home-MTA, both of one server, and server and store exist",
        make: judging::<one_home::OneHome>,
    },
    Known {
        name: "one-server",
        about: "the two `attributes` of an object name objects of one server",
        make: judging::<one_server::OneServer>,
    },
    Known {
        name: "plain-name",
        about: "the directory name of an object has plain characters only, and no question mark",
        make: judging::<plain_name::PlainName>,
    },
    Known {
        name: "postmaster",
        about: "no recipient has an address postmaster@ of a site's own domain, except the administrators of the \
                site's Internet Mail Services",
        make: comparing::<postmaster::Postmaster>,
    },
    Known {
        name: "protocol-setting",
        about: "`filter` matches an LDAP protocol object, unless its settings do not count: a server uses its own or its site's",
        make: judging::<protocol_setting::ProtocolSetting>,
    },
    Known {
        name: "release-fault",
        about: "`filter` does not match while a server of the site runs a release before `before`",
        make: comparing::<release_fault::ReleaseFault>,
    },
    Known {
        name: "server-version",
        about: "a server states the release `from` or a later one",
        make: judging::<server_version::ServerVersion>,
    },
    Known {
        name: "site-address-has-generator",
        about: "each address type of Site Addressing has an e-mail address generator",
        make: comparing::<generators::HasGenerator>,
    },
    Known {
        name: "site-address-type",
        about: "Site Addressing has an address of the type `type`, or the type is disabled, or its e-mail address generators were removed too",
        make: judging::<generators::HasType>,
    },
    Known {
        name: "site-has",
        about: "the site also has an object of the selection `selection`",
        make: judging::<site_has::SiteHas>,
    },
    Known {
        name: "site-name-plain",
        about: "a site's name has no special character, or every server states the release `from` or a later one",
        make: comparing::<site_name::SiteName>,
    },
    Known {
        name: "size-limits",
        about: "a message too large for a connector is not rerouted to another site that serves the same address space",
        make: comparing::<size_limits::SizeLimits>,
    },
    Known {
        name: "schedule-at-most",
        about: "the schedule in `attribute` has at most `most` runs a week",
        make: judging::<schedule::ScheduleAtMost>,
    },
    Known {
        name: "smtp-space",
        about: "of an Internet Mail Service's address spaces: `fault` is `none` (there is no SMTP one that matches addresses), `blank` (an SMTP one without \
                an address) or `other-type` (one that is not of type SMTP)",
        make: smtp_space::read,
    },
    Known {
        name: "smtp-template",
        about: "the SMTP template of a site makes a correct address for everybody, also without a first name or middle initial",
        make: judging::<smtp_template::SmtpTemplate>,
    },
    Known {
        name: "space-overlap",
        about: "Site-Proxy-Space contains no address space of a connector and no address of another site",
        make: comparing::<overlap::Overlap>,
    },
    Known {
        name: "templates-in-each-language",
        about: "no language container of the details and one-off address templates is empty",
        make: comparing::<templates::Templates>,
    },
    Known {
        name: "unique-addresses",
        about: "no two recipients have the same e-mail address",
        make: comparing::<unique::Unique>,
    },
    Known {
        name: "x400",
        about: "no X.400 address in `attributes` is of the class `class`, has a code of `without` (of `minor`: only a note), is `untyped`, has a key of \
                `lower-case` in upper case, or a term of `without-terms`; `secondary` is the severity for a secondary address",
        make: judging::<x400::X400>,
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
        self.reading().expected()
    }

    /// Whether it is about all objects together.
    pub(super) fn is_about_all(&self) -> bool {
        matches!(self.does, Does::Compare(_))
    }

    /// What it does.
    pub(super) fn does(&self) -> &Does {
        &self.does
    }

    /// What it tells of itself.
    pub(super) fn reading(&self) -> &dyn Reading {
        match &self.does {
            Does::Judge(rule) => rule.as_ref(),
            Does::Compare(rule) => rule.as_ref(),
        }
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
        Ok(does) => Ok(Rule { name: known.name, does }),
        Err(message) => {
            let at = parameters.map_or_else(|| name.span(), Spanned::span);
            let message = plain(&message, "");
            Err(source.problem(&at, Problem::Parameters { rule: known.name, message }))
        }
    }
}

/// Makes a rule that judges each object from its table of parameters.
fn judging<R: Judging + DeserializeOwned + 'static>(table: Table) -> Result<Does, String> {
    Ok(Does::Judge(Arc::new(from_table::<R>(table)?)))
}

/// Makes a rule that compares all objects.
fn comparing<R: Comparing + DeserializeOwned + 'static>(table: Table) -> Result<Does, String> {
    Ok(Does::Compare(Arc::new(from_table::<R>(table)?)))
}

fn from_table<R: DeserializeOwned>(table: Table) -> Result<R, String> {
    table.try_into::<R>().map_err(|error| error.message().trim().replace('\n', ", "))
}
