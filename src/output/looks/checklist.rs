//! The checklist.

use super::{ASCII, STYLE, fixture, sanitize};
use crate::exit::FailOn;
use crate::output::Style;
use crate::output::checklist::{Checklist, Layout};
use crate::report::{Report, Severity, Verdict};

fn checklist(report: &Report, layout: Layout, style: Style) -> String {
    Checklist::of(report, FailOn::Warning, layout, &style).text
}

#[test]
fn checklist_in_markdown() {
    insta::assert_snapshot!(checklist(&fixture::full(), Layout::Markdown, STYLE), @r#"
# Pre-change checklist

- Target: Example Corp, live, ldap\://exch01:389
- Read: 2026-01-02T03:04:05Z, exaudit 0.1.0

## Checks

- [✗] **The title of ims-admin-set** (ims-admin-set, Q183178)
  - pass, LONDON / EXCH01
    - cn=Internet Mail Service (EXCH01),cn=Connections,cn=Configuration,ou=LONDON,o=Example Corp: Extension-Data: cn=Postmaster\\, London,cn=Recipients,ou=LONDON,o=Example Corp
  - fail (critical, inferred), TOKYO / TYO-EXCH-02: The service keeps no settings, so no administrator mailbox is set.
  - pass, TOKYO / TYO-EXCH-03
    - cn=Internet Mail Service (EXCH01),cn=Connections,cn=Configuration,ou=LONDON,o=Example Corp: Extension-Data: cn=Postmaster\\, London,cn=Recipients,ou=LONDON,o=Example Corp
  - To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.
- [✗] **The title of ims-admin-recipient** (ims-admin-recipient, Q300535, Q281743)
  - fail (warning, inferred), LONDON / EXCH01: The administrator is the custom recipient 会議室\\u{202e}\\u{1b}\[31m, not a mailbox.
  - To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.
- [✗] **The title of ims-admin-x400** (ims-admin-x400, Q300535, Q281743)
  - fail (critical), LONDON / EXCH01: The administrator mailbox cn=Postmaster\\, London,cn=Recipients,ou=LONDON,o=Example Corp has no X.400 address; it has smtp and ms addresses.
    - cn=Postmaster\\, London,cn=Recipients,ou=LONDON,o=Example Corp: textEncodedORAddress: nothing seen (expected: an X.400 address)
  - blocked, TOKYO / TYO-EXCH-02: The message of ims-admin-x400.
  - blocked, TOKYO / TYO-EXCH-03: The message of ims-admin-x400.
  - To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.
- [ ] **The title of ims-admin-exists** (ims-admin-exists, Q183178)
  - unknown (critical), TOKYO / TYO-EXCH-03: The mailbox was not seen and may be hidden. Bind as an administrator with ,cn=admin.
  - To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.
- [ ] **The title of ims-admin-repoint** (ims-admin-repoint, Q300535, Q281743)
  - manual, OSLO / OSL01: The message of ims-admin-repoint.
    - Done by: ____________  Date: ____________
  - To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

Not checked: what the directory does not show: the registry of the server, rights, a stale pointer behind a name that looks right (Q183178), the home server's store.

**NO-GO: 3 failures**
"#);
}

#[test]
fn checklist_on_a_narrow_ascii_terminal() {
    insta::assert_snapshot!(checklist(&fixture::full(), Layout::Text, Style { width: 60, ..ASCII }), @r#"
Pre-change checklist
Target: Example Corp, live, ldap://exch01:389
Read: 2026-01-02T03:04:05Z, exaudit 0.1.0

[!] The title of ims-admin-set
    ims-admin-set, Q183178
    - pass, LONDON / EXCH01
      cn=Internet Mail Service (EXCH01),cn=Connections,
      cn=Configuration,ou=LONDON,o=Example Corp:
      Extension-Data: cn=Postmaster\, London,cn=Recipients,
      ou=LONDON,o=Example Corp
    - fail (critical, inferred), TOKYO / TYO-EXCH-02
      The service keeps no settings, so no administrator
      mailbox is set.
    - pass, TOKYO / TYO-EXCH-03
      cn=Internet Mail Service (EXCH01),cn=Connections,
      cn=Configuration,ou=LONDON,o=Example Corp:
      Extension-Data: cn=Postmaster\, London,cn=Recipients,
      ou=LONDON,o=Example Corp
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

[!] The title of ims-admin-recipient
    ims-admin-recipient, Q300535, Q281743
    - fail (warning, inferred), LONDON / EXCH01
      The administrator is the custom recipient
      会議室\u{202e}\u{1b}[31m, not a mailbox.
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

[!] The title of ims-admin-x400
    ims-admin-x400, Q300535, Q281743
    - fail (critical), LONDON / EXCH01
      The administrator mailbox cn=Postmaster\, London,
      cn=Recipients,ou=LONDON,o=Example Corp has no X.400
      address; it has smtp and ms addresses.
      cn=Postmaster\, London,cn=Recipients,ou=LONDON,
      o=Example Corp: textEncodedORAddress: nothing seen
      (expected: an X.400 address)
    - blocked, TOKYO / TYO-EXCH-02
      The message of ims-admin-x400.
    - blocked, TOKYO / TYO-EXCH-03
      The message of ims-admin-x400.
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

[ ] The title of ims-admin-exists
    ims-admin-exists, Q183178
    - unknown (critical), TOKYO / TYO-EXCH-03
      The mailbox was not seen and may be hidden. Bind as an
      administrator with ,cn=admin.
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

[ ] The title of ims-admin-repoint
    ims-admin-repoint, Q300535, Q281743
    - manual, OSLO / OSL01
      The message of ims-admin-repoint.
      Done by: ____________  Date: ____________
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

Not checked: what the directory does not show: the registry
of the server, rights, a stale pointer behind a name that
looks right (Q183178), the home server's store.

NO-GO: 3 failures
"#);
}

#[test]
fn checklist_that_may_go_after_manual_items() {
    let report = fixture::report(vec![
        fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical),
        fixture::finding("ims-admin-repoint", Verdict::Manual, Severity::Critical),
    ]);
    insta::assert_snapshot!(checklist(&report, Layout::Text, STYLE), @r#"
Pre-change checklist
Target: Example Corp, live, ldap://exch01:389
Read: 2026-01-02T03:04:05Z, exaudit 0.1.0

[x] The title of ims-admin-set
    ims-admin-set, Q300535, Q281743
    - pass, LONDON / EXCH01

[ ] The title of ims-admin-repoint
    ims-admin-repoint, Q300535, Q281743
    - manual, LONDON / EXCH01
      The message of ims-admin-repoint.
      Done by: ____________  Date: ____________
    To do:
    1. Open the mailbox in the Admin program.
    2. Add an X.400 address.

Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.

GO after 1 manual item
"#);
}

#[test]
fn checklist_keeps_hostile_text_as_text() {
    let mut report = fixture::full();
    for result in &mut report.results {
        result.message = "x\n- [x] done\n**GO** <script> `a|b` [l](http://h)\u{1b}[2J\u{202e}".into();
        result.title = "# **title**".into();
    }
    for layout in [Layout::Markdown, Layout::Text] {
        let text = checklist(&report, layout, STYLE);
        assert!(!text.chars().any(|c| c != '\n' && sanitize::is_hidden(c)));
        assert!(!text.lines().any(|line| line.trim_start().starts_with("- [x] done")));
        if layout == Layout::Markdown {
            let unescaped = text.replace("\\\\", "").replace("\\<", "").replace("\\[", "").replace("\\|", "").replace("\\`", "");
            for markup in ["**GO", "<", "[l", "](http:", "|", "`"] {
                assert!(!unescaped.contains(markup), "{markup} in {text}");
            }
        }
    }
}
