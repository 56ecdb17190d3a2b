//! Several files in one audit.

use crate::common::directory::{Record, ldif};
use crate::common::export::csv;
use crate::common::run::{Ran, exaudit};
use crate::truth::case::{ADMIN, ALL_PASS, CONNECTIONS, Case, GONE, IMS, On, frame, ims, mailbox, verdicts};

/// An audit of these files, in this order.
fn audit<T: AsRef<[u8]>>(files: &[T]) -> Ran {
    let folder = tempfile::tempdir().expect("folder");
    let mut args = vec!["audit".to_owned(), "--format".into(), "json".into()];
    for (number, bytes) in files.iter().enumerate() {
        let path = folder.path().join(format!("file{number}"));
        std::fs::write(&path, bytes).expect("file");
        args.extend(["--from".to_owned(), path.display().to_string()]);
    }
    exaudit(args).run()
}

fn both_ways<T: AsRef<[u8]> + Clone>(files: [T; 2], expected: [&str; 4]) -> Ran {
    let [one, two] = files;
    let other = audit(&[two.clone(), one.clone()]);
    let ran = audit(&[one, two]);
    for ran in [&other, &ran] {
        assert_eq!(verdicts(ran), expected, "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.json()["targets"].as_array().map(Vec::len), Some(1), "one directory");
    }
    ran
}

/// The frame in two parts: what is below Configuration, and the rest.
fn parts(records: Vec<Record>) -> [Vec<Record>; 2] {
    let (configuration, rest): (Vec<Record>, Vec<Record>) =
        records.into_iter().partition(|record| record.dn.contains("cn=Configuration,"));
    [configuration, rest]
}

#[test]
fn recipients_and_connectors_in_files_of_their_own() {
    let [configuration, rest] = parts(Case::with([ims(ADMIN)]).records);
    both_ways([csv(&configuration), csv(&rest)], ALL_PASS);
    both_ways([csv(&configuration), ldif(&rest)], ALL_PASS);
    both_ways([ldif(&configuration), csv(&rest)], ALL_PASS);
    let [configuration, rest] = parts(Case::with([ims(GONE)]).records);
    let ran = both_ways([csv(&configuration), ldif(&rest)], ["pass", "fail:dangling", "blocked", "blocked"]);
    let target = &ran.json()["targets"][0];
    assert_eq!(target["source"], "ldif", "a table among LDIF");
    let location = target["location"].as_str().expect("text");
    assert!(location.contains("file0, ") && location.ends_with("file1"), "{location}");
}

#[test]
fn a_living_record_and_a_tombstone() {
    let living = mailbox("Gone").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Gone;");
    let dead = || mailbox("Gone").with("Is-Deleted", "TRUE");
    let first = Case::with([ims(GONE), dead()]).records;
    // both were asked: which is newer is not known
    let open = ["pass", "unknown:ambiguous", "blocked", "blocked"];
    both_ways([ldif(&first), csv(std::slice::from_ref(&living))], open);
    // one of which nobody knows whether it was asked lives unless another shows it deleted
    let deleted = ["pass", "fail:tombstone", "blocked", "blocked"];
    both_ways([csv(&first), ldif(std::slice::from_ref(&living))], deleted);
    // within one file the living one wins: Exchange cannot hold two objects of one name
    assert_eq!(verdicts(&audit(&[format!("{}\n{}", ldif(&first), ldif(&[living]))])), ALL_PASS);
    both_ways([csv(&first), ldif(&frame())], ["pass", "fail:tombstone", "blocked", "blocked"]);
}

#[test]
fn two_records_of_one_object_are_joined() {
    // the service in one, its settings in the other
    let settings = Record::new(IMS, "Mail-Gateway").with("Extension-Data", ADMIN);
    both_ways([csv(&Case::with([crate::truth::case::bare_ims()]).records), csv(&[settings])], ALL_PASS);
}

#[test]
fn a_witness_speaks_for_its_own_file() {
    // addresses in the one file say nothing of a recipient in the other, whose columns show none
    let bare = Record::new("cn=Bare,cn=Recipients,ou=S,o=Org", "organizationalPerson");
    let directory = Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Bare")]).records;
    let names = "Obj-Class,Obj-Dist-Name,Is-Deleted\r\nMailbox,/o=Org/ou=S/cn=Recipients/cn=Bare,\r\n".to_owned();
    let expected = ["pass", "pass", "pass", "unknown:not-requested"];
    both_ways([ldif(&directory), names], expected);
    both_ways([ldif(&directory), ldif(std::slice::from_ref(&bare))], expected);
    // in one file they do
    let together: Vec<Record> = directory.into_iter().chain([bare]).collect();
    assert_eq!(verdicts(&audit(&[ldif(&together)]))[3], "fail:no-x400");
    // hidden objects that another file shows do not say that this one would show them
    let mut without = Case::with([ims(GONE)]).but("cn=Hidden,cn=Recipients,ou=S,o=Org").records;
    let hidden = Record::new(&format!("cn=Hidden,{CONNECTIONS}"), "Remote-Address").with("Hide-From-Address-Book", "TRUE");
    both_ways([csv(&without), csv(std::slice::from_ref(&hidden))], ["pass", "unknown:hidden-unseen", "blocked", "blocked"]);
    without.push(hidden);
    assert_eq!(verdicts(&audit(&[csv(&without)]))[1], "fail:dangling");
}

#[test]
fn what_one_file_could_not_tell_is_not_told() {
    let [configuration, rest] = parts(Case::with([ims(GONE)]).records);
    let cut = ldif(&configuration) + "search: 2\nresult: 4 Size limit exceeded\n";
    let ran = both_ways([cut, ldif(&rest)], ["pass", "unknown:truncated", "blocked", "blocked"]);
    assert_eq!(ran.json()["complete"], false);
    // what was found is found
    let [configuration, rest] = parts(Case::with([ims(ADMIN)]).records);
    let cut = ldif(&rest) + "search: 2\nresult: 4 Size limit exceeded\n";
    both_ways([ldif(&configuration), cut], ALL_PASS);
}

#[test]
fn a_collected_file_beside_a_table() {
    let [_, rest] = parts(Case::with([ims(ADMIN)]).records);
    let collected = Case::of(Case::with([ims(ADMIN)]).records).collected(On::Lab, false);
    both_ways([collected.clone(), csv(&rest).into_bytes()], ALL_PASS);
    // two collections of one directory
    both_ways([collected.clone(), collected], ALL_PASS);
}

#[test]
fn standard_input_is_read_once() {
    let ran = exaudit(["audit", "--from", "-", "--from", "-"]).stdin(ldif(&frame())).run();
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("only once"), "{}", ran.stderr);
    let ran = exaudit(["audit", "--from", "-", "--demo"]).run();
    assert_eq!(ran.code, 2);
}
