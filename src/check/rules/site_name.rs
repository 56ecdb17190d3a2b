//! `site-name-plain`: a site's name has no special character, or every server has the service pack after which it may have.
//! The judged object is a site.

use super::{Judging, Object, Ruling};
use crate::exchange::naming;
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

impl Judging for SiteName {
    fn attributes(&self) -> Vec<&str> {
        vec!["ou"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").map(|servers| (servers, vec!["serialNumber"])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("letters, digits and blanks only, or Exchange {} on every server", self.from)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let name = naming::site_name(&object.entry.dn)?;
        let Some(special) = name.chars().find(|letter| !letter.is_alphanumeric() && *letter != ' ') else {
            return Some(Ruling::holds("the name has letters, digits and blanks only"));
        };
        let organization = object.organization?;
        let servers = Selection::named("server")?;
        let held = format!("the name holds {special:?}");
        // the store of any server deletes: it compares the sites of the directory with those that it holds folders of
        let (mut silent, mut seen) = (None, false);
        for entry in organization.living().filter(|entry| servers.takes(entry)) {
            seen = true;
            let version = entry.texts("serialNumber").find_map(|text| Version::parse(&text));
            let server = entry.dn.rdn().map(|rdn| rdn.text()).unwrap_or_default();
            match version.as_ref().and_then(Release::of).zip(version.as_ref()) {
                Some((release, version)) if release < self.from => {
                    let message = format!("{held}, and {server} runs {}, before {}", version.name, self.from);
                    let broken = Ruling::broken(Reason::NotMet, message);
                    // the article names the hyphen, and 5.5
                    return Some(if name.contains('-') && version.is_55() { broken } else { broken.inferred() });
                }
                Some(_) => {}
                None => silent = silent.or(Some(server)),
            }
        }
        Some(match silent {
            Some(server) => {
                Ruling::unknown(Reason::NotVisible, format!("{held}; serialNumber of {server} does not tell its service pack"))
            }
            None if !seen => Ruling::unknown(Reason::ConfigUnreadable, format!("{held}; no server is seen here")),
            None => Ruling::holds(format!("{held}, which is fine from {} on", self.from)),
        })
    }
}
