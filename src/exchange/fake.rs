//! For tests: a live source that answers as it is told, and notes what it was asked.

use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Kind, Origin, Search, SessionFacts, Source};

/// A live source of these entries.
pub(crate) struct Fake {
    pub(crate) entries: Vec<Entry>,
    pub(crate) asked: Vec<Search>,
    pub(crate) refuses: fn(&Search) -> bool,
    /// How what it refuses ends.
    pub(crate) refusal: Ended,
    pub(crate) bind_dn: Option<String>,
    pub(crate) session: Option<SessionFacts>,
}

impl Fake {
    pub(crate) fn of(entries: Vec<Entry>) -> Self {
        let refusal = Ended::Refused("no".into());
        Self { entries, asked: Vec::new(), refuses: |_| false, refusal, bind_dn: None, session: None }
    }
}

/// An entry of that name with these values.
pub(crate) fn entry(dn: &str, attributes: &[(&str, &str)]) -> Entry {
    let mut entry = Entry::new(Dn::parse(dn.as_bytes()).expect("dn"));
    attributes.iter().for_each(|&(name, value)| entry.add(name, value));
    entry
}

impl Source for Fake {
    fn origin(&self) -> Origin {
        Origin { kind: Kind::Live, location: "ldap://fake".into(), bind_dn: self.bind_dn.clone() }
    }

    fn session(&self) -> Option<SessionFacts> {
        self.session.clone()
    }

    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended> {
        let mut ended = Vec::new();
        for (index, search) in searches.iter().enumerate() {
            self.asked.push(search.clone());
            if (self.refuses)(search) {
                ended.push(self.refusal.clone());
                continue;
            }
            let found: Vec<&Entry> = self.entries.iter().filter(|entry| search.selects(entry)).collect();
            let limit = if search.size_limit == 0 { usize::MAX } else { search.size_limit as usize };
            found.iter().take(limit).for_each(|&entry| each(index, entry.clone()));
            ended.push(if found.len() > limit { Ended::OwnLimit } else { Ended::Complete });
        }
        ended
    }
}
