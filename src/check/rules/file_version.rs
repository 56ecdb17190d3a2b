//! `file-version`: the File-Version of an address generator or an extension is one that a server of its site ships.
//!
//! The directory must state the version of the file that lies on the servers (Q158336, Q196924). What lies there is not in the
//! directory; what the servers run is, and what each release ships of the address generators is published (Q158336). So a
//! version that no server of the site ships is a fault by inference, and one that may come from a hotfix is for a person.

use super::beside::of_site;
use super::{Judging, Object, Ruling};
use crate::directory::entry::Entry;
use crate::exchange::file_version::{FileVersion, shipped};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use crate::exchange::visibility;
use crate::report::Reason;
use serde::Deserialize;

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

impl Judging for Fits {
    fn attributes(&self) -> Vec<&str> {
        match self.file {
            File::Generator => vec!["File-Version", "Proxy-Generator-DLL"],
            File::Extension => vec!["File-Version", "Admin-Extension-DLL"],
        }
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        "the version of the file that the servers of the site have".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let value = object.values("File-Version")?.first();
        let Some(version) = value.and_then(FileVersion::decode) else {
            let what = if value.is_some() { "File-Version is not eight octets" } else { "File-Version is not set" };
            return Some(Ruling::broken(if value.is_some() { Reason::Malformed } else { Reason::NotSet }, what));
        };
        let servers: Vec<&Entry> = of_site(organization, "server", &object.entry.dn);
        if servers.is_empty() {
            let message = format!("File-Version is {version}, but no server of its site was seen");
            return Some(Ruling::unknown(Reason::ConfigUnreadable, message));
        }
        let stated = |server: &&Entry| server.texts("serialNumber").find_map(|text| Version::parse(&text));
        let versions: Vec<Version> = servers.iter().filter_map(stated).collect();
        let Some(library) = object.texts(self.attributes().pop().unwrap_or_default())?.into_iter().next() else {
            return Some(Ruling::unknown(Reason::NotVisible, format!("File-Version is {version}, of a file that is not named")));
        };
        let said = match self.file {
            File::Generator => of_generator(&library, version, &versions),
            File::Extension => self.of_extension(version, &versions),
        };
        let untold = servers.iter().find(|server| stated(server).as_ref().and_then(Release::of).is_none());
        let runs: Vec<&str> = versions.iter().map(|version| version.name.as_str()).take(5).collect();
        let runs = runs.join(", ");
        Some(match (said, untold) {
            (Said::Fits, _) => Ruling::holds(format!("{library} {version} is of a server of its site")),
            (_, Some(server)) => {
                let reason = visibility::why_not_shown(server, "serialNumber");
                let message = format!("{library} {version} is of no server that tells its version; {} does not", server.dn);
                Ruling::unknown(reason, message)
            }
            (Said::Not(why), None) => {
                Ruling::broken(Reason::Mismatch, format!("{library} {version} {why}; its servers run {runs}")).inferred()
            }
            (Said::Perhaps, None) => Ruling::by_hand(format!(
                "{library} {version} is not what a service pack that runs here ({runs}) is known to bring; a hotfix may have \
                 brought it\nCompare it with the version of the file on the servers (Properties, Version tab)."
            )),
        })
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

fn of_generator(library: &str, version: FileVersion, servers: &[Version]) -> Said {
    let runs = |release: &str, pack: u32| servers.iter().any(|s| s.release == release && s.service_pack == Some(pack));
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

impl Fits {
    fn of_extension(&self, version: FileVersion, servers: &[Version]) -> Said {
        let release = format!("{}.{}", version.major, version.minor);
        let number = |server: &Version| -> Option<u16> { server.build.as_deref()?.split('.').next()?.parse().ok() };
        if servers.iter().any(|server| server.release == release && number(server) == Some(version.build)) {
            return Said::Fits;
        }
        let later = |server: &Version| {
            let (major, minor) = server.release.split_once('.')?;
            Some((major.parse::<u16>().ok()?, minor.parse::<u16>().ok()?) > (version.major, version.minor))
        };
        if servers.iter().all(|server| later(server) == Some(true)) {
            return Said::Not(format!("is of Exchange {release}"));
        }
        match self.least {
            Some((from, least)) if version < least && servers.iter().all(|s| Release::of(s).is_some_and(|r| r >= from)) => {
                Said::Not(format!("is older than {least}, which {from} brought"))
            }
            _ => Said::Perhaps,
        }
    }
}
