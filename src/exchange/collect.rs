//! Collecting from a server: few searches, planned before the first is sent. What comes back is one directory, with the record of
//! what was asked and how that ended. Judging comes after, without the server.

mod references;
mod witnesses;

use super::class::name_classes;
use super::declaration::Hints;
use super::requests;
use super::wanted::Wanted;
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Search, Source};
use crate::directory::whole::{Answered, Builder, Directory, EntryRef, Run, RunId, Source as From, SourceId};
use std::collections::{BTreeMap, HashSet};

/// What was collected.
#[derive(Debug)]
pub struct Collected {
    /// The directory.
    pub directory: Directory,
    /// What went wrong or was noticed, in sentences.
    pub problems: Vec<String>,
    /// Whether everything asked for was answered.
    pub complete: bool,
}

/// What is asked for beside what checks need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Nothing.
    Audit,
    /// What shows what is visible: for the doctor.
    Doctor,
    /// Everything that the bind may read.
    Everything,
}

/// Objects that are looked up one by one.
const MOST_READS: usize = 4000;
/// Problems that are told; the rest are only known to be there.
const MOST_PROBLEMS: usize = 100;
/// Sites that are asked one by one for a hidden object or an X.400 address.
const MOST_SITES: usize = 1000;
/// How often new references may lead to further ones.
const MOST_ROUNDS: usize = 3;

/// Collects from `base` down what is wanted, at most so many bytes; `tell` is told now and then what is awaited, and how many objects
/// came.
pub fn collect(
    source: &mut dyn Source,
    base: &Dn,
    hints: &Hints,
    wanted: &Wanted,
    depth: Depth,
    most: usize,
    tell: &mut dyn FnMut(&str, u64),
) -> Collected {
    let mut builder = Builder::within(most);
    let origin = source.origin();
    let id =
        builder.source(From { kind: origin.kind, location: origin.location, proves: true, searches: Vec::new(), trouble: None });
    let run = builder.run(Run { source: id, is_mixed: false, scope: None, line: 0 });
    let wanted = wanted.clone().and(hints.admin_attribute.clone());
    let mut collector = Collector {
        source,
        base,
        hints,
        wanted,
        was_read: HashSet::new(),
        named_by_services: BTreeMap::new(),
        builder,
        id,
        run,
        problems: Vec::new(),
        complete: true,
        came: 0,
        tell,
        awaited: Vec::new(),
    };
    collector.beginning();
    if depth != Depth::Doctor {
        collector.awaited = vec!["administrators"];
        collector.administrators();
        collector.awaited = vec!["objects that others name"];
        collector.references();
        collector.awaited = vec!["hidden objects"];
        collector.witnesses();
    }
    collector.awaited = vec!["servers"];
    collector.servers(depth);
    match depth {
        Depth::Audit => {}
        Depth::Doctor => collector.visibility(),
        Depth::Everything => {
            collector.awaited = vec!["everything"];
            collector.everything();
        }
    }
    let notes = collector.source.notes();
    notes.into_iter().for_each(|note| collector.problem(note));
    if let Some(what) = collector.builder.left_out() {
        collector.incomplete(format!("{what}."));
    }
    let Collector { mut builder, problems, complete, .. } = collector;
    if let Some(how) = builder.left_out()
        && let Some(source) = builder.source_mut(id)
    {
        // what was left out may be anything
        let cut = |answered: &mut Answered| {
            if matches!(answered.ended, Ended::Complete | Ended::OwnLimit | Ended::NoSuchObject) {
                answered.ended = Ended::Cut(how.into());
            }
        };
        source.searches.iter_mut().for_each(cut);
        source.trouble = Some(how.into());
    }
    let directory = builder.finish();
    let complete = complete && directory.sources().iter().all(From::is_whole);
    Collected { directory, problems, complete }
}

struct Collector<'a> {
    source: &'a mut dyn Source,
    base: &'a Dn,
    hints: &'a Hints,
    wanted: Wanted,
    /// The objects that were read by name.
    was_read: HashSet<u128>,
    /// The objects that the services may refer to.
    named_by_services: BTreeMap<u128, Dn>,
    builder: Builder,
    id: SourceId,
    run: RunId,
    problems: Vec<String>,
    complete: bool,
    came: u64,
    tell: &'a mut dyn FnMut(&str, u64),
    /// What the searches are for that come next; of the others, the last.
    awaited: Vec<&'static str>,
}

impl Collector<'_> {
    /// The services, the containers around them, and the objects that checks start from.
    fn beginning(&mut self) {
        let mut searches = vec![requests::services(self.base, true, &self.wanted.services), requests::containers(self.base)];
        let mut what = vec!["the Internet Mail Services", "the containers"];
        if !self.wanted.configuration.is_empty() {
            let names = &self.wanted.configuration_attributes;
            searches.push(requests::configuration(self.base, &self.wanted.configuration, names));
            what.push("the configuration objects");
        }
        if !self.wanted.recipients.is_empty() {
            searches.push(requests::recipients(self.base, &self.wanted.recipients, &self.wanted.recipient_attributes));
            what.push("the recipients");
        }
        self.awaited = what.iter().map(|what| what.trim_start_matches("the ")).collect();
        let mut ended = self.search(&searches);
        if matches!(ended.first(), Some(Ended::Refused(_))) {
            // `*` beside names may be more than an old server takes
            let again = self.search(&[requests::services(self.base, false, &self.wanted.services)]).pop();
            if let (Some(first), Some(again)) = (ended.first_mut(), again) {
                *first = again;
            }
        }
        for (end, what) in ended.iter().zip(what) {
            self.note(end, what);
        }
    }

    /// The servers and their versions, for the report. An audit does not ask more of a server that could not answer what it needs.
    fn servers(&mut self, depth: Depth) {
        if depth != Depth::Doctor && self.was_cut() {
            return;
        }
        let ended = self.search(&[requests::servers(self.base)]).pop();
        // no verdict needs it: for an audit, one that was not answered leaves no trace
        if depth != Depth::Doctor
            && !ended.is_some_and(|ended| ended.is_complete())
            && let Some(source) = self.builder.source_mut(self.id)
        {
            source.searches.pop();
        }
    }

    fn was_cut(&self) -> bool {
        let source = self.builder.so_far().source(self.id);
        source.is_some_and(|source| source.searches.iter().any(|answered| matches!(answered.ended, Ended::Cut(_))))
    }

    /// What the doctor looks for: where the server itself ends an answer, hidden and deleted objects.
    fn visibility(&mut self) {
        self.search(&[requests::any(self.base)]);
        if self.search(&[requests::hidden(self.base, 99)]).pop() != Some(Ended::OwnLimit) {
            return;
        }
        let mut sites = BTreeMap::new();
        self.retain_unseen(&mut sites, true);
        for site in in_order(sites.into_values()).take(20) {
            self.search(&[requests::hidden(&site, 1)]);
        }
        if !self.builder.so_far().entries().any(EntryRef::is_deleted) {
            self.search(&[requests::deleted(self.base)]);
        }
    }

    /// Everything that the bind may read.
    fn everything(&mut self) {
        let search = requests::everything_below(self.base, &self.wanted.all());
        let ended = self.search(&[search]).pop().unwrap_or(Ended::Complete);
        if !ended.is_complete() {
            let how = ended.trouble().unwrap_or("this account may not search there").to_owned();
            self.unfinished("The search for everything", &how);
        }
    }

    fn probe(&mut self, search: Search, what: &str) -> Ended {
        let ended = self.search(&[search]).pop().unwrap_or(Ended::Complete);
        self.note(&ended, what);
        ended
    }

    /// Reads objects.
    fn read(&mut self, reads: Vec<Search>) {
        self.was_read.extend(reads.iter().map(|read| read.base.number()));
        let ended = self.search(&reads);
        for (read, end) in reads.iter().zip(ended) {
            if let Some(how) = end.trouble().filter(|_| end != Ended::Referral) {
                self.unfinished(&format!("Reading {}", read.base), how);
            }
        }
    }

    /// Runs searches; what they find and how they end is part of the directory.
    fn search(&mut self, searches: &[Search]) -> Vec<Ended> {
        if searches.is_empty() {
            return Vec::new();
        }
        let asked: Vec<_> =
            searches.iter().map(|search| self.builder.asked(search.attributes.iter().map(String::as_str))).collect();
        let Self { source, builder, run, came, tell, awaited, .. } = self;
        let mut each = vec![0; searches.len()];
        let what = |index: usize| awaited.get(index).or(awaited.last()).copied().unwrap_or_default();
        tell(what(0), *came);
        let ended = source.search_all(searches, &mut |index, mut entry| {
            each.get_mut(index).into_iter().for_each(|came| *came += 1);
            name_classes(&mut entry);
            *came += 1;
            if came.is_multiple_of(256) {
                tell(what(index), *came);
            }
            requests::leave_out_secrets(&mut entry);
            builder.add(&entry, *run, asked.get(index).copied().unwrap_or_default());
        });
        let answered = searches.iter().zip(&ended).zip(each);
        let answered = answered.map(|((search, ended), came)| Answered { search: search.clone(), ended: ended.clone(), came });
        if let Some(source) = self.builder.source_mut(self.id) {
            source.searches.extend(answered);
        }
        ended
    }

    fn note(&mut self, ended: &Ended, what: &str) {
        let how = match ended {
            Ended::Complete | Ended::OwnLimit => return,
            // the same for each search, and told once
            Ended::NoSuchObject => {
                return self
                    .incomplete(format!("The base {:?} does not exist, or this account may not see it.", self.base.to_string()));
            }
            Ended::Denied => {
                "this account may not search there (50; Q192306: the server may allow only certain containers)".into()
            }
            other => other.trouble().unwrap_or_default().to_owned(),
        };
        self.unfinished(&format!("The search for {what}"), &how);
    }

    /// Something was not read to its end. What ended several is told once: a signal, or a server that went away.
    fn unfinished(&mut self, what: &str, how: &str) {
        let end = format!(" did not complete: {how}.");
        self.complete = false;
        match self.problems.iter_mut().find(|told| told.ends_with(&end)) {
            Some(told) if *told != format!("{what}{end}") => *told = format!("Several searches{end}"),
            Some(_) => {}
            None => self.problem(format!("{what}{end}")),
        }
    }

    /// Something that was wanted was not read.
    fn incomplete(&mut self, problem: String) {
        self.complete = false;
        self.problem(problem);
    }

    /// Notes a problem, each once, and no more than can be read.
    fn problem(&mut self, text: String) {
        if self.problems.len() > MOST_PROBLEMS || self.problems.contains(&text) {
            return;
        }
        let last = self.problems.len() == MOST_PROBLEMS;
        self.problems.push(if last { "More problems occurred than are listed.".into() } else { text });
    }
}

/// Names in the order of their keys, which does not change from run to run.
fn in_order(names: impl Iterator<Item = Dn>) -> impl Iterator<Item = Dn> {
    let mut names: Vec<Dn> = names.collect();
    names.sort_by_cached_key(Dn::key);
    names.into_iter()
}

#[cfg(test)]
#[path = "collect_tests.rs"]
mod tests;
