//! Metrics in the text format of Prometheus, for the textfile collector of its node exporter.

use super::nagios::seconds;
use super::sanitize::bounded;
use super::{Format, OutputError};
use crate::report::{Finding, Report, Severity, Target, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Metrics.
#[derive(Debug, Clone, Copy)]
pub struct Prometheus {
    /// Whether each failing object has a sample of its own, which its name labels.
    pub names: bool,
}

/// Characters of a label.
const LONGEST: usize = 300;

impl Format for Prometheus {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut page = Page { text: String::new(), targets: targets(report) };
        page.of_run(report);
        page.of_targets(report);
        page.of_checks(report);
        if self.names {
            page.of_objects(report);
        }
        Ok(page.text.into_bytes())
    }
}

struct Page {
    text: String,
    /// The label of each target.
    targets: Vec<String>,
}

impl Page {
    /// The head of a gauge.
    fn gauge(&mut self, name: &str, help: &str) {
        // writing to a string cannot fail
        _ = writeln!(self.text, "# HELP exaudit_{name} {help}\n# TYPE exaudit_{name} gauge");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl std::fmt::Display) {
        let labels: Vec<String> = labels.iter().map(|(label, value)| format!("{label}=\"{}\"", escaped(value))).collect();
        let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
        _ = writeln!(self.text, "exaudit_{name}{labels} {value}");
    }

    fn target(&self, index: usize) -> String {
        self.targets.get(index).cloned().unwrap_or_default()
    }

    fn of_run(&mut self, report: &Report) {
        self.gauge("build_info", "The version that wrote this, as a label; always 1.");
        self.sample("build_info", &[("version", &report.tool.version)], 1);
        self.gauge("complete", "Whether the last run read all that was asked for, in every target.");
        self.sample("complete", &[], u8::from(report.complete));
        self.gauge("duration_seconds", "How long the last run took.");
        self.sample("duration_seconds", &[], seconds(report));
        if let Some(time) = unix(&report.finished) {
            self.gauge("last_run_timestamp_seconds", "When the last run ended, whatever came of it.");
            self.sample("last_run_timestamp_seconds", &[], time);
        }
    }

    fn of_targets(&mut self, report: &Report) {
        let times: Vec<Option<i64>> =
            report.targets.iter().map(|target| target.last_complete.as_deref().and_then(unix)).collect();
        if times.iter().any(Option::is_some) {
            self.gauge("last_success_timestamp_seconds", "When all of the target was last read.");
        }
        for (index, time) in times.iter().enumerate().filter_map(|(index, time)| Some((index, (*time)?))) {
            self.sample("last_success_timestamp_seconds", &[("target", &self.target(index))], time);
        }
        self.gauge("target_complete", "Whether the last run read all of the target.");
        for (index, target) in report.targets.iter().enumerate() {
            self.sample("target_complete", &[("target", &self.target(index))], u8::from(target.complete));
        }
        self.gauge("results", "Results of the last run, by verdict; accepted failures are waived.");
        for (index, _) in report.targets.iter().enumerate() {
            for verdict in Verdict::ALL {
                let count = count(report, index, |finding| finding.verdict == verdict && !is_waived(finding));
                self.sample("results", &[("target", &self.target(index)), ("verdict", verdict.word())], count);
            }
            let waived = count(report, index, is_waived);
            self.sample("results", &[("target", &self.target(index)), ("verdict", "waived")], waived);
        }
        self.gauge("failures", "Failures of the last run that nobody accepted, by severity.");
        for (index, _) in report.targets.iter().enumerate() {
            for severity in Severity::ALL {
                let failures = count(report, index, |finding| fails(finding) && finding.severity == severity);
                self.sample("failures", &[("target", &self.target(index)), ("severity", severity.word())], failures);
            }
        }
    }

    /// A sample for each check that was run, 0 too: an alert ends when a failure does. Of a target that was not read there is none.
    fn of_checks(&mut self, report: &Report) {
        let read = report.targets.iter().enumerate().filter(|(_, target)| target.is_read());
        let run = read.flat_map(|(index, _)| report.checks.iter().map(move |check| ((index, check.id.as_str()), (0, 0))));
        let mut counts: BTreeMap<(usize, &str), (u64, u64)> = run.collect();
        for finding in &report.results {
            let (failures, unknown) = counts.entry((finding.target, &finding.check)).or_default();
            *failures += if fails(finding) { finding.count } else { 0 };
            *unknown += if finding.verdict == Verdict::Unknown { finding.count } else { 0 };
        }
        if counts.is_empty() {
            return;
        }
        self.gauge("check_failures", "Failures of a check that nobody accepted.");
        for ((target, check), (failures, _)) in &counts {
            self.sample("check_failures", &[("target", &self.target(*target)), ("check", check)], *failures);
        }
        self.gauge("check_unknown", "Results of a check that could not be decided.");
        for ((target, check), (_, unknown)) in &counts {
            self.sample("check_unknown", &[("target", &self.target(*target)), ("check", check)], *unknown);
        }
    }

    /// A sample for each object that fails a check, once.
    fn of_objects(&mut self, report: &Report) {
        let objects: BTreeSet<(usize, &str, &str, String)> = report
            .results
            .iter()
            .filter(|finding| fails(finding))
            .filter_map(|finding| {
                let name = label(&finding.subject.as_ref()?.dn.to_string());
                Some((finding.target, finding.check.as_str(), finding.severity.word(), name))
            })
            .collect();
        if !objects.is_empty() {
            self.gauge("object_failing", "An object that fails a check; always 1.");
        }
        for (target, check, severity, name) in objects {
            let labels = [("target", &*self.target(target)), ("check", check), ("severity", severity), ("object", &*name)];
            self.sample("object_failing", &labels, 1);
        }
    }
}

/// The labels of the targets: two of one name have a number too, since a series may be there once only.
fn targets(report: &Report) -> Vec<String> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let of = |target: &Target| {
        let label = label(target.label());
        let count = known.entry(label.clone()).or_default();
        *count += 1;
        if *count == 1 { label } else { format!("{label} ({count})") }
    };
    report.targets.iter().map(of).collect()
}

fn is_waived(finding: &Finding) -> bool {
    finding.verdict == Verdict::Fail && finding.waiver.is_some()
}

fn fails(finding: &Finding) -> bool {
    finding.verdict == Verdict::Fail && finding.waiver.is_none()
}

fn count(report: &Report, target: usize, is: impl Fn(&Finding) -> bool) -> u64 {
    report.results.iter().filter(|finding| finding.target == target && is(finding)).map(|finding| finding.count).sum()
}

/// Seconds since 1970.
fn unix(time: &str) -> Option<i64> {
    time.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_second)
}

/// Text for a label: safe to show, and not too long.
fn label(text: &str) -> String {
    bounded(text, LONGEST)
}

/// What the text format escapes in a label.
fn escaped(text: &str) -> String {
    label(text).replace('\\', "\\\\").replace('"', "\\\"")
}

#[cfg(test)]
#[path = "prometheus_tests.rs"]
mod tests;
