use super::{Known, Presence, compare};
use crate::output::fixture::{self, finding, subject, waiver};
use crate::report::{Change, Checked, Finding, How, Report, Severity, Verdict};
use Verdict::{Blocked, Fail, NotApplicable, Pass, Unknown};

/// A report of the n-th of November: what is said of the services of these servers.
fn night(day: u8, results: &[(&str, &str, Verdict)]) -> Report {
    let of = |&(server, check, verdict): &(&str, &str, Verdict)| {
        let subject = (server != "*").then(|| subject("SITE", server));
        let several = server == "*";
        let rest = several && verdict == Fail;
        Finding { subject, count: if several { 3 } else { 1 }, rest, ..finding(check, verdict, Severity::Critical) }
    };
    let mut report = fixture::report(results.iter().map(of).collect());
    report.started = format!("2026-11-{day:02}T05:30:00Z");
    report.checks = ["a", "b"].map(checked).into();
    report
}

fn checked(id: &str) -> Checked {
    let (id, title, why, digest) = (id.to_owned(), String::new(), String::new(), "1".to_owned());
    Checked { id, title, fails: None, severity: Severity::Critical, kb: Vec::new(), why, digest }
}

fn nobody_knows(_: usize, _: &str) -> Presence {
    Presence::NotLooked
}

/// What changed in a report, in words, and what is known then.
fn told(known: &Known, mut report: Report) -> (String, Known) {
    let next = compare(known, "before", &mut report, &nobody_knows);
    (words(&report), next)
}

fn words(report: &Report) -> String {
    let name = |finding: &Finding| finding.subject.as_ref().and_then(|subject| subject.server.clone()).unwrap_or("*".into());
    let since = |since: Option<&str>| since.and_then(|since| since.get(8..10)).unwrap_or("-").to_owned();
    let changed = report.results.iter().filter_map(|finding| {
        let change = finding.change?;
        Some(format!("{} {} {} {}", change.word(), name(finding), finding.check, since(finding.since.as_deref())))
    });
    let ended = report.comparison.iter().flat_map(|comparison| &comparison.ended).map(|ended| {
        format!("{} {} {} {}", ended.how.word(), ended.server.as_deref().unwrap_or("*"), ended.check, since(Some(&ended.since)))
    });
    let notes = report.comparison.iter().flat_map(|comparison| &comparison.notes).map(|note| format!("({note})"));
    changed.chain(ended).chain(notes).collect::<Vec<_>>().join("; ")
}

/// The nights one after the other, each told as it differs from what was known.
fn story(nights: Vec<Report>) -> Vec<String> {
    let mut known = Known::default();
    let mut all = Vec::new();
    for report in nights {
        let (words, next) = told(&known, report);
        all.push(words);
        known = next;
    }
    all
}

#[test]
fn what_fails_is_new_once_keeps_its_age_and_is_fixed() {
    let told = story(vec![
        night(1, &[("A", "a", Pass)]),
        night(2, &[("A", "a", Fail)]),
        night(3, &[("A", "a", Fail), ("B", "a", Fail)]),
        night(4, &[("A", "a", Pass), ("B", "a", NotApplicable)]),
    ]);
    assert_eq!(told, ["", "new A a 02", "still A a 02; new B a 03", "fixed A a 02; fixed B a 03"]);
}

/// A failure that cannot be told for a night is neither mended nor new.
#[test]
fn a_night_of_half_a_view_mends_nothing_and_breaks_nothing() {
    let told = story(vec![
        night(1, &[("A", "a", Fail), ("B", "a", Pass)]),
        night(2, &[("A", "a", Unknown), ("B", "a", Unknown)]),
        night(3, &[("A", "a", Unknown), ("B", "a", Unknown)]),
        night(4, &[("A", "a", Fail), ("B", "a", Pass)]),
        night(5, &[("A", "a", Fail), ("B", "a", Pass)]),
    ]);
    assert_eq!(
        told,
        [
            "new A a 01",
            "undecided A a 02; undecided B a 02",
            "still A a 02; still B a 02",
            "decided A a 01; decided B a 02",
            "still A a 01"
        ]
    );
}

#[test]
fn what_is_undecided_first_and_then_fails_is_news() {
    let mut known = Known::of(&night(1, &[("A", "a", Unknown)]));
    let mut report = night(2, &[("A", "a", Fail)]);
    known = compare(&known, "", &mut report, &nobody_knows);
    assert_eq!(report.results[0].change, Some(Change::Decided));
    assert!(report.results[0].is_new(&report.started), "nobody knew that it fails");
    let mut again = night(3, &[("A", "a", Fail)]);
    compare(&known, "", &mut again, &nobody_knows);
    assert!(!again.results[0].is_new(&again.started));
}

/// What waits for another check says nothing of its own fault.
#[test]
fn what_is_skipped_is_not_fixed() {
    let told = story(vec![
        night(1, &[("A", "a", Pass), ("A", "b", Fail)]),
        night(2, &[("A", "a", Fail), ("A", "b", Blocked)]),
        night(3, &[("A", "a", Pass), ("A", "b", Fail)]),
    ]);
    assert_eq!(told, ["new A b 01", "new A a 02", "still A b 01; fixed A a 02"]);
}

#[test]
fn an_object_that_is_not_told_is_gone_or_among_those_counted() {
    let before = Known::of(&night(1, &[("A", "a", Fail)]));
    let of = |results: &[(&str, &str, Verdict)], is_there: Presence| {
        let mut report = night(2, results);
        compare(&before, "", &mut report, &|_, _| is_there);
        words(&report)
    };
    assert_eq!(of(&[("B", "a", Pass)], Presence::Gone), "gone A a 01");
    // reports alone do not tell a mended fault from an object that is gone, or that nobody saw
    assert_eq!(of(&[("B", "a", Pass)], Presence::NotLooked), "not-told A a 01");
    assert_eq!(of(&[("*", "a", Pass)], Presence::NotLooked), "not-told A a 01");
    assert_eq!(of(&[("*", "a", Pass)], Presence::There), "fixed A a 01");
    assert_eq!(of(&[("*", "a", Pass)], Presence::Gone), "gone A a 01");
    // it may be one of the three that could not be told
    assert_eq!(of(&[("*", "a", Unknown)], Presence::There), "undecided * a 02");
    assert_eq!(of(&[("*", "a", Unknown)], Presence::NotLooked), "undecided * a 02");
}

#[test]
fn what_could_not_be_read_stays_as_it_was() {
    let known = Known::of(&night(1, &[("A", "a", Fail)]));
    let mut unread = night(2, &[]);
    (unread.complete, unread.targets[0].complete, unread.targets[0].organization) = (false, false, None);
    let next = compare(&known, "", &mut unread, &nobody_knows);
    let words = words(&unread);
    assert!(words.starts_with("(ldap://exch01:389 could not be read"), "{words}");
    assert_eq!(next.open, known.open);
    let again = "still A a 01; (ldap://exch01:389 can be read again; it could not be since 2026-11-02.)";
    let (words, next) = told(&next, night(3, &[("A", "a", Fail)]));
    assert_eq!((words.as_str(), told(&next, night(4, &[("A", "a", Fail)])).0.as_str()), (again, "still A a 01"));
}

/// What was told is not told again after a night without the server.
#[test]
fn what_was_noted_stays_noted() {
    let noted = |day| {
        let mut report = night(day, &[("A", "a", Fail)]);
        report.notes = vec![crate::report::Note { id: "x".into(), text: "It ends soon.".into(), new: true }];
        report
    };
    let mut known = Known::of(&noted(1));
    let mut unread = night(2, &[]);
    (unread.complete, unread.targets[0].complete, unread.targets[0].organization) = (false, false, None);
    known = compare(&known, "", &mut unread, &nobody_knows);
    let mut again = noted(3);
    compare(&known, "", &mut again, &nobody_knows);
    assert!(!again.notes[0].new);
}

/// The same server twice is two directories, the first with the first, and not a new one each night.
#[test]
fn two_of_one_name_stay_two() {
    let twice = |day| {
        let mut report = night(day, &[("A", "a", Fail), ("B", "a", Fail)]);
        report.targets.push(report.targets[0].clone());
        report.results[1].target = 1;
        report
    };
    let mut known = Known::of(&twice(1));
    for day in 2..5 {
        let (told, next) = told(&known, twice(day));
        assert_eq!((told.as_str(), next.targets.len(), next.open.len()), ("still A a 01; still B a 01", 2, 2));
        known = next;
    }
}

/// An audit that was cut short says nothing of what it did not come to.
#[test]
fn what_was_not_read_to_its_end_is_not_gone() {
    let known = Known::of(&night(1, &[("A", "a", Fail)]));
    let mut cut = night(2, &[("B", "a", Pass)]);
    (cut.complete, cut.targets[0].complete) = (false, false);
    cut.targets[0].visibility = crate::output::fixture::visibility();
    let next = compare(&known, "", &mut cut, &nobody_knows);
    assert!(cut.comparison.as_ref().is_some_and(|comparison| comparison.ended.is_empty()), "{}", words(&cut));
    let part = "still A a 01; (ldap://exch01:389 was not read completely then: what is new may be older.)";
    assert_eq!(told(&next, night(3, &[("A", "a", Fail)])).0, part);
}

#[test]
fn checks_that_come_go_and_change_are_told_apart_from_faults() {
    let known = Known::of(&night(1, &[("A", "a", Fail), ("A", "b", Pass)]));
    let mut report = night(2, &[("A", "b", Fail), ("A", "c", Fail)]);
    report.checks = vec![Checked { digest: "2".into(), ..checked("b") }, checked("c")];
    assert_eq!(
        told(&known, report).0,
        "check-changed A b 02; check-added A c 02; check-removed A a 01; (One check was not run then: c.); \
         (One check was run then, and is not now: a.); (One check has a different text now: b.)"
    );
}

#[test]
fn failures_that_were_not_all_told_are_not_compared() {
    let known = Known::of(&night(1, &[("A", "a", Fail), ("*", "a", Fail), ("A", "b", Fail)]));
    let mut report = night(2, &[("B", "a", Fail), ("A", "b", Fail)]);
    let next = compare(&known, "", &mut report, &nobody_knows);
    assert_eq!(words(&report), "still A b 01");
    assert!(report.notes[0].new && report.notes[0].text.starts_with("a: not every failure was listed"), "{:?}", report.notes);
    let mut again = night(3, &[("B", "a", Fail), ("*", "a", Fail), ("A", "b", Fail)]);
    let next = compare(&next, "", &mut again, &nobody_knows);
    assert!(!again.notes[0].new, "that is told once");
    assert_eq!(next.open.len(), 3, "nothing is remembered twice: {:?}", next.open);
}

#[test]
fn what_is_accepted_ends_and_begins_again_with_its_waiver() {
    let mut known = Known::of(&night(1, &[("A", "a", Fail)]));
    let accepted = |day| {
        let mut report = night(day, &[("A", "a", Fail)]);
        report.results[0].waiver = Some(waiver());
        report
    };
    let mut told = Vec::new();
    for report in [accepted(2), accepted(3), night(4, &[("A", "a", Fail)]), night(5, &[("A", "a", Fail)])] {
        let mut report = report;
        known = compare(&known, "", &mut report, &nobody_knows);
        told.push(words(&report));
    }
    assert_eq!(told, ["accepted A a 01", "", "waiver-ended A a 01", "still A a 01"]);
}

/// A waiver does not make a failure younger, in a chain of baselines either.
#[test]
fn what_is_accepted_keeps_its_age() {
    let mut second = night(2, &[("A", "a", Fail)]);
    second.results[0].waiver = Some(waiver());
    compare(&Known::of(&night(1, &[("A", "a", Fail)])), "", &mut second, &nobody_knows);
    assert_eq!((second.results[0].change, second.results[0].since.is_some()), (None, true));
    assert_eq!(told(&Known::of(&second), night(3, &[("A", "a", Fail)])).0, "waiver-ended A a 01");
}

/// Neither the order of results nor the spelling of names makes another fault, and neither does another reason.
#[test]
fn a_fault_is_its_check_and_its_object() {
    let mut old = night(1, &[("A", "a", Fail), ("B", "a", Fail)]);
    old.results[0].reason = crate::report::Reason::Dangling;
    let known = Known::of(&old);
    let mut new = night(2, &[("B", "a", Fail), ("A", "a", Fail)]);
    for finding in &mut new.results {
        let subject = finding.subject.as_mut().expect("a subject");
        let shouted = subject.dn.to_string().to_uppercase().replace(',', ", ");
        subject.dn = crate::directory::dn::Dn::parse(shouted.as_bytes()).expect("a name");
    }
    assert_eq!(told(&known, new).0, "still B a 01; still A a 01");
}

#[test]
fn directories_are_compared_by_their_names_and_one_with_one() {
    let two = |labels: [&str; 2]| {
        let mut report = night(1, &[("A", "a", Fail), ("A", "a", Fail)]);
        report.targets.push(report.targets[0].clone());
        report.results[1].target = 1;
        for (target, label) in report.targets.iter_mut().zip(labels) {
            target.name = Some(label.into());
        }
        report
    };
    let known = Known::of(&two(["lyon", "oslo"]));
    let words = told(&known, two(["oslo", "turin"])).0;
    assert_eq!(
        words,
        "still A a 01; new A a 01; (turin was not audited then: all of it is new.); \
         (lyon was audited then, and is not now: its earlier results are kept.)"
    );
    let mut renamed = night(2, &[("A", "a", Fail)]);
    renamed.targets[0].location = "after.ldif".into();
    let words = told(&Known::of(&night(1, &[("A", "a", Fail)])), renamed).0;
    assert_eq!(words, "still A a 01; (after.ldif is compared with ldap://exch01:389.)");
}

#[test]
fn another_view_is_said() {
    let with_view = |day| {
        let mut report = night(day, &[("A", "a", Fail)]);
        report.targets[0].visibility = crate::output::fixture::visibility();
        report
    };
    let mut less = with_view(2);
    let sees = &mut less.targets[0].visibility.as_mut().expect("a view").sees;
    sees.hidden_objects.state = crate::exchange::probe::State::NotSeen;
    let words = told(&Known::of(&with_view(1)), less).0;
    assert!(words.contains("not seen now, and seen then: hidden objects."), "{words}");
    assert_eq!(told(&Known::of(&with_view(1)), with_view(2)).0, "still A a 01");
}

/// A report that was compared says since when; so a chain of baselines keeps the age.
#[test]
fn a_chain_of_baselines_keeps_the_age() {
    let mut second = night(2, &[("A", "a", Fail)]);
    compare(&Known::of(&night(1, &[("A", "a", Fail)])), "", &mut second, &nobody_knows);
    assert_eq!(told(&Known::of(&second), night(3, &[("A", "a", Fail)])).0, "still A a 01");
}

#[test]
fn ways_of_ending_have_words_of_their_own() {
    let words: std::collections::BTreeSet<&str> =
        How::ALL.iter().map(|how| how.word()).chain(Change::ALL.iter().map(|change| change.word())).collect();
    // `decided` is one word for both
    assert_eq!(words.len(), How::ALL.len() + Change::ALL.len() - 1);
}

/// A whole organization is another one than one of its sites.
#[test]
fn what_lies_outside_the_base_stays_as_it_was() {
    let at = |base: &str, mut report: Report| {
        report.targets[0].visibility = crate::output::fixture::visibility();
        report.targets[0].visibility.as_mut().expect("a view").base = Some(base.into());
        report
    };
    let known = Known::of(&at("o=Example Corp", night(1, &[("A", "a", Fail), ("*", "b", Unknown)])));
    let mut narrow = at("ou=OTHER,o=Example Corp", night(2, &[("*", "a", Pass), ("*", "b", Pass)]));
    let next = compare(&known, "", &mut narrow, &|_, _| Presence::There);
    assert!(words(&narrow).starts_with("(ldap://exch01:389 was audited from o=Example Corp then"), "{}", words(&narrow));
    assert_eq!(next.open.len(), 2);
}

/// What nobody could tell then, or looked at, is not told to have been well.
#[test]
fn what_was_in_doubt_is_decided_and_not_new() {
    let known = Known::of(&night(1, &[("*", "a", Unknown), ("*", "b", Pass)]));
    let mut report = night(2, &[("A", "a", Fail), ("A", "b", Fail)]);
    compare(&known, "", &mut report, &nobody_knows);
    assert_eq!(words(&report), "decided A a 02; new A b 02; decided * a 01");
    assert!(report.results[0].is_new(&report.started), "it is news all the same");
    let at = |base: &str, mut report: Report| {
        report.targets[0].visibility = crate::output::fixture::visibility();
        report.targets[0].visibility.as_mut().expect("a view").base = Some(base.into());
        report
    };
    let mut whole = at("o=Example Corp", night(2, &[("A", "a", Fail)]));
    compare(&Known::of(&at("ou=OTHER,o=Example Corp", night(1, &[]))), "", &mut whole, &nobody_knows);
    assert!(words(&whole).starts_with("decided A a 02; ("), "{}", words(&whole));
}

/// Looked for, and not told: neither there nor gone.
#[test]
fn what_cannot_be_told_is_not_gone() {
    let known = Known::of(&night(1, &[("A", "a", Fail)]));
    for results in [&[][..], &[("*", "a", Pass)], &[("B", "a", NotApplicable)]] {
        let mut report = night(2, results);
        let next = compare(&known, "", &mut report, &|_, _| Presence::Unclear);
        assert_eq!((words(&report).as_str(), next.open.len()), ("", 1), "{results:?}");
        assert!(report.notes[0].text.contains("nothing shows that it is gone"), "{:?}", report.notes);
    }
}

#[test]
fn what_never_was_known_to_fail_is_no_loss() {
    let known = Known::of(&night(1, &[("A", "a", Unknown), ("B", "b", Unknown)]));
    let mut report = night(2, &[("*", "b", Pass)]);
    report.checks = vec![checked("b")];
    compare(&known, "", &mut report, &|_, _| Presence::Gone);
    assert_eq!(words(&report), "decided B b 01; (One check was run then, and is not now: a.)");
}

/// Two that an operator named otherwise are two, though there is one each.
#[test]
fn what_is_named_otherwise_is_another() {
    let named = |name: &str, day| {
        let mut report = night(day, &[("A", "a", Fail)]);
        report.targets[0].name = Some(name.into());
        report
    };
    let mut lyon = named("lyon", 2);
    let next = compare(&Known::of(&named("oslo", 1)), "", &mut lyon, &nobody_knows);
    assert!(words(&lyon).starts_with("new A a 02; (lyon was not audited then"), "{}", words(&lyon));
    let mut oslo = named("oslo", 3);
    let next = compare(&next, "", &mut oslo, &nobody_knows);
    assert!(words(&oslo).starts_with("still A a 01; (lyon was audited then, and is not now"), "{}", words(&oslo));
    let mut again = named("oslo", 4);
    compare(&next, "", &mut again, &nobody_knows);
    assert_eq!(words(&again), "still A a 01", "that is told once");
}
