//! Running searches: what is kept of what they find, and what is only noticed or streams by.

use super::Collector;
use crate::directory::asked::Asked;
use crate::directory::dn::DnKey;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Search};
use crate::exchange::class::name_classes;
use crate::exchange::joined::Joined;
use crate::exchange::organization::Organization;
use crate::exchange::shapes::{Shape, is_deleted};
use crate::exchange::wanted::Watch;
use std::collections::BTreeSet;

/// Which of several searches find what is not kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passing {
    /// What it finds is noticed: it may be a witness.
    pub(super) noticed: Option<usize>,
    /// What it finds streams by.
    pub(super) streamed: Option<usize>,
}

/// Lets an object stream by. A file holds more than the base, and what lies outside of that is no subject.
fn stream(organization: &mut Organization, watch: &mut dyn Watch, entry: Entry, shape: Option<Shape>) {
    let is_file = organization.origin.is_file();
    if is_file && !organization.base.is_empty() && !entry.dn.is_within(&organization.base) {
        return;
    }
    if let Some(seen) = organization.sweep.note(&entry, shape).filter(|_| !is_deleted(&entry, shape)) {
        watch.see(entry, seen, shape);
    }
}

impl Collector<'_> {
    pub(super) fn probe(&mut self, search: Search, what: &str) -> Ended {
        let asked = self.asked(&search);
        let organization = &mut self.organization;
        let ended = self.source.search(search, &mut |mut entry| {
            asked.iter().for_each(|asked| entry.was_asked_for(asked.clone()));
            name_classes(&mut entry);
            organization.notice(&entry, None);
        });
        self.note(&ended, what);
        ended
    }

    /// Runs searches and keeps what they find, but for those that are passing.
    pub(super) fn run(&mut self, searches: &[Search], passing: Passing) -> Vec<Ended> {
        if searches.is_empty() {
            return Vec::new();
        }
        let is_file = self.is_file();
        let asked: Vec<Option<Asked>> = searches.iter().map(|search| self.asked(search)).collect();
        // records of one object in several files are judged together
        let mut joined = (passing.streamed.is_some() && self.source.files() > 1).then(Joined::default);
        let (organization, watch, shapes) = (&mut self.organization, &mut self.watch, &mut self.shapes);
        let mut seen: BTreeSet<(usize, usize, DnKey)> = BTreeSet::new();
        let mut twice: BTreeSet<String> = BTreeSet::new();
        let mut ended = self.source.search_all(searches, &mut |index, mut entry: Entry| {
            asked.get(index).into_iter().flatten().for_each(|asked| entry.was_asked_for(asked.clone()));
            let (noticed, streamed) = (passing.noticed == Some(index), passing.streamed == Some(index));
            if noticed || streamed {
                let shape = shapes.named(&mut entry);
                if noticed {
                    organization.notice(&entry, shape);
                    organization.keep_server(&entry);
                }
                match &mut joined {
                    _ if !streamed => {}
                    Some(joined) => joined.add(entry),
                    None => stream(organization, *watch, entry, shape),
                }
                return;
            }
            let file = entry.parts().next().map_or(0, |part| part.file);
            if is_file && !entry.flag("Is-Deleted") && !seen.insert((index, file, entry.dn.key())) {
                twice.insert(entry.dn.to_string());
            }
            organization.keep(entry);
        });
        if let Some(joined) = joined {
            let full = joined.full();
            for entry in joined.into_entries() {
                let shape = shapes.of(&entry);
                stream(organization, *watch, entry, shape);
            }
            if let (Some(how), Some(index)) = (full, passing.streamed)
                && let Some(end) = ended.get_mut(index)
            {
                *end = Ended::Cut(how.into());
            }
        }
        if let Some(how) = self.organization.bound.full() {
            // which of them lost something is not known
            ended
                .iter_mut()
                .filter(|end| matches!(end, Ended::Complete | Ended::OwnLimit))
                .for_each(|end| *end = Ended::Cut(how.into()));
        }
        for dn in twice {
            let file = self.organization.asked();
            let text = format!("{file} holds several records of {dn}; they were read as one object.");
            self.organization.problem(text);
        }
        ended
    }

    /// What a search asks of each entry. What a file holds was asked for by somebody else; its entries say so themselves.
    fn asked(&self, search: &Search) -> Option<Asked> {
        (!self.is_file()).then(|| Asked::of(search.attributes.iter().map(String::as_str)))
    }
}
