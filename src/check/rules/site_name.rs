//! `site-name-plain`: a site's name has no special character, or no server runs a release that mistakes such a name.
//! The judged object is a site.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Object, Population, Seen, UntoldReason};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct SiteName {
    since: Option<Release>,
    from: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The first release with the fault, `5.5`; every one before `from`, if it is not given.
    since: Option<String>,
    /// The release from which on every name is fine, `5.5 SP4`.
    from: String,
}

impl TryFrom<Raw> for SiteName {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let release = |text: &String| text.parse().map_err(|()| format!("`{text}` is not a release like 5.5 or 5.5 SP4"));
        let since = raw.since.as_ref().map(release).transpose()?;
        Ok(Self { since, from: release(&raw.from)? })
    }
}

impl Reading for SiteName {
    fn attributes(&self) -> Vec<&str> {
        vec!["ou"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("server", &["serialNumber"]).into_iter().chain(site::beside("site", &[])).collect()
    }

    fn expected(&self) -> String {
        format!("letters, digits and blanks only, or {} on every server", self.safe())
    }
}

impl Comparing for SiteName {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut servers = None;
        // two lists of sites are compared: those of one site cannot be sorted differently, which is inferred
        let is_alone = |object: &Object<'_>| match object.everywhere("site") {
            sites if sites.count() > 1 => Ok(false),
            sites => sites.whole().map(|_| true),
        };
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let name = naming::site_name(&object.dn()).unwrap_or_default();
            if let Some(special) = name.chars().find(|letter| !letter.is_alphanumeric() && *letter != ' ') {
                let servers = servers.get_or_insert_with(|| self.servers(&object));
                let answer = match is_alone(&object) {
                    Ok(true) => Ok(Ruling::holds("it is the only site")),
                    Ok(false) => self.one((&name, special), servers),
                    Err(causes) => Err(causes),
                };
                founds.add(&object, answer);
            }
        }
        founds.all()
    }
}

/// What is known of the servers of all sites.
struct Servers {
    /// One that is too old: its name, and what it runs.
    old: Option<(String, Version)>,
    /// Why there may be one; none if there is none.
    open: Causes,
}

impl SiteName {
    /// Whether a release has the fault.
    fn affects(&self, release: Release) -> bool {
        self.since.is_none_or(|since| release >= since) && release < self.from
    }

    /// The releases without it.
    fn safe(&self) -> String {
        let before = self.since.map(|since| format!(", or a release before {since},"));
        format!("Exchange {}{}", self.from, before.unwrap_or_default())
    }

    /// The servers of all sites: the store of any server deletes, for it compares the sites of the directory with those that it
    /// holds folders of.
    fn servers(&self, object: &Object<'_>) -> Servers {
        let all = object.everywhere("server");
        let mut old: Option<(String, Version)> = None;
        let mut open = site::every_site_of(object, &all).err().unwrap_or_default();
        for server in all.seen().map(Object::of) {
            let version = server.seen_texts("serialNumber").find_map(|text| Version::parse(&text));
            let release = version.as_ref().and_then(Release::of);
            match (version, release) {
                (Some(version), Some(release)) if self.affects(release) => {
                    old.get_or_insert_with(|| (server.dn().leaf().into_owned(), version));
                }
                (_, Some(_)) => {}
                _ => {
                    let what = format!("the service pack of {}, which its serialNumber does not show", server.dn());
                    let untold = || server.cause(Cause::Untold { reason: UntoldReason::NotVisible, what });
                    open = open.and(&server.values("serialNumber").err().unwrap_or_else(untold));
                }
            }
        }
        if all.count() == 0 {
            open = open.and(&object.cause(Cause::ConfigurationUnseen { sites: Vec::new() }));
        }
        Servers { old, open }
    }

    /// What is said of a site with a special character in its name.
    fn one(&self, (name, special): (&str, char), servers: &Servers) -> Answer {
        let held = format!("the name holds {special:?}");
        let Some((server, version)) = &servers.old else {
            if !servers.open.is_empty() {
                return Err(servers.open.clone());
            }
            return Ok(Ruling::holds(format!("{held}, which is fine with {} on every server", self.safe())));
        };
        let message = format!("{held}, and {server} runs {}, before {}", version.name, self.from);
        let broken = Ruling::broken(Reason::NotMet, message);
        // the article names the hyphen
        Ok(if name.contains('-') { broken } else { broken.inferred() })
    }
}
