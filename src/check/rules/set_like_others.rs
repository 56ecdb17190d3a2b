//! `set-like-others`: an attribute is set on an object, as it is on others of its kind in the site.

use super::founds::Founds;
use super::{Answer, Comparing, Found, Reading, Ruling, site};
use crate::exchange::questions::{Causes, Object, Population, Seen, Truth};
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::collections::HashMap;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SetLikeOthers {
    /// The attribute, by LDAP name.
    attribute: String,
}

impl Reading for SetLikeOthers {
    fn attributes(&self) -> Vec<&str> {
        vec![&self.attribute]
    }

    fn expected(&self) -> String {
        format!("{}, which others of the site have", self.attribute)
    }
}

/// How many objects of a site have the attribute, and how many have not.
#[derive(Default)]
struct Count {
    set: usize,
    unset: usize,
    /// Why there may be others, or why it is not known of some.
    open: Causes,
}

impl Comparing for SetLikeOthers {
    fn compare(&self, subjects: &[Seen<'_>], all: &Population<'_>, most: usize) -> Vec<Found> {
        let mut sites: HashMap<Option<u128>, Count> = HashMap::new();
        let is_set = |object: &Object<'_>| object.seen().values(&self.attribute).is_set();
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let count = sites.entry(site::key(&object)).or_default();
            match is_set(&object) {
                Truth::Yes(_) => count.set += 1,
                Truth::No(_) => count.unset += 1,
                Truth::Open(causes) => count.open = std::mem::take(&mut count.open).and(&causes),
            }
        }
        let missing = all.whole().err().unwrap_or_default();
        let mut founds = Founds::at_most(most);
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let Some(count) = sites.get(&site::key(&object)) else { continue };
            founds.add(&object, self.one(&object, count, &missing));
        }
        founds.all()
    }
}

impl SetLikeOthers {
    /// What is said of an object. What was not seen could turn the balance.
    fn one(&self, object: &Object<'_>, count: &Count, missing: &Causes) -> Answer {
        if object.decided(object.seen().values(&self.attribute).is_set())? {
            return Ok(Ruling::holds(""));
        }
        let open = count.open.clone().and(missing);
        if !open.is_empty() {
            return Err(open);
        }
        if count.set == 0 {
            return Ok(Ruling::holds(""));
        }
        let message = format!("has no {}, and {} of its site have", self.attribute, count.set);
        let ruling = Ruling::broken(Reason::NotSet, message);
        // where most lack it, that may be as it should be
        Ok(if count.set > count.unset { ruling } else { ruling.only(Severity::Info).inferred() })
    }
}
