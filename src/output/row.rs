//! Which results are shown to people, in what order, and the words for each.

use super::Style;
use crate::report::{Confidence, Finding, Report, Severity, Verdict};

/// One result in words. The text is safe to show, and not yet wrapped.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Severity and verdict, in at most three short lines.
    pub verdict: Vec<String>,
    /// The check's id, then the article.
    pub check: Vec<String>,
    /// Site, then server.
    pub place: Vec<String>,
    /// What was observed.
    pub observed: String,
}

/// The results to show, the worst first: those that fail, are unknown, or are to do by hand; with `all`, the rest too.
pub(super) fn shown(report: &Report, all: bool) -> Vec<&Finding> {
    let mut results: Vec<_> = report.results.iter().filter(|result| all || rank(result).0 <= MANUAL).collect();
    results.sort_by_key(|result| rank(result));
    results
}

const MANUAL: u8 = 2;

fn rank(finding: &Finding) -> (u8, u8) {
    let by_severity = match finding.severity {
        Severity::Critical => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    };
    match finding.verdict {
        Verdict::Fail if finding.waiver.is_some() => (3, by_severity),
        Verdict::Fail => (0, by_severity),
        Verdict::Unknown => (1, by_severity),
        Verdict::Manual => (MANUAL, 0),
        Verdict::Blocked => (4, 0),
        Verdict::Pass => (5, 0),
        Verdict::NotApplicable => (6, 0),
    }
}

/// The rows, the worst first.
pub(super) fn rows(report: &Report, style: &Style) -> Vec<Row> {
    shown(report, true).into_iter().map(|finding| Row::of(finding, report, style)).collect()
}

impl Row {
    pub(super) fn of(finding: &Finding, report: &Report, style: &Style) -> Self {
        let safe = |text: &String| style.safe(text);
        Self {
            verdict: verdict(finding),
            check: std::iter::once(&finding.check).chain(finding.kb.first()).map(safe).collect(),
            place: place(finding, report).iter().map(safe).collect(),
            observed: style.safe(&finding.message),
        }
    }
}

/// Severity and verdict in a few words.
pub(super) fn verdict(finding: &Finding) -> Vec<String> {
    let words: &[&str] = match (finding.verdict, finding.confidence) {
        (Verdict::Fail, _) if finding.waiver.is_some() => &[finding.severity.word(), "waived"],
        (Verdict::Fail, Confidence::Inferred) => &[finding.severity.word(), "fail", "inferred"],
        (Verdict::Fail | Verdict::Unknown, _) => &[finding.severity.word(), finding.verdict.word()],
        (Verdict::NotApplicable, _) => &["not", "applicable"],
        (other, _) => &[other.word()],
    };
    words.iter().map(|&word| word.to_owned()).collect()
}

/// Site and server of a result's subject, `-` without a subject; the object's own name where no server is known, and the
/// target where there are several. Raw text of the directory.
pub(super) fn place(finding: &Finding, report: &Report) -> Vec<String> {
    let mut lines = match &finding.subject {
        None => vec!["-".to_owned()],
        Some(subject) => {
            let name = || subject.dn.rdn().map(|rdn| rdn.text());
            [subject.site.clone(), subject.server.clone().or_else(name)].into_iter().flatten().collect()
        }
    };
    if report.targets.len() > 1 {
        lines.extend(report.targets.get(finding.target).map(|target| target.label().to_owned()));
    }
    lines
}

/// The words of severities.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Critical, Severity::Warning, Severity::Info];

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, STYLE, finding};
    use super::*;
    use Severity::{Critical, Info, Warning};

    #[test]
    fn the_worst_comes_first_and_equals_keep_their_order() {
        let results = [
            ("n", Verdict::NotApplicable, Critical),
            ("p", Verdict::Pass, Critical),
            ("b", Verdict::Blocked, Critical),
            ("m1", Verdict::Manual, Info),
            ("m2", Verdict::Manual, Critical),
            ("ui", Verdict::Unknown, Info),
            ("uc", Verdict::Unknown, Critical),
            ("fi", Verdict::Fail, Info),
            ("fw2", Verdict::Fail, Warning),
            ("fw1", Verdict::Fail, Warning),
            ("fc", Verdict::Fail, Critical),
            ("waived", Verdict::Fail, Critical),
        ];
        let mut report = fixture::report(results.into_iter().map(|(id, v, s)| finding(id, v, s)).collect());
        report.results.last_mut().unwrap().waiver = Some(fixture::waiver());
        let ids = |all| shown(&report, all).iter().map(|r| r.check.as_str()).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(false), "fc fw2 fw1 fi uc ui m1 m2");
        assert_eq!(ids(true), "fc fw2 fw1 fi uc ui m1 m2 waived b p n");
    }

    #[test]
    fn severity_is_said_of_what_fails_or_may_fail() {
        for (verdict, confidence, expected) in [
            (Verdict::Fail, Confidence::Documented, "critical fail"),
            (Verdict::Fail, Confidence::Inferred, "critical fail inferred"),
            (Verdict::Unknown, Confidence::Inferred, "critical unknown"),
            (Verdict::Manual, Confidence::Documented, "manual"),
            (Verdict::Blocked, Confidence::Documented, "blocked"),
            (Verdict::Pass, Confidence::Inferred, "pass"),
            (Verdict::NotApplicable, Confidence::Documented, "not applicable"),
        ] {
            let finding = Finding { confidence, ..finding("a-check", verdict, Critical) };
            assert_eq!(super::verdict(&finding).join(" "), expected);
        }
    }

    #[test]
    fn a_place_says_what_is_known() {
        let mut report = fixture::report(vec![finding("a-check", Verdict::Fail, Critical)]);
        let place = |report: &Report| place(&report.results[0], report).join("/");
        assert_eq!(place(&report), "LONDON/EXCH01");
        report.results[0].subject.as_mut().unwrap().server = None;
        assert_eq!(place(&report), "LONDON/Internet Mail Service (EXCH01)");
        report.results[0].subject.as_mut().unwrap().site = None;
        assert_eq!(place(&report), "Internet Mail Service (EXCH01)");
        report.results[0].subject = None;
        assert_eq!(place(&report), "-");
        report.targets.push(report.targets[0].clone());
        assert_eq!(place(&report), format!("-/{}", report.targets[0].label()));
    }

    #[test]
    fn text_of_the_directory_is_made_safe() {
        let mut finding = finding("a-check", Verdict::Fail, Critical);
        finding.message = "\u{1b}[2J".into();
        finding.subject.as_mut().unwrap().site = Some("A\u{202e}B".into());
        let report = fixture::report(vec![finding]);
        let row = Row::of(&report.results[0], &report, &STYLE);
        assert_eq!((row.observed.as_str(), row.place[0].as_str()), ("\\u{1b}[2J", "A\\u{202e}B"));
    }
}
