//! `server-version`: a server states at least a release. The judged object is a server.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::{Cause, Object, UntoldReason};
use crate::exchange::release::Release;
use crate::exchange::version::Version;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct ServerVersion {
    from: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The release from which on a server is fine, `5.5 SP3`.
    from: String,
}

impl TryFrom<Raw> for ServerVersion {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let from = raw.from.parse().map_err(|()| format!("`{}` is not a release like 5.5 or 5.5 SP4", raw.from))?;
        Ok(Self { from })
    }
}

impl Reading for ServerVersion {
    fn attributes(&self) -> Vec<&str> {
        vec!["serialNumber"]
    }

    fn expected(&self) -> String {
        format!("Exchange {} or later", self.from)
    }
}

impl Judging for ServerVersion {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let texts = object.texts("serialNumber")?;
        let version = texts.iter().find_map(|text| Version::parse(text));
        let release = version.as_ref().and_then(Release::of);
        match (version, release) {
            (Some(version), Some(release)) if release >= self.from => Ok(Ruling::holds(version.name)),
            (Some(version), Some(_)) => Ok(Ruling::broken(Reason::Version, format!("{}, before {}", version.name, self.from))),
            _ => {
                let what = format!("the release and service pack of {}, which its serialNumber does not show", object.dn());
                Err(object.cause(Cause::Untold { reason: UntoldReason::NotVisible, what }))
            }
        }
    }
}
