//! What other tools write.

use crate::common::directory::ldif;
use crate::common::run::exaudit;
use crate::truth::case::{ADMIN, Case, GONE, ims, verdicts};

/// In the form of ldifde (Windows 2000): CRLF, `changetype: add` behind each name, long lines folded, no version line.
/// Written by hand: ldifde was not run against Exchange.
const LDIFDE: &str = "dn: o=Org\r\nchangetype: add\r\nobjectClass: organization\r\no: Org\r\n\r\n\
    dn: ou=S,o=Org\r\nchangetype: add\r\nobjectClass: organizationalUnit\r\n\r\n\
    dn: cn=Configuration,ou=S,o=Org\r\nchangetype: add\r\nobjectClass: Container\r\n\r\n\
    dn: cn=Connections,cn=Configuration,ou=S,o=Org\r\nchangetype: add\r\nobjectClass: Container\r\n\r\n\
    dn: \r\n cn=Internet Mail Connector (SRV),cn=Connections,cn=Configuration,ou=S,o=Org\r\nchangetype: add\r\n\
    objectClass: Mail-Gateway\r\nComputer-Name: SRV\r\nRouting-List: SMTP:*\r\n\
    Extension-Data:: L289T3JnL291PVMvY249UmVjaXBpZW50cy9jbj1B\r\n ZG1pbgA=\r\n\r\n\
    dn: cn=Recipients,ou=S,o=Org\r\nchangetype: add\r\nobjectClass: Container\r\n\r\n\
    dn: cn=Admin,cn=Recipients,ou=S,o=Org\r\nchangetype: add\r\nobjectClass: organizationalPerson\r\nuid: Admin\r\n\
    textEncodedORAddress: c=US;a= ;p=Org;o=S;s=Admin;\r\n\r\n";

#[test]
fn what_ldifde_writes_is_read() {
    let ran = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(LDIFDE).run();
    assert_eq!(verdicts(&ran), ["pass", "pass", "pass", "pass"], "{}{}", ran.stdout, ran.stderr);
    assert_eq!((ran.code, ran.json()["complete"].clone()), (0, true.into()), "{}", ran.stderr);
}

#[test]
fn a_file_that_changes_something_is_no_export() {
    let changes = LDIFDE.replacen("changetype: add", "changetype: modify", 1);
    let ran = exaudit(["audit", "--format", "json", "--from", "-"]).stdin(changes).run();
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("line 2: this is a change file"), "{}", ran.stderr);
}

#[test]
fn what_ldapsearch_writes_with_lll_is_read() {
    // records and nothing else: no version, no result
    for (pointer, expected) in
        [(ADMIN, ["pass", "pass", "pass", "pass"]), (GONE, ["pass", "fail:dangling", "blocked", "blocked"])]
    {
        let case = Case::with([ims(pointer)]);
        assert_eq!(verdicts(&case.audit(ldif(&case.records))), expected);
    }
}
