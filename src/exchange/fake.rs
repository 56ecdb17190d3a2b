//! For tests: a live source that answers as it is told, and notes what it was asked.

use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Kind, Origin, Search, Source};

/// A live source of these entries.
pub(super) struct Fake {
    pub(super) entries: Vec<Entry>,
    pub(super) asked: Vec<Search>,
    pub(super) refuses: fn(&Search) -> bool,
}

impl Fake {
    pub(super) fn of(entries: Vec<Entry>) -> Self {
        Self { entries, asked: Vec::new(), refuses: |_| false }
    }
}

/// An entry of that name with these values.
pub(super) fn entry(dn: &str, attributes: &[(&str, &str)]) -> Entry {
    let mut entry = Entry::new(Dn::parse(dn.as_bytes()).expect("dn"));
    attributes.iter().for_each(|&(name, value)| entry.add(name, value));
    entry
}

impl Source for Fake {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Live, location: "ldap://fake".into(), bind_dn: None }
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut ended = Vec::new();
        for (index, search) in searches.iter().enumerate() {
            self.asked.push(search.clone());
            if (self.refuses)(search) {
                ended.push(Ended::Refused("no".into()));
                continue;
            }
            self.entries.iter().filter(|entry| search.selects(entry)).for_each(|entry| each(index, entry.clone()));
            ended.push(Ended::Complete);
        }
        ended
    }
}
