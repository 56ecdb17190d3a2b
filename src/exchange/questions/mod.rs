//! The questions: the only way in which checks and rules look at a directory. Every answer carries what was not seen.
//!
//! Absent is not missing. Over LDAP or in an export something can be absent because it is not set, because nobody asked for it,
//! because this bind may not see it, because it is hidden, because a limit cut the result, because another site is replicated late.
//! That reasoning lives here. A verdict follows from the answers: it is decided where it comes out the same whatever the unseen parts
//! hold. The rules of the witnesses stand beside the questions that they serve: [`absence`] for attributes, [`lookup`] for objects,
//! [`population`] for all objects of a kind.

mod absence;
mod address;
mod cause;
mod condition;
mod container;
mod cover;
mod doubt;
mod elsewhere;
mod lookup;
mod named;
mod object;
mod population;
mod referrers;
mod seen;
mod sight;
#[cfg(test)]
mod tests;
mod truth;

pub use cause::{Cause, CauseId, Causes, UntoldReason};
pub use condition::Condition;
pub use lookup::{Lookup, Witness};
pub use object::Object;
pub use population::Population;
pub use referrers::{Referrer, Referrers};
pub use seen::{Seen, Values};
pub use truth::{Ground, Truth};

use super::address::ATTRIBUTES;
use super::declaration::Hints;
use super::export::STANDARD_INPUT;
use super::naming;
use super::selection::Selection;
use crate::directory::dn::Dn;
use crate::directory::source::Kind as SourceKind;
use crate::directory::whole::{Directory, EntryId, EntryRef, Name, SourceId};
use absence::Absence;
use cause::Interned;
use cover::Searched;
use elsewhere::Elsewhere;
use population::Members;
use sight::Sight;
use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

/// Services that are judged: each makes a result for every check. More than any organization had (inferred).
pub const MOST_SERVICES: usize = 1000;

/// A site that anything came back from.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeenSite(sight::SiteId);

/// A directory that can be asked.
#[derive(Debug)]
pub struct Questions {
    directory: Directory,
    sight: Sight,
    causes: Interned,
    /// What the operator said beforehand.
    hints: Hints,
    /// Where the audit starts: what lies elsewhere is looked up where a reference leads there, and not judged.
    base: Dn,
    /// By group and attribute, what its absence means; none where there are too many.
    absences: Vec<OnceLock<Absence>>,
    names: usize,
    /// The numbers of the attributes that show addresses.
    places: [Option<Name>; ATTRIBUTES.len()],
    reads: HashMap<(SourceId, u128), usize>,
    searched: Searched,
    members: Vec<OnceLock<Members>>,
    gaps: Mutex<HashMap<(&'static str, Option<u32>), population::Gaps>>,
    /// The sites and containers that names lead to and of which nothing was seen.
    elsewhere: Elsewhere,
    below_configuration: OnceLock<container::Containers>,
    /// Who names whom, once somebody asks.
    referrers: OnceLock<referrers::Index>,
}

/// Answers that are kept: more groups and attributes than any organization has are asked about anew each time.
const MOST_ABSENCES: usize = 1 << 20;

impl Questions {
    /// Asks this directory, from `base` down; `attributes` are those that checks read.
    pub fn of(mut directory: Directory, base: Dn, hints: Hints, attributes: impl IntoIterator<Item = String>) -> Self {
        attributes.into_iter().for_each(|name| directory.know(&name));
        for name in USUAL {
            directory.know(name);
        }
        let sight = Sight::of(&directory);
        let elsewhere = Elsewhere::of(&directory, &sight);
        let names = directory.names().count();
        let kept = sight.groups.len().saturating_mul(names);
        let absences = if kept <= MOST_ABSENCES { (0..kept).map(|_| OnceLock::new()).collect() } else { Vec::new() };
        let reads = lookup::reads(&directory);
        let searched = Searched::of(&directory);
        let places = ATTRIBUTES.map(|place| directory.name(place));
        let members = Selection::all().map(|_| OnceLock::new()).collect();
        Self {
            directory,
            sight,
            causes: Interned::default(),
            hints,
            base,
            absences,
            names,
            reads,
            searched,
            places,
            members,
            gaps: Mutex::default(),
            elsewhere,
            below_configuration: OnceLock::new(),
            referrers: OnceLock::new(),
        }
    }

    /// What the operator said beforehand.
    pub fn hints(&self) -> &Hints {
        &self.hints
    }

    /// Where the audit starts.
    pub fn base(&self) -> &Dn {
        &self.base
    }

    /// The number of an attribute; none if no object shows it and no check reads it.
    pub fn name(&self, attribute: &str) -> Option<Name> {
        self.directory.name(attribute)
    }

    /// Whether any entry shows an attribute of that name.
    pub fn is_shown(&self, attribute: &str) -> bool {
        self.name(attribute).is_some_and(|name| self.directory.entries().any(|entry| entry.shown().has(name)))
    }

    /// Where the answers came from, for messages: `ldap://host:389` or the files.
    pub fn location(&self) -> String {
        let names: Vec<&str> = self.directory.sources().iter().map(|source| source.location.as_str()).collect();
        names.join(", ")
    }

    /// Whether everything is from files, and from tables alone.
    pub fn is_of_files(&self) -> (bool, bool) {
        let sources = self.directory.sources();
        (sources.iter().all(|source| source.is_file()), sources.iter().all(|source| source.kind == SourceKind::Csv))
    }

    /// Whether every ending is the word of a server, so that "not there" is more than "not in this file".
    pub fn proves_endings(&self) -> bool {
        self.directory.sources().iter().all(|source| source.proves)
    }

    /// What is wrong with the sources as a whole: files that were cut.
    pub fn troubles(&self) -> impl Iterator<Item = &str> {
        self.directory.sources().iter().filter_map(|source| source.trouble.as_deref())
    }

    /// The name of the organization, where it was seen.
    pub fn organization(&self) -> Option<String> {
        naming::organization_name(&self.base)
            .or_else(|| self.directory.entries().find_map(|entry| naming::organization_name(&entry.dn())))
    }

    /// The file that the record of that name stands in, and its line; none where it came from a server or a table.
    pub fn place_of(&self, dn: &Dn) -> Option<(&str, u64)> {
        // a line of standard input is none that anybody can look up
        self.directory.find(dn).and_then(EntryRef::place).filter(|(file, _)| *file != STANDARD_INPUT)
    }

    /// The entry of that number.
    pub fn get(&self, id: EntryId) -> Option<Seen<'_>> {
        self.directory.get(id).map(|entry| self.see(entry))
    }

    /// The causes, the one that is told first at the start.
    pub fn told(&self, causes: &Causes) -> Vec<Cause> {
        self.causes.told(causes)
    }

    /// The causes by the reason that each is, the one that is told first at the start.
    pub fn by_reason(&self, causes: &Causes) -> Vec<Causes> {
        self.causes.by_reason(causes)
    }

    /// The attributes, of those that were asked about, that no object of a site shows though others of their kind are seen.
    pub fn shown_by_nobody(&self) -> Vec<String> {
        self.causes.shown_by_nobody()
    }

    /// Notes a cause.
    pub fn cause(&self, cause: Cause) -> Causes {
        self.causes.note(cause).into()
    }

    /// The names of the sites that are audited and that anything came back from, and whether a hidden object of each did.
    pub fn sites_and_hidden(&self) -> Vec<(String, bool)> {
        let audited = self.sight.all_sites().filter(|(_, site)| self.is_audited(&site.dn) && naming::is_site(&site.dn));
        audited.map(|(id, site)| (site.name.clone(), self.sight.shows_hidden_anywhere(id))).collect()
    }

    /// The directory itself, for those who tell what is visible.
    pub(super) fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The sites, and what stands in the place of one, that anything came back from.
    pub(super) fn sites_seen(&self) -> impl Iterator<Item = (SeenSite, &Dn)> {
        self.sight.all_sites().map(|(id, site)| (SeenSite(id), &site.dn))
    }

    /// Whether a hidden or deleted recipient of a site was seen.
    pub(super) fn shows_hidden(&self, site: SeenSite) -> bool {
        self.sight.shows_hidden_anywhere(site.0)
    }

    /// The servers that were seen, within the base.
    pub(super) fn servers_seen(&self) -> Vec<Seen<'_>> {
        Selection::named("server").map(|servers| self.all(servers, None).seen().collect()).unwrap_or_default()
    }

    /// Says of services that came and are not judged. Whether there is none such.
    pub fn note_what_was_left_out(&self, problems: &mut Vec<String>) -> bool {
        let services = self.services();
        let mut left_out = false;
        if services.len() > MOST_SERVICES {
            problems
                .push(format!("More than {MOST_SERVICES} Internet Mail Services were returned; the others were not checked."));
            left_out = true;
        }
        if !services.is_empty() && self.sees_unclassed_service() {
            let text =
                "Objects named like an Internet Mail Service were returned without the class Mail-Gateway and were not checked.";
            problems.push(text.into());
            left_out = true;
        }
        // an audit of what lies deeper than a site does not look for them
        if self.sees_any_configuration() && self.base.depth() <= naming::SITE_DEPTH {
            for site in self.sites_without_connections() {
                problems
                    .push(format!("Site {site}: its Connections container was not seen, so services there were not checked."));
            }
        }
        !left_out
    }

    /// The one site of which anything was seen, if there is but one.
    pub fn only_site(&self) -> Option<Dn> {
        let mut sites = self.sight.all_sites().filter(|(_, site)| naming::is_site(&site.dn)).map(|(_, site)| site.dn.clone());
        let first = sites.next()?;
        sites.next().is_none().then_some(first)
    }

    /// Whether any object of a site's configuration was seen.
    pub fn sees_any_configuration(&self) -> bool {
        self.sees_configuration()
    }

    /// Whether a site lies in what is audited, or the other way round: one that only a reference led to does not.
    fn is_audited(&self, site: &Dn) -> bool {
        site.is_within(&self.base) || self.base.is_within(site)
    }

    /// The directory itself, for those who write it.
    pub fn into_directory(self) -> Directory {
        self.directory
    }
}

/// Attributes that the questions themselves look at.
const USUAL: [&str; 13] = [
    "objectClass",
    "distinguishedName",
    "rdn",
    "cn",
    "uid",
    "Is-Deleted",
    "Hide-From-Address-Book",
    "mail",
    "rfc822Mailbox",
    "textEncodedORAddress",
    "otherMailbox",
    "Proxy-Addresses",
    "Extension-Data",
];
