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
