//! What stands above the boxes: what was read, and how many results of each kind there are.

use crate::output::words;
use crate::report::{Report, Summary, Target};

/// One line a directory, and one for each of its problems.
pub(in crate::output) fn directories(report: &Report) -> Vec<String> {
    report.targets.iter().flat_map(directory).collect()
}

fn directory(target: &Target) -> Vec<String> {
    std::iter::once(words::directory(target)).chain(target.problems.iter().map(|problem| format!("Problem: {problem}"))).collect()
}

/// When it was read, and with what.
pub(in crate::output) fn read_at(report: &Report) -> String {
    format!("{}, {} {}", report.started, report.tool.name, report.tool.version)
}

/// How many results of each verdict, all of them.
pub(in crate::output) fn totals(report: &Report) -> String {
    let Summary { pass, unknown, blocked, not_applicable, manual, waived, .. } = report.summary;
    let others = words::others(&[
        (unknown, "undecided"),
        (blocked, "skipped"),
        (manual, "by hand"),
        (waived, "accepted"),
        (pass, "passed"),
        (not_applicable, "not applicable"),
    ]);
    format!("{}{others}", words::failures(report))
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
