//! Rules: what a filter cannot say. One file a rule; [`ALL`] lists them.

mod address_length;
mod address_text;
mod address_types;
mod at_most;
mod bridgehead_limit;
mod certificate;
mod connected;
mod dirsync_orphan;
mod extension;
mod file_version;
mod foreign_space;
mod forwards;
mod founds;
mod generators;
mod has_address;
mod ims_server;
mod local_space;
mod many_sites;
mod mapi_forwarding;
mod name_characters;
mod name_length;
mod name_prefix;
mod names_server;
mod names_sibling;
mod no_circle;
mod one_home;
mod one_server;
mod org_terms;
mod overlap;
mod own_site;
mod plain_name;
mod postmaster;
mod protocol_setting;
mod registry;
mod release_fault;
mod ruling;
mod schedule;
mod server_version;
mod servers;
mod set_like_others;
mod site;
mod site_has;
mod site_name;
mod site_term;
mod site_type;
mod size_limits;
mod smtp_space;
mod smtp_template;
mod space;
mod templates;
mod tombstones;
mod twin;
mod unique;
mod unique_on_server;
mod value_length;
mod without_term;
mod x400;
mod x400_spaces;

use registry::ALL;
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
