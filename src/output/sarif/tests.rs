use super::super::fixture;
use super::*;
use crate::report::{Place, Verdict};
use serde_json::Value;

fn value(report: &Report) -> Value {
    serde_json::from_slice(&Sarif.write(report).unwrap()).unwrap()
}

#[test]
fn a_log_of_a_run_that_was_compared() {
    insta::assert_snapshot!(String::from_utf8(Sarif.write(&fixture::compared()).unwrap()).unwrap());
}

#[test]
fn each_verdict_has_its_kind_and_only_a_failure_has_a_level() {
    let mut report = fixture::report(Verdict::ALL.map(|verdict| fixture::finding("a", verdict, Severity::Info)).to_vec());
    report.results.push(fixture::finding("b", Verdict::Fail, Severity::Critical));
    report.results.push(fixture::finding("b", Verdict::Fail, Severity::Warning));
    let value = value(&report);
    let told: Vec<String> = value["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| format!("{} {}", result["kind"].as_str().unwrap(), result["level"].as_str().unwrap()))
        .collect();
    let expected =
        ["pass none", "fail note", "open none", "open none", "notApplicable none", "review none", "fail error", "fail warning"];
    assert_eq!(told, expected);
    assert_eq!(value["runs"][0]["results"][0]["baselineState"], Value::Null, "nothing was compared");
}

#[test]
fn rules_are_those_of_all_checks_that_were_run_and_each_result_finds_its_own() {
    let mut report = fixture::compared();
    report.results.truncate(2);
    report.results.push(fixture::finding("unlisted", Verdict::Fail, Severity::Info));
    let value = value(&report);
    let rules = value["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 6);
    for result in value["runs"][0]["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
    }
}

#[test]
fn what_was_accepted_changed_or_ended_is_told_of_all_or_of_none() {
    let value = value(&fixture::compared());
    let results = value["runs"][0]["results"].as_array().unwrap();
    let states: Vec<&str> = results.iter().map(|result| result["baselineState"].as_str().unwrap()).collect();
    let same = "unchanged";
    assert_eq!(states, [same, "new", same, same, same, same, "updated", same, same, "absent"]);
    let suppressed: Vec<usize> = results.iter().map(|result| result["suppressions"].as_array().unwrap().len()).collect();
    assert_eq!(suppressed, [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    let ended = results.last().unwrap();
    assert_eq!((&ended["kind"], &ended["level"]), (&"informational".into(), &"none".into()), "it is no failure");
}

#[test]
fn a_record_of_a_file_has_its_line() {
    let mut report = fixture::full();
    report.results[0].subject.as_mut().unwrap().place = Some(Place { file: "my org.ldif".into(), line: 42 });
    let value = value(&report);
    let location = &value["runs"][0]["results"][0]["locations"][0];
    assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "my%20org.ldif");
    assert_eq!(location["physicalLocation"]["region"]["startLine"], 42);
    assert!(
        location["logicalLocations"][0]["fullyQualifiedName"].as_str().unwrap().starts_with("cn=Internet Mail Service (EXCH01),")
    );
    assert_eq!(value["runs"][0]["results"][1]["locations"][0]["physicalLocation"], Value::Null);
}

#[test]
fn no_text_of_a_directory_is_a_link_and_what_was_not_seen_is_told() {
    let text = String::from_utf8(Sarif.write(&fixture::hostile()).unwrap()).unwrap();
    let mut messages = text.lines().filter(|line| line.trim_start().starts_with("\"text\":"));
    assert!(messages.all(|line| !line.contains("](")), "names are no messages");
    let value: Value = serde_json::from_str(&text).unwrap();
    let invocation = &value["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let levels: Vec<&str> = invocation["toolExecutionNotifications"]
        .as_array()
        .unwrap()
        .iter()
        .map(|notice| notice["level"].as_str().unwrap())
        .collect();
    assert_eq!(levels, ["error", "note"]);
}
