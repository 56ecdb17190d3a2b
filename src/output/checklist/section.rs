//! The parts of a checklist before they are laid out: raw text of the directory, made safe by each layout.

use crate::output::words::{counted, listed};
use crate::report::{Evidence, Finding, Fix, Report, Severity, Subject, Target};

/// Boxes that belong together.
#[derive(Debug)]
pub(super) struct Section {
    pub title: &'static str,
    /// The colour of the title, if it is a severity.
    pub severity: Option<Severity>,
    /// How many of what.
    pub count: String,
    /// What else is to be known of all of them.
    pub note: Option<String>,
    pub boxes: Vec<CheckBox>,
}

/// What a box shows. Markdown knows these two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// To do: it fails, is undecided, or waits for a person.
    Open,
    /// It passed, or was accepted.
    Ticked,
}

/// One thing that is told.
#[derive(Debug)]
pub(super) struct CheckBox {
    /// None where the lines below have boxes of their own.
    pub mark: Option<Mark>,
    pub head: String,
    /// Where, or what.
    pub place: String,
    /// The article and the checks that say so.
    pub ids: String,
    /// Whether a person signs for it, here.
    pub sign: bool,
    pub below: Vec<Line>,
}

/// What stands below a box.
#[derive(Debug)]
pub(super) enum Line {
    /// A sentence or two.
    Words(String),
    /// One object of several, with a box: where, and what was observed.
    Object(String, String),
    /// What was seen, below an object or a sentence.
    Seen(Seen),
    /// What to do.
    Fix(Fix),
    /// What a person looks at, and what to do then.
    ByHand(String, Fix),
    /// A line to sign, with a box.
    Sign(String),
    /// A line to sign, with room for what came of it.
    SignResult,
    /// What a step may cost, before the step.
    Caution(String),
    /// What the facts below it are about.
    About(String),
    /// What is told of it, and how it is.
    Fact(String, String),
    /// One value of several, below what is told.
    Value(String),
    /// What is to be pasted whole.
    Paste(String),
}

/// An observation.
#[derive(Debug)]
pub(super) struct Seen {
    /// The object, unless the sentence above names it.
    pub dn: Option<String>,
    pub attribute: String,
    pub values: Vec<String>,
    /// Values that are left out.
    pub more: usize,
    pub expected: String,
}

impl Mark {
    /// The box as text.
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Ticked => "[x]",
            Self::Open => "[ ]",
        }
    }
}

impl CheckBox {
    /// One with a box and nothing below.
    pub(super) fn of(mark: Mark, head: String, place: String, ids: String) -> Self {
        Self { mark: Some(mark), head, place, ids, sign: false, below: Vec::new() }
    }
}

/// Values shown of one observation, and characters of each: the JSON report has them all.
const VALUES: usize = 3;
const CHARACTERS: usize = 200;

impl Seen {
    /// An observation, below a sentence; none of an object whose being there or not the sentence tells.
    pub(super) fn below(words: &str, evidence: &Evidence) -> Option<Self> {
        let Evidence { dn, attribute, observed, expected } = evidence;
        let dn = dn.to_string();
        if attribute.is_empty() && words.contains(&dn) {
            return None;
        }
        Some(Self {
            dn: (!words.contains(&dn)).then_some(dn),
            attribute: if attribute.is_empty() { "the object".to_owned() } else { attribute.clone() },
            values: observed.iter().take(VALUES).map(|value| shortened(value)).collect(),
            more: observed.len().saturating_sub(VALUES),
            // a filter is for programs: the title of the check says what it asks for
            expected: if expected.starts_with('(') { String::new() } else { expected.clone() },
        })
    }
}

fn shortened(value: &str) -> String {
    match value.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}...", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// The server, or else the object's own name.
fn name(subject: &Subject) -> String {
    subject.server.clone().unwrap_or_else(|| subject.dn.leaf().into_owned())
}

/// Site, and server or object; the target too where there are several.
pub(super) fn place(finding: &Finding, report: &Report) -> String {
    let own = match &finding.subject {
        None => String::new(),
        Some(subject) => {
            let name = name(subject);
            let site = subject.site.clone().filter(|site| *site != name);
            site.into_iter().chain([name]).collect::<Vec<_>>().join(" / ")
        }
    };
    let own = if finding.count > 1 { with(&own, &counted(finding.count, "object", "objects")) } else { own };
    match target(finding.target, report) {
        Some(target) => with(target, &own),
        None => own,
    }
}

/// The name of a target, where there are several.
pub(super) fn target(index: usize, report: &Report) -> Option<&str> {
    report.targets.get(index).filter(|_| report.targets.len() > 1).map(Target::label)
}

/// `before: after`, or the one of them that is there.
pub(super) fn with(before: &str, after: &str) -> String {
    [before, after].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ")
}

/// Names told of several.
const MOST_NAMES: usize = 5;

/// The servers or objects of several results: `A, B and C`; `A, B, C, D, E and 12 more`.
pub(super) fn names<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut names: Vec<String> = Vec::new();
    for subject in findings.filter_map(|finding| finding.subject.as_ref()) {
        let name = name(subject);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    listed(&names, MOST_NAMES)
}

/// How many results the findings stand for.
pub(super) fn results<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> u64 {
    findings.into_iter().map(|finding| finding.count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::output::fixture::{self, finding};
    use crate::report::{Severity::Critical, Verdict::Fail};

    #[test]
    fn evidence_is_bounded_and_names_its_object_once() {
        let dn = Dn::of([("cn", "A")]);
        let of = |attribute: &str, observed: Vec<String>| {
            let evidence = Evidence { dn: dn.clone(), attribute: attribute.into(), observed, expected: "an address".into() };
            (Seen::below("a sentence", &evidence).unwrap(), Seen::below("cn=A has none", &evidence).map(|seen| seen.dn))
        };
        let (seen, named) = of("mail", ["1", "2", "3", "4", "5"].map(str::to_owned).to_vec());
        assert_eq!((seen.dn.as_deref(), named), (Some("cn=A"), Some(None)));
        assert_eq!((seen.values.len(), seen.more), (3, 2));
        let (seen, named) = of("", vec!["\u{4f1a}".repeat(300)]);
        assert_eq!((seen.attribute.as_str(), seen.values), ("the object", vec![format!("{}...", "\u{4f1a}".repeat(200))]));
        assert!(named.is_none(), "the sentence tells it");
    }

    #[test]
    fn several_are_named_and_more_counted() {
        let of = |count: usize| {
            let all: Vec<_> = (0..count)
                .map(|n| Finding { subject: Some(fixture::subject("S", &format!("N{n}"))), ..finding("a", Fail, Critical) })
                .collect();
            names(all.iter().chain(&all))
        };
        assert_eq!([of(0), of(1), of(2), of(3)], ["", "N0", "N0 and N1", "N0, N1 and N2"]);
        assert_eq!(of(7), "N0, N1, N2, N3, N4 and 2 more");
    }

    #[test]
    fn a_place_says_what_is_known() {
        let mut report = fixture::report(vec![finding("a-check", Fail, Critical)]);
        let of = |report: &Report| place(&report.results[0], report);
        assert_eq!(of(&report), "LONDON / EXCH01");
        report.results[0].subject.as_mut().unwrap().server = None;
        assert_eq!(of(&report), "LONDON / Internet Mail Service (EXCH01)");
        report.results[0].count = 3;
        assert_eq!(of(&report), "LONDON / Internet Mail Service (EXCH01): 3 objects");
        report.results[0].subject.as_mut().unwrap().dn = Dn::of([("ou", "LONDON"), ("o", "O")]);
        report.results[0].count = 1;
        assert_eq!(of(&report), "LONDON");
        report.results[0].subject = None;
        assert_eq!(of(&report), "");
        report.targets.push(report.targets[0].clone());
        assert_eq!(of(&report), "ldap://exch01:389");
    }
}
