//! `site-name-plain`: a site's name has no special character, or every server has the service pack after which it may have.
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
    from: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The release from which on every name is fine, `5.5 SP4`.
    from: String,
}

impl TryFrom<Raw> for SiteName {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let from = raw.from.parse().map_err(|()| format!("`{}` is not a release like 5.5 or 5.5 SP4", raw.from))?;
        Ok(Self { from })
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
        format!("letters, digits and blanks only, or Exchange {} on every server", self.from)
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
                // the article names 5.5: one of that release is told before others
                (Some(version), Some(release)) if release < self.from => {
                    if old.as_ref().is_none_or(|(_, known)| version.is_55() && !known.is_55()) {
                        old = Some((server.dn().leaf().into_owned(), version));
                    }
                }
                (_, Some(_)) => {}
                _ => {
                    let what = format!("the service pack of {}, which its serialNumber does not tell", server.dn());
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
            return Ok(Ruling::holds(format!("{held}, which is fine from {} on", self.from)));
        };
        let message = format!("{held}, and {server} runs {}, before {}", version.name, self.from);
        let broken = Ruling::broken(Reason::NotMet, message);
        // the article names the hyphen, and 5.5
        Ok(if name.contains('-') && version.is_55() { broken } else { broken.inferred() })
    }
}
