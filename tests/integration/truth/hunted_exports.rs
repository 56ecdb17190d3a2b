//! Exports that once said more than they may: cut, joined, edited, or short of a column.

use super::case::*;
use crate::common::directory::ldif;
use crate::common::export::csv;

const BARE: &str = "/o=Org/ou=S/cn=Recipients/cn=Bare";

fn collected(case: &Case, all: bool) -> String {
    String::from_utf8(case.collected(On::Lab, all)).expect("text")
}

#[test]
fn a_record_that_the_end_of_the_file_cut_is_not_bare() {
    // nor is it known to be living: Is-Deleted may have stood behind the cut
    let expected = ["pass", "unknown:not-requested", "blocked", "blocked"];
    // the file ends behind a line of the administrator's, before its addresses
    let case =
        Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Zoe"), mailbox("Zoe").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Z;")]);
    let file = collected(&case, false);
    let start = file.find("dn: cn=Zoe,").expect("administrator");
    let lines = file[start..].split_inclusive('\n').take(2).map(str::len).sum::<usize>();
    let ran = case.audit(&file.as_bytes()[..start + lines]);
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
    let plain = format!("# extended LDIF\n#\n\n{}", ldif(&case.records));
    let start = plain.find("dn: cn=Zoe,").expect("administrator");
    let lines = plain[start..].split_inclusive('\n').take(2).map(str::len).sum::<usize>();
    let ran = case.audit(&plain.as_bytes()[..start + lines]);
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
}

#[test]
fn a_service_that_the_end_of_the_file_cut_is_not_unset() {
    let case = Case::with([ims(ADMIN)]);
    let plain = format!("# extended LDIF\n#\n\n{}", ldif(&case.records));
    let (head, _) = plain.split_at(plain.find("Extension-Data:: ").or_else(|| plain.rfind("Extension-Data: ")).expect("data"));
    let ran = case.audit(head);
    assert_eq!(verdicts(&ran)[0], "unknown:not-requested", "{}", ran.stdout);
}

#[test]
fn a_service_that_may_be_deleted_is_not_unset() {
    let table = csv(&Case::with([bare_ims()]).records);
    let table = table.replace(",Is-Deleted", ",Custom-Thing");
    let ran = Case::with([]).audit(table);
    assert_eq!(verdicts(&ran), ["unknown:not-requested", "blocked", "blocked", "blocked"], "{}", ran.stdout);
}

#[test]
fn a_collected_file_behind_a_plain_one_is_not_a_plain_one() {
    let shy = || mailbox("Shy").with("Hide-From-Address-Book", "TRUE").with("textEncodedORAddress", "c=US;a= ;p=Org;s=Shy;");
    // hidden ones came back as witnesses of what is gone
    let case = Case::with([ims(GONE), shy()]);
    let file = collected(&case, false);
    let declared = Case::with([]).args(["--ims-admin", "SRV=cn=Shy,cn=Recipients,ou=S,o=Org"]);
    let expected = ["pass", "pass", "pass", "unknown:not-requested"];
    let ran = declared.audit(file.clone());
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
    // the record says of each entry what was asked, whatever stands before it
    let plain = format!(
        "dn: cn=Extra,cn=Recipients,ou=S,o=Org\nobjectClass: organizationalPerson\ntextEncodedORAddress: c=US;a= ;p=Org;s=E;\n\n{file}"
    );
    let ran = declared.audit(plain.clone());
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
    let plain = plain.replace("version: 1\n", "");
    let ran = declared.audit(plain);
    assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
    // of one that lost its head nobody knows what was asked, not even whether an object is deleted
    let body = file.find("#: asked").expect("body");
    let ran = declared.audit(&file.as_bytes()[body..]);
    assert_eq!(verdicts(&ran), ["pass", "unknown:not-requested", "blocked", "blocked"], "{}", ran.stdout);
    assert_eq!(ran.json()["complete"], false);
}

#[test]
fn an_alias_among_recipients_whose_display_names_were_not_exported() {
    let table = csv(&Case::with([bare_ims()]).records).replace("Display-Name", "Custom-Thing");
    let ran = Case::with([]).args(["--ims-admin", "SRV=Admin"]).audit(table);
    assert_eq!(verdicts(&ran), ["pass", "unknown:not-requested", "blocked", "blocked"], "{}", ran.stdout);
}

#[test]
fn what_nobody_asked_the_server_for_is_inferred_to_be_missing() {
    let case = Case::with([bare_ims()]);
    let file = collected(&case, true);
    let ran = Case::with([]).args(["--ims-admin", "SRV=cn=Gone,cn=Recipients,ou=S,o=Org"]).audit(file);
    assert_eq!(verdicts(&ran), ["pass", "fail:dangling", "blocked", "blocked"], "{}", ran.stdout);
    assert_eq!(ran.json()["results"][1]["confidence"], "inferred");
}

#[test]
fn a_row_that_ends_before_its_addresses_shows_none() {
    let table = csv(&Case::with([ims(BARE), mailbox("Bare").with("textEncodedORAddress", "c=US;a= ;p=Org;s=B;")]).records);
    let at = table.find("Mailbox,/o=Org/ou=S/cn=Recipients/cn=Bare").expect("row");
    let end = table[at..].find("SMTP:").expect("addresses") + at;
    let broken = format!("{}\r\n{}", &table[..end - 1], &table[end..]);
    let ran = Case::with([]).audit(broken);
    assert_ne!(verdicts(&ran)[3], "fail:no-x400", "{}", ran.stdout);
}

#[test]
fn a_class_word_that_is_not_known_is_no_wrong_class() {
    let table = csv(&Case::with([ims(ADMIN)]).records)
        .replace("Mailbox,/o=Org/ou=S/cn=Recipients/cn=Admin", "Postfach,/o=Org/ou=S/cn=Recipients/cn=Admin");
    let ran = Case::with([]).args(["--ims-admin", "SRV=cn=Admin,cn=Recipients,ou=S,o=Org"]).audit(table);
    assert_eq!(verdicts(&ran)[2], "unknown:not-visible");
}

#[test]
fn blanks_around_flags_and_addresses() {
    let table = csv(&Case::with([ims("/o=Org/ou=S/cn=Recipients/cn=Gone"), mailbox("Gone").with("Is-Deleted", "TRUE")]).records);
    let line = table.lines().find(|l| l.contains("cn=Gone")).expect("row").to_owned();
    let table = table.replace(&line, &format!("{} 1 ", line.strip_suffix('1').expect("flag")));
    let ran = Case::with([]).audit(table);
    assert_eq!(verdicts(&ran)[1], "fail:tombstone");
    let table = csv(&Case::with([ims(ADMIN)]).records).replace("%X400:", "% X400:");
    assert!(table.contains("% X400:"));
    assert_eq!(verdicts(&Case::with([]).audit(table)), ALL_PASS);
}

#[test]
fn a_service_of_an_unknown_class_word_is_not_no_service() {
    let table = csv(&Case::with([ims(ADMIN)]).records).replace("Mail-Gateway,", "Internet Mail,");
    let ran = Case::with([]).audit(table);
    assert_eq!(verdicts(&ran), ["unknown:not-requested", "blocked", "blocked", "blocked"], "{}", ran.stdout);
}

#[test]
fn entries_that_lost_their_marks_are_not_absent() {
    // a filter of comments kept the head and the end, or a tool wrote the body anew
    let file = collected(&Case::with([ims(ADMIN)]), false);
    let (head, service) = file.split_at(file.find("dn: cn=Internet Mail Connector").expect("service"));
    let (head, _) = head.rsplit_once("#: asked ").expect("mark");
    let one = format!("{head}{service}");
    // what is there is there; that it lives, or lacks something, is not known
    let there = ["pass", "unknown:not-requested", "blocked", "blocked"];
    for (marks, expected) in [
        (file.replace("#: asked ", "# asked "), there),
        (file.replace("#: asked ", "#: asked 9"), there),
        // of the service alone: what it shows is enough
        (one, ALL_PASS),
    ] {
        let ran = Case::with([]).audit(marks);
        assert_eq!(verdicts(&ran), expected, "{}", ran.stdout);
        assert_eq!(ran.json()["complete"], false);
    }
}

/// `name;range=0-0` is a part of the values: what is not in it may be in the rest.
#[test]
fn an_address_may_be_among_the_values_that_did_not_come() {
    let case = Case::with([ims(BARE), mailbox("Bare").with("otherMailbox", "MS$ORG/S/BARE")]);
    let in_part = |text: &str| {
        let whole = "otherMailbox: MS$ORG/S/BARE";
        assert!(text.contains(whole), "{text}");
        text.replace(whole, "otherMailbox;range=0-0: MS$ORG/S/BARE")
    };
    let file = collected(&case, false);
    assert_eq!(verdicts(&case.audit(file.clone())), ["pass", "pass", "pass", "fail:no-x400"]);
    let ran = case.audit(in_part(&file));
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "unknown:truncated"], "{}", ran.stdout);
    let part = "only part of otherMailbox of cn=Bare,cn=Recipients,ou=S,o=Org was returned";
    assert_eq!((ran.code, ran.stdout.contains(part)), (3, true), "{}", ran.stdout);
    // a plain file too says that a part came
    let ran = case.audit(in_part(&format!("{}\n", ldif(&case.records))));
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "unknown:truncated"], "{}", ran.stdout);
}

/// Others show primaries and nothing beside them: nobody says that what is beside was asked for.
#[test]
fn an_address_may_be_where_a_plain_file_shows_nobody_s() {
    let case = Case::with([ims(BARE), mailbox("Bare").with("mail", "bare@example.com")]);
    let plain = format!("{}\n", ldif(&case.records));
    assert_eq!(verdicts(&case.audit(plain.clone())), ["pass", "pass", "pass", "fail:no-x400"]);
    let without: String = plain.split_inclusive('\n').filter(|line| !line.starts_with("otherMailbox")).collect();
    assert!(without.len() < plain.len() && without.contains("textEncodedORAddress"));
    let ran = case.audit(without);
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "unknown:not-requested"], "{}", ran.stdout);
    assert!(ran.stdout.contains("it shows no otherMailbox, and nothing shows that it was asked for"), "{}", ran.stdout);
}
