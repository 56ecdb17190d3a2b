//! Failures that somebody accepts: a file that says which, why, who answers for it, and until when.

use super::pattern::Pattern;
use crate::check::toml_words;
use crate::directory::input::describe;
use crate::report::{self, Finding, Note, Reason, Report, Summary, Verdict, Waiver};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::value::Datetime;

/// A longer file is not read, bytes.
const LONGEST: u64 = 1 << 20;
/// Days before its end on which a waiver is warned of, where the file does not say.
const WARN_DAYS: u16 = 14;

/// Why a file of waivers cannot be used. Each says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file cannot be read.
    #[error("cannot read {}: {}", path.display(), describe(source))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something in it is wrong.
    #[error("{}", told(path, problems))]
    Wrong {
        /// The file.
        path: PathBuf,
        /// The lines, from 1, and what is wrong there.
        problems: Vec<(usize, String)>,
    },
}

/// Each problem on a line of its own.
fn told(path: &Path, problems: &[(usize, String)]) -> String {
    let lines: Vec<String> = problems.iter().map(|(line, problem)| format!("{}:{line}: {problem}", path.display())).collect();
    lines.join("\n")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawFile {
    warn_days: Option<u16>,
    #[serde(default)]
    waiver: Vec<Spanned<RawWaiver>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWaiver {
    check: Option<Spanned<String>>,
    object: Option<Spanned<String>>,
    site: Option<Spanned<String>>,
    reason: Option<Spanned<String>>,
    owner: Option<Spanned<String>>,
    until: Option<Spanned<Datetime>>,
}

/// One entry.
#[derive(Debug, Clone)]
struct Entry {
    line: usize,
    check: String,
    pattern: Pattern,
    waiver: Waiver,
    until: Date,
}

/// What is accepted, and until when.
#[derive(Debug, Clone)]
pub struct Ledger {
    path: PathBuf,
    warn_days: u16,
    entries: Vec<Entry>,
}

impl Ledger {
    /// Reads a file.
    ///
    /// # Errors
    /// [`LedgerError`], with the line.
    pub fn read(path: &Path) -> Result<Self, LedgerError> {
        let unreadable = |source| LedgerError::Unreadable { path: path.to_owned(), source };
        let mut text = String::new();
        File::open(path).and_then(|file| file.take(LONGEST + 1).read_to_string(&mut text)).map_err(unreadable)?;
        let wrong = |problems| LedgerError::Wrong { path: path.to_owned(), problems };
        if text.len() as u64 > LONGEST {
            return Err(wrong(vec![(1, "it is longer than 1 MiB: is this a file of waivers?".into())]));
        }
        let raw: RawFile = toml_words::read(&text).map_err(|problem| wrong(vec![problem]))?;
        let mut reading = Reading { text: &text, problems: Vec::new() };
        let entries: Vec<Entry> = raw.waiver.into_iter().filter_map(|raw| reading.entry(raw)).collect();
        if !reading.problems.is_empty() {
            return Err(wrong(reading.problems));
        }
        Ok(Self { path: path.to_owned(), warn_days: raw.warn_days.unwrap_or(WARN_DAYS), entries })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The checks that it names, each with its line.
    pub fn checks(&self) -> impl Iterator<Item = (usize, &str)> {
        self.entries.iter().map(|entry| (entry.line, entry.check.as_str()))
    }

    /// What a person must hear of it on this day, whatever is audited: what is over, and what soon will be.
    pub fn notes(&self, today: Date) -> Vec<Note> {
        self.entries.iter().filter_map(|entry| self.ending(entry, today)).collect()
    }

    /// Accepts what it names in a report of this day, and notes what ends soon, is over, or names nothing that fails. Days are
    /// those of UTC; the last day counts.
    pub fn apply(&self, report: &mut Report, today: Date) {
        let mut used = vec![false; self.entries.len()];
        for finding in report.results.iter_mut().filter(|finding| finding.verdict == Verdict::Fail) {
            let mut best: Option<&Entry> = None;
            for (entry, used) in self.entries.iter().zip(&mut used).filter(|(entry, _)| entry.is_of(finding)) {
                *used = true;
                best = best.filter(|other| other.until >= entry.until).or(Some(entry));
            }
            finding.waiver = best.filter(|entry| today <= entry.until).map(|entry| entry.waiver.clone());
        }
        accept_what_waits(report);
        for (entry, used) in self.entries.iter().zip(used) {
            let was_run = report.checks.iter().any(|check| check.id == entry.check);
            let is_unmatched = !used && was_run && report.complete && !entry.is_in_doubt(report);
            let note = match is_unmatched {
                true => Some(self.note(entry, "unmatched", "matches no failure: remove it from the file, or correct it.")),
                false => self.ending(entry, today),
            };
            report.notes.extend(note);
        }
        report.summary = Summary::of(&report.results);
    }

    fn ending(&self, entry: &Entry, today: Date) -> Option<Note> {
        let until = entry.until;
        let left = today.until(until).map_or(i32::MAX, |span| span.get_days());
        let owner = &entry.waiver.owner;
        match left {
            ..0 => Some(self.note(entry, "ended", &format!("ended on {until} (UTC): what it names counts again. Ask {owner}."))),
            0 => Some(self.note(entry, "ends today", &format!("ends today, {until} (UTC). Ask {owner}."))),
            left if left <= i32::from(self.warn_days) => {
                let days = if left == 1 { "day" } else { "days" };
                Some(self.note(entry, "ends soon", &format!("ends in {left} {days}, on {until} (UTC). Ask {owner}.")))
            }
            _ => None,
        }
    }

    fn note(&self, entry: &Entry, what: &str, text: &str) -> Note {
        let Entry { line, check, pattern, until, .. } = entry;
        let (pattern, short) = (pattern.words(), pattern.short());
        let id = report::digest(format!("{check}\n{pattern}\n{until}\n{what}").as_bytes());
        let text = format!("{}:{line}: the waiver of {check} for {short} {text}", self.path.display());
        Note { id, text, new: true }
    }
}

/// What waits for a check of which the failure is accepted waits for nothing that is to be done: it is accepted with it.
fn accept_what_waits(report: &mut Report) {
    let place = |finding: &Finding, check: &str| {
        (finding.target, check.to_owned(), finding.subject.as_ref().map(|subject| subject.dn.key()))
    };
    let mut accepted: HashMap<_, Waiver> = HashMap::new();
    for finding in &report.results {
        if let Some(waiver) = &finding.waiver {
            accepted.insert(place(finding, &finding.check), waiver.clone());
        }
    }
    // a check may wait for one that waits itself
    loop {
        let mut found = false;
        for finding in report.results.iter_mut().filter(|finding| finding.verdict == Verdict::Blocked && finding.waiver.is_none())
        {
            let Reason::Needs(check) = &finding.reason else { continue };
            finding.waiver = accepted.get(&place(finding, check)).cloned();
            if let Some(waiver) = &finding.waiver {
                accepted.insert(place(finding, &finding.check), waiver.clone());
                found = true;
            }
        }
        if !found {
            return;
        }
    }
}

impl Entry {
    /// Whether what it names may fail, and that could not be told.
    fn is_in_doubt(&self, report: &Report) -> bool {
        let mut open = report.results.iter().filter(|finding| {
            finding.check == self.check && (finding.rest || matches!(finding.verdict, Verdict::Unknown | Verdict::Blocked))
        });
        open.any(|finding| finding.subject.is_none() || self.pattern.is_of(finding.subject.as_ref()))
    }

    fn is_of(&self, finding: &Finding) -> bool {
        self.check == finding.check && self.pattern.is_of(finding.subject.as_ref())
    }
}

/// Reads entries, and notes all that is wrong in them: whoever fills in a draft is told at once.
struct Reading<'a> {
    text: &'a str,
    problems: Vec<(usize, String)>,
}

impl Reading<'_> {
    fn entry(&mut self, raw: Spanned<RawWaiver>) -> Option<Entry> {
        let line = self.line(&raw);
        let raw = raw.into_inner();
        let check = self.filled(line, "check", raw.check);
        let pattern = match (raw.object, raw.site) {
            (Some(object), None) => self.filled(line, "object", Some(object)).map(Pattern::Object),
            (None, Some(site)) => self.filled(line, "site", Some(site)).map(Pattern::Site),
            _ => self.wrong(line, "a waiver has an object or a site, not both; * matches any text in either"),
        };
        let reason = self.filled(line, "reason", raw.reason);
        let owner = self.filled(line, "owner", raw.owner);
        let until = match raw.until {
            None => self.wrong(line, "until is missing: the last day, such as 2027-03-31"),
            Some(value) => match date(*value.get_ref()) {
                None => self.wrong(self.line(&value), "until is a day such as 2027-03-31, without a time"),
                day => day,
            },
        };
        let (check, pattern, until) = (check?, pattern?, until?);
        let waiver = Waiver { reason: reason?, owner: owner?, until: until.to_string() };
        Some(Entry { line, check, pattern, waiver, until })
    }

    fn filled(&mut self, line: usize, key: &str, value: Option<Spanned<String>>) -> Option<String> {
        match value {
            None => self.wrong(line, &format!("{key} is missing")),
            Some(value) if value.get_ref().trim().is_empty() => {
                self.wrong(self.line(&value), &format!("{key} is empty: fill it in"))
            }
            Some(value) => Some(value.get_ref().trim().to_owned()),
        }
    }

    fn line<T>(&self, value: &Spanned<T>) -> usize {
        toml_words::line_number(self.text, value.span().start)
    }

    fn wrong<T>(&mut self, line: usize, problem: &str) -> Option<T> {
        self.problems.push((line, problem.to_owned()));
        None
    }
}

/// A day without a time.
fn date(value: Datetime) -> Option<Date> {
    let date = value.date.filter(|_| value.time.is_none() && value.offset.is_none())?;
    let (year, month, day) = (i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
    Date::new(year, month, day).ok()
}
