//! Modifying an object: steps that follow each other, all of them or none.

use super::matching::{can_hold, is_single, may_be_written, same, shown};
use super::{RehearseError, Stage, refused};
use crate::directory::change::{Action, Change, Refusal, Step};
use crate::directory::whole::EntryId;
use crate::exchange::questions::Causes;

/// An attribute while it is modified.
pub(super) struct Held {
    pub(super) attribute: String,
    pub(super) before: Vec<Vec<u8>>,
    pub(super) values: Vec<Vec<u8>>,
    /// Why there may be other values that were not seen; none if there are none.
    pub(super) missing: Option<Causes>,
}

impl Stage<'_> {
    pub(super) fn modify(&mut self, change: &Change, steps: &[Step]) -> Result<(), RehearseError> {
        let id = self.object(change)?;
        let mut held: Vec<Held> = Vec::new();
        for step in steps {
            may_be_written(&step.attribute).map_err(|why| refused(change, why))?;
            let known = held.iter().position(|held| held.attribute.eq_ignore_ascii_case(&step.attribute));
            let at = known.unwrap_or(held.len());
            if known.is_none() {
                held.push(self.held_to_modify(id, &step.attribute));
            }
            let Some(held) = held.get_mut(at) else { continue };
            self.step(change, step, held)?;
        }
        let class = held.iter().find(|held| held.attribute.eq_ignore_ascii_case("objectClass"));
        if class.is_some_and(|class| class.values.is_empty()) {
            return Err(refused(change, Refusal::NoClass));
        }
        for held in &held {
            self.edit.set(id, &held.attribute, &held.values, held.missing.is_none());
            self.links.altered(self.edit.get(id), held);
        }
        self.keep_addresses_in_step(id, &held);
        Ok(())
    }

    /// What an object holds of an attribute now.
    pub(super) fn held(&self, id: EntryId, attribute: &str) -> Held {
        let entry = self.edit.get(id);
        let values: Vec<Vec<u8>> = entry.map(|entry| entry.values(attribute).map(<[u8]>::to_vec).collect()).unwrap_or_default();
        let is_told = entry.is_some_and(|entry| entry.is_told(attribute));
        // what an added object does not say it does not have; of one that was read the questions tell
        let missing = match self.questions.get(id).filter(|_| !is_told) {
            Some(seen) => seen.values(attribute).whole().err().cloned(),
            None => None,
        };
        Held { attribute: attribute.to_owned(), before: values.clone(), values, missing }
    }

    fn step(&mut self, change: &Change, step: &Step, held: &mut Held) -> Result<(), RehearseError> {
        let attribute = step.attribute.as_str();
        if step.action != Action::Delete {
            can_hold(attribute, &step.values).map_err(|why| refused(change, why))?;
        }
        let mut taken_away = None;
        match step.action {
            Action::Replace => (held.values, held.missing) = (step.values.clone(), None),
            Action::Add => {
                let exists = step.values.iter().find(|value| held.values.iter().any(|own| same(attribute, own, value)));
                if let Some(value) = exists {
                    let (attribute, value) = (attribute.to_owned(), shown(value));
                    return Err(refused(change, Refusal::ValueExists { attribute, value }));
                }
                if is_single(attribute) && !held.values.is_empty() {
                    return Err(refused(change, Refusal::SingleValue(attribute.to_owned())));
                }
                held.values.extend(step.values.iter().cloned());
            }
            Action::Delete if step.values.is_empty() => {
                if held.values.is_empty() {
                    taken_away = Some(Refusal::NoSuchAttribute(attribute.to_owned()));
                }
                held.values.clear();
            }
            Action::Delete => {
                for value in &step.values {
                    match held.values.iter().position(|own| same(attribute, own, value)) {
                        Some(at) => _ = held.values.remove(at),
                        None => {
                            let (attribute, value) = (attribute.to_owned(), shown(value));
                            taken_away = taken_away.or(Some(Refusal::NoSuchValue { attribute, value }));
                        }
                    }
                }
            }
        }
        if let Some(why) = taken_away {
            let Some(causes) = held.missing.clone() else { return Err(refused(change, why)) };
            self.assume(change, format!("{attribute} of {} was not seen; assumed to hold the removed value.", change.dn), causes);
        }
        if step.action == Action::Delete && step.values.is_empty() {
            held.missing = None;
        }
        Ok(())
    }
}
