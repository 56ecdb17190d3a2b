//! What a state remembers, for people: the last audits, what fails and since when, what ended, what could not be seen.

use super::Style;
use super::listing::table;
use super::words::{self, counted};
use crate::news::{Open, State};

/// Audits that are shown.
const MOST_RUNS: usize = 14;
/// Rows of each other part.
const MOST: usize = 20;

/// The pages of the history.
pub fn text(state: &State, style: &Style) -> String {
    let mut text = runs(state, style);
    let mut open: Vec<&Open> = state.known.open.iter().filter(|open| open.failed.is_some() && !open.accepted).collect();
    open.sort_by(|a, b| (&a.failed, b.severity, &a.check).cmp(&(&b.failed, a.severity, &b.check)));
    let rows = open.iter().take(MOST).map(|open| {
        let since = day(open.failed.as_deref().unwrap_or_default());
        let now = if open.undecided.is_some() { " (undecided now)" } else { "" };
        [since, open.severity.word().to_owned(), place(open), format!("{}{now} [{}]", open.title, open.check)]
    });
    part(&mut text, "Fails, the oldest first", open.len(), table(["Since", "Severity", "Where", "What"], rows, style));
    let accepted: Vec<&Open> = state.known.open.iter().filter(|open| open.accepted).collect();
    let rows = accepted.iter().take(MOST).map(|open| {
        [
            day(open.failed.as_deref().unwrap_or_default()),
            open.severity.word().to_owned(),
            place(open),
            format!("{} [{}]", open.title, open.check),
        ]
    });
    part(&mut text, "Accepted", accepted.len(), table(["Since", "Severity", "Where", "What"], rows, style));
    let undecided = state.known.open.iter().filter(|open| open.failed.is_none()).count();
    if undecided > 0 {
        text.push_str(&format!(
            "\nUndecided: {}. The next audit says why.\n",
            counted(undecided as u64, "check of an object", "checks of objects")
        ));
    }
    let rows = state.past.iter().rev().take(MOST).map(|past| {
        let how = past.ended.how.word().replace('-', " ");
        let place = words::place(past.ended.site.as_deref(), past.ended.server.as_deref(), past.ended.subject.as_deref());
        [day(&past.when), day(&past.ended.since), how, place, format!("{} [{}]", past.ended.title, past.ended.check)]
    });
    part(&mut text, "Ended, the latest first", state.past.len(), table(["Ended", "Since", "How", "Where", "What"], rows, style));
    let rows = state.causes.iter().rev().take(MOST).map(|cause| [day(&cause.first), day(&cause.last), cause.what.clone()]);
    part(&mut text, "Not seen, the latest first", state.causes.len(), table(["First", "Last", "What"], rows, style));
    text
}

fn runs(state: &State, style: &Style) -> String {
    let shown = state.runs.len().min(MOST_RUNS);
    let rows = state.runs.iter().skip(state.runs.len() - shown).map(|run| {
        let read = match (run.complete, run.unread) {
            (true, _) => "all".to_owned(),
            (false, 0) => "in part".to_owned(),
            (false, _) => "not".to_owned(),
        };
        let number = |count: usize| if count == 0 { "-".to_owned() } else { count.to_string() };
        let when = run.started.get(..16).unwrap_or(&run.started).replace('T', " ");
        [
            when,
            number(run.fail),
            number(run.critical),
            number(run.waived),
            number(run.unknown),
            number(run.new),
            number(run.ended),
            read,
        ]
    });
    let header = ["Audit (UTC)", "Fail", "Crit.", "Accepted", "Undec.", "New", "Ended", "Read"];
    let mut text = format!("{}, the latest last", counted(state.runs.len() as u64, "audit", "audits"));
    if shown < state.runs.len() {
        text.push_str(&format!("; the last {shown}"));
    }
    text.push_str(":\n");
    text.push_str(&table(header, rows, style));
    text
}

fn part(text: &mut String, title: &str, count: usize, table: String) {
    if count == 0 {
        return;
    }
    text.push_str(&format!("\n{title}:\n{table}"));
    if let more @ 1.. = count.saturating_sub(MOST) {
        text.push_str(&format!("and {more} more (--format json)\n"));
    }
}

fn place(open: &Open) -> String {
    words::place(open.site.as_deref(), open.server.as_deref(), open.subject.as_deref())
}

/// `2026-11-29`.
fn day(time: &str) -> String {
    time.get(..10).unwrap_or(time).to_owned()
}
