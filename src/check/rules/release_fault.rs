//! `release-fault`: what is a fault only where a server of the site runs a release before the one that cured it.

use super::{Judging, Object, Ruling};
use crate::directory::filter::Filter;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct ReleaseFault {
    filter: Filter,
    before: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// What must not be, an LDAP filter.
    filter: String,
    /// The release that is no longer affected, `5.0`.
    before: String,
}

impl TryFrom<Raw> for ReleaseFault {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let filter = Filter::parse(&raw.filter).map_err(|error| format!("`filter` is not an LDAP filter: {error}"))?;
        let before = raw.before.parse().map_err(|()| format!("`{}` is not a release like 5.5 or 5.5 SP4", raw.before))?;
        Ok(Self { filter, before })
    }
}

impl Judging for ReleaseFault {
    fn attributes(&self) -> Vec<&str> {
        self.filter.attributes()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        format!("not {}, while a server of the site runs a release before {}", self.filter, self.before)
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let lowest = organization.release_at(&object.entry.dn, None);
        if lowest.is_some_and(|lowest| lowest >= self.before) {
            return Some(Ruling::nothing(format!("every server of its site runs {} or later", self.before)));
        }
        let matches = self.filter.evaluate(object.entry, &mut |name| object.values(name).is_some())?;
        let names = self.filter.attributes().into_iter();
        let shown = names.flat_map(|name| object.entry.texts(name).take(1).map(move |text| format!("{name} is {text}")));
        let shown = shown.collect::<Vec<_>>().join("; ");
        Some(match (matches, lowest) {
            (false, _) if shown.is_empty() => Ruling::holds("none of it is set"),
            (false, _) => Ruling::holds(shown),
            (true, None) => {
                Ruling::unknown(Reason::NotVisible, format!("{shown}, but what the servers of its site run is not known"))
            }
            (true, Some(lowest)) => Ruling::broken(Reason::Version, format!("{shown}, and a server of its site runs {lowest}")),
        })
    }
}
