use super::super::fixture;
use super::*;

fn text(report: &Report, names: bool) -> String {
    String::from_utf8(Prometheus { names }.write(report).unwrap()).unwrap()
}

#[test]
fn counts_of_the_run_of_targets_and_of_checks() {
    insta::assert_snapshot!(text(&fixture::compared(), false));
}

#[test]
fn no_object_is_named_unless_asked() {
    let report = fixture::compared();
    assert!(!text(&report, false).contains("cn="), "{}", text(&report, false));
    let named = text(&report, true);
    let sample = "exaudit_object_failing{target=\"ldap://exch01:389\",check=\"ims-admin-x400\",severity=\"critical\",object=\"cn=Internet \
                  Mail Service (EXCH01),cn=Connections,cn=Configuration,ou=LONDON,o=Example Corp\"} 1";
    assert!(named.contains(sample), "{named}");
    assert_eq!(named.matches("\nexaudit_object_failing{").count(), 2, "an accepted failure is none: {named}");
}

#[test]
fn a_series_is_there_once_though_targets_have_one_name() {
    let mut report = fixture::compared();
    report.targets.push(report.targets[0].clone());
    report.results.extend(report.results.clone());
    for names in [false, true] {
        let text = text(&report, names);
        let mut series: Vec<&str> =
            text.lines().filter(|line| !line.starts_with('#')).map(|line| line.rsplit_once(' ').unwrap().0).collect();
        let count = series.len();
        series.sort_unstable();
        series.dedup();
        assert_eq!(series.len(), count);
        assert!(series.contains(&"exaudit_target_complete{target=\"ldap://exch01:389 (2)\"}"), "{series:?}");
    }
}

#[test]
fn a_target_that_was_not_read_says_nothing_of_its_checks() {
    let mut report = fixture::compared();
    report.results.clear();
    report.targets = vec![Target { complete: false, organization: None, last_complete: None, ..report.targets[0].clone() }];
    let text = text(&report, true);
    assert!(text.contains("exaudit_target_complete{target=\"ldap://exch01:389\"} 0"), "{text}");
    assert!(!text.contains("check_failures") && !text.contains("last_success"), "a 0 would look like a mended fault: {text}");
}
