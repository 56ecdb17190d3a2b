//! `longest-tombstone`: no other site keeps deleted objects longer. The judged object is the DS Site Configuration of a site.

use super::{Judging, Object, Ruling};
use crate::directory::entry::Entry;
use crate::exchange::naming;
use crate::exchange::selection::Selection;
use crate::exchange::visibility;
use crate::report::Reason;
use serde::Deserialize;

/// Days for which deleted objects are kept.
const LIFETIME: &str = "Tombstone-Lifetime";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LongestTombstone {}

impl Judging for LongestTombstone {
    fn attributes(&self) -> Vec<&str> {
        vec![LIFETIME]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("directory-configuration").map(|sites| (sites, vec![LIFETIME])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("the same {LIFETIME} in every site")
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let texts = object.texts(LIFETIME)?;
        let organization = object.organization?;
        let Some(text) = texts.first() else { return Some(Ruling::nothing(format!("has no {LIFETIME}"))) };
        let Ok(own) = text.trim().parse::<i64>() else {
            return Some(Ruling::broken(Reason::Malformed, format!("{LIFETIME} is no number: {text:?}")));
        };
        let key = object.entry.dn.key();
        let sites = Selection::named("directory-configuration")?;
        let others: Vec<&Entry> = organization.living().filter(|entry| sites.takes(entry) && entry.dn.key() != key).collect();
        let days = |entry: &Entry| entry.text(LIFETIME).and_then(|text| text.trim().parse::<i64>().ok());
        let longest = others.iter().filter_map(|entry| Some((days(entry)?, *entry))).max_by_key(|(days, _)| *days);
        if let Some((days, entry)) = longest.filter(|(days, _)| *days > own) {
            let site = naming::site_name(&entry.dn).unwrap_or_default();
            return Some(Ruling::broken(Reason::Mismatch, format!("{LIFETIME} is {own} days; site {site} has {days}")));
        }
        let silent =
            others.iter().find(|entry| !entry.has(LIFETIME) && visibility::proven_unset(organization, entry, LIFETIME).is_err());
        Some(match (silent, others.len()) {
            (Some(entry), _) => {
                let site = naming::site_name(&entry.dn).unwrap_or_default();
                Ruling::unknown(Reason::NotVisible, format!("{LIFETIME} is {own} days; that of site {site} is not shown"))
            }
            (None, 0) => Ruling::nothing("no other site is seen here"),
            (None, _) => Ruling::holds(format!("{LIFETIME} is {own} days, and no site has more")),
        })
    }
}
