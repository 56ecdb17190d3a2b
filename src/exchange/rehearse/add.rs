//! Adding an object.

use super::matching::{can_hold, may_be_written};
use super::{Presence, RehearseError, Stage, refused};
use crate::directory::change::{Change, Refusal};
use crate::directory::dn::Dn;
use crate::directory::whole::{EntryRef, Record};
use crate::exchange::naming;

impl Stage<'_> {
    pub(super) fn add(&mut self, change: &Change, values: &[(String, Vec<Vec<u8>>)]) -> Result<(), RehearseError> {
        for (attribute, values) in values {
            may_be_written(attribute).or_else(|why| if is_its_name(attribute) { Ok(()) } else { Err(refused(change, why)) })?;
            can_hold(attribute, values).map_err(|why| refused(change, why))?;
        }
        let classes = values.iter().find(|(name, _)| name.eq_ignore_ascii_case("objectClass"));
        let Some((_, classes)) = classes else { return Err(refused(change, Refusal::NoClass)) };
        match self.presence(&change.dn) {
            Presence::There(_) => return Err(refused(change, Refusal::Exists)),
            Presence::Not => {}
            Presence::Open(causes) => {
                self.assume(change, format!("Could not see whether {} exists; treated as new.", change.dn), causes);
            }
        }
        self.needs_parent(change, &change.dn.parent())?;
        let like = self.record_like(&change.dn, classes);
        if let Some(id) = self.edit.add(&change.dn, values, like) {
            self.links.comes(self.edit.get(id));
        }
        Ok(())
    }

    /// How an object of these classes would have come: as another of them did, best one of its site.
    fn record_like(&self, dn: &Dn, classes: &[Vec<u8>]) -> Option<Record> {
        let site = naming::site_of(dn).map(|site| site.number());
        let is_like = |entry: &EntryRef<'_>| {
            let own = entry.values("objectClass");
            classes.iter().all(|class| own.into_iter().any(|own| own.eq_ignore_ascii_case(class)))
        };
        let rank = |entry: &EntryRef<'_>| {
            let is_of_site = naming::site_of(&entry.dn()).map(|site| site.number()) == site;
            (is_like(entry), is_of_site)
        };
        let living = self.questions.directory().entries().filter(|entry| !entry.is_deleted());
        // the first of the best: a directory is read in a stable order
        let best = living.map(|entry| (rank(&entry), entry)).reduce(|best, next| if next.0 > best.0 { next } else { best });
        best.and_then(|(_, entry)| entry.records().first().copied())
    }
}

/// What an object that is added may say of its name.
fn is_its_name(attribute: &str) -> bool {
    ["rdn", "distinguishedName"].iter().any(|name| name.eq_ignore_ascii_case(attribute))
}
