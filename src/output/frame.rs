//! What stands around the results, for people: the targets above; problems, totals, the next step and the limits below.

use super::{Style, wrap};
use crate::directory::source::Kind;
use crate::report::{Report, Summary, Target};

/// What no directory shows, whichever checks ran (Q183178; where an IMS keeps its settings is not published).
pub(super) const NOT_CHECKED: &str = "Out of scope (not in the directory): server registry, permissions, stale pointers behind a name that looks \
                                      right (Q183178), the home server's store.";

/// One line a target: organization, kind of source, location.
pub(super) fn targets(report: &Report) -> Vec<String> {
    let line = |(index, target): (usize, &Target)| {
        let number = if report.targets.len() > 1 { format!(" {}", index + 1) } else { String::new() };
        self::target(target, &format!("Target{number}"))
    };
    report.targets.iter().enumerate().map(line).collect()
}

/// The line of one target.
pub(super) fn target(target: &Target, label: &str) -> String {
    let organization = target.organization.as_deref().unwrap_or("organization unknown");
    let kind = match target.source {
        Kind::Live => "live",
        Kind::Ldif => "ldif",
        Kind::Csv => "csv",
        Kind::Demo => "demo",
    };
    let name = target.name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
    format!("{label}{name}: {organization}, {kind}, {}", target.location)
}

/// What went wrong or was noticed while reading, target by target.
pub(super) fn problems(report: &Report) -> Vec<String> {
    let several = report.targets.len() > 1;
    let of = |(index, target): (usize, &Target)| -> Vec<String> {
        let place = if several { format!(" (target {})", index + 1) } else { String::new() };
        target.problems.iter().map(|problem| format!("Problem{place}: {problem}")).collect()
    };
    report.targets.iter().enumerate().flat_map(of).collect()
}

/// How many results of each verdict, and whether something is missing.
pub(super) fn totals(report: &Report) -> String {
    let Summary { pass, fail, unknown, blocked, not_applicable, manual, waived } = report.summary;
    let counts: Vec<_> = [
        (fail, "fail"),
        (unknown, "unknown"),
        (manual, "manual"),
        (blocked, "blocked"),
        (pass, "pass"),
        (not_applicable, "not-applicable"),
        (waived, "waived"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} {word}"))
    .collect();
    let total: u64 = report.results.iter().map(|result| result.count).sum();
    let mut line = format!("{total} {}", if total == 1 { "result" } else { "results" });
    if !counts.is_empty() {
        line = format!("{line}: {}", counts.join(", "));
    }
    if !report.complete {
        line.push_str("; incomplete: not everything could be read");
    }
    line
}

/// The page: targets, results, and what stands below, each made safe and wrapped to the style's width.
pub(super) fn page(report: &Report, style: &Style, results: &[String]) -> Vec<u8> {
    let mut page = String::new();
    paragraphs(&mut page, style, &targets(report));
    page.push('\n');
    for line in results {
        page.push_str(line);
        page.push('\n');
    }
    page.push('\n');
    paragraphs(&mut page, style, &problems(report));
    paragraphs(&mut page, style, &[totals(report), NOT_CHECKED.to_owned()]);
    page.into_bytes()
}

fn paragraphs(page: &mut String, style: &Style, paragraphs: &[String]) {
    for line in paragraphs.iter().flat_map(|text| wrap::wrap(&style.safe(text), style.width)) {
        page.push_str(&line);
        page.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{self, finding};
    use super::*;
    use crate::report::Severity::Critical;
    use crate::report::Verdict;

    #[test]
    fn totals_name_only_what_there_is() {
        let report = fixture::full();
        assert_eq!(totals(&report), "9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass");
        let one = Report { complete: false, ..fixture::report(vec![finding("a", Verdict::Pass, Critical)]) };
        assert_eq!(totals(&one), "1 result: 1 pass; incomplete: not everything could be read");
        assert_eq!(totals(&fixture::report(Vec::new())), "0 results");
    }

    #[test]
    fn several_targets_are_numbered() {
        let mut report = fixture::full();
        report.targets.push(Target {
            name: Some("north".into()),
            organization: None,
            source: Kind::Ldif,
            ..report.targets[0].clone()
        });
        let lines = targets(&report);
        assert_eq!(lines[0], "Target 1: Example Corp, live, ldap://exch01:389");
        assert_eq!(lines[1], "Target 2 (north): organization unknown, ldif, ldap://exch01:389");
    }
}
