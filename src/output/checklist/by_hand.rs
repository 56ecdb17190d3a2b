//! What a person looks at: the text once, and a line to sign for each place.

use super::section::{CheckBox, Line, Mark, Section, place};
use crate::output::words::counted;
use crate::report::{Finding, Report, Verdict};
use std::cmp::Reverse;

/// The manual checks, the most severe first.
pub(super) fn section(report: &Report) -> Option<Section> {
    let manual: Vec<&Finding> =
        report.results.iter().filter(|finding| finding.verdict == Verdict::Manual && finding.waiver.is_none()).collect();
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in &manual {
        let is_same = |group: &Vec<&Finding>| group.first().is_some_and(|first| is_same(first, finding));
        match groups.iter_mut().find(|group| is_same(group)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.sort_by_key(|group| group.first().map(|first| Reverse(first.severity)));
    let boxes: Vec<CheckBox> = groups.iter().filter_map(|group| check_box(group, report)).collect();
    let checks = counted(boxes.len() as u64, "check", "checks");
    let lines = counted(manual.len() as u64, "line to sign", "lines to sign");
    // what is told of several objects has one line
    let objects: u64 = manual.iter().map(|finding| finding.count).sum();
    let of = if objects == manual.len() as u64 { String::new() } else { format!(" for {objects} results") };
    let count = format!("{checks}, {lines}{of}");
    (!boxes.is_empty()).then_some(Section { title: "By hand", severity: None, count, note: None, boxes })
}

fn is_same(one: &Finding, other: &Finding) -> bool {
    (&one.check, &one.message, &one.fix) == (&other.check, &other.message, &other.fix)
}

fn check_box(group: &[&Finding], report: &Report) -> Option<CheckBox> {
    let first = group.first()?;
    let ids: Vec<&str> = first.kb.first().into_iter().chain([&first.check]).map(String::as_str).collect();
    let ids = format!("{}; {}", first.severity.word(), ids.join(", "));
    let mut below = vec![Line::ByHand(first.told(), first.fix.clone().unwrap_or_default())];
    let is_one = group.len() == 1;
    if !is_one {
        below.extend(group.iter().map(|finding| Line::Sign(place(finding, report))));
    }
    Some(CheckBox {
        mark: is_one.then_some(Mark::Open),
        head: first.title.clone(),
        place: if is_one { place(first, report) } else { String::new() },
        ids,
        sign: is_one,
        below,
    })
}
