//! What stands above the boxes: what was read, and how many results of each kind there are.

use super::section::counted;
use crate::directory::source::Kind;
use crate::report::{Finding, Report, Severity, Summary, Target, Verdict};

/// One line a directory, and one for each of its problems.
pub(super) fn directories(report: &Report) -> Vec<String> {
    report.targets.iter().flat_map(directory).collect()
}

fn directory(target: &Target) -> Vec<String> {
    let organization = target.organization.as_deref().unwrap_or("organization unknown");
    let name = target.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
    let how = if target.complete { "read completely" } else { "NOT READ COMPLETELY" };
    let demo = if target.source == Kind::Demo { " (demo)" } else { "" };
    let line = format!("{name}{organization}{demo}, {}: {how}", target.location);
    std::iter::once(line).chain(target.problems.iter().map(|problem| format!("Problem: {problem}"))).collect()
}

/// When it was read, and with what.
pub(super) fn read_at(report: &Report) -> String {
    format!("{}, {} {}", report.started, report.tool.name, report.tool.version)
}

/// How many results of each verdict, all of them.
pub(super) fn totals(report: &Report) -> String {
    let Summary { pass, fail, unknown, blocked, not_applicable, manual, waived } = report.summary;
    let severities = [Severity::Critical, Severity::Warning, Severity::Info].map(|severity| {
        let fails = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.waiver.is_none();
        let of = report.results.iter().filter(fails).filter(|finding| finding.severity == severity);
        (super::section::results(of), severity.word())
    });
    let split: Vec<String> =
        severities.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    let split = if split.is_empty() { String::new() } else { format!(" ({})", split.join(", ")) };
    let others = [
        (unknown, "undecided"),
        (blocked, "skipped"),
        (manual, "by hand"),
        (waived, "accepted"),
        (pass, "passed"),
        (not_applicable, "not applicable"),
    ];
    let others = others.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!(", {count} {word}"));
    format!("{}{split}{}", counted(fail as u64, "failure", "failures"), others.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture;

    #[test]
    fn totals_name_only_what_there_is() {
        let expected = "3 failures (2 critical, 1 warning), 1 undecided, 2 skipped, 1 by hand, 2 passed";
        assert_eq!(totals(&fixture::full()), expected);
        assert_eq!(totals(&fixture::report(Vec::new())), "0 failures");
    }

    #[test]
    fn a_directory_that_was_not_read_says_why() {
        let mut report = fixture::full();
        report.targets[0].complete = false;
        report.targets[0].problems = vec!["it stalled".into()];
        let expected = ["Example Corp, ldap://exch01:389: NOT READ COMPLETELY", "Problem: it stalled"];
        assert_eq!(directories(&report), expected);
    }
}
