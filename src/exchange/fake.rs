//! For tests: a live source that answers as it is told, and notes what it was asked; and directories made of texts.

use super::admin_export::{CsvOptions, Table};
use super::collect::{self, Collected, Depth};
use super::declaration::Hints;
use super::discover::Found;
use super::questions::Questions;
use super::wanted::Wanted;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::ldif;
use crate::directory::source::{Ended, Kind, Origin, Search, SessionFacts, Source};
use crate::directory::whole::{Builder, Directory};

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
        Origin { kind: Kind::Live, location: "ldap://fake".into(), bind_dn: self.bind_dn.clone(), taken: None, collected: None }
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

/// What is collected of a source from a base down, with what these checks want.
pub(crate) fn collected(source: &mut Fake, base: &Dn, hints: &Hints, wanted: &Wanted, depth: Depth) -> Collected {
    collect::collect(source, base, hints, wanted, depth, 0, &mut |_, _| {})
}

/// The same of a source in which something was found to start from; nothing where there was not.
pub(crate) fn collected_of(source: &mut Fake, found: &Found, depth: Depth) -> Collected {
    match &found.base {
        Ok(base) => collected(source, base, &Hints::default(), &Wanted::default(), depth),
        Err(_) => Collected { directory: Directory::default(), problems: Vec::new(), complete: false },
    }
}

/// A directory of files, each read by itself: tables where a name ends in `.csv`, and otherwise LDIF.
pub(crate) fn directory(files: &[(&str, &str)]) -> Directory {
    let mut builder = Builder::default();
    for (name, text) in files {
        let bytes = text.as_bytes().to_vec();
        match name.ends_with(".csv") {
            true => _ = Table::read(bytes, &CsvOptions::default()).expect(text).load(&mut builder, name, None),
            false => _ = ldif::load(&mut builder, name, bytes, None).expect(text),
        }
    }
    builder.finish()
}

/// Questions over such files.
pub(crate) fn questions_of(files: &[(&str, &str)]) -> Questions {
    Questions::of(directory(files), Dn::default(), Hints::default(), [])
}

/// Questions over one text of LDIF.
pub(crate) fn questions(ldif: &str) -> Questions {
    questions_of(&[("export.ldif", ldif)])
}

/// Questions over one table.
pub(crate) fn table(csv: &str) -> Questions {
    questions_of(&[("export.csv", csv)])
}
