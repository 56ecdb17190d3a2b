//! What stands around the results, for people: the targets above; problems, totals, the next step and the limits below.

use super::row::{self, shown};
use super::{Style, wrap};
use crate::directory::source::Kind;
use crate::exchange::probe::{Sight, State};
use crate::report::{Finding, Reason, Report, Summary, Target, Verdict};

/// What no directory shows, whichever checks ran (Q183178; where an IMS keeps its settings is not published).
pub(super) const NOT_CHECKED: &str = "Not checked: what the directory does not show: the registry of the server, rights, a stale pointer behind a \
                                      name that looks right (Q183178), the home server's store.";

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
    let organization = target.organization.as_deref().unwrap_or("organization not seen");
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

/// One line for each target of which something could not be decided and something that decides is not visible.
pub(super) fn unseen(report: &Report) -> Vec<String> {
    let line = |(index, target): (usize, &Target)| {
        let undecided = |result: &&Finding| result.target == index && result.verdict == Verdict::Unknown;
        let mut undecided = report.results.iter().filter(undecided).peekable();
        undecided.peek()?;
        let visibility = target.visibility.as_ref()?;
        let is_unseen = |sight: &Sight| matches!(sight.state, State::NotSeen | State::Refused);
        let sees = &visibility.sees;
        // what is withheld with the first is not told again
        let first = [
            ("the configuration objects", &sees.configuration),
            ("attributes that come only when named", &sees.operational_attributes),
            ("Extension-Data", &sees.extension_data),
        ];
        let first = first.into_iter().find(|(_, sight)| is_unseen(sight)).map(|(what, _)| what);
        let hides = undecided.any(|result| result.reason == Reason::HiddenUnseen);
        let unseen: Vec<&str> = first.into_iter().chain(hides.then_some("hidden objects")).collect();
        let of = if report.targets.len() > 1 { format!(" of target {}", index + 1) } else { String::new() };
        (!unseen.is_empty()).then(|| {
            format!(
                "Not seen{of}: {}. `exaudit doctor` with the same source says what that means and what helps.",
                unseen.join(", ")
            )
        })
    };
    report.targets.iter().enumerate().filter_map(line).collect()
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

/// What is to be done by hand, where that is too much for the table.
fn by_hand(report: &Report) -> Option<String> {
    let checks = row::by_hand(report);
    (checks > row::MOST_BY_HAND).then(|| {
        format!("By hand: {checks} checks are for a person to look at; `exaudit checklist` has a line to sign for each, --all shows them.")
    })
}

/// The one thing to do now.
pub(super) fn next(report: &Report) -> String {
    match shown(report, false).first() {
        Some(worst) if worst.verdict == Verdict::Fail => format!("Next: exaudit explain {}", worst.check),
        Some(worst) if worst.verdict == Verdict::Unknown => next_for_unknown(worst),
        _ if !report.complete => "Next: settle what kept the audit from reading everything, and run it again.".to_owned(),
        Some(_) => "Next: do what is left to do by hand; `exaudit checklist` has a line to sign for each.".to_owned(),
        None if report.results.is_empty() => "Next: choose checks; `exaudit list` names them.".to_owned(),
        None if report.summary.blocked > 0 => "Next: run the checks that these need, too; --all names them.".to_owned(),
        None => "Next: nothing needs doing.".to_owned(),
    }
}

fn next_for_unknown(finding: &Finding) -> String {
    match finding.advice() {
        Some(advice) => format!("Next: {advice}"),
        None => format!("Next: exaudit explain {}", finding.check),
    }
}

/// What is said in place of the results when none is shown.
pub(super) fn nothing_shown(report: &Report) -> &'static str {
    match (report.results.is_empty(), report.complete, report.summary.blocked > 0) {
        (true, true, _) => "Nothing was checked.",
        (true, false, _) => "Nothing could be checked.",
        (false, true, false) => "Nothing fails.",
        (false, true, true) => "Nothing fails, but some results are blocked; --all shows them.",
        (false, false, _) => "Nothing fails in what could be read.",
    }
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
    paragraphs(&mut page, style, &unseen(report));
    let closing = std::iter::once(totals(report)).chain(by_hand(report)).chain([next(report), NOT_CHECKED.to_owned()]);
    paragraphs(&mut page, style, &closing.collect::<Vec<_>>());
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
    use crate::report::Severity::{Critical, Warning};

    #[test]
    fn totals_name_only_what_there_is() {
        let report = fixture::full();
        assert_eq!(totals(&report), "9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass");
        let one = Report { complete: false, ..fixture::report(vec![finding("a", Verdict::Pass, Critical)]) };
        assert_eq!(totals(&one), "1 result: 1 pass; incomplete: not everything could be read");
        assert_eq!(totals(&fixture::report(Vec::new())), "0 results");
    }

    #[test]
    fn the_next_step_is_about_the_worst() {
        let report = |results: &[(&str, Verdict)]| {
            fixture::report(results.iter().map(|&(id, verdict)| finding(id, verdict, Warning)).collect())
        };
        let [unknown, manual, blocked, pass] =
            [("u", Verdict::Unknown), ("m", Verdict::Manual), ("b", Verdict::Blocked), ("p", Verdict::Pass)];
        assert_eq!(next(&report(&[unknown, ("f", Verdict::Fail)])), "Next: exaudit explain f");
        let mut undecided = report(&[manual, unknown]);
        assert_eq!(next(&undecided), "Next: exaudit explain u");
        undecided.results[1].message = "It was not seen in ldap://srv.\nBind with an account that sees it.".into();
        assert_eq!(next(&undecided), "Next: Bind with an account that sees it.");
        assert!(next(&report(&[pass, manual])).contains("by hand"));
        assert_eq!(next(&report(&[pass])), "Next: nothing needs doing.");
        assert!(next(&report(&[blocked])).contains("--all"));
        assert!(next(&report(&[])).contains("exaudit list"));
        assert!(next(&Report { complete: false, ..report(&[pass]) }).contains("run it again"));
    }

    #[test]
    fn an_incomplete_report_is_never_called_clean() {
        for results in [Vec::new(), vec![finding("p", Verdict::Pass, Critical)]] {
            let report = Report { complete: false, ..fixture::report(results) };
            assert!(nothing_shown(&report).contains("could be"), "{}", nothing_shown(&report));
            assert!(totals(&report).contains("incomplete"));
        }
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
        assert_eq!(lines[1], "Target 2 (north): organization not seen, ldif, ldap://exch01:389");
    }
}
