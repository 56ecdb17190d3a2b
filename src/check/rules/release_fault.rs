//! `release-fault`: what is a fault only where a server of the site runs a release before the one that cured it.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::directory::filter::Filter;
use crate::exchange::questions::{Causes, Condition, Object, Population, Seen};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::HashMap;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct ReleaseFault {
    filter: Filter,
    from: Option<Release>,
    before: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// What must not be, an LDAP filter.
    filter: String,
    /// The first release that is affected; every one before, if it is not given.
    from: Option<String>,
    /// The release that is no longer affected, `5.0`.
    before: String,
}

impl TryFrom<Raw> for ReleaseFault {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let filter = Filter::parse(&raw.filter).map_err(|error| format!("`filter` is not an LDAP filter: {error}"))?;
        let release = |text: &String| text.parse().map_err(|()| format!("`{text}` is not a release like 5.5 or 5.5 SP4"));
        let from = raw.from.as_ref().map(release).transpose()?;
        Ok(Self { filter, from, before: release(&raw.before)? })
    }
}

impl Reading for ReleaseFault {
    fn attributes(&self) -> Vec<&str> {
        self.filter.attributes()
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        format!("not {}, while a server of the site runs a release before {}", self.filter, self.before)
    }
}

impl Comparing for ReleaseFault {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        let condition = subjects.first().map(|seen| Condition::of(&self.filter, seen.questions()));
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let Some(condition) = &condition else { break };
            let releases = sites.entry(site::key(&object)).or_insert_with(|| Releases::at(&object));
            founds.add(&object, self.one(&object, condition, releases));
        }
        founds.all()
    }
}

/// The releases that the servers of a site run.
struct Releases {
    /// Those that were seen.
    seen: Vec<Release>,
    /// Why there may be others.
    open: Causes,
}

impl Releases {
    /// Those of the site of an object.
    fn at(object: &Object<'_>) -> Self {
        let (seen, open) = object.questions().running(&object.seen(), None).releases();
        Self { seen, open }
    }
}

impl ReleaseFault {
    /// Whether a release has the fault.
    fn affects(&self, release: Release) -> bool {
        self.from.is_none_or(|from| release >= from) && release < self.before
    }

    /// What is said of an object.
    fn one(&self, object: &Object<'_>, condition: &Condition, releases: &Releases) -> Answer {
        // one that is affected is enough, whatever others run
        let affected = releases.seen.iter().find(|release| self.affects(**release)).copied();
        if affected.is_none() && releases.open.is_empty() {
            let which = self
                .from
                .map_or_else(|| format!("before {}", self.before), |from| format!("from {from} to before {}", self.before));
            return Ok(Ruling::nothing(format!("no server of its site runs a release {which}")));
        }
        let matches = object.decided(condition.holds(&object.seen()))?;
        let names = self.filter.attributes().into_iter();
        let shown = names.flat_map(|name| object.seen_texts(name).take(1).map(move |text| format!("{name} is {text}")));
        let shown = shown.collect::<Vec<_>>().join("; ");
        if !matches {
            return Ok(Ruling::holds(if shown.is_empty() { "none of these is set".into() } else { shown }));
        }
        let old = affected.ok_or_else(|| releases.open.clone())?;
        Ok(Ruling::broken(Reason::Version, format!("{shown}, and a server of its site runs {old}")))
    }
}
