//! Giving an object another name. What stands below it goes with it; the names that other objects hold stay as they are.

use super::matching::same;
use super::{Presence, RehearseError, Stage, refused};
use crate::directory::change::{Change, Refusal};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::directory::whole::EntryId;

impl Stage<'_> {
    pub(super) fn rename(
        &mut self,
        change: &Change,
        rdn: &Rdn,
        deletes_old: bool,
        superior: Option<&Dn>,
    ) -> Result<(), RehearseError> {
        let id = self.object(change)?;
        let (from, above) = (&change.dn, superior.cloned().unwrap_or_else(|| change.dn.parent()));
        let to = above.child(rdn.clone());
        if above.is_within(from) {
            return Err(refused(change, Refusal::BelowItself));
        }
        if superior.is_some() {
            self.needs_parent(change, &above)?;
        }
        match self.presence(&to) {
            // the same name in other letters
            Presence::There(other) if other == id => {}
            Presence::There(_) => return Err(refused(change, Refusal::Exists)),
            Presence::Not => {}
            Presence::Open(causes) => {
                self.assume(change, format!("Could not see whether {to} exists; the name is assumed to be free."), causes);
            }
        }
        for below in self.edit.below(from) {
            let Some(name) = self.edit.get(below).map(|entry| entry.dn()) else { continue };
            let own = name.rdns().iter().take(name.depth() - from.depth()).cloned();
            let moved = Dn::new(own.chain(to.rdns().iter().cloned()).collect());
            self.edit.rename(below, &moved);
            self.renamed.push((name, moved));
        }
        self.edit.rename(id, &to);
        self.renamed.push((from.clone(), to.clone()));
        self.rename_values(id, from.rdn(), rdn, deletes_old);
        Ok(())
    }

    /// The values that say what it is named by. Exchange shows the name as `rdn`, and in `cn` what people call it, which stays.
    fn rename_values(&mut self, id: EntryId, old: Option<&Rdn>, new: &Rdn, deletes_old: bool) {
        let shows_rdn = self.edit.get(id).is_some_and(|entry| entry.values("rdn").next().is_some());
        if shows_rdn {
            let values: Vec<Vec<u8>> = new.0.first().map(|ava| ava.value.clone()).into_iter().collect();
            return self.edit.set(id, "rdn", &values, true);
        }
        let gone: &[Ava] = old.filter(|_| deletes_old).map_or(&[], |old| old.0.as_slice());
        for ava in gone.iter().chain(&new.0) {
            let mut held = self.held(id, &ava.attribute);
            held.values.retain(|value| !same(&ava.attribute, value, &ava.value));
            if new.0.iter().any(|own| own.attribute.eq_ignore_ascii_case(&ava.attribute) && own.value == ava.value) {
                held.values.push(ava.value.clone());
            }
            self.edit.set(id, &ava.attribute, &held.values, held.missing.is_none());
        }
    }
}
