//! Whether a change may go ahead.

use super::section::results;
use crate::exit::{Exit, FailOn};
use crate::output::words;
use crate::report::{Report, Verdict};
use std::fmt;

/// Whether a change may go ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Every check passes, or fails below the threshold.
    Go,
    /// So many steps are left for a person.
    GoAfter {
        /// Lines to sign: what is told of several objects together has one.
        manual: u64,
    },
    /// Something fails at or above the threshold.
    NoGo {
        /// Such failures.
        failures: u64,
        /// Results that could not be decided: to mend the failures may not be enough.
        unknown: u64,
    },
    /// Nobody knows.
    NotDecided {
        /// Whether every target was read to its end.
        complete: bool,
        /// Results that could not be decided.
        unknown: u64,
        /// Results that wait for another check: nobody has judged them.
        blocked: u64,
    },
}

impl Decision {
    /// Decides. A blocked result leaves the decision open: where what blocks it is not a counted failure (below the
    /// threshold, or not selected), nothing else would say that the check was never made. So does a report of nothing.
    pub fn of(report: &Report, fail_on: FailOn) -> Self {
        let of = |verdict| report.results.iter().filter(move |r| r.verdict == verdict && r.waiver.is_none());
        let failures = results(of(Verdict::Fail).filter(|result| fail_on.counts(result.severity)));
        let [unknown, blocked] = [Verdict::Unknown, Verdict::Blocked].map(|v| results(of(v)));
        let manual = of(Verdict::Manual).count() as u64;
        if failures > 0 {
            Self::NoGo { failures, unknown }
        } else if !report.complete || unknown > 0 || blocked > 0 || report.results.is_empty() {
            Self::NotDecided { complete: report.complete, unknown, blocked }
        } else if manual > 0 {
            Self::GoAfter { manual }
        } else {
            Self::Go
        }
    }

    /// The checklist's first line: the decision, and for which checks where not all were run. Of these alone a go can be said.
    pub(super) fn told(self, report: &Report) -> String {
        match (self, words::chosen(report)) {
            (Self::Go | Self::GoAfter { .. }, Some(checks)) => format!("{self} for {checks}"),
            _ => self.to_string(),
        }
    }

    /// What the program ends with.
    pub fn exit(self) -> Exit {
        match self {
            Self::Go | Self::GoAfter { .. } => Exit::Clean,
            Self::NoGo { .. } => Exit::Findings,
            Self::NotDecided { .. } => Exit::Incomplete,
        }
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: u64, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        match *self {
            Self::Go => f.write_str("GO"),
            Self::GoAfter { manual } => write!(f, "GO after {}", counted(manual, "item by hand", "items by hand")),
            Self::NoGo { failures, unknown } => {
                write!(f, "NO-GO: {}", counted(failures, "failure", "failures"))?;
                if unknown > 0 { write!(f, ", and {unknown} undecided") } else { Ok(()) }
            }
            Self::NotDecided { complete, unknown, blocked } => {
                let mut why = Vec::new();
                if !complete {
                    why.push("not everything could be read".to_owned());
                }
                if unknown > 0 {
                    why.push(format!("{unknown} undecided"));
                }
                if blocked > 0 {
                    why.push(format!("{blocked} skipped"));
                }
                if why.is_empty() {
                    why.push("nothing was checked".to_owned());
                }
                write!(f, "NOT DECIDED: {}", why.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{self, finding};
    use crate::report::Severity::{self, Critical, Info, Warning};

    fn decide(complete: bool, fail_on: FailOn, results: &[(Verdict, Severity)]) -> (String, Exit) {
        let results = results.iter().map(|&(verdict, severity)| finding("a-check", verdict, severity)).collect();
        let decision = Decision::of(&Report { complete, ..fixture::report(results) }, fail_on);
        (decision.to_string(), decision.exit())
    }

    #[test]
    fn each_decision_and_its_exit() {
        use FailOn::Warning as W;
        use Verdict::{Blocked, Fail, Manual, NotApplicable, Pass, Unknown};
        for (complete, fail_on, results, line, exit) in [
            (true, W, &[(Pass, Critical), (NotApplicable, Critical)][..], "GO", Exit::Clean),
            (true, W, &[(Pass, Critical), (Manual, Critical)], "GO after 1 item by hand", Exit::Clean),
            (true, W, &[(Manual, Info), (Manual, Critical)], "GO after 2 items by hand", Exit::Clean),
            (true, W, &[(Fail, Critical)], "NO-GO: 1 failure", Exit::Findings),
            (
                false,
                W,
                &[(Fail, Warning), (Fail, Critical), (Unknown, Info)],
                "NO-GO: 2 failures, and 1 undecided",
                Exit::Findings,
            ),
            (true, W, &[(Fail, Info), (Pass, Critical)], "GO", Exit::Clean),
            (true, FailOn::Critical, &[(Fail, Warning), (Blocked, Critical)], "NOT DECIDED: 1 skipped", Exit::Incomplete),
            (true, FailOn::Never, &[(Fail, Critical)], "GO", Exit::Clean),
            (true, W, &[(Unknown, Info), (Manual, Info)], "NOT DECIDED: 1 undecided", Exit::Incomplete),
            (
                true,
                W,
                &[(Unknown, Info), (Blocked, Info), (Blocked, Info)],
                "NOT DECIDED: 1 undecided, 2 skipped",
                Exit::Incomplete,
            ),
            (false, W, &[(Pass, Critical)], "NOT DECIDED: not everything could be read", Exit::Incomplete),
            (true, W, &[], "NOT DECIDED: nothing was checked", Exit::Incomplete),
        ] {
            assert_eq!(decide(complete, fail_on, results), (line.to_owned(), exit), "{results:?}");
        }
    }

    #[test]
    fn a_go_is_for_the_checks_that_were_chosen() {
        let told = |results, checks: usize, left_out| {
            let one = fixture::compared().checks.remove(0);
            let report = Report { checks: vec![one; checks], left_out, ..fixture::report(results) };
            Decision::of(&report, FailOn::Warning).told(&report)
        };
        let of = |verdict| finding("a-check", verdict, Critical);
        assert_eq!(told(vec![of(Verdict::Pass)], 1, 239), "GO for the 1 check that was chosen");
        let by_hand = vec![of(Verdict::Pass), of(Verdict::Manual)];
        assert_eq!(told(by_hand, 2, 238), "GO after 1 item by hand for the 2 checks that were chosen");
        assert_eq!(told(vec![of(Verdict::Pass)], 240, 0), "GO");
        assert_eq!(told(vec![of(Verdict::Fail)], 1, 239), "NO-GO: 1 failure");
    }

    #[test]
    fn results_that_are_told_together_count_each() {
        let mut all = vec![finding("a-check", Verdict::Fail, Critical), finding("b-check", Verdict::Fail, Critical)];
        all[1].count = 8;
        let decision = Decision::of(&fixture::report(all), FailOn::Warning);
        assert_eq!(decision.to_string(), "NO-GO: 9 failures");
    }
}
