//! An action plan as CSV: one row a fault, with who does it and until when to be filled in, as change boards use it.

use super::csv::cell;
use super::fault::{Fault, faults};
use super::{Format, OutputError, words};
use crate::report::{Finding, Report, Severity, Target};
use ::csv::{Terminator, WriterBuilder};

/// The action plan.
#[derive(Debug, Clone, Copy)]
pub struct Plan;

/// The columns. The last three are to be filled in.
const COLUMNS: [&str; 13] = [
    "severity",
    "where",
    "what is wrong",
    "observed",
    "article",
    "caution",
    "steps",
    "check",
    "finding",
    "since",
    "owner",
    "due",
    "done",
];

impl Format for Plan {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
        writer.write_record(COLUMNS)?;
        // a directory that was not read has no faults, and a plan without rows would say that there is nothing to do
        for target in report.targets.iter().filter(|target| !target.complete) {
            writer.write_record(unread(target).iter().map(|text| cell(text)))?;
        }
        let mut all = faults(report);
        all.sort_by_key(|fault| std::cmp::Reverse(fault.lead.severity));
        for fault in &all {
            writer.write_record(row(fault, report).iter().map(|text| cell(text)))?;
        }
        writer.into_inner().map_err(|error| OutputError::Csv(error.into_error().into()))
    }
}

/// What is to be done about a fault, and the checks that say so.
fn row(fault: &Fault<'_>, report: &Report) -> [String; 13] {
    let Finding { severity, kb, message, fix, since, fingerprint, .. } = fault.lead;
    let checks: Vec<&str> = std::iter::once(fault.lead).chain(fault.also.iter().copied()).map(|one| one.check.as_str()).collect();
    [
        severity.word().to_owned(),
        place(fault.lead, report),
        fault.lead.headline().to_owned(),
        message.clone(),
        kb.join(" "),
        fix.as_ref().and_then(|fix| fix.caution.clone()).unwrap_or_default(),
        fix.as_ref().map(|fix| fix.steps.join(" / ")).unwrap_or_default(),
        checks.join(" "),
        fingerprint.clone(),
        since.clone().unwrap_or_default(),
        String::new(),
        String::new(),
        String::new(),
    ]
}

/// The target where there are several, the site, and the server or object.
fn place(finding: &Finding, report: &Report) -> String {
    let target = report.targets.get(finding.target).filter(|_| report.targets.len() > 1).map(Target::label);
    let subject = finding.subject.as_ref();
    let name = subject.map(|subject| subject.dn.to_string());
    let own = words::place(
        subject.and_then(|subject| subject.site.as_deref()),
        subject.and_then(|subject| subject.server.as_deref()),
        name.as_deref(),
    );
    target.map_or(own.clone(), |target| format!("{target}: {own}"))
}

/// The row of a target that was not read completely.
fn unread(target: &Target) -> [String; 13] {
    let mut row = [const { String::new() }; 13];
    let [severity, place, what, observed, ..] = &mut row;
    Severity::Critical.word().clone_into(severity);
    target.label().clone_into(place);
    "It was not read completely, so faults may be missing here".clone_into(what);
    *observed = target.problems.join("; ");
    row
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

    fn text(report: &Report) -> String {
        String::from_utf8(Plan.write(report).expect("CSV")).expect("UTF-8")
    }

    #[test]
    fn a_row_is_a_fault_and_the_last_columns_are_to_be_filled_in() {
        insta::assert_snapshot!(text(&fixture::full()).replace("\r\n", "\n"));
    }

    #[test]
    fn what_was_not_read_is_the_first_thing_to_do() {
        let mut report = fixture::report(Vec::new());
        report.targets[0].complete = false;
        assert_eq!(text(&report).lines().count(), 2);
        report.targets[0].complete = true;
        assert_eq!(text(&report).lines().count(), 1);
    }
}
