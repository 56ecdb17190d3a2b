//! What changed since the last report: what is new first, then what ended, and what became of the rest.

use super::page::Page;
use crate::output::words::{self, counted, listed};
use crate::report::{Change, Comparison, Ended, Finding, How, Report, Severity, Verdict};
use std::collections::BTreeMap;

/// Objects that a line names.
const MOST_NAMES: usize = 5;
/// Lines that are told.
const MOST_LINES: usize = 20;

/// The part about what changed, if the report was compared with anything. Failures that are told behind it are not told here.
pub(super) fn changed(page: &mut Page<'_>, report: &Report, are_told: bool) {
    let Some(comparison) = &report.comparison else { return };
    let Some(then) = comparison.started.as_deref() else {
        page.section("CHANGED", None, ": there is nothing to compare with yet");
        return;
    };
    page.section("CHANGED", None, &format!(" since {}: {}", words::moment(then), summary(report, comparison)));
    let lines = lines(report, comparison, are_told);
    for (text, places) in lines.iter().take(MOST_LINES) {
        page.hanging(" ", "   ", &format!("{text}{places}"));
    }
    if let more @ 1.. = lines.len().saturating_sub(MOST_LINES) {
        page.text(&format!(" and {} (--format json)", counted(more as u64, "more line", "more lines")));
    }
    if let decided @ 1.. = comparison.ended.iter().filter(|ended| ended.how == How::Decided).count() {
        let what =
            if decided == 1 { "result that was undecided does not fail." } else { "results that were undecided do not fail." };
        page.hanging(" ", "   ", &format!("{decided} {what}"));
    }
    for note in &comparison.notes {
        page.hanging(" Note: ", "   ", note);
    }
    if let Some(still) = still(report) {
        page.hanging(" ", "   ", &still);
    }
}

/// What somebody accepts: who, why, and until when.
pub(super) fn accepted(page: &mut Page<'_>, report: &Report) {
    let mut lines: BTreeMap<(&str, &str, &str), (&Finding, Vec<String>)> = BTreeMap::new();
    for finding in &report.results {
        let Some(waiver) = finding.waiver.as_ref().filter(|_| finding.verdict == Verdict::Fail) else { continue };
        let key = (finding.check.as_str(), waiver.until.as_str(), waiver.reason.as_str());
        lines.entry(key).or_insert_with(|| (finding, Vec::new())).1.push(super::faults::place(finding));
    }
    if lines.is_empty() {
        return;
    }
    page.section("ACCEPTED", None, &format!(": {}", counted(report.summary.waived as u64, "failure", "failures")));
    for ((check, until, reason), (finding, places)) in lines.iter().take(MOST_LINES) {
        let owner = finding.waiver.as_ref().map_or("", |waiver| waiver.owner.as_str());
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        let text = format!("{}: {} [{check}]", finding.headline(), listed(&places, MOST_NAMES));
        page.hanging(" ", "   ", &text);
        page.indented("   ", &format!("by {owner} until {until} (UTC): {reason}"));
    }
    if let more @ 1.. = lines.len().saturating_sub(MOST_LINES) {
        page.text(&format!(" and {more} more (--format json)"));
    }
}

/// What its reader must know beside the results.
pub(super) fn notes(page: &mut Page<'_>, report: &Report, only_new: bool) {
    let notes: Vec<_> = report.notes.iter().filter(|note| note.new || !only_new).collect();
    if notes.is_empty() {
        return;
    }
    page.section("NOTE", None, "");
    for note in notes {
        page.hanging(" ", "   ", &note.text);
    }
}

/// `2 new, 1 fixed`; or that nothing did.
fn summary(report: &Report, comparison: &Comparison) -> String {
    let change = |changes: &[Change], word: &str| {
        let of = |finding: &&Finding| finding.change.is_some_and(|change| changes.contains(&change));
        (report.results.iter().filter(of).map(|finding| finding.count).sum::<u64>(), word.to_owned())
    };
    let ended = |how: How| {
        let word = match how {
            How::Decided => "no longer undecided".to_owned(),
            How::CheckRemoved => "no longer checked".to_owned(),
            how => how.word().replace('-', " "),
        };
        (comparison.ended.iter().filter(|ended| ended.how == how).count() as u64, word)
    };
    let counts = [
        change(&[Change::New, Change::CheckAdded, Change::CheckChanged], "new"),
        change(&[Change::WaiverEnded], "no longer accepted"),
        change(&[Change::Undecided], "newly undecided"),
        change(&[Change::Decided], "decided and failing"),
    ];
    let counts = counts.into_iter().chain(How::ALL.map(ended));
    let told: Vec<String> = counts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if told.is_empty() { "nothing".into() } else { told.join(", ") }
}

/// What is told in one line: the order of it, how bad it is, the check.
type Key<'a> = (usize, std::cmp::Reverse<Severity>, &'a str, &'a str);

/// A line for each thing that changed, and where. What is undecided is told by its causes, elsewhere.
fn lines(report: &Report, comparison: &Comparison, are_told: bool) -> Vec<(String, String)> {
    let mut lines: BTreeMap<Key<'_>, (String, Vec<String>, Option<&str>)> = BTreeMap::new();
    let changed = report.results.iter().filter_map(|finding| {
        Some((finding, finding.change.filter(|change| !matches!(change, Change::Still | Change::Undecided))?))
    });
    for (finding, change) in
        changed.filter(|(finding, _)| !are_told || !finding.is_new(&report.started) || finding.verdict != Verdict::Fail)
    {
        let order = Change::ALL.iter().position(|one| *one == change).unwrap_or_default();
        let key = (order, std::cmp::Reverse(finding.severity), finding.check.as_str(), "");
        let line = lines.entry(key).or_insert_with(|| {
            (
                format!("{} {}: {}", begin(change), finding.severity.word(), finding.headline()),
                Vec::new(),
                finding.kb.first().map(String::as_str),
            )
        });
        let since = finding.since.as_deref().filter(|_| matches!(change, Change::Decided | Change::WaiverEnded));
        line.1.push(named(super::faults::place(finding), since.filter(|since| *since != report.started)));
    }
    for ended in comparison.ended.iter().filter(|ended| ended.how != How::Decided) {
        let order = Change::ALL.len() + How::ALL.iter().position(|one| *one == ended.how).unwrap_or_default();
        let key = (order, std::cmp::Reverse(ended.severity), ended.check.as_str(), ended.target.as_str());
        let line = lines
            .entry(key)
            .or_insert_with(|| (format!("{} {}: {}", end(ended.how), ended.severity.word(), ended.title), Vec::new(), None));
        line.1.push(named(place(ended), Some(&ended.since)));
    }
    let told = |((_, _, check, _), (text, places, kb)): (Key<'_>, (String, Vec<String>, Option<&str>))| {
        let places: Vec<&str> = places.iter().map(String::as_str).filter(|place| !place.is_empty()).collect();
        let places = if places.is_empty() { String::new() } else { format!(": {}", listed(&places, MOST_NAMES)) };
        (text, format!("{places} [{}]", kb.into_iter().chain([check]).collect::<Vec<_>>().join(", ")))
    };
    lines.into_iter().map(told).collect()
}

/// What fails or is undecided as it was, and since when.
fn still(report: &Report) -> Option<String> {
    let of = |verdict| {
        report.results.iter().filter(move |finding| finding.verdict == verdict && finding.change == Some(Change::Still))
    };
    let count = |verdict| of(verdict).map(|finding| finding.count).sum::<u64>();
    let oldest = of(Verdict::Fail).filter_map(|finding| finding.since.as_deref()).min();
    let fails = match count(Verdict::Fail) {
        0 => None,
        fails => Some(format!(
            "{} as before{}",
            counted(fails, "failure", "failures"),
            oldest.map(|since| format!(", the oldest since {}", day(since))).unwrap_or_default()
        )),
    };
    let undecided = match count(Verdict::Unknown) {
        0 => None,
        results => Some(format!("{} undecided as before", counted(results, "result", "results"))),
    };
    let told: Vec<String> = fails.into_iter().chain(undecided).collect();
    (!told.is_empty()).then(|| format!("{}.", told.join("; ")))
}

fn named(place: String, since: Option<&str>) -> String {
    match since.filter(|since| !since.is_empty()) {
        Some(since) if place.is_empty() => format!("since {}", day(since)),
        Some(since) => format!("{place} (since {})", day(since)),
        None => place,
    }
}

/// Site, and server or object, of what ended.
fn place(ended: &Ended) -> String {
    words::place(ended.site.as_deref(), ended.server.as_deref(), ended.subject.as_deref())
}

fn begin(change: Change) -> &'static str {
    match change {
        Change::New => "New,",
        Change::WaiverEnded => "No longer accepted,",
        Change::CheckAdded => "New check,",
        Change::CheckChanged => "Changed check,",
        Change::Undecided => "Undecided,",
        Change::Decided => "Decided again,",
        Change::Still => "As before,",
    }
}

fn end(how: How) -> &'static str {
    match how {
        How::Fixed => "Fixed,",
        How::Gone => "Object gone,",
        How::NotTold => "No longer reported,",
        How::Decided => "Decided,",
        How::Accepted => "Accepted,",
        How::CheckRemoved => "No longer checked,",
    }
}

/// `2026-11-29`.
fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}
