//! What a change would do, for people: what it breaks, in full; what it mends; what becomes undecided; what stays.

use super::faults;
use super::page::Page;
use super::{Digest, MOST_ROWS, failures};
use crate::output::words::{counted, directory, listed};
use crate::report::{Finding, Report, Summary, WhatIf};
use std::collections::BTreeMap;

/// Changes that are told.
const MOST_CHANGES: usize = 8;
/// Lines of a part.
const MOST_LINES: usize = 12;
/// Objects that a line names.
const MOST_NAMES: usize = 5;

impl Digest {
    /// The page of a change that was rehearsed.
    pub fn what_if(&self, what_if: &WhatIf) -> Vec<u8> {
        let mut page = Page::of(&self.style);
        page.text(&directory(&what_if.target));
        for change in what_if.changes.iter().take(MOST_CHANGES) {
            page.hanging("What if: ", "  ", change);
        }
        if let more @ 1.. = what_if.changes.len().saturating_sub(MOST_CHANGES) {
            page.text(&format!("and {} (--format json)", counted(more as u64, "more change", "more changes")));
        }
        page.headline(&answer(what_if));
        let broken = Report {
            targets: vec![what_if.target.clone()],
            summary: Summary::of(&what_if.breaks),
            results: what_if.breaks.clone(),
            ..Report::begun()
        };
        for (severity, word, most) in MOST_ROWS {
            failures(&mut page, &faults::rows(&broken, severity), word, severity, most);
        }
        part(&mut page, "FIXED", &what_if.mends);
        part(&mut page, "GONE WITH ITS OBJECT", &what_if.goes);
        part(&mut page, "NO LONGER DECIDED", &what_if.undecided);
        unseen(&mut page, what_if);
        if !what_if.notes.is_empty() {
            page.section("NOTE", None, "");
            what_if.notes.iter().for_each(|note| page.hanging(" ", "   ", note));
        }
        page.blank();
        page.text(&stays(what_if));
        page.text("Nothing was changed: this was a rehearsal on a copy.");
        page.into_bytes()
    }
}

/// What the change would do, in a sentence.
fn answer(what_if: &WhatIf) -> String {
    let count = |findings: &[Finding]| findings.iter().map(|finding| finding.count).sum::<u64>();
    let breaks = count(&what_if.breaks);
    let does = match (breaks, count(&what_if.undecided)) {
        (0, 0) if what_if.unseen.is_empty() => "The change breaks nothing that the checks look at".to_owned(),
        (0, 0) => "The change breaks nothing as far as could be seen".to_owned(),
        (0, undecided) => {
            format!(
                "The change breaks nothing that can be determined, and leaves {} undecided",
                counted(undecided, "result", "results")
            )
        }
        (breaks, _) => format!("The change causes {}", counted(breaks, "failure", "failures")),
    };
    let mends = match count(&what_if.mends) {
        0 => String::new(),
        mends => format!(", and fixes {mends}"),
    };
    format!("{does}{mends}.")
}

/// A line for each check, and where.
fn part(page: &mut Page<'_>, word: &str, findings: &[Finding]) {
    if findings.is_empty() {
        return;
    }
    let results: u64 = findings.iter().map(|finding| finding.count).sum();
    page.section(word, None, &format!(": {}", counted(results, "result", "results")));
    let mut order: Vec<&str> = Vec::new();
    let mut lines: BTreeMap<&str, (&Finding, Vec<String>)> = BTreeMap::new();
    for finding in findings {
        if !lines.contains_key(finding.check.as_str()) {
            order.push(&finding.check);
        }
        lines.entry(&finding.check).or_insert_with(|| (finding, Vec::new())).1.push(faults::place(finding));
    }
    for check in order.iter().take(MOST_LINES) {
        let Some((finding, places)) = lines.get(check) else { continue };
        let places: Vec<&str> = places.iter().map(String::as_str).filter(|place| !place.is_empty()).collect();
        let places = if places.is_empty() { String::new() } else { format!(": {}", listed(&places, MOST_NAMES)) };
        let ids: Vec<&str> = finding.kb.first().map(String::as_str).into_iter().chain([*check]).collect();
        page.hanging(" ", "   ", &format!("{}{places} [{}]", finding.headline(), ids.join(", ")));
    }
    if let more @ 1.. = order.len().saturating_sub(MOST_LINES) {
        page.text(&format!(" and {} (--format json)", counted(more as u64, "more check", "more checks")));
    }
}

/// What the change touches and could not be seen.
fn unseen(page: &mut Page<'_>, what_if: &WhatIf) {
    if what_if.unseen.is_empty() {
        return;
    }
    page.section(
        "NOT SEEN",
        None,
        &format!(": {}", counted(what_if.unseen.len() as u64, "thing that the change touches", "things that the change touches")),
    );
    for untold in what_if.unseen.iter().take(MOST_LINES) {
        page.hanging(" ", "   ", &format!("{} {} ({})", untold.what, untold.why, untold.from));
    }
    if let more @ 1.. = what_if.unseen.len().saturating_sub(MOST_LINES) {
        page.text(&format!(" and {more} more (--format json)"));
    }
}

/// What stays as it is.
fn stays(what_if: &WhatIf) -> String {
    let told = [(what_if.stays.fail, "failure", "failures"), (what_if.stays.unknown, "undecided result", "undecided results")];
    let told: Vec<String> =
        told.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(count, one, many)).collect();
    match told.is_empty() {
        true if what_if.before.fail == 0 => "Before the change nothing fails.".into(),
        true => "Nothing else fails.".into(),
        false => format!("As before: {}.", told.join(", ")),
    }
}
