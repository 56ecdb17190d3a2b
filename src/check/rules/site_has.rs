//! `site-has`: the site of the judged object has an object of another selection too.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::questions::Object;
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
        let selection = named.ok_or_else(|| format!("`{}` is not a selection of configuration objects", raw.selection))?;
        Ok(Self { selection })
    }
}

impl Reading for SiteHas {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        vec![(self.selection, vec!["objectClass"])]
    }

    fn expected(&self) -> String {
        format!("{} in the same site", self.selection.plural())
    }
}

impl Judging for SiteHas {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let Some(name) = object.seen().site() else { return Ok(Ruling::nothing("belongs to no site")) };
        let all = object.of_site(self.selection.word());
        if let Some(found) = all.seen().next() {
            return Ok(Ruling::holds(format!("its site has {}", found.dn())));
        }
        object.is_whole(&all)?;
        site::was_asked_for(object, self.selection)?;
        Ok(Ruling::broken(Reason::NotMet, format!("site {name} has no {}", self.selection.plural())))
    }
}
