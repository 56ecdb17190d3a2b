//! Results: what a verdict is in SARIF, what became of it, and who accepts it.

use super::place::Location;
use super::rules::Rules;
use super::{Message, level, message, name};
use crate::output::sanitize::bounded;
use crate::report::{Change, Ended, Evidence, Finding, Report, Target, Verdict, Waiver, digest};
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    kind: &'static str,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<Vec<Suppression>>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Fingerprints {
    #[serde(rename = "exaudit/v1")]
    own: String,
}

#[derive(Serialize)]
struct Suppression {
    kind: &'static str,
    status: &'static str,
    justification: String,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Properties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
    reason: String,
    severity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<&'static str>,
    target: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'a str>,
}

/// The results, and behind them what ended since another report.
pub(super) fn of<'a>(report: &'a Report, rules: &Rules<'a>) -> Vec<Outcome<'a>> {
    let is_compared = report.comparison.as_ref().is_some_and(|comparison| comparison.started.is_some());
    // as the format has it: either all results say what became of them, or none
    let is_compared = is_compared || report.results.iter().any(|finding| finding.change.is_some());
    let files: Vec<Option<&str>> = (0..report.targets.len()).map(|target| file_of(report, target)).collect();
    // suppressed or not is told of all results too, as soon as one is
    let has_waivers = report.results.iter().any(|finding| finding.waiver.is_some());
    let found = report.results.iter().map(|finding| {
        let location = match &finding.subject {
            Some(subject) => Location::of(subject),
            None => whole(report, finding.target, files.get(finding.target).copied().flatten()),
        };
        result(finding, location, report, rules, is_compared, has_waivers)
    });
    let ended = report.comparison.iter().flat_map(|comparison| &comparison.ended);
    found.chain(ended.map(|ended| absent(ended, rules, has_waivers))).collect()
}

/// The file that a target was read from, where a record tells.
fn file_of(report: &Report, target: usize) -> Option<&str> {
    let mut own = report.results.iter().filter(|finding| finding.target == target);
    own.find_map(|finding| Some(finding.subject.as_ref()?.place.as_ref()?.file.as_str()))
}

/// What a result is about that names no object. Readers of the format drop results without a location.
fn whole(report: &Report, target: usize, file: Option<&str>) -> Location {
    let target = report.targets.get(target);
    Location::whole(target.map_or("", |target| target.organization.as_deref().unwrap_or(target.label())), file)
}

fn result<'a>(
    finding: &'a Finding,
    location: Location,
    report: &Report,
    rules: &Rules<'a>,
    is_compared: bool,
    has_waivers: bool,
) -> Outcome<'a> {
    let (kind, level) = match finding.verdict {
        Verdict::Pass => ("pass", "none"),
        Verdict::Fail => ("fail", level(finding.severity)),
        // neither was decided: one was not seen, the other waits
        Verdict::Unknown | Verdict::Blocked => ("open", "none"),
        Verdict::NotApplicable => ("notApplicable", "none"),
        Verdict::Manual => ("review", "none"),
    };
    let subject = finding.subject.as_ref();
    let object = finding.object.as_ref().map(|object| &object.dn);
    let fix = finding.fix.as_ref();
    let text = if finding.verdict == Verdict::Fail {
        format!("{}: {}", finding.headline().trim_end_matches(['.', ':']), finding.told())
    } else {
        // what passes may say nothing, and a message may not be empty
        Some(finding.told()).filter(|told| !told.trim().is_empty()).unwrap_or_else(|| format!("{}.", finding.title))
    };
    Outcome {
        rule_id: &finding.check,
        rule_index: rules.place(&finding.check),
        kind,
        level,
        message: message(&text),
        locations: [location],
        related_locations: object.map(|dn| Location::named(&dn.leaf(), &dn.to_string())).into_iter().collect(),
        partial_fingerprints: Fingerprints { own: finding.fingerprint.clone() },
        baseline_state: is_compared.then(|| state(finding.change)),
        suppressions: has_waivers.then(|| finding.waiver.iter().map(suppression).collect()),
        properties: Properties {
            verdict: Some(finding.verdict.word()),
            reason: finding.reason.to_string(),
            severity: finding.severity.word(),
            confidence: Some(finding.confidence.word()),
            target: report.targets.get(finding.target).map(Target::label).map(name).unwrap_or_default(),
            site: subject.and_then(|subject| subject.site.as_deref()).map(name),
            server: subject.and_then(|subject| subject.server.as_deref()).map(name),
            count: (finding.count > 1).then_some(finding.count),
            evidence: finding.evidence.iter().map(evidence).collect(),
            steps: fix.map(|fix| fix.steps.iter().map(|step| name(step)).collect()).unwrap_or_default(),
            caution: fix.and_then(|fix| fix.caution.as_deref()).map(name),
            change: finding.change.map(Change::word),
            since: finding.since.as_deref(),
        },
    }
}

/// What became of a result. What is not told of one that passes, or is what it was, has not changed.
fn state(change: Option<Change>) -> &'static str {
    match change {
        Some(Change::New | Change::CheckAdded) => "new",
        Some(Change::WaiverEnded | Change::CheckChanged | Change::Undecided | Change::Decided) => "updated",
        Some(Change::Still) | None => "unchanged",
    }
}

/// Something that was there, and is not any more. It is no failure: a reader that knows nothing of baselines must not count it.
fn absent<'a>(ended: &'a Ended, rules: &Rules<'a>, has_waivers: bool) -> Outcome<'a> {
    let dn = ended.subject.as_deref();
    let short = ended.server.as_deref().or(dn).unwrap_or_default();
    let own = format!("{}\n{}\n{}", ended.check, dn.unwrap_or_default(), ended.reason);
    Outcome {
        rule_id: &ended.check,
        rule_index: rules.place(&ended.check),
        kind: "informational",
        level: "none",
        message: message(&format!("Ended ({}): {}", ended.how.word(), ended.title)),
        locations: [dn.map_or_else(|| Location::whole(&ended.target, None), |dn| Location::named(short, dn))],
        related_locations: Vec::new(),
        partial_fingerprints: Fingerprints { own: digest(own.as_bytes()) },
        baseline_state: Some("absent"),
        suppressions: has_waivers.then(Vec::new),
        properties: Properties {
            reason: ended.reason.to_string(),
            severity: ended.severity.word(),
            target: name(&ended.target),
            site: ended.site.as_deref().map(name),
            server: ended.server.as_deref().map(name),
            change: Some(ended.how.word()),
            since: Some(&ended.since),
            ..Properties::default()
        },
    }
}

fn suppression(waiver: &Waiver) -> Suppression {
    let Waiver { reason, owner, until } = waiver;
    Suppression {
        kind: "external",
        status: "accepted",
        justification: message(&format!("{reason} ({owner}, until {until})")).text,
    }
}

fn evidence(evidence: &Evidence) -> String {
    let Evidence { dn, attribute, observed, expected } = evidence;
    let values = if observed.is_empty() { "no value".to_owned() } else { observed.join("; ") };
    bounded(&format!("{dn} {attribute}: {values}; expected: {expected}"), 2_000)
}
