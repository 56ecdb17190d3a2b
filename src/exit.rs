//! What the program ends with. The numbers are a promise to schedulers: docs/exit-codes.md.

use crate::directory::dn::DnKey;
use crate::exchange::questions::Cause;
use crate::report::{Finding, Reason, Report, Severity, Uses, Verdict};
use crate::stop::Signal;
use std::collections::HashSet;
use std::process::ExitCode;

mod monitor;

pub use monitor::{State, Unreachable};

/// The outcome of a run, as the number it exits with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exit {
    /// Ran completely; nothing at or above the threshold.
    Clean,
    /// Failures at or above the threshold, whether the run was complete or not: a known failure can be acted on.
    Findings,
    /// Bad usage or configuration (clap's own number for it).
    Usage,
    /// Could not complete: something was not read or written, or could not be decided.
    Incomplete,
    /// Stopped by SIGINT: 128 and its number, as a shell has it.
    Interrupted,
    /// Stopped by SIGTERM.
    Terminated,
    /// What a monitoring system takes: its numbers are others.
    Monitor(State),
}

/// What counts for the outcome of an audit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rule {
    /// The least severity of a failure that counts.
    pub fail_on: FailOn,
    /// Whether what is undecided is excused.
    pub excuses_unknown: bool,
    /// What a target that could not be read at all is to a monitoring system.
    pub unreachable: Unreachable,
}

/// The least severity of a failure that counts as a finding.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, clap::ValueEnum)]
pub enum FailOn {
    /// Only failures that stop or lose mail
    Critical,
    /// Warnings and worse
    #[default]
    Warning,
    /// Every failure
    Info,
    /// Only what is new since the baseline or the state: a failure that is a warning or worse, or something undecided
    New,
    /// No failure
    Never,
}

impl FailOn {
    /// Whether a failure of this severity counts.
    pub fn counts(self, severity: Severity) -> bool {
        match self {
            Self::Critical => severity >= Severity::Critical,
            Self::Warning | Self::New => severity >= Severity::Warning,
            Self::Info => severity >= Severity::Info,
            Self::Never => false,
        }
    }
}

impl Exit {
    /// The outcome that a report amounts to: one of the first four, and never [`Exit::Usage`].
    ///
    /// `fail_on_unknown` false excuses unknown verdicts, but not an audit that could not read everything. What only a server of a
    /// site that was not audited could show counts for nothing.
    /// Accepted failures, manual, blocked and not-applicable results count for nothing; but a result that is blocked by a
    /// check which the selection left out is as good as unknown, since nothing else says that it was never judged.
    pub fn of(report: &Report, fail_on: FailOn, fail_on_unknown: bool) -> Self {
        let counts = |verdict| counted(report, fail_on, verdict);
        if counts(Verdict::Fail).any(|result| fail_on.counts(result.severity)) {
            Self::Findings
        } else if !report.complete
            || (fail_on_unknown
                && (counts(Verdict::Unknown).any(is_undecided) || (fail_on != FailOn::New && is_blocked_from_outside(report))))
        {
            Self::Incomplete
        } else {
            Self::Clean
        }
    }

    /// The outcome of the question who refers to an object: somebody does; nobody, and everything was seen; or nobody that was seen.
    pub fn of_uses(uses: &Uses) -> Self {
        match (uses.count, uses.is_whole()) {
            (1.., _) => Self::Findings,
            (0, true) => Self::Clean,
            (0, false) => Self::Incomplete,
        }
    }

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Incomplete => 3,
            Self::Interrupted => 130,
            Self::Terminated => 143,
            Self::Monitor(state) => state.code(),
        }
    }
}

/// Whether a result is undecided, and that counts: see [`Exit::of`].
pub fn is_undecided(result: &Finding) -> bool {
    result.verdict == Verdict::Unknown && !is_of_another_server(result)
}

/// The results of a verdict that count: those that nobody accepts and, where only news does, those that are new. What was compared with
/// nothing is not told to be old.
fn counted(report: &Report, fail_on: FailOn, verdict: Verdict) -> impl Iterator<Item = &Finding> {
    let only_new = fail_on == FailOn::New && report.comparison.is_some();
    let is_known = move |result: &Finding| only_new && !result.is_new(&report.started);
    report.results.iter().filter(move |result| result.verdict == verdict && result.waiver.is_none() && !is_known(result))
}

/// Whether nothing but what is not replicated between sites stood in the way of a verdict: no server of that site was asked.
fn is_of_another_server(result: &Finding) -> bool {
    !result.causes.is_empty() && result.causes.iter().all(|cause| matches!(cause, Cause::NotReplicated { .. }))
}

/// Whether a result waits for a check that the report says nothing of.
fn is_blocked_from_outside(report: &Report) -> bool {
    let mut reported: HashSet<(&str, usize, Option<DnKey>)> = HashSet::new();
    let subject = |result: &Finding| result.subject.as_ref().map(|subject| subject.dn.key());
    for result in &report.results {
        reported.insert((&result.check, result.target, subject(result)));
        // what is said of several objects together waits for what was said of each
        reported.insert((&result.check, result.target, None));
    }
    report.results.iter().any(|result| match &result.reason {
        Reason::Needs(check) => !reported.contains(&(check.as_str(), result.target, subject(result))),
        _ => false,
    })
}

impl From<Signal> for Exit {
    fn from(signal: Signal) -> Self {
        match signal {
            Signal::Interrupt => Self::Interrupted,
            Signal::Terminate => Self::Terminated,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture;
    use crate::report::Change;

    const SEVERITIES: [Severity; 3] = [Severity::Info, Severity::Warning, Severity::Critical];
    const THRESHOLDS: [FailOn; 4] = [FailOn::Critical, FailOn::Warning, FailOn::Info, FailOn::Never];

    /// What is blocked here is blocked by a check that is reported.
    fn report(complete: bool, results: &[(Verdict, Severity)]) -> Report {
        let mut report =
            fixture::report(results.iter().map(|&(verdict, severity)| fixture::finding("a-check", verdict, severity)).collect());
        for result in report.results.iter_mut().filter(|result| result.verdict == Verdict::Blocked) {
            result.reason = Reason::Needs("a-check".into());
        }
        Report { complete, ..report }
    }

    #[test]
    fn what_waits_for_a_check_that_was_left_out_is_undecided() {
        let mut report = report(true, &[(Verdict::Pass, Severity::Critical), (Verdict::Blocked, Severity::Critical)]);
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Clean);
        report.results[1].reason = Reason::Needs("another".into());
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Incomplete);
        assert_eq!(Exit::of(&report, FailOn::Warning, false), Exit::Clean);
        report.results.push(fixture::finding("another", Verdict::Fail, Severity::Info));
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Clean);
    }

    #[test]
    fn the_numbers_are_a_promise() {
        assert_eq!([Exit::Clean, Exit::Findings, Exit::Usage, Exit::Incomplete].map(Exit::code), [0, 1, 2, 3]);
        assert_eq!([Exit::Interrupted, Exit::Terminated].map(Exit::code), [128 + 2, 128 + 15]);
        for exit in [Exit::Clean, Exit::Findings, Exit::Usage, Exit::Incomplete] {
            assert_eq!(format!("{:?}", ExitCode::from(exit)), format!("{:?}", ExitCode::from(exit.code())));
        }
    }

    #[test]
    fn each_threshold_counts_its_own_severity_and_worse() {
        let counted = |fail_on: FailOn| SEVERITIES.map(|severity| fail_on.counts(severity));
        assert_eq!(THRESHOLDS.map(counted), [[false, false, true], [false, true, true], [true; 3], [false; 3]]);
        assert_eq!(FailOn::default(), FailOn::Warning);
    }

    /// Every set of verdicts and severities, complete or not, with every threshold and with unknown excused or not.
    #[test]
    fn every_combination() {
        use Verdict::{Blocked, Fail, Manual, NotApplicable, Pass, Unknown};
        let quiet = [Pass, Blocked, NotApplicable, Manual];
        for severity in SEVERITIES {
            for fail_on in THRESHOLDS {
                for mask in 0..64_u8 {
                    let (fails, unknown) = (mask & 1 != 0, mask & 2 != 0);
                    let mut results: Vec<_> = quiet
                        .into_iter()
                        .enumerate()
                        .filter(|(bit, _)| mask & (4 << bit) != 0)
                        .map(|(_, v)| (v, severity))
                        .collect();
                    results.extend(unknown.then_some((Unknown, severity)));
                    results.extend(fails.then_some((Fail, severity)));
                    for (complete, fail_on_unknown) in [(true, true), (true, false), (false, true), (false, false)] {
                        let expected = if fails && fail_on.counts(severity) {
                            Exit::Findings
                        } else if !complete || (unknown && fail_on_unknown) {
                            Exit::Incomplete
                        } else {
                            Exit::Clean
                        };
                        let report = report(complete, &results);
                        assert_eq!(Exit::of(&report, fail_on, fail_on_unknown), expected, "{results:?} {fail_on:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_known_failure_wins_over_an_incomplete_audit() {
        let report = report(false, &[(Verdict::Unknown, Severity::Critical), (Verdict::Fail, Severity::Warning)]);
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Findings);
        assert_eq!(Exit::of(&report, FailOn::Critical, true), Exit::Incomplete);
        assert_eq!(Exit::of(&report, FailOn::Never, false), Exit::Incomplete);
    }

    #[test]
    fn what_another_server_alone_can_show_counts_for_nothing() {
        let mut report = report(true, &[(Verdict::Unknown, Severity::Critical)]);
        let elsewhere = || Cause::NotReplicated { attribute: "Port-Number".into(), site: "S".into() };
        report.results[0].causes = vec![elsewhere()];
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Clean);
        report.results[0].causes = vec![elsewhere(), Cause::Hidden { site: "S".into() }];
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Incomplete);
    }

    /// Only what is new since the comparison counts; without one, everything does.
    #[test]
    fn where_only_news_counts_what_was_known_does_not() {
        let mut report = report(true, &[(Verdict::Fail, Severity::Critical), (Verdict::Unknown, Severity::Critical)]);
        let of = |report: &Report| Exit::of(report, FailOn::New, true);
        assert_eq!(of(&report), Exit::Findings, "it was compared with nothing");
        report.comparison = fixture::compared().comparison;
        assert_eq!(of(&report), Exit::Clean);
        report.results[1].change = Some(Change::Undecided);
        assert_eq!(of(&report), Exit::Incomplete);
        report.results[0].change = Some(Change::New);
        assert_eq!(of(&report), Exit::Findings);
        // what was never judged then is not judged now, and that is no news
        report.results = vec![fixture::finding("a-check", Verdict::Blocked, Severity::Critical)];
        assert_eq!(of(&report), Exit::Clean);
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Incomplete);
    }

    #[test]
    fn an_accepted_failure_counts_for_nothing() {
        let mut report = report(true, &[(Verdict::Fail, Severity::Critical)]);
        assert_eq!(Exit::of(&report, FailOn::Warning, true), Exit::Findings);
        report.results[0].waiver = Some(fixture::waiver());
        assert_eq!(Exit::of(&report, FailOn::Info, true), Exit::Clean);
    }
}
