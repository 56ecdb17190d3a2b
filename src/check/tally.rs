//! What a check said of its subjects: each result by itself, or counted with others of which the same was said.

use super::definition::{Check, Expect};
use super::judge::{self, Bench, Compiled, Outcome, Start};
use super::rules::{Does, Found};
use super::said::Said;
use crate::directory::dn::Dn;
use crate::directory::whole::EntryId;
use crate::exchange::questions::{Causes, Ground, Population, Seen};
use crate::report::{Reason, Verdict};
use std::collections::{BTreeMap, HashMap, HashSet};

/// What one check said.
#[derive(Debug)]
pub(super) struct Tally {
    /// Whether each result is told, those that pass too.
    each: bool,
    /// How many results are told one by one.
    most: usize,
    seen: u64,
    subjects: u64,
    /// How many pass, and on what ground.
    passes: u64,
    passes_on: Ground,
    /// How many do not have what would be checked, and on what ground.
    nothing: u64,
    nothing_on: Ground,
    /// Of how many it cannot be told, by the causes; those of the object before, which are mostly those of the next, by themselves.
    open: HashMap<Causes, u64>,
    open_last: (Causes, u64),
    surely_none: bool,
    /// Whether the check is for other releases, and for which site that was asked last.
    last_site: Option<(usize, bool)>,
    told: Vec<(usize, Told)>,
    /// How many of those are failures.
    failures: usize,
    /// Failures beyond those that are told.
    rest: u64,
    alike: BTreeMap<(u8, String, String), (u64, Outcome)>,
    /// The subjects of a rule about all objects together, and what it rests on that they are.
    gathered: Vec<EntryId>,
    doubted: HashMap<EntryId, Ground>,
}

/// One result.
#[derive(Debug)]
pub(super) struct Told {
    /// The object it is about, and its server; none if it is about several.
    pub(super) subject: Option<(Dn, Option<String>)>,
    /// How many it is about.
    pub(super) count: u64,
    /// What the check says.
    pub(super) outcome: Outcome,
}

/// For so many failures that are told one by one, one other result is.
const FAILURES_FOR_ONE: usize = 10;

/// Different things that are told of several objects together.
const MOST_ALIKE: usize = 1000;

impl Tally {
    /// One for each of these checks.
    pub(super) fn for_all(checks: &[Compiled<'_>], each: bool, most: usize) -> Vec<Self> {
        let new = || Self {
            each,
            most,
            seen: 0,
            subjects: 0,
            passes: 0,
            passes_on: Ground::documented(),
            nothing: 0,
            nothing_on: Ground::documented(),
            open: HashMap::new(),
            open_last: Default::default(),
            surely_none: true,
            last_site: None,
            told: Vec::new(),
            failures: 0,
            rest: 0,
            alike: BTreeMap::new(),
            gathered: Vec::new(),
            doubted: HashMap::new(),
        };
        checks.iter().map(|_| new()).collect()
    }

    /// Whether each result is told by itself.
    pub(super) fn tells_each(&self) -> bool {
        self.each
    }

    /// How many objects were looked at.
    pub(super) fn seen(&self) -> u64 {
        self.seen
    }

    /// How many of them were subjects.
    pub(super) fn subjects(&self) -> u64 {
        self.subjects
    }

    /// Failures beyond those that are told.
    pub(super) fn rest(&self) -> u64 {
        self.rest
    }

    /// Whether it is documented of every object that was no subject that it is none.
    pub(super) fn are_surely_none(&self) -> bool {
        self.surely_none
    }

    /// What is the same for each object of a site, found out anew only where the site is another than that of the object before.
    pub(super) fn of_site(&mut self, site: Option<usize>, find: impl FnOnce() -> bool) -> bool {
        if let (Some(site), Some((last, answer))) = (site, self.last_site)
            && site == last
        {
            return answer;
        }
        let answer = find();
        self.last_site = site.map(|site| (site, answer));
        answer
    }

    /// An object is no subject.
    pub(super) fn no_subject(&mut self, surely: bool) {
        self.seen += 1;
        self.surely_none &= surely;
    }

    /// An object passes on this ground, and nothing more is to be said of it.
    pub(super) fn pass(&mut self, ground: &Ground) {
        self.seen += 1;
        self.subjects += 1;
        self.add_passes(1, ground);
    }

    fn add_passes(&mut self, count: u64, ground: &Ground) {
        self.passes += count;
        if *ground != self.passes_on {
            self.passes_on = std::mem::take(&mut self.passes_on).and(ground);
        }
    }

    /// An object does not have what would be checked, on this ground.
    pub(super) fn nothing(&mut self, ground: &Ground) {
        self.seen += 1;
        self.subjects += 1;
        self.nothing += 1;
        if *ground != self.nothing_on {
            self.nothing_on = std::mem::take(&mut self.nothing_on).and(ground);
        }
    }

    /// It cannot be told of an object, for these causes.
    pub(super) fn open(&mut self, causes: Causes) {
        self.seen += 1;
        self.subjects += 1;
        if self.open_last.0 != causes {
            self.note_open();
            self.open_last.0 = causes;
        }
        self.open_last.1 += 1;
    }

    fn note_open(&mut self) {
        let (causes, count) = std::mem::take(&mut self.open_last);
        if count > 0 {
            *self.open.entry(causes).or_default() += count;
        }
    }

    /// An object is a subject of a rule about all objects together.
    pub(super) fn gather(&mut self, start: &Start<'_>, ground: Ground) {
        self.seen += 1;
        self.subjects += 1;
        let Some(seen) = start.seen else { return };
        self.gathered.push(seen.id());
        if ground != Ground::documented() {
            self.doubted.insert(seen.id(), ground);
        }
    }

    /// Notes what was said of an object.
    pub(super) fn count(&mut self, start: &Start<'_>, outcome: Outcome) {
        let place = usize::try_from(self.seen).unwrap_or(usize::MAX);
        self.seen += 1;
        self.subjects += 1;
        let is_told = self.each || outcome.verdict == Verdict::Fail;
        self.keep(is_told, place, outcome, || Some((start.dn(), start.server())));
    }

    /// Tells a result by itself, if it is to be told so and there is room; otherwise counts it. What passes or is open leaves room for
    /// what fails, however much of it there is.
    fn keep(&mut self, is_told: bool, place: usize, outcome: Outcome, subject: impl FnOnce() -> Option<(Dn, Option<String>)>) {
        let fails = outcome.verdict == Verdict::Fail;
        let room = match fails {
            true => self.failures < self.most,
            false => self.told.len() - self.failures < self.most.div_ceil(FAILURES_FOR_ONE),
        };
        match is_told && room {
            true => {
                self.failures += usize::from(fails);
                self.told.push((place, Told { subject: subject(), count: 1, outcome }));
            }
            false if fails => self.rest += 1,
            false => self.alike(1, outcome),
        }
    }

    fn alike(&mut self, count: u64, mut outcome: Outcome) {
        if outcome.verdict == Verdict::Pass {
            self.add_passes(count, &outcome.ground);
            return;
        }
        let said = match outcome.verdict {
            Verdict::NotApplicable => String::new(),
            _ if !outcome.causes.is_empty() => format!("{:?}", outcome.causes),
            _ => outcome.message.clone(),
        };
        let key = (outcome.verdict as u8, outcome.reason.to_string(), said);
        let key = match self.alike.len() < MOST_ALIKE || self.alike.contains_key(&key) {
            true => key,
            false => {
                outcome.message = format!("More objects have this result, for the same reason: {}.", outcome.reason);
                outcome.causes = Causes::default();
                (key.0, key.1, outcome.message.clone())
            }
        };
        let ground = outcome.ground.clone();
        let (counted, kept) = self.alike.entry(key).or_insert((0, outcome));
        *counted += count;
        if ground != kept.ground {
            kept.ground = std::mem::take(&mut kept.ground).and(&ground);
        }
    }

    /// Adds what was said of the objects after these.
    pub(super) fn add(&mut self, mut more: Self) {
        more.note_open();
        let before = usize::try_from(self.seen).unwrap_or(usize::MAX);
        for (place, told) in more.told {
            self.keep(true, before.saturating_add(place), told.outcome, || told.subject);
        }
        for (count, outcome) in more.alike.into_values() {
            self.alike(count, outcome);
        }
        self.seen += more.seen;
        self.subjects += more.subjects;
        self.add_passes(more.passes, &more.passes_on);
        self.nothing += more.nothing;
        more.open.into_iter().for_each(|(causes, count)| *self.open.entry(causes).or_default() += count);
        self.nothing_on = std::mem::take(&mut self.nothing_on).and(&more.nothing_on);
        self.rest += more.rest;
        self.surely_none &= more.surely_none;
        self.gathered.extend(more.gathered);
        self.doubted.extend(more.doubted);
    }

    /// Lets a rule about all objects together compare those that were gathered, and tells what it said of those that are
    /// not fine. Another check was done with each object when it came.
    pub(super) fn compare(
        &mut self,
        bench: &Bench<'_>,
        compiled: &Compiled<'_>,
        population: &Population<'_>,
    ) -> HashMap<EntryId, Said> {
        let mut said = HashMap::new();
        let Expect::Rule(rule) = &compiled.check.expect else { return said };
        let Does::Compare(comparing) = rule.does() else { return said };
        let subjects: Vec<Seen<'_>> = self.gathered.iter().filter_map(|id| bench.questions.get(*id)).collect();
        if subjects.is_empty() {
            return said;
        }
        let found = comparing.compare(&subjects, population, self.most);
        let mut named: HashSet<EntryId> = HashSet::new();
        let mut open = Causes::default();
        let mut told: HashMap<EntryId, Vec<Outcome>> = HashMap::new();
        let mut unseen = Causes::default();
        for found in found {
            match found {
                Found::One(id, answer) => {
                    let Some(seen) = bench.questions.get(id) else { continue };
                    named.insert(id);
                    let ground = self.doubted.get(&id).cloned().unwrap_or_default();
                    told.entry(id).or_default().push(judge::compared(bench, compiled, &seen, answer, ground));
                }
                Found::All(Err(causes)) => open = open.and(&causes),
                Found::All(Ok(ruling)) => {
                    let (verdict, reason, message) = (ruling.verdict, ruling.reason, ruling.message);
                    self.tell_of_all(1, Outcome { verdict, reason, message, ..Outcome::default() });
                }
                Found::Unseen(causes) => unseen = unseen.and(&causes),
            }
        }
        let mut well = 0;
        let ground = population.compared();
        for (place, seen) in subjects.iter().enumerate() {
            let start = || Start::at(*seen);
            for outcome in told.remove(&seen.id()).unwrap_or_default() {
                said.insert(seen.id(), Said::of(compiled.check, &outcome));
                self.put(place, &start(), outcome);
            }
            if named.contains(&seen.id()) {
                continue;
            }
            well += 1;
            if !open.is_empty() {
                said.insert(seen.id(), Said::NotFine);
            }
            if self.each {
                let outcome = match open.is_empty() {
                    true => Outcome { verdict: Verdict::Pass, reason: Reason::Met, ground: ground.clone(), ..Outcome::default() },
                    false => bench.words.undecided(&seen.dn(), Outcome::open(open.clone()), false),
                };
                self.put(place, &start(), outcome);
            }
        }
        if self.each {
            open = Causes::default();
        } else if open.is_empty() {
            self.add_passes(well, &ground);
        }
        // where not all were read, that is said of the check as a whole, and is enough
        let plural = compiled.check.subject.each.plural();
        let open = if population.unread().is_empty() { open } else { Causes::default() };
        for (count, causes) in [(well.max(1), open), (1, unseen.without(population.unread()))] {
            for causes in bench.questions.by_reason(&causes) {
                let (reason, message) = bench.words.missing(plural, &causes);
                self.tell_of_all(count, Outcome { reason, message, causes, ..Outcome::default() });
            }
        }
        said
    }

    fn tell_of_all(&mut self, count: u64, outcome: Outcome) {
        self.told.push((usize::MAX, Told { subject: None, count, outcome }));
    }

    fn put(&mut self, place: usize, start: &Start<'_>, outcome: Outcome) {
        let is_told = self.each || matches!(outcome.verdict, Verdict::Fail | Verdict::Unknown);
        self.keep(is_told, place, outcome, || Some((start.dn(), start.server())));
    }

    /// The results, each with the place of its subject; those of several objects behind them.
    pub(super) fn into_results(mut self, bench: &Bench<'_>, check: &Check) -> Vec<(usize, Told)> {
        let plural = check.subject.each.plural();
        if self.nothing > 0 {
            let ground = std::mem::take(&mut self.nothing_on);
            let outcome = Outcome { verdict: Verdict::NotApplicable, reason: Reason::Unset, ground, ..Outcome::default() };
            self.alike(self.nothing, outcome);
        }
        self.note_open();
        let mut open: Vec<(Causes, u64)> = std::mem::take(&mut self.open).into_iter().collect();
        open.sort_unstable();
        open.into_iter().for_each(|(causes, count)| self.alike(count, Outcome::open(causes)));
        let mut results = self.told;
        if self.passes > 0 {
            let message = format!("{} of the {plural} {} it.", self.passes, if self.passes == 1 { "meets" } else { "meet" });
            let ground = self.passes_on;
            let outcome = Outcome { verdict: Verdict::Pass, reason: Reason::Met, message, ground, ..Outcome::default() };
            results.push((usize::MAX, Told { subject: None, count: self.passes, outcome }));
        }
        // causes that differ in their site alone are told in the same words
        let mut by_words: BTreeMap<(u8, String, String), (u64, Outcome)> = BTreeMap::new();
        for ((verdict, reason, said), (count, outcome)) in self.alike {
            let is_caused = outcome.verdict == Verdict::Unknown && !outcome.causes.is_empty();
            let said = if is_caused { bench.words.undecided_of(0, plural, &outcome.causes).1 } else { said };
            let (counted, kept) = by_words.entry((verdict, reason, said)).or_insert_with(|| (0, outcome.clone()));
            *counted += count;
            kept.causes = std::mem::take(&mut kept.causes).and(&outcome.causes);
            kept.ground = std::mem::take(&mut kept.ground).and(&outcome.ground);
        }
        for (count, outcome) in by_words.into_values() {
            let mut outcome = Outcome { evidence: Vec::new(), object: None, ..outcome };
            match outcome.verdict {
                Verdict::NotApplicable => {
                    let have = if count == 1 { "has" } else { "have" };
                    outcome.message = format!("{count} of the {plural} {have} nothing to check here.");
                }
                Verdict::Unknown if !outcome.causes.is_empty() => {
                    (outcome.reason, outcome.message) = bench.words.undecided_of(count, plural, &outcome.causes);
                }
                _ => {}
            }
            results.push((usize::MAX, Told { subject: None, count, outcome }));
        }
        results
    }
}
