//! The report that people read: which services will not start, what is wrong and what to do first, what could not be seen, and how to
//! go on. It fits a screen; [`super::Table`] tells each result.

mod faults;
mod fix;
mod news;
mod page;
pub(super) mod services;
mod what_if;

use super::frame::NOT_CHECKED;
use super::words::{self, counted, directory, listed, others};
use super::{Format, OutputError, Style};
use crate::report::{Change, Finding, Reason, Report, Severity, Summary, Unseen, Verdict};
use faults::Row;
use page::Page;
use services::Services;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The report that people read first.
#[derive(Debug, Clone, Copy)]
pub struct Digest {
    /// How it may look.
    pub style: Style,
    /// Whether only what is new is told of what is wrong, if the report was compared with anything.
    pub only_news: bool,
}

/// Rows of one severity; more are counted. Critical ones take several lines.
const MOST_ROWS: [(Severity, &str, usize); 3] =
    [(Severity::Critical, "CRITICAL", 12), (Severity::Warning, "WARNING", 20), (Severity::Info, "INFO", 10)];
/// Problems of a target that are told.
const MOST_PROBLEMS: usize = 3;
/// Things not seen that are told.
const MOST_UNSEEN: usize = 6;
/// Attributes taken for unset that are named.
const MOST_TAKEN: usize = 2;

/// So many rows that a narrow terminal gets no longer page: there are fewer words in a line, and more lines in a row.
fn fitting(most: usize, width: usize) -> usize {
    const WIDE: usize = 80;
    let width = width.min(WIDE);
    (most * width * width / (WIDE * WIDE)).max(1)
}

impl Format for Digest {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut page = Page::of(&self.style);
        let answer = Services::of(report).answer();
        head(&mut page, report, &answer);
        let is_short = self.only_news && report.comparison.is_some();
        news::changed(&mut page, report, is_short);
        let told = if is_short { Cow::Owned(of_news(report)) } else { Cow::Borrowed(report) };
        for (severity, word, most) in MOST_ROWS {
            failures(&mut page, &faults::rows(&told, severity), word, severity, fitting(most, self.style.width));
        }
        if !is_short {
            news::accepted(&mut page, report);
        }
        if !is_short || report.results.iter().any(|finding| finding.change == Some(Change::Undecided)) {
            not_seen(&mut page, report);
        }
        if !is_short {
            skipped(&mut page, report);
        }
        news::notes(&mut page, report, is_short);
        page.blank();
        next_steps(&mut page, &told, is_short);
        if !is_short {
            by_hand(&mut page, report);
        }
        Ok(ended(page, report, &answer))
    }
}

/// A page with the head and the last lines of this report, and these lines between them.
pub(super) fn around(report: &Report, style: &Style, lines: &[String]) -> Vec<u8> {
    let mut page = Page::of(style);
    let answer = Services::of(report).answer();
    head(&mut page, report, &answer);
    page.blank();
    page.as_they_are(lines);
    page.blank();
    page.text(NOT_CHECKED);
    by_hand(&mut page, report);
    ended(page, report, &answer)
}

/// The page with its last lines.
fn ended(mut page: Page<'_>, report: &Report, answer: &str) -> Vec<u8> {
    page.text(&totals(report));
    // what a terminal shows when the report has gone by
    if page.is_long() && !answer.is_empty() {
        page.text(answer);
    }
    page.into_bytes()
}

/// Why results are skipped of which nothing above tells it: what they need did not pass, and is told only where it was chosen.
fn skipped(page: &mut Page<'_>, report: &Report) {
    let told: BTreeSet<&str> = report.results.iter().map(|finding| finding.check.as_str()).collect();
    let mut untold: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in report.results.iter().filter(|finding| finding.verdict == Verdict::Blocked) {
        if let Reason::Needs(check) = &finding.reason
            && !told.contains(check.as_str())
        {
            *untold.entry(check).or_default() += finding.count;
        }
    }
    for (check, count) in untold {
        page.text(&format!("{count} skipped: {check} did not pass there. To see why, add --check {check}."));
    }
}

/// The report with no failure that is not new.
fn of_news(report: &Report) -> Report {
    let is_new = |finding: &&Finding| finding.is_new(&report.started);
    Report { results: report.results.iter().filter(is_new).cloned().collect(), ..report.clone() }
}

/// What was read, what went wrong there, and the answer.
fn head(page: &mut Page<'_>, report: &Report, answer: &str) {
    for target in &report.targets {
        page.text(&directory(target));
        for problem in target.problems.iter().take(MOST_PROBLEMS) {
            page.indented("! ", problem);
        }
        if let more @ 1.. = target.problems.len().saturating_sub(MOST_PROBLEMS) {
            let more = counted(more as u64, "more problem", "more problems");
            page.indented("! ", &format!("and {more} (--format json)"));
        }
    }
    if !answer.is_empty() {
        page.headline(answer);
    }
}

fn failures(page: &mut Page<'_>, rows: &[Row<'_>], word: &str, severity: Severity, most: usize) {
    if rows.is_empty() {
        return;
    }
    let results: u64 = rows.iter().map(Row::results).sum();
    page.section(word, Some(severity), &format!(": {}", counted(results, "failure", "failures")));
    match severity {
        Severity::Critical => page.in_full(rows.iter().take(most)),
        Severity::Warning | Severity::Info => page.briefly(rows.iter().take(most)),
    }
    let more = rows.get(most..).unwrap_or_default();
    if !more.is_empty() {
        let results = more.iter().map(Row::results).sum();
        let checks = more.iter().filter_map(Row::lead).map(|lead| &lead.check).collect::<BTreeSet<_>>().len();
        let (failures, checks) = (counted(results, "more failure", "more failures"), counted(checks as u64, "check", "checks"));
        page.text(&format!(" and {failures}, of {checks}: see --detail."));
    }
}

fn not_seen(page: &mut Page<'_>, report: &Report) {
    let several = report.targets.len() > 1;
    let all: Vec<_> = report.targets.iter().flat_map(|target| target.unseen.iter().map(move |unseen| (target, unseen))).collect();
    let undecided: u64 = all.iter().map(|(_, unseen)| unseen.results).sum();
    if undecided > 0 {
        page.section("NOT SEEN", None, &format!(": {} undecided", counted(undecided, "result", "results")));
    }
    let mut told: Vec<&Unseen> = Vec::new();
    for (target, unseen) in all.iter().take(MOST_UNSEEN) {
        let of = if several { format!("{}: ", target.label()) } else { String::new() };
        let is_told =
            unseen.remedy.is_some() && told.iter().any(|one| (&one.remedy, &one.paste) == (&unseen.remedy, &unseen.paste));
        let again = if is_told { " As above." } else { "" };
        page.indented(" ", &format!("{of}{}: {}.{again}", counted(unseen.results, "result", "results"), unseen.what));
        if is_told {
            continue;
        }
        told.push(unseen);
        if let Some(remedy) = &unseen.remedy {
            page.indented("   ", remedy);
        }
        if let Some(paste) = &unseen.paste {
            page.verbatim("   ", paste);
        }
    }
    if let more @ 1.. = all.len().saturating_sub(MOST_UNSEEN) {
        page.text(&format!(" and {more} more: see --detail."));
    }
    let nobody: BTreeSet<&str> = report.targets.iter().flat_map(|target| &target.shown_by_nobody).map(String::as_str).collect();
    if undecided > 0 && !nobody.is_empty() {
        // what could be told of one object and not of another is told above
        let is_told = |name: &str| all.iter().any(|(_, unseen)| unseen.what.split([' ', ',']).any(|word| word == name));
        let names: Vec<&str> = nobody.into_iter().filter(|name| !is_told(name)).collect();
        if names.is_empty() {
            return;
        }
        page.indented(" ", &format!("Probably unset (others of their kind are shown): {}.", listed(&names, MOST_TAKEN)));
    }
}

/// How many results of each verdict. What does not apply, and what a person must do, are no results of the program's.
fn totals(report: &Report) -> String {
    if report.results.is_empty() {
        return "Nothing was checked.".into();
    }
    let Summary { pass, unknown, blocked, waived, .. } = report.summary;
    let others = others(&[(waived, "accepted"), (unknown, "undecided"), (blocked, "skipped"), (pass, "passed")]);
    format!("{}{others}.", words::failures(report))
}

/// What to do now.
fn next_steps(page: &mut Page<'_>, report: &Report, is_news: bool) {
    let worst = [Severity::Critical, Severity::Warning, Severity::Info];
    let worst = worst.into_iter().flat_map(|severity| faults::rows(report, severity)).next();
    match worst.as_ref().and_then(Row::lead) {
        Some(lead) => {
            page.text(&format!("Why, and how to fix it: exaudit explain {}, or add --detail", lead.check));
        }
        None if !report.complete => page.text("Fix the problem above, then run the audit again."),
        None if report.results.is_empty() && !is_news => page.text("To choose checks: exaudit list."),
        None => {}
    }
}

/// How many checks are left to a person.
fn by_hand(page: &mut Page<'_>, report: &Report) {
    let manual: BTreeSet<&str> =
        report.results.iter().filter(|f| f.verdict == Verdict::Manual).map(|f| f.check.as_str()).collect();
    if !manual.is_empty() {
        page.text(&format!(
            "To be done by hand: {} (exaudit checklist, with the same options)",
            counted(manual.len() as u64, "check", "checks")
        ));
    }
}
