//! The attributes that the condition of a check speaks of, looked up once and not for every object.

use crate::check::definition::{Check, Expect, Reference};
use crate::exchange::schema::{self, Attribute};

/// The attributes of one check.
#[derive(Debug)]
pub(super) struct Watched(Vec<(String, Option<&'static Attribute>)>);

impl Watched {
    pub(super) fn of(check: &Check) -> Self {
        let mut names: Vec<&str> = check.subject.only.iter().flat_map(|only| only.attributes()).collect();
        match &check.expect {
            Expect::Filter { filter, .. } => names.extend(filter.attributes()),
            Expect::Rule(rule) => names.extend(rule.judging().attributes()),
            _ => {}
        }
        for reference in [check.subject.follow.as_ref(), check.expect.reference()].into_iter().flatten() {
            if let Reference::Attribute(name) = reference {
                names.push(name);
            }
        }
        // what a rule asks about beside those it names
        names.push("another attribute");
        Self(names.into_iter().map(|name| (name.to_owned(), schema::attribute(name))).collect())
    }

    /// The place of a name; the last for one that is not there.
    pub(super) fn place(&self, name: &str) -> usize {
        let last = self.0.len().saturating_sub(1);
        self.0.iter().position(|(known, _)| known.eq_ignore_ascii_case(name)).unwrap_or(last)
    }

    /// The name at a place.
    pub(super) fn name(&self, place: usize) -> &str {
        self.0.get(place).map_or("", |(name, _)| name)
    }

    /// What the published schema says of the name at a place.
    pub(super) fn known(&self, place: usize) -> Option<&'static Attribute> {
        self.0.get(place).and_then(|(_, known)| *known)
    }
}
