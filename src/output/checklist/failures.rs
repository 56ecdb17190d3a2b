//! What fails, the worst first: one box a fault, or one a object where several have the same.

use super::section::{CheckBox, Line, Mark, Section, Seen, names, place, target, with};
use crate::exit::FailOn;
use crate::output::fault::{Fault, faults};
use crate::output::words::counted;
use crate::report::{Confidence, Finding, Report, Severity};

/// Objects of one fault that are told each.
const MOST_OBJECTS: usize = 10;

/// A section a severity.
pub(super) fn sections(report: &Report, fail_on: FailOn) -> Vec<Section> {
    let faults = faults(report);
    let severities = [(Severity::Critical, "Critical"), (Severity::Warning, "Warning"), (Severity::Info, "Info")];
    let section = |(severity, title)| {
        let mut alike: Vec<Vec<&Fault<'_>>> = Vec::new();
        for fault in faults.iter().filter(|fault| fault.lead.severity == severity) {
            let is_alike = |group: &Vec<&Fault<'_>>| group.first().is_some_and(|first| are_alike(first.lead, fault.lead));
            match alike.iter_mut().find(|group| is_alike(group)) {
                Some(group) => group.push(fault),
                None => alike.push(vec![fault]),
            }
        }
        let count = counted(alike.iter().flatten().map(|fault| fault.results()).sum(), "failure", "failures");
        let note = (!fail_on.counts(severity)).then(|| "These do not count for the decision (--fail-on).".to_owned());
        let boxes: Vec<CheckBox> = alike.iter().filter_map(|faults| check_box(faults, report)).collect();
        (!boxes.is_empty()).then_some(Section { title, severity: Some(severity), count, note, boxes })
    };
    severities.into_iter().filter_map(section).collect()
}

/// Whether one headline, one list of steps and one number of the article do for both.
fn are_alike(one: &Finding, other: &Finding) -> bool {
    let of = |finding: &Finding| (finding.target, finding.confidence);
    of(one) == of(other) && one.check == other.check && one.kb == other.kb && one.fix == other.fix
}

fn check_box(faults: &[&Fault<'_>], report: &Report) -> Option<CheckBox> {
    let first = faults.first()?.lead;
    let mut also: Vec<&str> = faults.iter().flat_map(|fault| &fault.also).map(|finding| finding.check.as_str()).collect();
    also.sort_unstable();
    also.dedup();
    let article = first.kb.first().map(String::as_str);
    let ids: Vec<&str> = article.into_iter().chain([first.check.as_str()]).chain(also).collect();
    let inferred = if first.confidence == Confidence::Inferred { "inferred; " } else { "" };
    let mut below = Vec::new();
    for fault in faults.iter().take(MOST_OBJECTS) {
        let words = fault.lead.told();
        let seen: Vec<_> =
            fault.lead.evidence.iter().filter_map(|evidence| Seen::below(&words, evidence)).map(Line::Seen).collect();
        below.push(if faults.len() == 1 { Line::Words(words) } else { Line::Object(place(fault.lead, report), words) });
        below.extend(seen);
    }
    if let more @ 1.. = faults.len().saturating_sub(MOST_OBJECTS) {
        let more = counted(more as u64, "more object", "more objects");
        below.push(Line::Object(more, format!("exaudit audit --check {} --detail", first.check)));
    }
    below.extend(first.fix.clone().map(Line::Fix));
    let is_one = faults.len() == 1;
    let several = || with(target(first.target, report).unwrap_or_default(), &names(faults.iter().map(|fault| fault.lead)));
    Some(CheckBox {
        mark: is_one.then_some(Mark::Open),
        head: first.headline().to_owned(),
        place: if is_one { place(first, report) } else { several() },
        ids: format!("{inferred}{}", ids.join(", ")),
        sign: false,
        below,
    })
}
