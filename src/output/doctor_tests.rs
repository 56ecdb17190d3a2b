//! What people read.

use super::super::fixture::STYLE;
use super::super::wrap::width;
use super::*;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::{Paging, SessionFacts, Source, TlsFacts};
use crate::exchange::collect::{Collected, Depth};
use crate::exchange::declaration::Hints;
use crate::exchange::fake::{self, Fake, entry};
use crate::exchange::questions::Questions;
use crate::exchange::{discover, probe};
use crate::output::sanitize;
use crate::report::{EXAMINATION_SCHEMA, Tool};

const ASCII: Style = Style { unicode: false, ..STYLE };

fn examination(source: &mut Fake) -> Examination {
    let found = discover::look(source, None);
    let Collected { directory, problems, complete } = fake::collected_of(source, &found, Depth::Doctor);
    let base = found.base.clone().unwrap_or_default();
    let questions = Questions::of(directory, base, Hints::default(), []);
    let (origin, session) = (source.origin(), source.session());
    let visibility = Some(probe::look(&questions, &found, &origin, session.as_ref(), complete));
    let organization = questions.organization();
    let target = Target {
        name: None,
        source: origin.kind,
        location: origin.location,
        organization,
        complete,
        problems,
        visibility,
        shown_by_nobody: Vec::new(),
        unseen: Vec::new(),
    };
    let time = || "2026-01-02T03:04:05Z".to_owned();
    let (schema, tool) = (EXAMINATION_SCHEMA, Tool::this());
    Examination { schema, tool, started: time(), finished: time(), complete: target.complete, targets: vec![target] }
}

fn old_server(name: &str) -> Fake {
    let sp2 = "Version 5.5 (Build 2448.0: Service Pack 2)";
    let dn = |text: &str| {
        let site = [("ou", name), ("o", "Org")];
        let mut rdns = Dn::parse(text.as_bytes()).expect("dn").rdns().to_vec();
        rdns.extend(Dn::of(site).rdns().to_vec());
        Dn::new(rdns)
    };
    let object = |text: &str, attributes: &[(&str, &str)]| {
        let mut object = Entry::new(dn(text));
        attributes.iter().for_each(|&(attribute, value)| object.add(attribute, value));
        object
    };
    let entries = vec![
        entry("", &[("objectClass", "top"), ("namingContexts", "o=Org"), ("vendorName", name)]),
        object("cn=Connections,cn=Configuration", &[("objectClass", "Container")]),
        object("cn=SRV,cn=Servers,cn=Configuration", &[("objectClass", "Computer"), ("serialNumber", sp2)]),
        object("cn=OLD,cn=Servers,cn=Configuration", &[("objectClass", "Computer")]),
    ];
    let tls = TlsFacts { version: "TLS 1.2".into(), name: "exch01".into(), sha256: "ab".repeat(32) };
    let session =
        SessionFacts { address: "192.0.2.1:636".into(), tls: Some(tls), paging: Paging::Ignored, stopped_at: Some(100) };
    Fake { session: Some(session), bind_dn: Some("cn=a,dc=D,cn=admin".into()), ..Fake::of(entries) }
}

fn controller() -> Fake {
    let root = [("objectClass", "top"), ("defaultNamingContext", "DC=example,DC=com"), ("namingContexts", "DC=example,DC=com")];
    let session = SessionFacts { address: "192.0.2.2:389".into(), tls: None, paging: Paging::Unknown, stopped_at: None };
    Fake { session: Some(session), ..Fake::of(vec![entry("", &root)]) }
}

#[test]
fn an_old_server_over_tls() {
    insta::assert_snapshot!(page(&examination(&mut old_server("S")), &STYLE), @r#"
Target: Org, live, ldap://fake

┌────────────────┬──────────────┬──────────────────────────────────────────────┐
│ Looked at      ┆ State        ┆ What was found                               │
╞════════════════╪══════════════╪══════════════════════════════════════════════╡
│ Connection     ┆ ✓ encrypted  ┆ 192.0.2.1:636, LDAPv3, TLS 1.2; certificate  │
│                ┆              ┆ checked for exch01, SHA-256                  │
│                ┆              ┆ abababababababababababababababababababababab │
│                ┆              ┆ abababababababababab                         │
│ Bind           ┆ ✓ admin view ┆ cn=a,dc=D,cn=admin, in the form cn=ACCOUNT,  │
│                ┆              ┆ dc=DOMAIN (5.5 SP1 help, xog16006), asks for │
│                ┆              ┆ hidden and deleted objects too               │
│ Directory      ┆ ✓ Exchange   ┆ organization Org, read from o=Org            │
│ Root entry     ┆ ✓ read       ┆ namingContexts: o=Org; vendorName: S         │
│ Site           ┆ ✓ seen       ┆ S: OLD (version not shown), SRV (5.5 SP2,    │
│                ┆              ┆ build 2448.0)                                │
│ Paging         ┆ ✗ ignored    ┆ the server answers in one piece, as far as   │
│                ┆              ┆ its limit goes                               │
│ Size limit     ┆ ! limit      ┆ 100 entries in one answer, and no pages to   │
│                ┆              ┆ get around it                                │
│ Settings       ┆ ✓ seen       ┆ settings of sites, servers and connectors    │
│ Operational    ┆ ✓ seen       ┆ attributes sent only when asked for by name  │
│ Extension-Data ┆ ✗ not seen   ┆ no object showed it: none has any, or this   │
│                ┆              ┆ bind may not see it; it must be known to     │
│                ┆              ┆ find an administrator                        │
│ Hidden         ┆ ✗ not seen   ┆ none came back: there may be none, or this   │
│                ┆              ┆ bind may not see them; a mailbox that is not │
│                ┆              ┆ there may only be hidden                     │
│ Deleted        ┆ ✗ not seen   ┆ none came back: there may be none (they are  │
│                ┆              ┆ kept 30 days by default, Q239639), or this   │
│                ┆              ┆ bind may not see them                        │
└────────────────┴──────────────┴──────────────────────────────────────────────┘
✓ seen or good   ✗ not seen, which is not absent   ! act on it   ? not known

Known faults of LDAP in Exchange 5.5 that concern whoever reads it (a hotfix
does not show, Q278518):
Q246567, possible, fixed in Exchange 5.5 SP4: a paged search whose filter names
a DN returns nothing once its result exceeds a page; exaudit filters on classes,
addresses and flags only, and compares DNs itself.
Q196491, possible, fixed in Exchange 5.5 SP2: attributes withheld on the
Attributes page are withheld from administrators too; exaudit takes an attribute
for unset only where the same one shows elsewhere.
Q193041, possible, fixed in Exchange 5.5 SP2: a filter with the DN of an object
that does not exist is answered with an error; exaudit puts no DN into a filter.
Q221989, possible, fixed in Exchange 5.5 SP3: a malformed bind overruns a buffer
and can stop the directory service; exaudit sends one simple bind of the plain
form and no other.
Q222621, possible, fixed in Exchange 5.5 SP3: a bind name over 1 KB stops the
service, and what is not LDAP is kept until the connection ends; exaudit refuses
names over 1000 bytes and sends no TLS to a plain port unless -Z asks for it.
Q222622, possible, fixed in Exchange 5.5 SP3: a client that leaves without
Unbind after an NTLM bind costs the server a handle; exaudit binds without NTLM
and always unbinds.
Q303448, possible, fixed in a hotfix after SP4: the LDAP service can hang under
load; exaudit keeps to one connection, small pages and, unless told otherwise,
one request at a time.
Q274577, possible: a search on a sub-reference object can leave the client
waiting; exaudit starts only at names that the directory or the operator gave,
and waits no longer than --timeout.
Q185475, possible: the admin view (,cn=admin) shows nothing hidden over TLS, or
if Exchange's service account is no local administrator; exaudit counts hidden
objects as visible only where one came back.

Better view: the admin view answers over clear text only (Q185475): on a trusted
segment, use -H ldap:// without -Z.
Better view: declare the administrator as the Administrator program shows it:
--ims-admin 'SERVER=NAME'.
Better view: the server gives no pages and limits each answer: audit site by
site with -b 'ou=SITE,o=ORGANIZATION'.
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn active_directory_says_where_else_to_look() {
    insta::assert_snapshot!(page(&examination(&mut controller()), &ASCII), @r#"
Target: organization not seen, live, ldap://fake

+------------+----------------+------------------------------------------------+
| Looked at  | State          | What was found                                 |
+==============================================================================+
| Connection |   plain        | 192.0.2.2:389, LDAPv3, not encrypted           |
| Bind       | ! anonymous    | no name was given: Exchange shows recipients   |
|            |                | then, and no settings                          |
| Directory  | ! not Exchange | Active Directory answers on this port, not the |
|            |                | directory of Exchange 5.5                      |
| Root entry | + read         | defaultNamingContext: DC=example,DC=com;       |
|            |                | namingContexts: DC=example,DC=com              |
+------------+----------------+------------------------------------------------+
+ seen or good   - not seen, which is not absent   ! act on it   ? not known

Better view: this port is Active Directory's; on a Windows 2000 domain
controller Exchange 5.5 listens elsewhere (Q224447): try -H ldap://fake:390 and
-H ldap://fake:379.
Better view: beside Exchange 2000 a Site Replication Service may answer on port
379 in the manner of 5.5 (inferred); ask there, or an Exchange 5.5 server that
is no domain controller.
"#);
}

#[test]
fn every_width_fits_and_shows_no_hidden_character() {
    for text in ["\u{1b}[31m\n\u{202e}x", "\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}", &"y".repeat(300)] {
        let mut examination = examination(&mut old_server(text));
        examination.targets[0].organization = Some(text.to_owned());
        examination.targets[0].problems.push(text.to_owned());
        for columns in (20..=200).step_by(12) {
            for style in [Style { width: columns, ..STYLE }, Style { width: columns, ..ASCII }] {
                for line in page(&examination, &style).lines() {
                    assert!(width(line) <= columns, "{columns}: {line}");
                    assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
                }
            }
        }
    }
}
