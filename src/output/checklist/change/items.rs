//! The items as boxes, section by section, in the order of the work. What fails and what is undecided is told where it belongs.

use crate::exchange::facts::Fact;
use crate::exit::is_undecided;
use crate::output::checklist::section::{CheckBox, Line, Mark, Section, Seen};
use crate::output::words::{counted, listed, place as site_and_name};
use crate::report::checklist::{Answer, Checklist, Item, State, When};
use crate::report::{Confidence, Finding, Reason, Verdict};
use std::collections::BTreeSet;

/// Results of one item that are told each.
const MOST_RESULTS: usize = 10;
/// Objects that one line names.
const MOST_NAMES: usize = 5;
/// Rows of facts that are told of one item: JSON has all.
const MOST_FACTS: usize = 60;

/// Above the items that come after the change.
const NOW: &str = "Answers are those of now, before the change; look again after it.";

/// A section each for what comes before, during and after.
pub(super) fn sections(list: &Checklist) -> Vec<Section> {
    let section = |when: When| {
        let boxes: Vec<CheckBox> = list.items.iter().filter(|item| item.when == when).map(check_box).collect();
        let count = counted(boxes.len() as u64, "item", "items");
        let answers = list.items.iter().any(|item| item.when == when && !matches!(item.answer, Answer::Manual { .. }));
        let note = (when == When::After && answers).then(|| NOW.to_owned());
        (!boxes.is_empty()).then_some(Section { title: when.title(), severity: None, count, note, boxes })
    };
    When::ALL.into_iter().filter_map(section).collect()
}

fn check_box(item: &Item) -> CheckBox {
    // what comes after the change cannot have been done before it
    let is_early = item.when == When::After && item.state == State::Holds;
    let mark = match item.state {
        State::Holds if is_early => Some(Mark::Open),
        State::Holds => Some(Mark::Ticked),
        State::Fails | State::Undecided | State::ByHand => Some(Mark::Open),
        State::Told => None,
    };
    let word = match item.state {
        State::Fails => "FAILS",
        State::Undecided => "UNDECIDED",
        State::Holds | State::ByHand | State::Told => "",
    };
    // a step that no article asks for is our own advice; what only asks the directory advises nothing
    let articles = match (&item.answer, item.kb.is_empty()) {
        (Answer::Manual { .. }, true) => "ours".to_owned(),
        _ => item.kb.join(", "),
    };
    let ids: Vec<&str> = [word, &articles].into_iter().filter(|part| !part.is_empty()).collect();
    let mut below: Vec<Line> = item.caution.iter().cloned().map(Line::Caution).collect();
    match &item.answer {
        Answer::Checks { checks, passed, results } => of_checks(checks, *passed, results, &mut below),
        Answer::Facts { rows, .. } => facts(rows, &mut below),
        Answer::Rehearsal { words, results, .. } | Answer::Uses { words, results } => {
            below.extend(words.iter().cloned().map(Line::Words));
            below.extend(briefly(results));
        }
        Answer::Manual { manual } => below.extend([Line::Words(manual.clone()), Line::SignResult]),
    }
    let now = if is_early { " (now: holds)" } else { "" };
    let head = format!("{}. {}{now}", item.number, item.title);
    CheckBox { mark, head, place: String::new(), ids: ids.join("; "), sign: false, below }
}

/// What would come of a change, a line for each check: nothing has happened yet that would be told in full.
fn briefly(results: &[Finding]) -> Vec<Line> {
    let mut by_check: Vec<(&Finding, Vec<String>)> = Vec::new();
    for result in results {
        let subject = result.subject.as_ref();
        let name = subject.map(|subject| subject.server.clone().unwrap_or_else(|| subject.dn.leaf().into_owned()));
        let place = site_and_name(subject.and_then(|subject| subject.site.as_deref()), None, name.as_deref());
        match by_check.iter_mut().find(|(first, _)| (&first.check, first.verdict) == (&result.check, result.verdict)) {
            Some((_, places)) => places.push(place),
            None => by_check.push((result, vec![place])),
        }
    }
    let line = |(first, places): (&Finding, Vec<String>)| {
        let word = if first.verdict == Verdict::Fail { first.severity.word() } else { "undecided" };
        let text = if first.verdict == Verdict::Fail { first.headline() } else { &first.title };
        let places: Vec<&str> = places.iter().map(String::as_str).filter(|place| !place.is_empty()).collect();
        let places = if places.is_empty() { String::new() } else { format!(": {}", listed(&places, MOST_NAMES)) };
        let ids: Vec<&str> = first.kb.first().map(String::as_str).into_iter().chain([first.check.as_str()]).collect();
        Line::Words(format!("{word}: {text}{places} ({})", ids.join(", ")))
    };
    by_check.into_iter().map(line).collect()
}

fn of_checks(checks: &[String], passed: u64, results: &[Finding], below: &mut Vec<Line>) {
    let told: BTreeSet<&str> = results.iter().map(|result| result.check.as_str()).collect();
    let fine: Vec<&str> = checks.iter().map(String::as_str).filter(|check| !told.contains(check)).collect();
    if !fine.is_empty() {
        let how = if passed > 0 { counted(passed, "pass", "passes") } else { "nothing to check".to_owned() };
        below.push(Line::Words(format!("Checked: {} ({how})", fine.join(", "))));
    }
    self::results(results, below);
}

/// The results: what fails each, with the steps of each check once; then what is undecided and what waits, by check.
fn results(results: &[Finding], below: &mut Vec<Line>) {
    let is_open = |result: &&Finding| matches!(result.verdict, Verdict::Unknown | Verdict::Blocked);
    let (open, told): (Vec<&Finding>, Vec<&Finding>) = results.iter().partition(is_open);
    for (at, result) in told.iter().enumerate().take(MOST_RESULTS) {
        let words = result.told();
        below.push(Line::Object(head(result), words.clone()));
        below.extend(result.evidence.iter().filter_map(|evidence| Seen::below(&words, evidence)).map(Line::Seen));
        let is_last = !told.iter().skip(at + 1).take(MOST_RESULTS - at - 1).any(|next| next.check == result.check);
        below.extend(result.fix.clone().filter(|_| is_last).map(Line::Fix));
    }
    if let Some(rest @ [first, ..]) = told.get(MOST_RESULTS..) {
        let more = counted(rest.len() as u64, "more result", "more results");
        below.push(Line::Words(format!("{more}: exaudit audit --check {} --detail", first.check)));
    }
    undecided(open, below);
}

/// What is undecided, the first of each check, and how to have it decided; what waits for another check, by that one.
fn undecided(open: Vec<&Finding>, below: &mut Vec<Line>) {
    let mut by_check: Vec<(&Finding, u64)> = Vec::new();
    let mut awaited: Vec<(&str, BTreeSet<&str>)> = Vec::new();
    for result in open {
        if let Reason::Needs(check) = &result.reason {
            match awaited.iter_mut().find(|(known, _)| known == check) {
                Some((_, checks)) => _ = checks.insert(&result.check),
                None => awaited.push((check, BTreeSet::from([result.check.as_str()]))),
            }
            continue;
        }
        match by_check.iter_mut().find(|(first, _)| first.check == result.check) {
            Some((_, count)) => *count += result.count,
            None => by_check.push((result, result.count)),
        }
    }
    for (first, count) in &by_check {
        let more = match count.saturating_sub(first.count) {
            0 => String::new(),
            more => format!(" And {more} more."),
        };
        below.push(Line::Object(head(first), format!("{}{more}", first.message)));
    }
    let checks: Vec<&str> = by_check.iter().map(|(first, _)| first.check.as_str()).collect();
    if !checks.is_empty() {
        below.push(Line::Words(format!("What would decide it: exaudit audit --detail --check {}", checks.join(" --check "))));
    }
    for (check, waiting) in awaited {
        let waiting: Vec<&str> = waiting.into_iter().collect();
        below.push(Line::Words(format!("Skipped until {check} passes: {}", waiting.join(", "))));
    }
}

/// What a result is, where, and who says so.
fn head(result: &Finding) -> String {
    let ids: Vec<&str> = result.kb.first().into_iter().chain([&result.check]).map(String::as_str).collect();
    format!("{}{}{} ({})", kind(result), place(result), result.headline(), ids.join(", "))
}

fn kind(result: &Finding) -> String {
    let inferred = if result.confidence == Confidence::Inferred { ", inferred" } else { "" };
    match (result.verdict, &result.waiver) {
        (Verdict::Fail, Some(waiver)) => format!("accepted by {} until {}: ", waiver.owner, waiver.until),
        (Verdict::Fail, None) => format!("{}{inferred}: ", result.severity.word()),
        (Verdict::Manual, _) => "by hand: ".to_owned(),
        (Verdict::Unknown, _) if !is_undecided(result) => "not counted: ".to_owned(),
        _ => "undecided: ".to_owned(),
    }
}

/// Site, and server or object; how many, where it is about several.
fn place(result: &Finding) -> String {
    let subject = result.subject.as_ref();
    let dn = subject.map(|subject| subject.dn.to_string());
    let own = site_and_name(
        subject.and_then(|subject| subject.site.as_deref()),
        subject.and_then(|subject| subject.server.as_deref()),
        dn.as_deref(),
    );
    match (own.is_empty(), result.count) {
        (true, 0 | 1) => String::new(),
        (false, 0 | 1) => format!("{own}: "),
        (true, count) => format!("{}: ", counted(count, "object", "objects")),
        (false, count) => format!("{own} ({}): ", counted(count, "object", "objects")),
    }
}

/// The facts, grouped by what they are about.
fn facts(rows: &[Fact], below: &mut Vec<Line>) {
    if rows.is_empty() {
        below.push(Line::Words("Nothing of this kind was seen.".into()));
    }
    let mut about = None;
    for row in rows.iter().take(MOST_FACTS) {
        if about != Some(&row.about) {
            below.push(Line::About(row.about.clone()));
            about = Some(&row.about);
        }
        fact(row, below);
    }
    if let Some(rest @ [_, ..]) = rows.get(MOST_FACTS..) {
        below.push(Line::Words(format!(
            "{} left out here; --format json has all.",
            counted(rest.len() as u64, "more fact", "more facts")
        )));
    }
}

/// One fact. Values that hold semicolons have a line each.
fn fact(row: &Fact, below: &mut Vec<Line>) {
    if row.values.len() < 2 || !row.values.iter().any(|value| value.contains(';')) {
        return below.push(Line::Fact(row.name.clone(), value(row)));
    }
    below.push(Line::Fact(row.name.clone(), String::new()));
    below.extend(row.values.iter().cloned().map(Line::Value));
    if row.more > 0 {
        below.push(Line::Value(format!("and {} more", row.more)));
    }
    below.extend(row.not_seen.iter().map(|why| Line::Value(format!("there may be others ({why})"))));
}

/// What was seen, and why there may be more.
fn value(row: &Fact) -> String {
    let more = if row.more > 0 { format!("; and {} more", row.more) } else { String::new() };
    match (row.values.is_empty(), &row.not_seen) {
        (true, None) => "none".into(),
        (true, Some(why)) => format!("not seen ({why})"),
        (false, None) => format!("{}{more}", row.values.join("; ")),
        (false, Some(why)) => format!("{}{more} (there may be others: {why})", row.values.join("; ")),
    }
}
