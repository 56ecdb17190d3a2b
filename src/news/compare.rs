//! What changed since something was known, and what is known then.

use super::known::{Before, Known, Open, key};
use crate::report::{Change, Comparison, Ended, Finding, How, Report, Target, Verdict};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Whether an object is in a directory: its target in this report, and its name. None: that cannot be told.
pub type IsThere<'a> = &'a dyn Fn(usize, &str) -> Option<bool>;

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
                notes.extend(found.notes);
                ended.extend(found.ended);
                next.take_over(known, old, index, found.open);
                for (place, change, since) in found.changes {
                    if let Some(finding) = report.results.get_mut(place) {
                        (finding.change, finding.since) = (Some(change), Some(since));
                    }
                }
            }
        }
    }
    // what this audit did not look at stays as it was
    for old in (0..known.targets.len()).filter(|old| pairs.new_of(*old).is_none()) {
        next.targets.push(Before::default());
        next.keep(known, old, next.targets.len() - 1);
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
fn is_read(report: &Report, index: usize) -> bool {
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

/// Which directory of a report is which of those known.
struct Pairs {
    /// For each of the report, the known one.
    old: Vec<Option<usize>>,
}

impl Pairs {
    /// By what they are called, the first of a name with the first; where there is one each, these two.
    fn of(known: &Known, report: &Report) -> Self {
        let (befores, targets) = (known.targets.as_slice(), report.targets.as_slice());
        if let ([_], [_]) = (befores, targets) {
            return Self { old: vec![Some(0)] };
        }
        let mut old: Vec<Option<usize>> = Vec::new();
        for target in targets {
            let is_free = |at: &usize| !old.contains(&Some(*at));
            let is_it = |at: &usize| befores.get(*at).is_some_and(|before| before.label == target.lasting_label());
            let found = (0..befores.len()).find(|at| is_it(at) && is_free(at));
            old.push(found);
        }
        Self { old }
    }

    /// The place in the report of a known one.
    fn new_of(&self, old: usize) -> Option<usize> {
        self.old.iter().position(|index| *index == Some(old))
    }

    /// What a reader must know of what is compared with what.
    fn notes(&self, known: &Known, report: &Report) -> Vec<String> {
        let mut notes = Vec::new();
        for (index, target) in report.targets.iter().enumerate() {
            let label = target.lasting_label();
            let Some(before) = self.old.get(index).copied().flatten().and_then(|old| known.targets.get(old)) else {
                if !known.targets.is_empty() {
                    notes.push(format!("{label} was not audited then: all of it is new."));
                }
                continue;
            };
            if before.label != label {
                notes.push(format!("{label} is compared with {}.", before.label));
            }
            if !is_read(report, index) {
                notes.push(format!("{label} could not be read: nothing of it is compared, and what was known of it stays."));
                continue;
            }
            if let Some(since) = &before.unread {
                notes.push(format!("{label} is read again: it could not be since {}.", since.get(..10).unwrap_or(since)));
            }
            if let (Some(then), Some(now)) = (&before.organization, &target.organization)
                && !then.eq_ignore_ascii_case(now)
            {
                notes.push(format!("{label} is another organization: {now}, and was {then}."));
            }
            notes.extend(views(label, &before.view, &Before::of(report, index, target).view));
        }
        for (old, before) in known.targets.iter().enumerate() {
            if self.new_of(old).is_none() {
                notes.push(format!("{} was audited then, and is not now: what was known of it stays.", before.label));
            }
        }
        notes
    }
}

/// What is visible otherwise than it was, told together where it changed alike.
fn views(label: &str, then: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<String> {
    let mut changed: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (what, state) in now {
        if let Some(before) = then.get(what).filter(|before| *before != state) {
            changed.entry((before, state)).or_default().push(what);
        }
    }
    let told = |((before, state), what): ((&str, &str), Vec<&str>)| {
        let what = what.join(", ");
        format!("{label}: {state} now, and {before} then: {what}. Results may differ for that alone.")
    };
    changed.into_iter().map(told).collect()
}

/// Ids that are told one by one.
const MOST_NAMED: usize = 5;

/// What a reader must know of the checks.
fn checks(known: &Known, report: &Report) -> Vec<String> {
    if known.started.is_none() {
        return Vec::new();
    }
    let now: BTreeMap<&str, &str> = report.checks.iter().map(|check| (check.id.as_str(), check.digest.as_str())).collect();
    let added: Vec<&str> = now.keys().copied().filter(|id| !known.checks.contains_key(*id)).collect();
    let removed: Vec<&str> = known.checks.keys().map(String::as_str).filter(|id| !now.contains_key(id)).collect();
    let changed = |(id, digest): &(&&str, &&str)| known.checks.get(**id).is_some_and(|then| then != **digest);
    let changed: Vec<&str> = now.iter().filter(changed).map(|(id, _)| *id).collect();
    let told = |ids: &[&str], one: &str, many: &str| match ids {
        [] => None,
        [id] => Some(format!("One check {one}: {id}.")),
        ids if ids.len() <= MOST_NAMED => Some(format!("{} checks {many}: {}.", ids.len(), ids.join(", "))),
        ids => Some(format!("{} checks {many}.", ids.len())),
    };
    let lines = [
        told(&added, "was not run then", "were not run then"),
        told(&removed, "was run then, and is not now", "were run then, and are not now"),
        told(&changed, "has another text now", "have other texts now"),
    ];
    lines.into_iter().flatten().collect()
}

/// A change of a result: its place in the report, what became of it, and since when it is so.
type Changed = (usize, Change, String);

/// What becomes of something that was open and is not told by itself any more.
enum Fate {
    Ended(How),
    Open,
}

/// What was found of a directory.
struct Found {
    notes: Vec<String>,
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
    /// What was open then, by key.
    open: BTreeMap<&'a str, &'a Open>,
    /// The checks of which not every failure was told, then or now.
    cut: BTreeSet<String>,
}

impl<'a> Compared<'a> {
    fn of(known: &'a Known, old: usize, report: &'a Report, index: usize) -> Self {
        let cut = |target: &Before| target.cut.clone();
        let then = known.targets.get(old).map(cut).unwrap_or_default();
        let now = report.targets.get(index).map(|target| cut(&Before::of(report, index, target))).unwrap_or_default();
        let open = known.open.iter().filter(|open| open.target == old).map(|open| (open.key.as_str(), open));
        Self { known, report, index, open: open.collect(), cut: then.into_iter().chain(now).collect() }
    }

    fn all(&self, is_there: IsThere<'_>) -> Found {
        let cut =
            |check: &String| format!("{check}: not every failure was told one by one, so they are not compared (--max-results).");
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
            if finding.waiver.is_none() {
                let (change, since) = self.change(finding, before);
                changes.push((place, change, since));
            }
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
                    (Some(then), Some(digest)) if then != digest => Change::CheckChanged,
                    _ => Change::New,
                };
                (change, now())
            }
            (false, Some(Open { undecided: Some(undecided), .. })) => (Change::Still, undecided.clone()),
            (false, _) => (Change::Undecided, now()),
        }
    }

    fn fate(&self, open: &Open, is_there: IsThere<'_>) -> Fate {
        if !self.report.checks.iter().any(|check| check.id == open.check) {
            return Fate::Ended(How::CheckRemoved);
        }
        if self.cut.contains(open.check.as_str()) {
            return Fate::Open;
        }
        let good = if open.failed.is_some() { How::Fixed } else { How::Decided };
        let of_check = || self.results().map(|(_, finding)| finding).filter(|finding| finding.check == open.check);
        if let Some(finding) = of_check().find(|finding| finding.subject.is_some() && key(finding) == open.key) {
            // a check that waits for another one says nothing
            return if finding.verdict == Verdict::Blocked { Fate::Open } else { Fate::Ended(good) };
        }
        let is_among = |verdict| of_check().any(|finding| finding.subject.is_none() && finding.verdict == verdict);
        let there = open.subject.as_ref().map(|subject| is_there(self.index, subject));
        match there {
            Some(Some(false)) => Fate::Ended(How::Gone),
            // what was not read to its end may hold it
            _ if !self.report.targets.get(self.index).is_some_and(|target| target.complete) => Fate::Open,
            _ if is_among(Verdict::Unknown) || is_among(Verdict::Blocked) => Fate::Open,
            None | Some(Some(true)) => Fate::Ended(good),
            Some(None) if is_among(Verdict::Pass) || is_among(Verdict::NotApplicable) => Fate::Ended(How::FixedOrGone),
            Some(None) => Fate::Ended(How::Gone),
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
        let is_it = |finding: &Finding| finding.waiver.is_some() && key(finding) == open.key;
        let accepted = !open.accepted && self.results().any(|(_, finding)| is_it(finding));
        accepted.then(|| self.ended(open, How::Accepted))
    }
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
