use super::Ledger;
use crate::output::fixture::{self, finding, subject};
use crate::report::{Checked, Finding, Reason, Report, Severity, Verdict};
use jiff::civil::{Date, date};

const TODAY: Date = date(2026, 11, 30);

fn read(text: &str) -> Result<Ledger, String> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("to write");
    let said = |error: super::LedgerError| error.to_string().replace(&file.path().display().to_string(), "FILE");
    Ledger::read(file.path()).map_err(said)
}

fn waiver(check: &str, of: &str, until: &str) -> String {
    format!("[[waiver]]\ncheck = \"{check}\"\n{of}\nreason = \"It goes.\"\nowner = \"Ann\"\nuntil = {until}\n")
}

/// A failure of check `a` at A, and what waits for it.
fn report() -> Report {
    let of = |check: &str, verdict, reason: Option<Reason>| {
        let found = finding(check, verdict, Severity::Critical);
        Finding { subject: Some(subject("SITE", "A")), reason: reason.unwrap_or(found.reason.clone()), ..found }
    };
    let mut report = fixture::report(vec![
        of("a", Verdict::Fail, None),
        of("b", Verdict::Blocked, Some(Reason::Needs("a".into()))),
        of("c", Verdict::Blocked, Some(Reason::Needs("b".into()))),
        of("d", Verdict::Blocked, Some(Reason::Needs("e".into()))),
    ]);
    let checked = |id: &str| Checked {
        id: id.into(),
        title: String::new(),
        fails: None,
        severity: Severity::Critical,
        kb: Vec::new(),
        why: String::new(),
        digest: String::new(),
    };
    report.checks = vec![checked("a")];
    report
}

/// Who accepts the results, and the notes without the name of the file.
fn applied(text: &str, mut report: Report) -> (Vec<bool>, Vec<String>) {
    read(text).expect(text).apply(&mut report, TODAY);
    let notes = report.notes.iter().map(|note| note.text.split_once("the waiver of ").expect("a waiver").1.to_owned());
    (report.results.iter().map(|finding| finding.waiver.is_some()).collect(), notes.collect())
}

#[test]
fn the_last_day_counts_and_the_day_after_does_not() {
    let on = |until: &str| applied(&waiver("a", "site = \"SITE\"", until), report());
    assert_eq!(on("2027-03-31"), (vec![true, true, true, false], vec![]));
    assert_eq!(on("2026-12-15").1, Vec::<String>::new());
    assert_eq!(on("2026-12-14").1, ["a for site SITE ends in 14 days, on 2026-12-14 (UTC). Ask Ann."]);
    assert_eq!(on("2026-12-01").1, ["a for site SITE ends in 1 day, on 2026-12-01 (UTC). Ask Ann."]);
    assert_eq!(
        on("2026-11-30"),
        (vec![true, true, true, false], vec!["a for site SITE ends today, 2026-11-30 (UTC). Ask Ann.".into()])
    );
    let over = vec!["a for site SITE ended on 2026-11-29 (UTC): what it names counts again. Ask Ann.".to_owned()];
    assert_eq!(on("2026-11-29"), (vec![false; 4], over));
}

#[test]
fn an_accepted_failure_is_counted_apart() {
    let mut report = report();
    read(&waiver("a", "site = \"SITE\"", "2027-03-31")).expect("a ledger").apply(&mut report, TODAY);
    assert_eq!((report.summary.fail, report.summary.waived, report.summary.blocked), (0, 1, 3));
}

#[test]
fn what_names_nothing_that_fails_is_said_where_it_was_looked_at() {
    let unmatched = ["a for site OTHER matches no failure: remove it from the file, or correct it."];
    assert_eq!(applied(&waiver("a", "site = \"OTHER\"", "2027-03-31"), report()).1, unmatched);
    assert_eq!(applied(&waiver("not-run", "site = \"SITE\"", "2027-03-31"), report()).1, [""; 0]);
    let mut in_doubt = report();
    in_doubt.results[0].verdict = Verdict::Unknown;
    in_doubt.results[0].subject = None;
    assert_eq!(applied(&waiver("a", "site = \"OTHER\"", "2027-03-31"), in_doubt).1, [""; 0]);
    let in_part = Report { complete: false, ..report() };
    assert_eq!(applied(&waiver("a", "site = \"OTHER\"", "2027-03-31"), in_part).1, [""; 0]);
}

#[test]
fn of_two_the_longer_one_counts() {
    let both = waiver("a", "site = \"SITE\"", "2026-11-01") + &waiver("a", "object = \"*\"", "2027-03-31");
    assert_eq!(applied(&both, report()).0, [true, true, true, false]);
}

#[test]
fn every_entry_is_whole_or_refused_with_its_line() {
    let whole = waiver("a", "object = \"*\"", "2027-03-31");
    for (from, to, said) in [
        ("reason = \"It goes.\"", "reason = \" \"", "FILE:4: reason is empty: fill it in"),
        ("owner = \"Ann\"\n", "", "FILE:1: owner is missing"),
        ("until = 2027-03-31", "until = 2027-03-31T00:00:00Z", "FILE:6: until is a day such as 2027-03-31, without a time"),
        (
            "until = 2027-03-31",
            "until = \"2027-03-31\"",
            "FILE:6: a day is expected, such as 2027-03-31, without quotation marks",
        ),
        ("object = \"*\"", "", "FILE:1: a waiver has an object or a site, not both; * matches any text in either"),
        (
            "object = \"*\"",
            "object = \"*\"\nsite = \"S\"",
            "FILE:1: a waiver has an object or a site, not both; * matches any text in either",
        ),
        ("object = \"*\"", "objekt = \"*\"", "FILE:3: there is no key `objekt`; did you mean `object`?"),
        ("until = 2027-03-31", "until = 2027-02-30", "FILE:6: "),
    ] {
        assert!(whole.contains(from), "{from}");
        let error = read(&whole.replace(from, to)).expect_err(said);
        assert!(error.starts_with(said), "{error}");
    }
    assert!(read("").expect("nothing is a ledger of nothing").is_empty());
}

/// A draft is refused until it is filled in, and then accepts what it was made of.
#[test]
fn a_draft_is_a_ledger_once_it_is_filled_in() {
    let mut report = report();
    report.results[0].fails = Some("Odd\nname = \"x\"".into());
    let text = crate::output::draft(&report);
    assert_eq!(text.matches("[[waiver]]").count(), 1, "{text}");
    let error = read(&text).expect_err("not filled in");
    assert!(
        error.contains("FILE:6: until is missing")
            && error.contains("FILE:9: reason is empty")
            && error.contains("FILE:10: owner is empty"),
        "{error}"
    );
    let filled =
        text.replace("reason = \"\"", "reason = \"r\"").replace("owner = \"\"", "owner = \"o\"").replace("# until", "until");
    assert_eq!(applied(&filled, report).0, [true, true, true, false]);
}
