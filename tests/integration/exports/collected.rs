//! Collected files: what the record of the searches proves, and what it does not.

use crate::common::directory::ldif;
use crate::common::run::{Ran, exaudit};
use crate::truth::case::{ADMIN, Case, GONE, On, bare_ims, ims, mailbox, verdicts};

fn text(case: &Case) -> String {
    String::from_utf8(case.collected(On::Lab, false)).expect("text")
}

fn problems(ran: &Ran) -> String {
    ran.json()["targets"][0]["problems"].to_string()
}

/// Verdicts of a damaged file, which must say so.
#[track_caller]
fn damaged(case: &Case, text: String, expected: [&str; 4], word: &str) {
    let ran = case.audit(text);
    assert_eq!(verdicts(&ran), expected, "{}{}", ran.stdout, ran.stderr);
    assert_eq!(ran.json()["complete"], false, "{}", ran.stdout);
    assert!(problems(&ran).contains(word), "{word:?} is missing: {}", problems(&ran));
}

const TRUNCATED: [&str; 4] = ["pass", "unknown:truncated", "blocked", "blocked"];

#[test]
fn the_record_is_readable() {
    let file = text(&Case::with([ims(GONE)]));
    let head: String = file.split_inclusive('\n').take_while(|line| !line.starts_with("#: asked")).collect();
    let version = env!("CARGO_PKG_VERSION");
    let stable: String = head
        .split_inclusive('\n')
        .map(|line| match line {
            _ if line.starts_with("#: server: ldap://127.0.0.1:") => "#: server: ldap://127.0.0.1:PORT\n".to_owned(),
            _ if line.starts_with("#: time: 2") && line.ends_with("Z\n") => "#: time: TIME\n".to_owned(),
            line => line.replace(version, "VERSION"),
        })
        .collect();
    insta::assert_snapshot!(stable);
}

#[test]
fn what_was_not_looked_up_is_not_missing() {
    let case = Case::with([bare_ims(), mailbox("Later"), mailbox("Shy").with("Hide-From-Address-Book", "TRUE")]);
    for (declared, minimal, whole) in [
        // the file of what the checks need holds no such recipient, and nobody asked the server for it
        ("SRV=cn=Later,cn=Recipients,ou=S,o=Org", TRUNCATED, ["pass", "pass", "pass", "fail:no-x400"]),
        ("SRV=Later", TRUNCATED, ["pass", "pass", "pass", "fail:no-x400"]),
        ("SRV=cn=Gone,cn=Recipients,ou=S,o=Org", TRUNCATED, ["pass", "fail:dangling", "blocked", "blocked"]),
        ("SRV=Gone", TRUNCATED, ["pass", "unknown:declared-not-found", "blocked", "blocked"]),
        ("SRV=cn=Shy,cn=Recipients,ou=S,o=Org", TRUNCATED, ["pass", "pass", "pass", "fail:no-x400"]),
    ] {
        for (all, expected) in [(false, minimal), (true, whole)] {
            let file = case.collected(On::Lab, all);
            let ran = exaudit(["audit", "--format", "json", "--from", "-", "--ims-admin", declared]).stdin(file).run();
            assert_eq!(verdicts(&ran), expected, "{declared}, all: {all}\n{}{}", ran.stdout, ran.stderr);
        }
    }
}

/// A folder with one check, `own`, of the administrator.
fn own_check(filter: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("folder");
    let text = format!(
        "id = \"own\"\ntitle = \"Own\"\nseverity = \"warning\"\nkb = [\"Q300535\"]\nversions = [\"4.0\", \"5.0\", \"5.5\"]\nconfidence = \
         \"documented\"\nwhy = \"Ours.\"\nfix = [\"Mend it.\"]\n[subject]\neach = \"ims\"\nfollow = \"administrator\"\n\
         [expect]\nfilter = \"{filter}\"\n"
    );
    std::fs::write(folder.path().join("own.toml"), text).expect("check");
    folder
}

#[test]
fn what_others_show_was_not_asked_of_all() {
    // the hidden one came back as a witness of what is gone; that others show their alias says nothing of its own
    let case = Case::with([ims(GONE), mailbox("Shy").with("Hide-From-Address-Book", "TRUE")]);
    let folder = own_check("(uid=*)");
    let path = folder.path().to_str().expect("path");
    let args = ["--ims-admin", "SRV=cn=Shy,cn=Recipients,ou=S,o=Org", "--checks", path, "--check", "own"];
    for (all, expected) in [(false, ("unknown", "not-requested")), (true, ("pass", "met"))] {
        let file = case.collected(On::Lab, all);
        let ran = exaudit(["audit", "--format", "json", "--from", "-"].iter().chain(&args)).stdin(file).run();
        let result = &ran.json()["results"][0];
        assert_eq!((&result["verdict"], &result["reason"]), (&expected.0.into(), &expected.1.into()), "{result}");
    }
}

#[test]
fn an_attribute_that_was_not_asked_for_leaves_the_rest_alone() {
    let folder = own_check("(facsimileTelephoneNumber=*)");
    let checks = folder.path().to_str().expect("path");
    let case = Case::with([ims(ADMIN), mailbox("Other").with("facsimileTelephoneNumber", "1")]);
    let of_own = |file: Vec<u8>| {
        let five = crate::common::run::ADMINISTRATOR.iter().flat_map(|id| ["--check", id]);
        let args = ["audit", "--format", "json", "--from", "-", "--checks", checks, "--check", "own"].into_iter().chain(five);
        let ran = exaudit(args).stdin(file).run();
        assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.json()["complete"], true, "{}", ran.stderr);
        let results = ran.json()["results"].as_array().expect("results").clone();
        let own = results.iter().find(|result| result["check"] == "own").expect("own").clone();
        format!("{}:{}", own["verdict"].as_str().expect("text"), own["reason"].as_str().expect("text"))
    };
    assert_eq!(of_own(case.collected(On::Lab, false)), "unknown:not-requested");
    // asked for and shown by another
    assert_eq!(of_own(case.collected(On::Lab, true)), "fail:not-met");
    // asked for, and nobody shows it: what was collected is no more than what an audit asks for
    let told = Case::with([ims(ADMIN), mailbox("Other").with("facsimileTelephoneNumber", "1")]).args(["--checks", checks]);
    assert_eq!(of_own(told.collected(On::Lab, false)), "unknown:not-visible");
}

#[test]
fn a_file_that_was_cut_or_changed_is_noticed() {
    let case = Case::with([ims(GONE)]);
    let file = text(&case);
    assert_eq!(verdicts(&case.audit(file.clone())), ["pass", "fail:dangling", "blocked", "blocked"]);
    // the server said that it is not there, wherever the body ends; what else was there is not known
    let without_end = file[..file.rfind("#: end").expect("end")].to_owned();
    damaged(&case, without_end, ["pass", "fail:dangling", "blocked", "blocked"], "the mark at its end is missing");
    let body = file.find("#: asked").expect("body");
    let ran = case.audit(&file.as_bytes()[..body]);
    assert_eq!((ran.code, ran.json()["complete"].clone()), (3, false.into()), "{}", ran.stdout);
    let record = file.find("dn: cn=Internet Mail Connector").expect("service");
    let ran = case.audit(&file.as_bytes()[..record]);
    assert_eq!(ran.json()["results"][0]["reason"], "truncated", "{}", ran.stdout);
    // an entry was taken out
    let hidden = file.find("dn: cn=Hidden").expect("hidden");
    let end = hidden + file[hidden..].find("\n\n").expect("end") + 2;
    let less = format!("{}{}", &file[..hidden], &file[end..]);
    let ran = case.audit(less);
    assert_eq!(verdicts(&ran)[1], "unknown:truncated", "{}", ran.stdout);
    assert!(problems(&ran).contains("its last line says"), "{}", problems(&ran));
    // two files, one behind the other
    damaged(&case, file.clone() + &file, ["pass", "fail:dangling", "blocked", "blocked"], "one by one");
}

#[test]
fn a_record_that_is_not_understood_proves_nothing() {
    let case = Case::with([ims(GONE)]);
    let file = text(&case);
    for (from, to, word) in [
        ("ended: no such object", "ended: well", "is not an ending"),
        ("exaudit collect, form 2", "exaudit collect, form 9", "this form of record is not known"),
        ("#: search 2:", "#: search 7:", "number 2 is expected here"),
    ] {
        assert!(file.contains(from), "{from}");
        damaged(&case, file.replacen(from, to, 1), TRUNCATED, word);
    }
    // without a record it is a plain file: what is not in it may still be said not to be there, inferred
    let plain: String =
        file.lines().filter(|line| !line.starts_with("#:") && !line.starts_with("  ")).map(|line| format!("{line}\n")).collect();
    let ran = case.audit(plain);
    assert_eq!(verdicts(&ran)[1], "fail:dangling");
    assert_eq!(ran.json()["results"][1]["confidence"], "inferred");
}

#[test]
fn not_there_is_documented_where_the_server_said_so() {
    let declared = ["--ims-admin", "SRV=cn=Gone,cn=Recipients,ou=S,o=Org"];
    let case = Case::with([bare_ims()]).args(declared);
    let confidence = |ran: &Ran| ran.json()["results"][1]["confidence"].clone();
    assert_eq!(confidence(&case.audit(case.collected(On::Lab, false))), "documented");
    assert_eq!(confidence(&case.audit(ldif(&case.records))), "inferred");
}

#[test]
fn collect_writes_whole_or_not_at_all_and_reads_no_files() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("org.ldif");
    let shown = path.to_str().expect("path");
    let ran = exaudit(["collect", "--demo", "-o", shown]).run();
    let said = ran
        .stderr
        .strip_prefix(&format!("exaudit: wrote {shown}: "))
        .and_then(|said| said.strip_suffix(" objects, read completely\n"));
    assert!(said.is_some_and(|count| count.parse::<u32>().is_ok_and(|count| count > 20)), "{}", ran.stderr);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    let audited = exaudit(["audit", "--from", shown, "--format", "json"]).run();
    assert_eq!(audited.json()["targets"][0]["location"], shown);
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1, "no temporary file stays");
    let ran = exaudit(["collect", "--demo", "-o", folder.path().join("none/org.ldif").to_str().expect("path")]).run();
    assert_eq!(ran.code, 3);
    let ran = exaudit(["collect", "--from", shown]).run();
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("audit --from"), "{}", ran.stderr);
    let ran = exaudit(["collect", "--demo", "--ims-admin", "NOSUCH=x"]).run();
    assert_eq!(ran.code, 2, "{}", ran.stderr);
}
