//! What a connection and its bind can see: told before any verdict, and beside the verdicts of an audit.
//!
//! A pure reading of what was collected, and a few searches of its own. Nothing here changes a verdict: a search that fails
//! leaves its part `unknown`, and what it finds is witness to nothing but the words below.

mod advice;
mod connection;
mod evidence;
mod inventory;
mod sights;
#[cfg(test)]
mod tests;

pub use connection::{Bind, BindForm, Connection};
pub use inventory::{Server, Site};
pub use sights::{Sight, Sights, State};

use super::discover::Found;
use super::faults::{self, KnownFault};
use super::questions::Questions;
use super::version::Version;
use crate::directory::source::{Origin, Paging, SessionFacts};
use evidence::Evidence;
use serde::{Deserialize, Serialize};

/// Sites and servers that are listed one by one; all are counted.
const MOST_LISTED: usize = 1000;

/// What a connection and its bind can see. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Visibility {
    /// What kind of directory answered.
    pub directory: Directory,
    /// The connection; none for a file.
    pub connection: Option<Connection>,
    /// What the root entry (rootDSE) shows, attribute by attribute; empty if it was not shown.
    pub root: Vec<RootAttribute>,
    /// The naming contexts it names.
    pub naming_contexts: Vec<String>,
    /// Where the audit starts; none if no organization was found.
    pub base: Option<String>,
    /// The sites seen, at most 1000.
    pub sites: Vec<Site>,
    /// The servers seen, at most 1000.
    pub servers: Vec<Server>,
    /// How many servers were seen in all.
    pub server_count: usize,
    /// Whether the search for servers was answered whole.
    pub servers_complete: bool,
    /// How the server takes paged searches.
    pub paging: PagingFound,
    /// After how many entries the server ends an answer.
    pub size_limit: SizeLimit,
    /// What is visible.
    pub sees: Sights,
    /// The documented faults of the LDAP service that concern whoever reads it; none of a file, which is read from no server.
    pub faults: Vec<KnownFault>,
    /// How to get a better view.
    pub advice: Vec<String>,
}

/// What kind of directory answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Directory {
    /// Exchange, by its names (`ou=SITE,o=ORGANIZATION`; inferred).
    Exchange,
    /// Active Directory, by its root entry (inferred).
    ActiveDirectory,
    /// Neither shows.
    Unknown,
}

/// One attribute of the root entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RootAttribute {
    /// Its name as the server spells it.
    pub name: String,
    /// Its values as text.
    pub values: Vec<String>,
}

/// How the server takes paged searches, as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct PagingFound {
    /// What happened.
    pub state: PagingState,
    /// The entries of a page.
    pub page_size: Option<u32>,
}

/// What became of paged searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PagingState {
    /// They are answered page by page.
    Works,
    /// They are answered in one piece.
    Ignored,
    /// They were not asked for (`--page-size 0`).
    Off,
    /// None was answered in a way that tells.
    Unknown,
    /// A file has no pages.
    NotApplicable,
}

/// After how many entries the server ends an answer, as found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct SizeLimit {
    /// What was found.
    pub state: LimitState,
    /// The limit; or, if none was met, the entries that came without one.
    pub entries: Option<usize>,
}

/// What was found of a size limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LimitState {
    /// The server stopped there.
    Limit,
    /// None up to so many entries.
    NoneUpTo,
    /// It was not looked for, or could not be told.
    Unknown,
    /// A file has none.
    NotApplicable,
}

/// Looks at what the source shows, given what was found at its root and what was collected.
pub fn look(questions: &Questions, found: &Found, origin: &Origin, session: Option<&SessionFacts>, complete: bool) -> Visibility {
    let evidence = Evidence::of(questions, found, origin);
    let live = !origin.is_file();
    let (sites, servers) = inventory::of(&evidence);
    let sees_hidden = !sites.is_empty() && sites.iter().all(|site| site.hidden_objects == State::Seen);
    let versions: Vec<Option<Version>> = servers.iter().map(|server| server.version.clone()).collect();
    let mut visibility = Visibility {
        directory: directory(found, &evidence),
        connection: live.then(|| Connection::of(origin, session, found)),
        root: root(found),
        naming_contexts: found.root.texts("namingContexts").collect(),
        base: found.base.as_ref().ok().filter(|base| !base.is_empty()).map(ToString::to_string),
        server_count: servers.len(),
        servers_complete: evidence.servers.is_complete(),
        paging: paging(live, session.map(|session| session.paging)),
        size_limit: evidence.size_limit(session),
        sees: Sights::of(&evidence, &sites),
        faults: if live { faults::known(&versions, sees_hidden) } else { Vec::new() },
        sites,
        servers,
        advice: Vec::new(),
    };
    visibility.sites.truncate(MOST_LISTED);
    visibility.servers.truncate(MOST_LISTED);
    visibility.advice = advice::of(&visibility, origin, complete);
    visibility
}

/// Exchange is known by its names, `ou=SITE,o=ORGANIZATION` (reference D2, inferred).
fn directory(found: &Found, evidence: &Evidence) -> Directory {
    if found.is_active_directory() {
        Directory::ActiveDirectory
    } else if found.is_named_by_server() || !evidence.sites.is_empty() {
        Directory::Exchange
    } else {
        Directory::Unknown
    }
}

fn root(found: &Found) -> Vec<RootAttribute> {
    let attributes = found.root.attributes();
    attributes
        .map(|attribute| RootAttribute {
            name: attribute.name.to_owned(),
            values: found.root.texts(attribute.name).take(MOST_LISTED).collect(),
        })
        .collect()
}

fn paging(live: bool, paging: Option<Paging>) -> PagingFound {
    let (state, page_size) = match paging {
        _ if !live => (PagingState::NotApplicable, None),
        Some(Paging::Works(size)) => (PagingState::Works, Some(size)),
        Some(Paging::Ignored) => (PagingState::Ignored, None),
        Some(Paging::Off) => (PagingState::Off, None),
        Some(Paging::Unknown) | None => (PagingState::Unknown, None),
    };
    PagingFound { state, page_size }
}
