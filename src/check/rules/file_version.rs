//! `file-version`: the File-Version of an address generator or an extension is one that a server of its site ships.
//!
//! The directory must state the version of the file that lies on the servers (Q158336, Q196924). What lies there is not in the
//! directory; what the servers run is, and what each release ships of the address generators is published (Q158336). So a
//! version that no server of the site ships is a fault by inference, and one that may come from a hotfix is for a person.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::file_version::{FileVersion, shipped};
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, UntoldReason};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct Fits {
    file: File,
    least: Option<(Release, FileVersion)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum File {
    /// An address generator: the table of Q158336 says what each release ships.
    Generator,
    /// An extension: no table is published.
    Extension,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// What the file is.
    file: File,
    /// The release from which on the file has at least the version `least`, `5.5 SP2`.
    from: Option<String>,
    /// That version, `5.5.2424.0`.
    least: Option<String>,
}

impl TryFrom<Raw> for Fits {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let least = match (&raw.from, &raw.least) {
            (Some(from), Some(least)) => {
                let release = from.parse().map_err(|()| format!("`{from}` is not a release like 5.5 or 5.5 SP4"))?;
                Some((release, least.parse().map_err(|()| format!("`{least}` is not a version like 5.5.2424.0"))?))
            }
            (None, None) => None,
            _ => return Err("`from` and `least` belong together".into()),
        };
        Ok(Self { file: raw.file, least })
    }
}

/// The attribute that holds the version.
const VERSION: &str = "File-Version";

impl Reading for Fits {
    fn attributes(&self) -> Vec<&str> {
        vec![VERSION, self.library()]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        "the version of the file that the servers of the site have".into()
    }
}

impl Comparing for Fits {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let servers = sites.entry(site::key(&object)).or_insert_with(|| Servers::at(&object));
            founds.add(&object, self.one(&object, servers));
        }
        founds.all()
    }
}

impl Fits {
    /// The attribute that names the file.
    fn library(&self) -> &'static str {
        match self.file {
            File::Generator => "Proxy-Generator-DLL",
            File::Extension => "Admin-Extension-DLL",
        }
    }

    /// What is said of an object.
    fn one(&self, object: &Object<'_>, servers: &Servers<'_>) -> Answer {
        let Some(value) = object.values(VERSION)?.seen().next() else {
            return Ok(Ruling::broken(Reason::NotSet, "File-Version is not set"));
        };
        let Some(version) = FileVersion::decode(value) else {
            return Ok(Ruling::broken(Reason::Malformed, "File-Version is not eight octets"));
        };
        let Some(library) = object.text(self.library())? else {
            // each of them names its file (mandatory, SDK sch_cont_7s9x and sch_cont_5vvy): this one was not shown whole
            let site = object.seen().site().map(str::to_owned);
            return Err(object.cause(Cause::NotVisible { attribute: self.library().into(), site }));
        };
        let said = match self.file {
            File::Generator => of_generator(&library, version, servers),
            File::Extension => self.of_extension(version, servers),
        };
        if matches!(said, Said::Fits) {
            return Ok(Ruling::holds(format!("{library} {version} matches a server of its site")));
        }
        // a server that was not seen, or does not tell what it runs, may ship it
        if !servers.silent.is_empty() {
            return Err(servers.silent.clone());
        }
        object.is_whole(&servers.all)?;
        if servers.all.count() == 0 {
            return Err(match object.seen().site_dn() {
                Some(site) => site::unseen(object, site),
                None => object.cause(Cause::ConfigurationUnseen { sites: Vec::new() }),
            });
        }
        let runs = servers.names.join(", ");
        Ok(match said {
            Said::Not(why) => {
                Ruling::broken(Reason::Mismatch, format!("{library} {version} {why}; its servers run {runs}")).inferred()
            }
            _ => Ruling::by_hand(format!(
                "{library} {version} is not what a service pack that runs here ({runs}) is known to bring; a hotfix may have \
                 brought it\nCompare it with the version of the file on the servers (Properties, Version tab)."
            )),
        })
    }

    fn of_extension(&self, version: FileVersion, servers: &Servers<'_>) -> Said {
        let release = format!("{}.{}", version.major, version.minor);
        if servers.builds.contains(&(release.clone(), version.build)) {
            return Said::Fits;
        }
        if servers.releases.iter().all(|release| is_later(release, version)) {
            return Said::Not(format!("is of Exchange {release}"));
        }
        match self.least {
            Some((from, least)) if version < least && servers.oldest.is_none_or(|oldest| oldest >= from) => {
                Said::Not(format!("is older than {least}, which {from} brought"))
            }
            _ => Said::Perhaps,
        }
    }
}

/// What is said of a version.
enum Said {
    /// A server ships it.
    Fits,
    /// None does.
    Not(String),
    /// Perhaps one does, with a hotfix.
    Perhaps,
}

/// What the servers of a site run.
struct Servers<'q> {
    all: Population<'q>,
    /// Releases, as `5.5`.
    releases: HashSet<String>,
    /// Releases with their service packs.
    packs: HashSet<(String, u32)>,
    /// Releases with their builds, as far as these are numbers.
    builds: HashSet<(String, u16)>,
    oldest: Option<Release>,
    /// Some of them as messages name them.
    names: Vec<String>,
    /// Why it is not known what some of them run.
    silent: Causes,
}

/// Releases of servers that a message names.
const MOST_TOLD: usize = 5;

impl<'q> Servers<'q> {
    /// Those of the site of an object.
    fn at(object: &Object<'q>) -> Self {
        let all = object.of_site("server");
        let mut servers = Self {
            all,
            releases: HashSet::new(),
            packs: HashSet::new(),
            builds: HashSet::new(),
            oldest: None,
            names: Vec::new(),
            silent: Causes::default(),
        };
        let seen: Vec<Seen<'q>> = servers.all.seen().collect();
        for server in seen.into_iter().map(Object::of) {
            servers.add(&server);
        }
        servers
    }

    fn add(&mut self, server: &Object<'_>) {
        let version = match server.texts("serialNumber") {
            Ok(texts) => texts.iter().find_map(|text| Version::parse(text)),
            Err(causes) => {
                self.silent = std::mem::take(&mut self.silent).and(&causes);
                return;
            }
        };
        let release = version.as_ref().and_then(Release::of);
        if release.is_none() {
            let what = format!("the release that {} runs", server.dn());
            let cause = server.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
            self.silent = std::mem::take(&mut self.silent).and(&cause);
        }
        let Some(version) = version else { return };
        self.oldest = match (self.oldest, release) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let build = version.build.as_deref().and_then(|build| build.split('.').next()?.parse().ok());
        self.builds.extend(build.map(|build| (version.release.clone(), build)));
        self.packs.extend(version.service_pack.map(|pack| (version.release.clone(), pack)));
        self.releases.insert(version.release);
        if self.names.len() < MOST_TOLD {
            self.names.push(version.name);
        }
    }
}

/// Whether a release, `5.5`, is later than that of a version.
fn is_later(release: &str, version: FileVersion) -> bool {
    let number = |text: &str| text.parse::<u16>().ok();
    let of = release.split_once('.').and_then(|(major, minor)| number(major).zip(number(minor)));
    of.is_some_and(|of| of > (version.major, version.minor))
}

fn of_generator(library: &str, version: FileVersion, servers: &Servers<'_>) -> Said {
    let runs = |release: &str, pack: u32| servers.packs.contains(&(release.to_owned(), pack));
    let here = || shipped(library).filter(|shipped| runs(shipped.release, shipped.service_pack));
    if here().next().is_none() {
        return Said::Perhaps;
    }
    if here().any(|shipped| shipped.version == version) {
        return Said::Fits;
    }
    if here().all(|shipped| version < shipped.version) {
        return Said::Not("is older than what any server of its site ships".into());
    }
    match shipped(library).find(|shipped| shipped.version == version) {
        Some(other) if other.service_pack > 0 => Said::Not(format!("is that of {} SP{}", other.release, other.service_pack)),
        Some(other) => Said::Not(format!("is that of {}", other.release)),
        None => Said::Perhaps,
    }
}
