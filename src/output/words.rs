//! Words that reports share: counts, lists of names, what was read.

use crate::directory::dn::Dn;
use crate::directory::source::Kind;
use crate::report::{Finding, Report, Severity, Target, Verdict};

/// What stands before what the steps of a fix may cost.
pub(super) const CAUTION: &str = "Caution: ";

/// `1 result`, `2 results`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// `A, B and C`; `A, B, C, D, E and 12 more`.
pub(super) fn listed(names: &[&str], most: usize) -> String {
    let told = names.get(..most.min(names.len())).unwrap_or_default();
    match (names.len() - told.len(), told) {
        (0, [others @ .., last]) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        (0, _) => told.join(", "),
        (more, _) => format!("{} and {more} more", told.join(", ")),
    }
}

/// What was read, where, and whether completely.
pub(super) fn directory(target: &Target) -> String {
    let organization = target.organization.as_deref().unwrap_or("organization unknown");
    let name = target.name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default();
    let demo = if target.source == Kind::Demo { " (demo)" } else { "" };
    let how = if target.complete { "read completely" } else { "NOT READ COMPLETELY" };
    let taken = target.taken.as_deref().map(|taken| format!(", data of {}", moment(taken))).unwrap_or_default();
    format!("{name}{organization}{demo}, {}: {how}{taken}", target.location)
}

/// `2026-11-29 05:30 UTC`.
pub(super) fn moment(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}

/// `10 failures (4 critical, 6 warning)`.
pub(super) fn failures(report: &Report) -> String {
    let of = |severity: Severity| -> u64 {
        let fails = |finding: &&Finding| finding.verdict == Verdict::Fail && finding.waiver.is_none();
        report.results.iter().filter(fails).filter(|finding| finding.severity == severity).map(|finding| finding.count).sum()
    };
    let counts = [Severity::Critical, Severity::Warning, Severity::Info].map(|severity| (of(severity), severity.word()));
    let all = counted(counts.iter().map(|(count, _)| count).sum(), "failure", "failures");
    let split: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if split.is_empty() { all } else { format!("{all} ({})", split.join(", ")) }
}

/// The checks that were run, where others were not: what is said then is said of these alone.
pub(super) fn chosen(report: &Report) -> Option<String> {
    let (checks, were) = match report.checks.len() {
        1 => ("check", "was"),
        _ => ("checks", "were"),
    };
    (report.left_out > 0).then(|| format!("the {} {checks} that {were} chosen", report.checks.len()))
}

/// Site, and server or object: `LYON / LYON1`.
pub(super) fn place(site: Option<&str>, server: Option<&str>, subject: Option<&str>) -> String {
    let object = || subject.map(|subject| Dn::parse_lossy(subject.as_bytes()).leaf().into_owned());
    let name = server.map(str::to_owned).or_else(object);
    site.map(str::to_owned).into_iter().chain(name).collect::<Vec<_>>().join(" / ")
}

/// `, 40 undecided, 20 skipped`: what there is of these.
pub(super) fn others(counts: &[(usize, &str)]) -> String {
    counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!(", {count} {word}")).collect()
}
