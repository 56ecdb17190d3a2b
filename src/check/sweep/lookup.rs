//! Whether what a reference names must be looked up before it can be judged.

use crate::check::definition::{Check, Expect};
use crate::check::judge::{attributes_of, kind_decides};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::exchange::organization::{Destination, Organization};

/// What a check asks of the objects that its reference names.
pub(super) struct Lookup<'a> {
    /// What the object must match; none if that it exists is all.
    filter: Option<&'a Filter>,
    /// Whether more than that is asked.
    whole: bool,
    attributes: Vec<&'a str>,
}

/// For what a check names by its own reference: the one that it follows, else the one that it resolves.
pub(super) fn of(check: &Check) -> Lookup<'_> {
    match &check.subject.follow {
        None => resolved(check),
        Some(_) => {
            let filter = match &check.expect {
                Expect::Filter { filter, .. } => Some(filter),
                _ => None,
            };
            // a person looks at what is only named
            let whole = filter.is_none() && !matches!(check.expect, Expect::Manual(_));
            Lookup { filter, whole, attributes: attributes_of(check) }
        }
    }
}

/// For what a check resolves.
pub(super) fn resolved(check: &Check) -> Lookup<'_> {
    let filter = match &check.expect {
        Expect::Resolves { to, .. } => to.as_ref(),
        _ => None,
    };
    Lookup { filter, whole: false, attributes: filter.map(Filter::attributes).unwrap_or_default() }
}

impl Lookup<'_> {
    /// Whether an object must be looked up.
    pub(super) fn is_open(&self, organization: &Organization, dn: &Dn) -> bool {
        match organization.follow(dn) {
            // a server was not asked for everything of every object; what a file holds is all there is
            Destination::Living(entry) => {
                let asked = |name: &&str| entry.parts().any(|part| part.asked_for(name) != Some(false));
                !organization.origin.is_file() && !self.attributes.iter().all(asked)
            }
            Destination::Tombstone(_) => false,
            Destination::Seen(seen) => self.whole || self.filter.is_some_and(|filter| !kind_decides(filter, seen)),
            Destination::Nowhere(_) => true,
        }
    }
}
