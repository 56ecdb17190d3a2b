//! Changes made to a copy of the directory, as a directory would make them: one after the other, each whole or not at all, and nothing
//! after one that is refused. No server is touched.
//!
//! What a server would refuse is refused ([`Refused`]). What could not be seen is said ([`Unseen`]), and taken as the change needs it:
//! an object that is to be added is not there, a value that is to be taken away was there.
//!
//! Other objects keep the names that they hold, as the articles about names that lead nowhere show (Q183178, for one); that Exchange
//! clears none of them is inferred. Back-links are computed (SDK directry_2mbd), and follow.

mod add;
mod compare;
mod links;
mod matching;
mod modify;
mod rename;
#[cfg(test)]
mod tests;
mod views;

use super::questions::{Causes, Lookup, Questions};
use crate::directory::change::{Change, Refusal, Refused, What};
use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, Edit, EntryId};
pub use compare::difference;
use links::Links;
pub(super) use views::spelled;

/// A directory after some changes.
#[derive(Debug)]
pub struct Rehearsed {
    /// The directory as it is then.
    pub directory: Directory,
    /// The objects that got another name: before and after.
    pub renamed: Vec<(Dn, Dn)>,
    /// What the changes touch and could not be seen.
    pub unseen: Vec<Unseen>,
}

/// Something that a change touches and that could not be seen.
#[derive(Debug, Clone)]
pub struct Unseen {
    /// Where the change is asked for.
    pub from: String,
    /// In a sentence: what is taken to be so.
    pub what: String,
    /// Why it could not be seen.
    pub causes: Causes,
}

/// Why changes cannot be rehearsed.
#[derive(Debug, thiserror::Error)]
pub enum RehearseError {
    /// A server would refuse one.
    #[error(transparent)]
    Refused(Box<Refused>),
    /// The object that one modifies could not be seen.
    #[error("{}", .0.what)]
    Unseen(Box<Unseen>),
}

/// Makes the changes on a copy of the directory.
///
/// # Errors
/// What a directory would refuse, and what cannot be told because its object was not seen.
pub fn rehearse(questions: &Questions, changes: &[Change]) -> Result<Rehearsed, RehearseError> {
    let edit = Edit::of(questions.directory());
    let mut stage = Stage { questions, edit, links: Links::default(), renamed: Vec::new(), unseen: Vec::new() };
    for change in changes {
        stage.change(change)?;
    }
    stage.follow_links();
    Ok(Rehearsed { directory: stage.edit.finish(), renamed: stage.renamed, unseen: stage.unseen })
}

/// The changes that take away an object and all that was seen below it, the lowest first.
pub fn deletion(questions: &Questions, dn: &Dn, from: &str) -> Vec<Change> {
    let below = questions.directory().entries().filter(|entry| !entry.is_deleted() && entry.number() != dn.number());
    let mut names: Vec<Dn> = below.map(|entry| entry.dn()).filter(|name| name.is_within(dn)).collect();
    names.sort_by_cached_key(|name| (std::cmp::Reverse(name.depth()), name.key()));
    names.push(dn.clone());
    names.into_iter().map(|dn| Change { dn, what: What::Delete, from: from.to_owned() }).collect()
}

/// Where the changes are made.
struct Stage<'q> {
    questions: &'q Questions,
    edit: Edit,
    links: Links,
    renamed: Vec<(Dn, Dn)>,
    unseen: Vec<Unseen>,
}

/// Whether an object is there.
enum Presence {
    There(EntryId),
    Not,
    Open(Causes),
}

impl Stage<'_> {
    fn change(&mut self, change: &Change) -> Result<(), RehearseError> {
        match &change.what {
            What::Add(values) => self.add(change, values),
            What::Modify(steps) => self.modify(change, steps),
            What::Delete => self.delete(change),
            What::Rename { rdn, deletes_old, superior } => self.rename(change, rdn, *deletes_old, superior.as_ref()),
        }
    }

    /// Whether an object is there, as far as the changes before left it.
    fn presence(&self, dn: &Dn) -> Presence {
        if let Some(entry) = self.edit.find(dn) {
            return Presence::There(entry.id());
        }
        if self.edit.was_taken(dn) {
            return Presence::Not;
        }
        match self.questions.object(dn) {
            Lookup::There(_) | Lookup::Deleted(_) | Lookup::Gone(..) => Presence::Not,
            Lookup::Open(causes) => Presence::Open(causes),
        }
    }

    /// The object that a change is about, which must be there.
    fn object(&self, change: &Change) -> Result<EntryId, RehearseError> {
        match self.presence(&change.dn) {
            Presence::There(id) => Ok(id),
            Presence::Not => Err(refused(change, Refusal::NoSuchObject)),
            Presence::Open(causes) => {
                let what = format!("{}: {} was not seen, so what becomes of it is unknown", change.from, change.dn);
                Err(RehearseError::Unseen(Box::new(Unseen { from: change.from.clone(), what, causes })))
            }
        }
    }

    /// That something is taken to be so that could not be seen.
    fn assume(&mut self, change: &Change, what: String, causes: Causes) {
        self.unseen.push(Unseen { from: change.from.clone(), what, causes });
    }

    /// What an object would stand below must be there: it was seen, or something below it was.
    fn needs_parent(&mut self, change: &Change, parent: &Dn) -> Result<(), RehearseError> {
        if parent.is_empty() || self.edit.children(parent) > 0 {
            return Ok(());
        }
        match self.presence(parent) {
            Presence::There(_) => Ok(()),
            _ if !self.edit.below(parent).is_empty() => Ok(()),
            Presence::Not => Err(refused(change, Refusal::NoParent(parent.clone()))),
            Presence::Open(causes) => {
                self.assume(change, format!("Could not see whether {parent} exists; assumed to exist."), causes);
                Ok(())
            }
        }
    }

    fn delete(&mut self, change: &Change) -> Result<(), RehearseError> {
        match self.presence(&change.dn) {
            Presence::There(id) => {
                if self.edit.children(&change.dn) > 0 {
                    let below = self.edit.below(&change.dn);
                    let example = below.first().and_then(|id| self.edit.get(*id)).map(|entry| entry.dn()).unwrap_or_default();
                    return Err(refused(change, Refusal::NotLeaf { count: below.len(), example }));
                }
                self.links.goes(self.edit.get(id));
                self.edit.remove(id);
                Ok(())
            }
            Presence::Not => Err(refused(change, Refusal::NoSuchObject)),
            Presence::Open(causes) => {
                self.assume(change, format!("{} was not seen; assumed to have existed.", change.dn), causes);
                self.edit.take(&change.dn);
                Ok(())
            }
        }
    }
}

fn refused(change: &Change, why: Refusal) -> RehearseError {
    RehearseError::Refused(Box::new(Refused { from: change.from.clone(), dn: change.dn.clone(), why }))
}
