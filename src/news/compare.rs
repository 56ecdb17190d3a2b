//! What changed since something was known, and what is known then.

use super::known::{Before, Known, Open, key};
use super::pairs::{Pairs, checks};
use crate::directory::dn::Dn;
use crate::report::{Change, Comparison, Ended, Finding, How, Note, Report, Target, Verdict, digest};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Whether an object is in a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    There,
    /// It is not.
    Gone,
    /// It was looked for, and that could not be told.
    Unclear,
    /// Nobody looked: there are only reports.
    NotLooked,
}

/// Whether an object is in a directory: its target in this report, and its name.
pub type IsThere<'a> = &'a dyn Fn(usize, &str) -> Presence;

/// Compares a report with what was known, tells in the report what changed, and returns what is known now.
///
/// A finding is a check and an object. Nothing is compared of a directory that could not be read, of a check that was not run both
/// times, or of which not every failure was told: what was known of it stays.
pub fn compare(known: &Known, with: &str, report: &mut Report, is_there: IsThere<'_>) -> Known {
    let pairs = Pairs::of(known, report);
    let mut notes = pairs.notes(known, report);
    notes.extend(checks(known, report));
    let mut next = Known::of(report);
    let mut ended = Vec::new();
    for (index, old) in pairs.old.iter().enumerate() {
        match *old {
            None => first_seen(report, index, known),
            Some(old) if !is_read(report, index) => {
                next.keep(known, old, index);
                if let Some(target) = next.targets.get_mut(index) {
                    target.unread.get_or_insert_with(|| report.started.clone());
                }
            }
            Some(old) => {
                let found = Compared::of(known, old, report, index).all(is_there);
                next.noted.extend(found.notes.iter().map(|note| note.id.clone()));
                report.notes.extend(found.notes);
                ended.extend(found.ended);
                next.take_over(known, old, index, found.open);
                for (place, change, since) in found.changes {
                    if let Some(finding) = report.results.get_mut(place) {
                        (finding.change, finding.since) = (change, Some(since));
                    }
                }
            }
        }
    }
    // what this audit did not look at stays as it was
    for old in (0..known.targets.len()).filter(|old| pairs.new_of(*old).is_none()) {
        next.targets.push(Before::default());
        next.keep(known, old, next.targets.len() - 1);
        if let Some(target) = next.targets.last_mut() {
            target.absent.get_or_insert_with(|| report.started.clone());
        }
    }
    for ((row, target), old) in report.targets.iter_mut().zip(&mut next.targets).zip(&pairs.old) {
        let before = old.and_then(|old| known.targets.get(old)).and_then(|before| before.last_complete.clone());
        row.last_complete = row.last_complete.take().or(before);
        target.last_complete.clone_from(&row.last_complete);
    }
    ended.sort_by(|a, b| {
        (b.severity, a.how, &a.target, &a.check, &a.subject).cmp(&(a.severity, b.how, &b.target, &b.check, &b.subject))
    });
    report.notes.iter_mut().for_each(|note| note.new = !known.noted.contains(&note.id));
    report.comparison = Some(Comparison { with: with.to_owned(), started: known.started.clone(), notes, ended });
    // what was not looked at was told, and is not to be told again
    if !report.complete {
        next.noted.extend(known.noted.iter().cloned());
    }
    if !report.targets.iter().any(Target::is_read) {
        next.started.clone_from(&known.started);
    }
    next.open.sort_by(|a, b| (a.target, &a.check, &a.subject, &a.key).cmp(&(b.target, &b.check, &b.subject, &b.key)));
    next
}

impl Known {
    /// Takes a directory as it was known, in the place `index`.
    fn keep(&mut self, known: &Known, old: usize, index: usize) {
        if let (Some(target), Some(before)) = (self.targets.get_mut(index), known.targets.get(old)) {
            target.clone_from(before);
        }
        let open = known.open.iter().filter(|open| open.target == old);
        self.open.extend(open.map(|open| Open { target: index, ..open.clone() }));
    }

    /// Takes over since when things are as they are, and what stays open though this audit does not tell it.
    fn take_over(&mut self, known: &Known, old: usize, index: usize, stays: Vec<Open>) {
        let before: HashMap<&str, &Open> =
            known.open.iter().filter(|open| open.target == old).map(|open| (open.key.as_str(), open)).collect();
        let mut told = BTreeSet::new();
        for new in self.open.iter_mut().filter(|new| new.target == index) {
            told.insert(new.key.clone());
            if let Some(old) = before.get(new.key.as_str()) {
                new.follow(old);
            }
        }
        self.open.extend(stays.into_iter().filter(|open| !told.contains(&open.key)));
    }
}

/// Whether a target was read at all.
pub(super) fn is_read(report: &Report, index: usize) -> bool {
    report.targets.get(index).is_some_and(Target::is_read)
}

/// All of a directory that nothing was known of is new; what passes or cannot be told is no change.
fn first_seen(report: &mut Report, index: usize, known: &Known) {
    let started = report.started.clone();
    let results = report.results.iter_mut().filter(|finding| finding.target == index && finding.waiver.is_none());
    for finding in results.filter(|finding| matches!(finding.verdict, Verdict::Fail | Verdict::Unknown)) {
        let is_new_check = known.started.is_some() && !known.targets.is_empty() && !known.checks.contains_key(&finding.check);
        finding.change = Some(match finding.verdict {
            Verdict::Fail if is_new_check => Change::CheckAdded,
            Verdict::Fail => Change::New,
            _ => Change::Undecided,
        });
        finding.since = Some(started.clone());
    }
}

/// A change of a result: its place in the report, what became of it, and since when it is so.
type Changed = (usize, Option<Change>, String);

/// What becomes of something that was open and is not told by itself any more.
enum Fate {
    Ended(How),
    Open,
    /// It was looked for, and neither seen nor known to be gone.
    Unclear,
    Forgotten,
}

/// What was found of a directory.
struct Found {
    notes: Vec<Note>,
    changes: Vec<Changed>,
    ended: Vec<Ended>,
    /// What stays open though this audit does not tell it by itself.
    open: Vec<Open>,
}

/// One directory that was read now, and was known.
struct Compared<'a> {
    known: &'a Known,
    report: &'a Report,
    index: usize,
    /// How it was seen then.
    before: Before,
    /// Where this audit started.
    base: Option<String>,
    /// What was open then, by key.
    open: BTreeMap<&'a str, &'a Open>,
    /// The checks of which not every failure was told, then or now.
    cut: BTreeSet<String>,
    /// What is said of an object by itself: the verdict, and whether it is accepted, by key.
    single: HashMap<String, (Verdict, bool)>,
    /// What is said of several together, by check.
    together: HashSet<(&'a str, Verdict)>,
    /// The checks that could not be decided of several then.
    doubted: HashSet<&'a str>,
}

impl<'a> Compared<'a> {
    fn of(known: &'a Known, old: usize, report: &'a Report, index: usize) -> Self {
        let before = known.targets.get(old).cloned().unwrap_or_default();
        let now = report.targets.get(index).map(|target| Before::of(report, index, target)).unwrap_or_default();
        let cut = before.cut.iter().cloned().chain(now.cut).collect();
        let open = known.open.iter().filter(|open| open.target == old).map(|open| (open.key.as_str(), open));
        let several = known.open.iter().filter(|open| open.target == old && open.subject.is_none() && open.undecided.is_some());
        let doubted = several.map(|open| open.check.as_str()).collect();
        let (mut single, mut together) = (HashMap::new(), HashSet::new());
        for finding in report.results.iter().filter(|finding| finding.target == index) {
            if finding.subject.is_none() {
                together.insert((finding.check.as_str(), finding.verdict));
            }
            // of several results of one object that which is accepted tells most
            let said = single.entry(key(finding)).or_insert((finding.verdict, false));
            said.1 |= finding.waiver.is_some();
        }
        Self { known, report, index, before, base: now.base, open: open.collect(), cut, single, together, doubted }
    }

    fn all(&self, is_there: IsThere<'_>) -> Found {
        let label = self.report.targets.get(self.index).map_or("", Target::lasting_label);
        let cut = |check: &String| Note {
            id: digest(format!("cut\n{label}\n{check}").as_bytes()),
            text: format!("{check}: not every failure was listed one by one, so they are not compared (--max-results)."),
            new: true,
        };
        let (changes, told) = self.changes();
        let mut found = Found { notes: self.cut.iter().map(cut).collect(), changes, ended: Vec::new(), open: Vec::new() };
        for (key, open) in &self.open {
            if told.contains(*key) {
                found.ended.extend(self.accepted(open));
                continue;
            }
            match self.fate(open, is_there) {
                Fate::Ended(how) => found.ended.push(self.ended(open, how)),
                Fate::Open => found.open.push(Open { target: self.index, ..(*open).clone() }),
                Fate::Unclear => {
                    found.open.push(Open { target: self.index, ..(*open).clone() });
                    found.notes.extend(open.failed.as_ref().map(|_| unclear(open)));
                }
                Fate::Forgotten => {}
            }
        }
        found
    }

    fn results(&self) -> impl Iterator<Item = (usize, &Finding)> {
        self.report.results.iter().enumerate().filter(|(_, finding)| finding.target == self.index)
    }

    /// What became of each result, and the keys of those that are open still.
    fn changes(&self) -> (Vec<Changed>, BTreeSet<String>) {
        let mut changes = Vec::new();
        let mut told = BTreeSet::new();
        for (place, finding) in self.results() {
            if !matches!(finding.verdict, Verdict::Fail | Verdict::Unknown) || self.cut.contains(finding.check.as_str()) {
                continue;
            }
            let key = key(finding);
            let before = self.open.get(key.as_str()).copied();
            told.insert(key);
            let (change, since) = self.change(finding, before);
            // what is accepted is no news; since when it fails counts when that ends
            changes.push((place, finding.waiver.is_none().then_some(change), since));
        }
        (changes, told)
    }

    fn change(&self, finding: &Finding, before: Option<&Open>) -> (Change, String) {
        let now = || self.report.started.clone();
        let fails = finding.verdict == Verdict::Fail;
        match (fails, before) {
            (true, Some(Open { accepted: true, failed, .. })) => (Change::WaiverEnded, failed.clone().unwrap_or_else(now)),
            (true, Some(Open { undecided: Some(_), failed, .. })) => (Change::Decided, failed.clone().unwrap_or_else(now)),
            (true, Some(Open { failed: Some(failed), .. })) => (Change::Still, failed.clone()),
            (true, Some(Open { failed: None, .. })) => (Change::Decided, now()),
            (true, None) => {
                let digest = self.report.checks.iter().find(|check| check.id == finding.check).map(|check| &check.digest);
                let change = match (self.known.checks.get(&finding.check), digest) {
                    (None, _) => Change::CheckAdded,
                    // nobody knew that it did not fail
                    _ if self.was_in_doubt(finding) => Change::Decided,
                    (Some(then), Some(digest)) if then != digest => Change::CheckChanged,
                    _ => Change::New,
                };
                (change, now())
            }
            (false, Some(Open { undecided: Some(undecided), .. })) => (Change::Still, undecided.clone()),
            (false, _) => (Change::Undecided, now()),
        }
    }

    /// Whether the check could not be decided then as a whole, or began below what this is about.
    fn was_in_doubt(&self, finding: &Finding) -> bool {
        let dn = |text: &str| Dn::parse_lossy(text.as_bytes());
        let base = self.before.base.as_deref().map(dn);
        let outside = finding.subject.as_ref().zip(base).is_some_and(|(subject, base)| !subject.dn.is_within(&base));
        outside || self.doubted.contains(finding.check.as_str())
    }

    fn fate(&self, open: &Open, is_there: IsThere<'_>) -> Fate {
        if !self.report.checks.iter().any(|check| check.id == open.check) {
            // what never was known to fail is no loss
            return if open.failed.is_some() { Fate::Ended(How::CheckRemoved) } else { Fate::Forgotten };
        }
        if self.cut.contains(open.check.as_str()) {
            return Fate::Open;
        }
        let good = if open.failed.is_some() { How::Fixed } else { How::Decided };
        let said = self.single.get(&open.key).filter(|_| open.subject.is_some());
        if let Some((verdict, _)) = said {
            // a check that waits for another one says nothing
            return if *verdict == Verdict::Blocked { Fate::Open } else { Fate::Ended(good) };
        }
        let is_among = |verdict| self.together.contains(&(open.check.as_str(), verdict));
        if self.is_outside(open) {
            return Fate::Open;
        }
        let gone = if open.failed.is_some() { How::Gone } else { How::Decided };
        let there = open.subject.as_ref().map_or(Presence::There, |subject| is_there(self.index, subject));
        let is_complete = self.report.targets.get(self.index).is_some_and(|target| target.complete);
        match there {
            Presence::Gone => Fate::Ended(gone),
            // what was not read to its end may hold it
            _ if !is_complete => Fate::Open,
            Presence::Unclear => Fate::Unclear,
            _ if is_among(Verdict::Unknown) || is_among(Verdict::Blocked) => Fate::Open,
            Presence::There => Fate::Ended(good),
            // what never was known to fail is no loss, and no gain
            Presence::NotLooked if open.failed.is_none() => Fate::Forgotten,
            Presence::NotLooked => Fate::Ended(How::NotTold),
        }
    }

    /// Whether this audit began below what it is about.
    fn is_outside(&self, open: &Open) -> bool {
        let (then, now) = (self.before.base.as_deref(), self.base.as_deref());
        let dn = |text: &str| Dn::parse_lossy(text.as_bytes());
        match (&open.subject, now) {
            (Some(subject), Some(base)) => !dn(subject).is_within(&dn(base)),
            // what is about all of it is about another all
            (None, Some(base)) => then.is_some_and(|then| dn(then).key() != dn(base).key()),
            (_, None) => false,
        }
    }

    fn ended(&self, open: &Open, how: How) -> Ended {
        Ended {
            how,
            check: open.check.clone(),
            title: open.title.clone(),
            severity: open.severity,
            reason: open.reason.clone(),
            target: self.report.targets.get(self.index).map(|target| target.lasting_label().to_owned()).unwrap_or_default(),
            subject: open.subject.clone(),
            server: open.server.clone(),
            site: open.site.clone(),
            since: open.failed.clone().or_else(|| open.undecided.clone()).unwrap_or_default(),
        }
    }

    /// One that failed, and that somebody accepts now.
    fn accepted(&self, open: &Open) -> Option<Ended> {
        let is_now = self.single.get(&open.key).is_some_and(|(_, accepted)| *accepted);
        (is_now && !open.accepted).then(|| self.ended(open, How::Accepted))
    }
}

/// That something which failed is neither seen nor known to be gone.
fn unclear(open: &Open) -> Note {
    let object = open.subject.as_deref().unwrap_or_default();
    let text =
        format!("{object} is no longer seen, but nothing shows that it is gone: its earlier result of {} is kept.", open.check);
    Note { id: digest(format!("unclear\n{}", open.key).as_bytes()), text, new: true }
}

impl Open {
    /// Takes over from what was known how long it is so. What failed and cannot be told now has not been mended by that.
    fn follow(&mut self, old: &Self) {
        match (&self.failed, &self.undecided) {
            (Some(_), _) => self.failed = old.failed.clone().or_else(|| self.failed.take()),
            (None, _) => {
                self.failed.clone_from(&old.failed);
                self.accepted |= old.accepted;
                self.undecided = old.undecided.clone().or_else(|| self.undecided.take());
            }
        }
    }
}
