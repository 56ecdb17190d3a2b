//! What a report says of whom, to be compared with what the same directory gets without a fault.

use serde_json::Value;
use std::collections::BTreeMap;

/// Verdicts by check and service.
pub(crate) type Verdicts = BTreeMap<(String, String), String>;

/// The verdicts of a report; results without a service have an empty one.
pub(crate) fn verdicts(report: &Value) -> Verdicts {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let results = report["results"].as_array().map(Vec::as_slice).unwrap_or_default();
    results.iter().map(|r| ((text(&r["check"]), text(&r["subject"]["dn"])), text(&r["verdict"]))).collect()
}

/// What is said differently from the fault-free run, and decides something: a pass, a fail, or `not-applicable`.
pub(crate) fn falsehoods(right: &Verdicts, found: &Verdicts) -> Vec<String> {
    let decided = found.iter().filter(|(_, verdict)| matches!(verdict.as_str(), "pass" | "fail" | "not-applicable"));
    let wrong = decided.filter(|&(subject, verdict)| right.get(subject) != Some(verdict));
    wrong.map(|(subject, verdict)| format!("{subject:?}: {verdict}, without the fault {:?}", right.get(subject))).collect()
}

/// The verdicts of the services the directory holds, counted; what is said of invented ones is not decided, and not counted.
pub(crate) fn counted(right: &Verdicts, found: &Verdicts) -> String {
    let own = found.iter().filter(|(subject, _)| right.contains_key(subject));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    own.for_each(|(_, verdict)| *counts.entry(verdict).or_default() += 1);
    let order = ["pass", "fail", "unknown", "blocked", "manual", "not-applicable"];
    let words: Vec<String> = order.iter().filter_map(|v| counts.get(v).map(|count| format!("{count} {v}"))).collect();
    if words.is_empty() { "none of them".into() } else { words.join(", ") }
}
