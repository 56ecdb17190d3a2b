//! What a monitoring system is told: the four states of a plugin (Monitoring Plugins Development Guidelines).

use super::{Exit, Rule};
use crate::report::{Report, Severity, Target, Verdict};

/// The state of a service, as a plugin for Nagios and its kin tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing that counts fails, and all of it was read and decided.
    Ok,
    /// Something fails, and nothing of it is critical.
    Warning,
    /// Something critical fails.
    Critical,
    /// Nothing is known to fail, and not all is known; or the command line is wrong.
    Unknown,
}

/// What a target that could not be read at all is to a monitoring system.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Unreachable {
    /// Nobody knows
    #[default]
    Unknown,
    /// As bad as a critical failure
    Critical,
}

impl State {
    /// The state that a report amounts to. What counts, counts as for [`Exit::of`].
    pub fn of(report: &Report, rule: &Rule) -> Self {
        let counts = |severity: Severity| rule.fail_on.counts(severity);
        let worst = super::counted(report, rule.fail_on, Verdict::Fail)
            .map(|result| result.severity)
            .filter(|severity| counts(*severity))
            .max();
        let is_gone = rule.unreachable == Unreachable::Critical && !report.targets.iter().all(Target::is_read);
        match worst {
            Some(Severity::Critical) => Self::Critical,
            _ if is_gone => Self::Critical,
            Some(_) => Self::Warning,
            None if Exit::of(report, rule.fail_on, !rule.excuses_unknown) == Exit::Clean => Self::Ok,
            None => Self::Unknown,
        }
    }

    /// The word that monitoring systems have for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Warning => 1,
            Self::Critical => 2,
            Self::Unknown => 3,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FailOn;
    use super::*;
    use crate::directory::source::Kind;
    use crate::output::fixture;

    fn state(complete: bool, results: &[(Verdict, Severity)], rule: Rule) -> u8 {
        let mut report =
            fixture::report(results.iter().map(|&(verdict, severity)| fixture::finding("a", verdict, severity)).collect());
        report.complete = complete;
        State::of(&report, &rule).code()
    }

    #[test]
    fn the_worst_that_counts_is_the_state() {
        use Severity::{Critical, Info, Warning};
        use Verdict::{Fail, Manual, NotApplicable, Pass, Unknown};
        let rule = Rule::default();
        for (complete, results, expected) in [
            (true, &[][..], 0),
            (true, &[(Pass, Critical), (Manual, Critical), (NotApplicable, Critical)], 0),
            (true, &[(Fail, Critical), (Fail, Warning), (Unknown, Critical)], 2),
            (false, &[(Fail, Critical)], 2),
            (true, &[(Fail, Warning), (Unknown, Critical)], 1),
            (false, &[(Fail, Warning)], 1),
            // below --fail-on
            (true, &[(Fail, Info)], 0),
            (true, &[(Unknown, Info)], 3),
            (false, &[], 3),
        ] {
            assert_eq!(state(complete, results, rule), expected, "{complete} {results:?}");
        }
        let of = |fail_on: FailOn, severity: Severity| state(true, &[(Fail, severity)], Rule { fail_on, ..rule });
        assert_eq!([of(FailOn::Info, Info), of(FailOn::Critical, Warning), of(FailOn::Never, Critical)], [1, 0, 0]);
        let excused = Rule { excuses_unknown: true, ..rule };
        assert_eq!([state(true, &[(Unknown, Critical)], excused), state(false, &[], excused)], [0, 3]);
    }

    #[test]
    fn an_accepted_failure_is_no_alarm() {
        let mut report = fixture::report(vec![fixture::finding("a", Verdict::Fail, Severity::Critical)]);
        report.results[0].waiver = Some(fixture::waiver());
        assert_eq!(State::of(&report, &Rule::default()), State::Ok);
    }

    #[test]
    fn a_server_that_is_gone_is_an_alarm_only_where_that_is_asked() {
        let mut report = fixture::report(vec![fixture::finding("a", Verdict::Fail, Severity::Warning)]);
        report.complete = false;
        report.targets[0].complete = false;
        report.targets.push(Target::unread(None, Kind::Live, "ldap://gone".into(), "no connection".into()));
        let of = |unreachable: Unreachable, report: &Report| State::of(report, &Rule { unreachable, ..Rule::default() });
        assert_eq!(of(Unreachable::Unknown, &report), State::Warning);
        assert_eq!(of(Unreachable::Critical, &report), State::Critical);
        report.results.clear();
        assert_eq!(of(Unreachable::Unknown, &report), State::Unknown);
        report.targets.pop();
        // one that was read in part is undecided, whatever is asked of those that are gone
        assert_eq!(of(Unreachable::Critical, &report), State::Unknown);
    }
}
