//! JUnit XML, for build servers: a suite a target, a test case a result.

use super::row::place;
use super::sanitize::{bounded, xml};
use super::words::counted;
use super::{Format, OutputError, nagios};
use crate::exit::{Rule, is_undecided};
use crate::report::{Evidence, Finding, Report, Target, Verdict};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::time::Duration;

/// JUnit XML.
#[derive(Debug, Clone, Copy)]
pub struct Junit {
    /// What counts for the outcome: what is undecided and excused is skipped.
    pub rule: Rule,
}

/// Characters of a name, and of a text.
const NAME: usize = 300;
const TEXT: usize = 4_000;

impl Format for Junit {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut page = quick_junit::Report::new("exaudit");
        let time = Duration::from_secs(nagios::seconds(report).unsigned_abs());
        page.set_time(time);
        for (index, target) in report.targets.iter().enumerate() {
            let mut suite = TestSuite::new(name(target.label()));
            suite.extra.insert("timestamp".into(), name(&report.started).into());
            suite.set_time(time);
            suite.add_test_case(reading(target));
            let own = report.results.iter().filter(|finding| finding.target == index);
            suite.add_test_cases(own.map(|finding| self.case(finding, report)));
            page.add_test_suite(suite);
        }
        Ok(without_skipped(page.to_string()?).into_bytes())
    }
}

impl Junit {
    fn case(&self, finding: &Finding, report: &Report) -> TestCase {
        let told = text(&finding.told());
        let status = match (finding.verdict, &finding.waiver) {
            (Verdict::Pass, _) => TestCaseStatus::success(),
            (Verdict::Fail, Some(waiver)) => {
                skipped(&format!("accepted by {} until {}: {}", waiver.owner, waiver.until, waiver.reason))
            }
            (Verdict::Fail, None) => unsuccessful(NonSuccessKind::Failure, finding.severity.word(), &told, &description(finding)),
            (Verdict::Unknown, _) if is_undecided(finding) && !self.rule.excuses_unknown => {
                unsuccessful(NonSuccessKind::Error, "unknown", &told, &description(finding))
            }
            (verdict, _) => skipped(&format!("{}: {}", verdict.word(), finding.told())),
        };
        let place = place(finding, report).join(" / ");
        let count = if finding.count > 1 { format!(" ({})", counted(finding.count, "object", "objects")) } else { String::new() };
        let mut case = TestCase::new(name(&format!("{}: {place}{count}", finding.title)), status);
        case.set_classname(name(&finding.check));
        case.set_time(Duration::ZERO);
        case
    }
}

/// How many are skipped is told of each suite; the schema that Jenkins published has no such attribute of all suites together.
fn without_skipped(mut text: String) -> String {
    const SKIPPED: &str = " skipped=\"";
    let head = text.find("<testsuites ").and_then(|start| Some(start..start + text.get(start..)?.find('>')?));
    let place = head.clone().and_then(|head| Some(head.start + text.get(head)?.find(SKIPPED)?));
    let end = place.and_then(|place| Some(place + SKIPPED.len() + text.get(place + SKIPPED.len()..)?.find('"')? + 1));
    if let (Some(place), Some(end)) = (place, end) {
        text.replace_range(place..end, "");
    }
    text
}

/// Whether a target was read completely is a test too: a suite without failures must not hide that nothing was looked at.
fn reading(target: &Target) -> TestCase {
    let status = if target.complete {
        TestCaseStatus::success()
    } else {
        let why = text(&target.problems.join("; "));
        unsuccessful(NonSuccessKind::Error, "incomplete", "not everything could be read", &why)
    };
    let mut case = TestCase::new("The directory was read completely", status);
    case.set_classname("exaudit");
    case.set_time(Duration::ZERO);
    case
}

fn unsuccessful(kind: NonSuccessKind, of: &str, message: &str, description: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_type(of).set_message(message).set_description(description);
    status
}

fn skipped(why: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(text(why));
    status
}

/// What a person needs who reads only this: the object, what was observed, what to do.
fn description(finding: &Finding) -> String {
    let mut lines = vec![format!("{} [{}]", finding.headline(), finding.kb.join(", "))];
    lines.extend(finding.subject.iter().map(|subject| format!("Object: {}", subject.dn)));
    lines.push(finding.told());
    for Evidence { dn, attribute, observed, expected } in &finding.evidence {
        let values = if observed.is_empty() { "no value".to_owned() } else { observed.join("; ") };
        lines.push(format!("{dn} {attribute}: {values}; expected: {expected}"));
    }
    if let Some(fix) = &finding.fix {
        lines.extend(fix.caution.iter().map(|caution| format!("Caution: {caution}")));
        lines.extend(fix.steps.iter().zip(1..).map(|(step, number)| format!("{number}. {step}")));
    }
    lines.iter().map(|line| text(line)).collect::<Vec<_>>().join("\n")
}

fn name(name: &str) -> String {
    xml(&bounded(name, NAME))
}

fn text(text: &str) -> String {
    xml(&bounded(text, TEXT))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use quick_xml::Reader;
    use quick_xml::events::Event;

    fn text(report: &Report, rule: Rule) -> String {
        String::from_utf8(Junit { rule }.write(report).unwrap()).unwrap()
    }

    /// How often each element begins, by a reader of XML that is not ours. Each attribute and text must be well formed.
    fn elements(text: &str) -> std::collections::BTreeMap<String, usize> {
        let mut counts = std::collections::BTreeMap::new();
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) | Event::Empty(tag) => {
                    tag.attributes().for_each(|attribute| {
                        _ = attribute.unwrap().normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap()
                    });
                    *counts.entry(String::from_utf8_lossy(tag.name().as_ref()).into_owned()).or_default() += 1;
                }
                Event::Eof => return counts,
                _ => {}
            }
        }
    }

    #[test]
    fn a_case_is_a_result() {
        insta::assert_snapshot!(text(&fixture::compared(), Rule::default()));
    }

    #[test]
    fn a_failure_fails_what_is_undecided_errs_and_the_rest_is_skipped() {
        let counts = elements(&text(&fixture::compared(), Rule::default()));
        assert_eq!([counts["testcase"], counts["failure"], counts["error"], counts["skipped"]], [10, 2, 1, 4]);
        let excused = elements(&text(&fixture::compared(), Rule { excuses_unknown: true, ..Rule::default() }));
        assert_eq!((excused.get("error"), excused["skipped"]), (None, 5));
        let mut report = fixture::report(Vec::new());
        report.targets[0].complete = false;
        assert_eq!(elements(&text(&report, Rule::default()))["error"], 1, "nothing was read");
    }

    #[test]
    fn hostile_text_is_xml_all_the_same() {
        let text = text(&fixture::hostile(), Rule::default());
        assert_eq!(elements(&text)["testcase"], 10);
        assert!(!text.contains('\u{fffe}') && text.contains("\\u{fffe}"), "XML has no form for it");
    }
}
