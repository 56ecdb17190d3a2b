//! Collecting from a server: few searches, planned before the first is sent. What comes back is one directory, with the record of
//! what was asked and how that ended. Judging comes after, without the server.

use super::address::{self, shows_type};
use super::class::{Kind, has_class, name_classes};
use super::declaration::Hints;
use super::naming;
use super::pointer;
use super::requests;
use super::wanted::Wanted;
use crate::directory::dn::Dn;
use crate::directory::source::{Ended, Search, Source};
use crate::directory::whole::{Answered, Builder, Directory, EntryRef, Record, Run, RunId, Source as From, SourceId};
use std::collections::{BTreeMap, BTreeSet, HashSet};

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

/// Collects from `base` down what is wanted, at most so many bytes; `tell` is told now and then how many objects came.
pub fn collect(
    source: &mut dyn Source,
    base: &Dn,
    hints: &Hints,
    wanted: &Wanted,
    depth: Depth,
    most: usize,
    tell: &mut dyn FnMut(u64),
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
    };
    collector.beginning();
    if depth != Depth::Doctor {
        collector.administrators();
        collector.references();
        collector.witnesses();
    }
    collector.servers(depth);
    match depth {
        Depth::Audit => {}
        Depth::Doctor => collector.visibility(),
        Depth::Everything => collector.everything(),
    }
    let notes = collector.source.notes();
    notes.into_iter().for_each(|note| collector.problem(note));
    if collector.builder.is_full() {
        collector.incomplete("more objects came than --max-directory allows; the rest was left out.".into());
    }
    let Collector { mut builder, problems, complete, .. } = collector;
    if builder.is_full()
        && let Some(source) = builder.source_mut(id)
    {
        // what was left out may be anything
        let how = "more objects came than --max-directory allows";
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
    tell: &'a mut dyn FnMut(u64),
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

    /// The objects that the services may refer to, and the recipients that the operator declared by name.
    fn administrators(&mut self) {
        self.named_by_services();
        let names: Vec<_> = self.hints.declared.iter().filter_map(|declaration| declaration.recipient.filter()).collect();
        if !names.is_empty() {
            let search = requests::declared(self.base, names, &self.wanted.referred);
            let ended = self.search(&[search]).pop().unwrap_or(Ended::Complete);
            self.note(&ended, "the declared recipients");
        }
        // declared of a service that is not shown
        let declared = self.hints.declared.iter().filter_map(|declaration| match &declaration.recipient {
            super::declaration::Recipient::Dn(dn) => Some(dn.clone()),
            _ => None,
        });
        let directory = self.builder.so_far();
        let unknown = declared.filter(|dn| directory.find(dn).is_none()).map(|dn| (dn.number(), dn));
        let to_read = |(_, dn): &(&u128, &Dn)| directory.find(dn).is_none_or(|known| !self.is_asked_in_full(known));
        let named = self.named_by_services.iter().filter(to_read).map(|(number, dn)| (*number, dn.clone()));
        let wanted: BTreeMap<u128, Dn> = named.chain(unknown).collect();
        if wanted.len() > MOST_READS {
            let text = format!("The services name more than {MOST_READS} objects; the others were not looked up.");
            self.incomplete(text);
        }
        self.read(
            in_order(wanted.into_values()).take(MOST_READS).map(|dn| requests::recipient(&dn, &self.wanted.referred)).collect(),
        );
    }

    /// Finds the objects that the services may refer to, once: there may be many services with much in them.
    fn named_by_services(&mut self) {
        let directory = self.builder.so_far();
        let services = directory.entries().filter(|entry| has_class(entry, "Mail-Gateway") && !entry.is_deleted());
        for entry in services {
            self.named_by_services.extend(pointer::wanted(self.hints, entry).into_iter().map(|dn| (dn.number(), dn)));
            if self.named_by_services.len() > MOST_READS {
                break;
            }
        }
    }

    /// The other objects that references name, and those that these name again: of the administrators, and of what checks follow.
    fn references(&mut self) {
        let mut left = MOST_READS;
        let mut seen: HashSet<u128> = HashSet::new();
        let mut named = self.named_by_services.clone();
        named.extend(self.referred());
        for _ in 0..MOST_ROUNDS {
            let directory = self.builder.so_far();
            named.retain(|number, _| seen.insert(*number));
            let is_known = |known: EntryRef<'_>| !known.is_deleted() && self.is_asked_in_full(known);
            let unknown = |dn: &&Dn| !directory.find(dn).is_some_and(is_known) && !self.was_read.contains(&dn.number());
            let unknown: Vec<Dn> = in_order(named.values().filter(unknown).cloned()).collect();
            if unknown.len() > left {
                let text = format!("References name more than {MOST_READS} objects; the others were not looked up.");
                self.incomplete(text);
            }
            let reads: Vec<Search> = unknown.iter().take(left).map(|dn| requests::recipient(dn, &self.wanted.referred)).collect();
            left -= reads.len();
            self.read(reads);
            named = self.referred_on(named.values());
        }
    }

    /// Whether everything was asked of an object that is asked of one that a reference leads to. Objects of the configuration come
    /// with what checks need of them.
    fn is_asked_in_full(&self, known: EntryRef<'_>) -> bool {
        let directory = self.builder.so_far();
        let names = || requests::RECIPIENT.into_iter().chain(self.wanted.referred.iter().map(String::as_str));
        let is_full = |record: &Record| {
            let asked = directory.asked(record.asked);
            asked.is_none_or(|asked| names().all(|name| directory.name(name).is_some_and(|name| asked.names(name))))
        };
        !Kind::of(&known).is_recipient() || known.records().iter().any(is_full)
    }

    /// The objects that the followed attributes name.
    fn referred(&self) -> BTreeMap<u128, Dn> {
        let directory = self.builder.so_far();
        let mut named = BTreeMap::new();
        for followed in &self.wanted.followed {
            let Some(name) = directory.name(&followed.attribute) else { continue };
            // most values of one attribute are the same few
            let mut met: HashSet<&[u8]> = HashSet::new();
            for entry in directory.entries().filter(|entry| entry.shown().has(name)) {
                for value in entry.held(name) {
                    // an object that is not meant must not hide the one that is
                    if met.contains(value) || !followed.may_be_of(&entry) {
                        continue;
                    }
                    met.insert(value);
                    if let Some(dn) = naming::from_either(&String::from_utf8_lossy(value)) {
                        named.insert(dn.number(), dn);
                    }
                }
            }
        }
        named
    }

    /// The objects that those name again.
    fn referred_on<'d>(&self, from: impl Iterator<Item = &'d Dn>) -> BTreeMap<u128, Dn> {
        let directory = self.builder.so_far();
        let mut named = BTreeMap::new();
        for entry in from.filter_map(|dn| directory.find(dn)) {
            for value in self.wanted.followed_on.iter().flat_map(|name| entry.values(name)) {
                if let Some(dn) = naming::from_either(&String::from_utf8_lossy(value)) {
                    named.insert(dn.number(), dn);
                }
            }
        }
        named
    }

    /// What shows that an absence means something: parents, X.400 addresses, hidden objects.
    fn witnesses(&mut self) {
        let dangling = self.dangling();
        let directory = self.builder.so_far();
        let parents: BTreeMap<u128, Dn> = dangling.iter().map(|dn| (dn.parent().number(), dn.parent())).collect();
        let parents: Vec<Dn> = parents.into_values().filter(|dn| !dn.is_empty() && directory.find(dn).is_none()).collect();
        let parents: Vec<Dn> =
            in_order(parents.into_iter()).filter(|dn| !self.was_read.contains(&dn.number())).take(MOST_READS).collect();
        self.read(parents.iter().map(requests::container).collect());
        for site in self.sites_without_addresses() {
            self.probe(requests::x400(&site), "recipients with an X.400 address");
        }
        self.look_for_hidden(&dangling);
    }

    /// The objects that were looked up and are not there.
    fn dangling(&self) -> Vec<Dn> {
        let searches = self.builder.so_far().source(self.id).map_or(&[] as &[Answered], |source| &source.searches);
        let gone = searches.iter().filter(|answered| {
            answered.search.scope == crate::directory::source::Scope::Base && answered.ended == Ended::NoSuchObject
        });
        gone.map(|answered| answered.search.base.clone()).collect()
    }

    /// The sites of administrators that lack an address of a default type (Q148727), of which nobody else there shows one.
    fn sites_without_addresses(&self) -> Vec<Dn> {
        let directory = self.builder.so_far();
        let shows = |entry: &EntryRef<'_>, kind: &str| address::ATTRIBUTES.iter().any(|place| shows_type(entry, place, kind));
        let mut lacking: BTreeSet<(u128, &str)> = BTreeSet::new();
        let mut sites: BTreeMap<u128, Dn> = BTreeMap::new();
        for target in self.named_by_services.values().filter_map(|dn| directory.find(dn)) {
            let is_living = Kind::of(&target).is_recipient() && !target.is_deleted();
            if let Some(site) = naming::site_of(&target.dn()).filter(|_| is_living) {
                let without = address::DEFAULT_TYPES.iter().filter(|kind| !shows(&target, kind));
                lacking.extend(without.map(|kind| (site.number(), *kind)));
                sites.insert(site.number(), site);
            }
        }
        if lacking.is_empty() {
            return Vec::new();
        }
        for entry in directory.entries().filter(|entry| !entry.is_deleted()) {
            let Some(site) = naming::site_of(&entry.dn()).map(|site| site.number()) else { continue };
            lacking.retain(|(of, kind)| *of != site || !shows(&entry, kind));
        }
        sites.retain(|number, _| lacking.iter().any(|(of, _)| of == number));
        in_order(sites.into_values()).take(MOST_SITES).collect()
    }

    /// Looks for hidden objects of the sites that names lead into, and of all where recipients are judged: once in the whole
    /// organization, then site by site.
    fn look_for_hidden(&mut self, dangling: &[Dn]) {
        if self.hints.sees_hidden.is_some() {
            return;
        }
        let mut sites: BTreeMap<u128, Dn> =
            dangling.iter().filter_map(naming::real_site_of).map(|site| (site.number(), site)).collect();
        self.retain_unseen(&mut sites, self.wanted.of_hidden());
        if sites.is_empty() {
            return;
        }
        if self.probe(requests::hidden(self.base, 99), "hidden objects") == Ended::OwnLimit {
            self.retain_unseen(&mut sites, false);
            for site in in_order(sites.into_values()).take(MOST_SITES) {
                self.probe(requests::hidden(&site, 1), "hidden objects");
            }
        }
    }

    /// Leaves those of the sites of which no hidden object was seen, with `all` of all sites within the base.
    fn retain_unseen(&self, sites: &mut BTreeMap<u128, Dn>, all: bool) {
        let mut before: Option<(Vec<u8>, Option<Dn>)> = None;
        let mut seen: HashSet<u128> = HashSet::new();
        for entry in self.builder.so_far().entries() {
            let hides = entry.is_deleted() || entry.flag("Hide-From-Address-Book");
            let text = entry.dn_text();
            let tail = text.get(text.len().saturating_sub(64)..).unwrap_or_default();
            let comma = memchr::memrchr_iter(b',', tail).nth(1);
            let tail = comma.and_then(|at| tail.get(at..));
            let site = match (&before, tail) {
                (Some((known, site)), Some(tail)) if known == tail && !tail.contains(&b'\\') => site.clone(),
                _ => {
                    let site =
                        naming::real_site_of(&entry.dn()).filter(|site| site.is_within(self.base) || self.base.is_within(site));
                    before = tail.map(|tail| (tail.to_vec(), site.clone()));
                    site
                }
            };
            let Some(site) = site else { continue };
            if hides && !(entry.is_deleted() && naming::is_configuration(&entry.dn())) {
                seen.insert(site.number());
            }
            if all && !sites.contains_key(&site.number()) {
                sites.insert(site.number(), site);
            }
        }
        sites.retain(|number, _| !seen.contains(number));
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
            let how = ended.trouble().unwrap_or("this bind may not search there").to_owned();
            self.incomplete(format!("The search for everything did not complete: {how}."));
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
                self.incomplete(format!("Reading {} did not complete: {how}.", read.base));
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
        let Self { source, builder, run, came, tell, .. } = self;
        let mut each = vec![0; searches.len()];
        let ended = source.search_all(searches, &mut |index, mut entry| {
            each.get_mut(index).into_iter().for_each(|came| *came += 1);
            name_classes(&mut entry);
            *came += 1;
            if came.is_multiple_of(256) {
                tell(*came);
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
            Ended::NoSuchObject => format!("the base {:?} does not exist, or this bind may not see it", self.base.to_string()),
            Ended::Denied => "this bind may not search there (50; Q192306: the server may allow only certain containers)".into(),
            other => other.trouble().unwrap_or_default().to_owned(),
        };
        self.incomplete(format!("The search for {what} did not complete: {how}."));
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
        self.problems.push(if last { "There were more problems than are told here.".into() } else { text });
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
