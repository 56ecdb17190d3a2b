//! What needs nobody: passes, counted or one line each, and failures that were accepted.

use super::section::{CheckBox, Mark, Section, place, results};
use crate::output::words::counted;
use crate::report::{Finding, Report, Verdict};
use std::collections::BTreeSet;

/// The failures that were accepted.
pub(super) fn accepted(report: &Report) -> Option<Section> {
    let waived: Vec<&Finding> =
        report.results.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.waiver.is_some()).collect();
    let count = counted(results(waived.iter().copied()), "failure", "failures");
    let by = |finding: &Finding| match &finding.waiver {
        Some(waiver) => {
            format!("{}; by {} until {} (UTC): {}", place(finding, report), waiver.owner, waiver.until, waiver.reason)
        }
        None => place(finding, report),
    };
    let boxes: Vec<CheckBox> = waived
        .iter()
        .map(|finding| CheckBox::of(Mark::Ticked, finding.headline().to_owned(), by(finding), finding.check.clone()))
        .collect();
    (!boxes.is_empty()).then_some(Section { title: "Accepted", severity: None, count, note: None, boxes })
}

/// The passes: a line each, or one for all.
pub(super) fn passed(report: &Report, each: bool) -> Option<Section> {
    let passes: Vec<&Finding> = report.results.iter().filter(|finding| finding.verdict == Verdict::Pass).collect();
    if passes.is_empty() {
        return None;
    }
    let boxes = if each {
        passes.iter().map(|finding| one(finding, &finding.title, report)).collect()
    } else {
        let checks: BTreeSet<&str> = passes.iter().map(|finding| finding.check.as_str()).collect();
        let head = format!("Passes of {}", counted(checks.len() as u64, "check", "checks"));
        vec![CheckBox::of(Mark::Ticked, head, "--passes lists them".into(), String::new())]
    };
    let count = counted(results(passes), "result", "results");
    Some(Section { title: "Passed", severity: None, count, note: None, boxes })
}

fn one(finding: &Finding, head: &str, report: &Report) -> CheckBox {
    CheckBox::of(Mark::Ticked, head.to_owned(), place(finding, report), finding.check.clone())
}
