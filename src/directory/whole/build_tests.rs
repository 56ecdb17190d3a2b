use super::*;
use crate::directory::dn::Dn;
use crate::directory::source::Kind;
use crate::directory::whole::EntryRef;

fn entry(dn: &str, attributes: &[(&str, &str)]) -> Entry {
    let mut entry = Entry::new(Dn::parse(dn.as_bytes()).expect("dn"));
    attributes.iter().for_each(|(name, value)| entry.add(name, value));
    entry
}

fn source(kind: Kind) -> Source {
    Source { kind, location: "test".into(), proves: false, searches: Vec::new(), trouble: None }
}

/// Names and values of a record.
type Shown<'a> = &'a [(&'a str, &'a str)];
/// A record: its run, what was asked for, if that is known, and what it shows.
type Came<'a> = (usize, Option<&'a [&'a str]>, Shown<'a>);

/// A directory of records.
fn joined(kind: Kind, records: &[Came<'_>]) -> Directory {
    let mut builder = Builder::default();
    let id = builder.source(source(kind));
    let runs: Vec<RunId> = (0..3).map(|line| builder.run(Run { source: id, is_mixed: false, scope: None, line })).collect();
    for (run, asked, attributes) in records {
        let asked = asked.map_or(AskedId::default(), |names| builder.asked(names.iter().copied()));
        assert!(builder.add(&entry("cn=a,o=O", attributes), runs[*run], asked));
    }
    builder.finish()
}

fn only(directory: &Directory) -> EntryRef<'_> {
    assert_eq!(directory.len(), 1);
    directory.entries().next().expect("one")
}

fn texts(entry: EntryRef<'_>, name: &str) -> Vec<String> {
    entry.texts(name).collect()
}

#[test]
fn identical_records_are_one_and_different_ones_are_joined() {
    let directory = joined(Kind::Ldif, &[(0, None, &[("cn", "A"), ("sn", "B")]), (0, None, &[("sn", "B"), ("cn", "A")])]);
    let one = only(&directory);
    assert_eq!((one.records().len(), one.contradicted().is_empty()), (1, true));
    assert!(directory.runs().all(|(_, run)| !run.is_mixed), "the same twice says nothing");
    let directory = joined(Kind::Ldif, &[(0, None, &[("cn", "A")]), (0, None, &[("sn", "B")])]);
    let one = only(&directory);
    assert_eq!((texts(one, "CN"), texts(one, "sn")), (vec!["A".to_owned()], vec!["B".to_owned()]));
    assert!(one.contradicted().is_empty() && directory.runs().next().is_some_and(|(_, run)| run.is_mixed));
}

#[test]
fn records_that_differ_in_a_value_contradict_each_other_in_that_alone() {
    let directory = joined(Kind::Ldif, &[(0, None, &[("cn", "A"), ("sn", "B")]), (1, None, &[("cn", "A"), ("sn", "C")])]);
    let one = only(&directory);
    let name = |name| directory.name(name).expect("known");
    assert!(one.contradicted().has(name("sn")) && !one.contradicted().has(name("cn")));
    assert_eq!((texts(one, "sn"), one.records().len()), (vec!["B".to_owned(), "C".to_owned()], 2));
    // in another order they are the same set
    let several = [("cn", "A"), ("cn", "B")];
    let directory = joined(Kind::Ldif, &[(0, None, &several), (1, None, &[("cn", "B"), ("cn", "A")])]);
    assert!(only(&directory).contradicted().is_empty());
}

#[test]
fn a_row_of_a_table_contradicts_another_by_an_empty_cell() {
    let asked: Option<&[&str]> = Some(&["cn", "sn"]);
    let directory = joined(Kind::Csv, &[(0, asked, &[("cn", "A"), ("sn", "B")]), (0, asked, &[("cn", "A")])]);
    let name = directory.name("sn").expect("known");
    assert!(only(&directory).contradicted().has(name));
}

#[test]
fn whether_an_object_lives() {
    let (dead, alive): (Shown<'_>, Shown<'_>) = (&[("Is-Deleted", "TRUE")], &[("cn", "A")]);
    let asked: Option<&[&str]> = Some(&["cn", "Is-Deleted"]);
    let unasked: Option<&[&str]> = Some(&["cn"]);
    for (living, run, deleted, contradicted) in [
        // within one run the living one wins
        (None, 0, false, false),
        (asked, 0, false, false),
        // but one that could not tell
        (unasked, 0, true, false),
        // of another run, one that could not tell proves nothing
        (None, 1, true, false),
        (unasked, 1, true, false),
        (asked, 1, false, true),
    ] {
        for swapped in [false, true] {
            let mut records: Vec<Came<'_>> = vec![(0, asked, dead), (run, living, alive)];
            if swapped {
                records.reverse();
            }
            let directory = joined(Kind::Ldif, &records);
            let one = only(&directory);
            assert_eq!((one.is_deleted(), one.is_life_contradicted()), (deleted, contradicted), "{living:?} {run} {swapped}");
        }
    }
}

#[test]
fn what_is_beyond_the_bound_is_left_out() {
    let mut builder = Builder::within(1 << 10);
    let id = builder.source(source(Kind::Ldif));
    let run = builder.run(Run { source: id, is_mixed: false, scope: None, line: 1 });
    let taken = (0..100).filter(|n| builder.add(&entry(&format!("cn={n},o=O"), &[("cn", "x")]), run, AskedId::default())).count();
    assert!(taken > 0 && taken < 100 && builder.left_out().is_some_and(|what| what.contains("--max-directory")));
    assert_eq!(builder.finish().len(), taken);
    // a name longer than any is left out, and nothing else
    let mut builder = Builder::default();
    let long = format!("cn={},o=O", "a".repeat(9000));
    let taken = [long.as_str(), "cn=a,o=O"].map(|dn| builder.add(&entry(dn, &[("cn", "x")]), run, AskedId::default()));
    assert_eq!(taken, [false, true]);
    assert!(builder.left_out().is_some_and(|what| what.contains("8 KiB")));
}
