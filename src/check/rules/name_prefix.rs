//! `no-name-prefix`: the name of no other site begins with that of the judged one.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::naming;
use crate::exchange::questions::{Causes, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The judged object is a site; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoPrefix {}

impl Reading for NoPrefix {
    fn attributes(&self) -> Vec<&str> {
        vec!["ou"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site", &[]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "no other site whose name begins with that of this one".into()
    }
}

impl Comparing for NoPrefix {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut names = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let names = names.get_or_insert_with(|| Names::beside(&object));
            founds.add(&object, names.judge(&object));
        }
        founds.all()
    }
}

/// The names of the sites, each without case and as it is written, in order; and why there may be others.
struct Names {
    all: Vec<(String, String)>,
    open: Causes,
}

impl Names {
    /// Those of the organization that an object is of.
    fn beside(object: &Object<'_>) -> Self {
        let sites = object.everywhere("site");
        let mut all: Vec<(String, String)> =
            sites.seen().map(|seen| seen.dn().leaf().into_owned()).map(|leaf| (name(&leaf), leaf)).collect();
        all.sort_unstable();
        Self { all, open: sites.whole().err().unwrap_or_default() }
    }

    /// What is said of a site: in this order, the next name after its own begins with it, if any does.
    fn judge(&self, object: &Object<'_>) -> Answer {
        let own = name(&naming::site_name(&object.dn()).unwrap_or_default());
        let next = self.all.partition_point(|(other, _)| *other <= own);
        if let Some((_, longer)) = self.all.get(next).filter(|(other, _)| other.starts_with(&own)) {
            let message = format!("the name of site {longer:?} begins with the name of this one");
            return Ok(Ruling::broken(Reason::NotMet, message));
        }
        match self.open.is_empty() {
            true => Ok(Ruling::holds("the name of no other site begins with it")),
            false => Err(self.open.clone()),
        }
    }
}

/// A name as it is compared.
fn name(text: &str) -> String {
    text.to_lowercase()
}
