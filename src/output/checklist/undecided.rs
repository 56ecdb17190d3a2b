//! What is undecided, by what was not seen, and what waits for another check.

use super::section::{CheckBox, Line, Mark, Section, place, results, target, with};
use crate::output::words::counted;
use crate::report::{Finding, Reason, Report, Verdict};

/// Results without a cause that are told each.
const MOST_ALONE: usize = 10;

/// What could not be decided, by what was not seen, in the order of the targets.
pub(super) fn undecided(report: &Report) -> Option<Section> {
    let unknown: Vec<&Finding> = of(report, Verdict::Unknown);
    let mut boxes = Vec::new();
    for (index, of) in report.targets.iter().enumerate() {
        for unseen in &of.unseen {
            let mut below: Vec<Line> = unseen.remedy.iter().cloned().map(Line::Words).collect();
            below.extend(unseen.paste.iter().cloned().map(Line::Paste));
            below.push(Line::Words(format!("Checks ({} at worst): {}", unseen.severity.word(), unseen.checks.join(", "))));
            let what = with(target(index, report).unwrap_or_default(), &unseen.what);
            let head = counted(unseen.results, "result", "results");
            boxes.push(CheckBox { below, ..CheckBox::of(Mark::Open, head, what, String::new()) });
        }
    }
    let has_cause = |finding: &&&Finding| {
        let unseen = report.targets.get(finding.target).map(|target| &target.unseen);
        unseen.is_some_and(|unseen| unseen.iter().any(|unseen| unseen.checks.contains(&finding.check)))
    };
    let alone: Vec<&&Finding> = unknown.iter().filter(|finding| !has_cause(finding)).collect();
    for finding in alone.iter().take(MOST_ALONE) {
        let ids = format!("{} at worst; {}", finding.severity.word(), ids(finding));
        let below = vec![Line::Words(finding.told())];
        boxes.push(CheckBox { below, ..CheckBox::of(Mark::Open, finding.title.clone(), place(finding, report), ids) });
    }
    if let Some(more @ [_, ..]) = alone.get(MOST_ALONE..) {
        let head = format!("{} more", counted(results(more.iter().map(|finding| **finding)), "result", "results"));
        boxes.push(CheckBox::of(Mark::Open, head, "exaudit audit --detail".into(), String::new()));
    }
    let count = format!("{} undecided", counted(results(unknown), "result", "results"));
    (!boxes.is_empty()).then_some(Section { title: "Not seen", severity: None, count, note: None, boxes })
}

/// What waits for another check, by that check.
pub(super) fn skipped(report: &Report) -> Option<Section> {
    let blocked = of(report, Verdict::Blocked);
    let mut groups: Vec<(String, Vec<&Finding>)> = Vec::new();
    for finding in &blocked {
        let awaited = match &finding.reason {
            Reason::Needs(check) => check.clone(),
            other => other.to_string(),
        };
        match groups.iter_mut().find(|(check, _)| *check == awaited) {
            Some((_, group)) => group.push(finding),
            None => groups.push((awaited, vec![finding])),
        }
    }
    let check_box = |(awaited, group): (String, Vec<&Finding>)| {
        let mut checks: Vec<&str> = group.iter().map(|finding| finding.check.as_str()).collect();
        checks.sort_unstable();
        checks.dedup();
        let head = format!("{} for {awaited}", counted(results(group.iter().copied()), "result waits", "results wait"));
        CheckBox::of(Mark::Open, head, checks.join(", "), String::new())
    };
    let boxes: Vec<CheckBox> = groups.into_iter().map(check_box).collect();
    let count = counted(results(blocked), "result", "results");
    (!boxes.is_empty()).then_some(Section { title: "Skipped", severity: None, count, note: None, boxes })
}

fn ids(finding: &Finding) -> String {
    finding.kb.first().into_iter().chain([&finding.check]).cloned().collect::<Vec<_>>().join(", ")
}

fn of(report: &Report, verdict: Verdict) -> Vec<&Finding> {
    report.results.iter().filter(|finding| finding.verdict == verdict && finding.waiver.is_none()).collect()
}
