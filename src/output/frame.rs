//! What stands around results, for people: the targets and what went wrong there, and what no directory shows.

use crate::directory::source::Kind;
use crate::report::{Report, Target};

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

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;

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
