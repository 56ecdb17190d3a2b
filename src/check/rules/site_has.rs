//! `site-has`: the site of the judged object has an object of another selection too.

use super::beside::{of_site, unseen};
use super::{Judging, Object, Ruling};
use crate::exchange::naming;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct SiteHas {
    selection: &'static Selection,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The selection, `msmail-connector`.
    selection: String,
}

impl TryFrom<Raw> for SiteHas {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let named = Selection::named(&raw.selection).filter(|selection| selection.is_configuration());
        let selection = named.ok_or_else(|| format!("`{}` is no selection of configuration objects", raw.selection))?;
        Ok(Self { selection })
    }
}

impl Judging for SiteHas {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        vec![(self.selection, vec!["objectClass"])]
    }

    fn expected(&self) -> String {
        format!("{} in the same site", self.selection.plural())
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let (word, plural) = (self.selection.word(), self.selection.plural());
        if let Some(found) = of_site(organization, word, &object.entry.dn).first() {
            return Some(Ruling::holds(format!("its site has {}", found.dn)));
        }
        let site = naming::site_name(&object.entry.dn).unwrap_or_default();
        Some(match unseen(organization, word, &object.entry.dn) {
            Some((reason, why)) => Ruling::unknown(reason, format!("no {plural} of site {site} were seen, but {why}")),
            None => Ruling::broken(Reason::NotMet, format!("site {site} has no {plural}")),
        })
    }
}
