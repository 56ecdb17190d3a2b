//! `sites-at-most`: the organization has no more sites than its oldest servers can hold.

use super::servers::{self, Servers};
use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::Object;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The judged object is the organization.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct SitesAtMost {
    most: usize,
    near: usize,
    before: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// As many sites as can be.
    most: usize,
    /// More than so many are close to that: a note.
    near: usize,
    /// The release from which on any number can be, `5.0 SP2`.
    before: String,
}

impl TryFrom<Raw> for SitesAtMost {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let before = raw.before.parse().map_err(|()| format!("`{}` is not a release like 5.5 or 5.5 SP4", raw.before))?;
        Ok(Self { most: raw.most, near: raw.near, before })
    }
}

impl Reading for SitesAtMost {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        servers::beside()
    }

    fn expected(&self) -> String {
        format!("at most {} sites while a server runs a release before {}", self.most, self.before)
    }
}

impl Judging for SitesAtMost {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let sites = object.everywhere("site");
        let count = sites.count();
        if count <= self.near {
            sites.whole()?;
            return Ok(Ruling::holds(format!("{count} sites were seen")));
        }
        let servers = Servers::of(object, |release| release < self.before);
        let Some((server, version)) = servers.faulty else {
            if !servers.open.is_empty() {
                return Err(servers.open);
            }
            return Ok(Ruling::holds(format!("{count} sites were seen, and every server can hold them")));
        };
        let ruling = Ruling::broken(Reason::TooMany, format!("it has {count} sites, and {server} runs {}", version.name));
        if count <= self.most {
            // there may be more than were seen
            sites.whole()?;
            return Ok(ruling.only(Severity::Info).inferred());
        }
        Ok(ruling)
    }
}
