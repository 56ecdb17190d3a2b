//! The boxes of a checklist, before they are laid out: raw text of the directory.

use crate::output::row::place;
use crate::report::{Confidence, Evidence, Finding, Report, Verdict};

/// What a box shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Every result passes, is accepted, or has nothing to check.
    Ticked,
    /// Something is undecided or left to do.
    Open,
    /// Something fails.
    Crossed,
}

/// One check with all its results.
#[derive(Debug)]
pub(super) struct CheckBox {
    pub mark: Mark,
    pub title: String,
    /// The check's id and its articles.
    pub check: String,
    pub items: Vec<Item>,
    /// Steps, each list once however many results name it.
    pub fixes: Vec<Vec<String>>,
}

/// One result.
#[derive(Debug)]
pub(super) struct Item {
    /// Verdict, and the severity of what fails or may fail.
    pub verdict: String,
    pub place: String,
    /// Why; nothing for a pass, whose evidence says it.
    pub message: Option<String>,
    pub evidence: Vec<String>,
    /// Whether a person signs for it.
    pub sign: bool,
}

impl Mark {
    /// The box as text.
    pub(super) fn text(self, unicode: bool) -> &'static str {
        match self {
            Self::Ticked => "[x]",
            Self::Open => "[ ]",
            Self::Crossed if unicode => "[✗]",
            Self::Crossed => "[!]",
        }
    }
}

/// One box a check, in the order in which the checks first appear: that of their needs.
pub(super) fn boxes(report: &Report) -> Vec<CheckBox> {
    let mut checks: Vec<Vec<&Finding>> = Vec::new();
    for result in &report.results {
        match checks.iter_mut().find(|group| group.first().is_some_and(|first| first.check == result.check)) {
            Some(group) => group.push(result),
            None => checks.push(vec![result]),
        }
    }
    checks.iter().filter_map(|group| check_box(group, report)).collect()
}

fn check_box(results: &[&Finding], report: &Report) -> Option<CheckBox> {
    let first = results.first()?;
    let mut fixes: Vec<Vec<String>> = Vec::new();
    for result in results {
        if needs_doing(result) && !result.fix.is_empty() && !fixes.contains(&result.fix) {
            fixes.push(result.fix.clone());
        }
    }
    Some(CheckBox {
        mark: mark(results),
        title: first.title.clone(),
        check: std::iter::once(&first.check).chain(&first.kb).cloned().collect::<Vec<_>>().join(", "),
        items: items(results, report),
        fixes,
    })
}

/// Results of one verdict that a box tells each by itself.
const MOST_ITEMS: usize = 10;

/// The results of a check; of one verdict no more than can be read.
fn items(results: &[&Finding], report: &Report) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut told: Vec<(Verdict, usize)> = Vec::new();
    for result in results {
        match told.iter_mut().find(|(verdict, _)| *verdict == result.verdict) {
            Some((_, count)) => *count += 1,
            None => told.push((result.verdict, 1)),
        }
        if told.iter().any(|(verdict, count)| *verdict == result.verdict && *count <= MOST_ITEMS) {
            items.push(item(result, report));
        }
    }
    for (verdict, count) in told.into_iter().filter(|(_, count)| *count > MOST_ITEMS) {
        items.push(Item {
            verdict: verdict.word().to_owned(),
            place: format!("{} more; the JSON report has each", count - MOST_ITEMS),
            message: None,
            evidence: Vec::new(),
            sign: false,
        });
    }
    items
}

fn needs_doing(result: &Finding) -> bool {
    matches!(result.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Manual) && result.waiver.is_none()
}

fn mark(results: &[&Finding]) -> Mark {
    let any = |wanted: &[Verdict]| results.iter().any(|r| wanted.contains(&r.verdict) && r.waiver.is_none());
    if any(&[Verdict::Fail]) {
        Mark::Crossed
    } else if any(&[Verdict::Unknown, Verdict::Blocked, Verdict::Manual]) {
        Mark::Open
    } else {
        Mark::Ticked
    }
}

fn item(result: &Finding, report: &Report) -> Item {
    let verdict = match result.verdict {
        Verdict::Fail if result.waiver.is_some() => "waived".to_owned(),
        Verdict::Fail if result.confidence == Confidence::Inferred => format!("fail ({}, inferred)", result.severity.word()),
        Verdict::Fail | Verdict::Unknown => format!("{} ({})", result.verdict.word(), result.severity.word()),
        other => other.word().to_owned(),
    };
    Item {
        verdict,
        place: place(result, report).join(" / "),
        message: (result.verdict != Verdict::Pass).then(|| result.message.replace('\n', " ")),
        evidence: result.evidence.iter().map(|seen| evidence(seen, result.verdict == Verdict::Pass)).collect(),
        sign: result.verdict == Verdict::Manual,
    }
}

/// Values shown of one observation, and characters of each: the JSON report has them all.
const VALUES: usize = 3;
const CHARACTERS: usize = 200;

/// Where, what and, unless it is there, what should be there.
fn evidence(evidence: &Evidence, as_expected: bool) -> String {
    let Evidence { dn, attribute, observed, expected } = evidence;
    let mut values: Vec<String> = observed.iter().take(VALUES).map(|value| shortened(value)).collect();
    if observed.len() > VALUES {
        values.push(format!("and {} more", observed.len() - VALUES));
    }
    let what = if attribute.is_empty() { "the object" } else { attribute };
    if values.is_empty() {
        values.push("nothing seen".to_owned());
    }
    let expected = if as_expected || expected.is_empty() { String::new() } else { format!(" (expected: {expected})") };
    format!("{dn}: {what}: {}{expected}", values.join("; "))
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}...", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::fixture::{self, finding};
    use crate::report::Severity::Critical;

    #[test]
    fn the_worst_result_marks_the_box() {
        use Verdict::{Blocked, Fail, Manual, NotApplicable, Pass, Unknown};
        for (verdicts, expected) in [
            (&[Pass, NotApplicable][..], Mark::Ticked),
            (&[Pass, Manual], Mark::Open),
            (&[Pass, Unknown], Mark::Open),
            (&[Blocked], Mark::Open),
            (&[Unknown, Fail, Pass], Mark::Crossed),
        ] {
            let report = fixture::report(verdicts.iter().map(|&v| finding("a-check", v, Critical)).collect());
            let boxes = boxes(&report);
            assert_eq!((boxes.len(), boxes[0].mark), (1, expected), "{verdicts:?}");
        }
        let mut waived = fixture::report(vec![finding("a-check", Fail, Critical)]);
        waived.results[0].waiver = Some(());
        assert_eq!(boxes(&waived)[0].mark, Mark::Ticked);
    }

    #[test]
    fn boxes_stand_in_the_order_of_first_appearance() {
        let report = fixture::full();
        let ids: Vec<_> = boxes(&report).iter().map(|b| b.check.split(',').next().unwrap().to_owned()).collect();
        assert_eq!(ids, ["ims-admin-set", "ims-admin-recipient", "ims-admin-x400", "ims-admin-exists", "ims-admin-repoint"]);
        assert_eq!(boxes(&report)[2].fixes.len(), 1);
    }

    #[test]
    fn evidence_is_bounded() {
        let dn = crate::directory::dn::Dn::of([("cn", "A")]);
        let of = |attribute: &str, observed: Vec<String>| {
            evidence(&Evidence { dn: dn.clone(), attribute: attribute.into(), observed, expected: "an address".into() }, true)
        };
        assert_eq!(of("mail", vec![]), "cn=A: mail: nothing seen");
        assert_eq!(of("", vec![]), "cn=A: the object: nothing seen");
        let other =
            Evidence { dn: dn.clone(), attribute: "mail".into(), observed: vec!["1".into()], expected: "an address".into() };
        assert_eq!(evidence(&other, false), "cn=A: mail: 1 (expected: an address)");
        assert_eq!(of("mail", ["1", "2", "3", "4", "5"].map(str::to_owned).to_vec()), "cn=A: mail: 1; 2; 3; and 2 more");
        assert_eq!(of("mail", vec!["\u{4f1a}".repeat(300)]), format!("cn=A: mail: {}...", "\u{4f1a}".repeat(200)));
    }
}
