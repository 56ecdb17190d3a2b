//! The table and the list.

use super::{ASCII, STYLE, fixture, sanitize, wrap::width};
use crate::output::{Format, Style, Table};
use crate::report::{Report, Severity, Verdict};

fn table(report: &Report, style: Style, all: bool) -> String {
    let text = String::from_utf8(Table { style, all }.write(report).unwrap()).unwrap();
    assert!(text.ends_with('\n') && !text.contains("\n\n\n"));
    text
}

#[test]
fn table_of_80_columns() {
    insta::assert_snapshot!(table(&fixture::full(), STYLE, false), @r#"
Target: Example Corp, live, ldap://exch01:389

┌──────────┬─────────────────────┬───────────────┬─────────────────────────────┐
│ Severity ┆ Check               ┆ Site / server ┆ Observed                    │
╞══════════╪═════════════════════╪═══════════════╪═════════════════════════════╡
│ critical ┆ ims-admin-x400      ┆ LONDON        ┆ The administrator mailbox   │
│ fail     ┆ Q300535             ┆ EXCH01        ┆ cn=Postmaster\, London,     │
│          ┆                     ┆               ┆ cn=Recipients,ou=LONDON,    │
│          ┆                     ┆               ┆ o=Example Corp has no X.400 │
│          ┆                     ┆               ┆ address; it has smtp and ms │
│          ┆                     ┆               ┆ addresses.                  │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-set       ┆ TOKYO         ┆ The service keeps no        │
│ fail     ┆ Q183178             ┆ TYO-EXCH-02   ┆ settings, so no             │
│ inferred ┆                     ┆               ┆ administrator mailbox is    │
│          ┆                     ┆               ┆ set.                        │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ warning  ┆ ims-admin-recipient ┆ LONDON        ┆ The administrator is the    │
│ fail     ┆ Q300535             ┆ EXCH01        ┆ custom recipient            │
│ inferred ┆                     ┆               ┆ 会議室\u{202e}\u{1b}[31m,   │
│          ┆                     ┆               ┆ not a mailbox.              │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-exists    ┆ TOKYO         ┆ The mailbox was not seen    │
│ unknown  ┆ Q183178             ┆ TYO-EXCH-03   ┆ and may be hidden. Bind as  │
│          ┆                     ┆               ┆ an administrator with       │
│          ┆                     ┆               ┆ ,cn=admin.                  │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ manual   ┆ ims-admin-repoint   ┆ OSLO          ┆ The message of              │
│          ┆ Q300535             ┆ OSL01         ┆ ims-admin-repoint.          │
└──────────┴─────────────────────┴───────────────┴─────────────────────────────┘

9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass
Next: exaudit explain ims-admin-x400
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn table_of_80_columns_with_everything_in_ascii() {
    insta::assert_snapshot!(table(&fixture::full(), ASCII, true), @r#"
Target: Example Corp, live, ldap://exch01:389

+----------+---------------------+---------------+-----------------------------+
| Severity | Check               | Site / server | Observed                    |
+==============================================================================+
| critical | ims-admin-x400      | LONDON        | The administrator mailbox   |
| fail     | Q300535             | EXCH01        | cn=Postmaster\, London,     |
|          |                     |               | cn=Recipients,ou=LONDON,    |
|          |                     |               | o=Example Corp has no X.400 |
|          |                     |               | address; it has smtp and ms |
|          |                     |               | addresses.                  |
|----------+---------------------+---------------+-----------------------------|
| critical | ims-admin-set       | TOKYO         | The service keeps no        |
| fail     | Q183178             | TYO-EXCH-02   | settings, so no             |
| inferred |                     |               | administrator mailbox is    |
|          |                     |               | set.                        |
|----------+---------------------+---------------+-----------------------------|
| warning  | ims-admin-recipient | LONDON        | The administrator is the    |
| fail     | Q300535             | EXCH01        | custom recipient            |
| inferred |                     |               | 会議室\u{202e}\u{1b}[31m,   |
|          |                     |               | not a mailbox.              |
|----------+---------------------+---------------+-----------------------------|
| critical | ims-admin-exists    | TOKYO         | The mailbox was not seen    |
| unknown  | Q183178             | TYO-EXCH-03   | and may be hidden. Bind as  |
|          |                     |               | an administrator with       |
|          |                     |               | ,cn=admin.                  |
|----------+---------------------+---------------+-----------------------------|
| manual   | ims-admin-repoint   | OSLO          | The message of              |
|          | Q300535             | OSL01         | ims-admin-repoint.          |
|----------+---------------------+---------------+-----------------------------|
| blocked  | ims-admin-x400      | TOKYO         | The message of              |
|          | Q300535             | TYO-EXCH-02   | ims-admin-x400.             |
|----------+---------------------+---------------+-----------------------------|
| blocked  | ims-admin-x400      | TOKYO         | The message of              |
|          | Q300535             | TYO-EXCH-03   | ims-admin-x400.             |
|----------+---------------------+---------------+-----------------------------|
| pass     | ims-admin-set       | LONDON        | The message of              |
|          | Q183178             | EXCH01        | ims-admin-set.              |
|----------+---------------------+---------------+-----------------------------|
| pass     | ims-admin-set       | TOKYO         | The message of              |
|          | Q183178             | TYO-EXCH-03   | ims-admin-set.              |
+----------+---------------------+---------------+-----------------------------+

9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass
Next: exaudit explain ims-admin-x400
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn table_of_100_columns() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 100, ..STYLE }, false), @r#"
Target: Example Corp, live, ldap://exch01:389

┌──────────┬─────────────────────┬───────────────┬───────────────────────────────────────────────┐
│ Severity ┆ Check               ┆ Site / server ┆ Observed                                      │
╞══════════╪═════════════════════╪═══════════════╪═══════════════════════════════════════════════╡
│ critical ┆ ims-admin-x400      ┆ LONDON        ┆ The administrator mailbox cn=Postmaster\,     │
│ fail     ┆ Q300535             ┆ EXCH01        ┆ London,cn=Recipients,ou=LONDON,o=Example Corp │
│          ┆                     ┆               ┆ has no X.400 address; it has smtp and ms      │
│          ┆                     ┆               ┆ addresses.                                    │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-set       ┆ TOKYO         ┆ The service keeps no settings, so no          │
│ fail     ┆ Q183178             ┆ TYO-EXCH-02   ┆ administrator mailbox is set.                 │
│ inferred ┆                     ┆               ┆                                               │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ warning  ┆ ims-admin-recipient ┆ LONDON        ┆ The administrator is the custom recipient     │
│ fail     ┆ Q300535             ┆ EXCH01        ┆ 会議室\u{202e}\u{1b}[31m, not a mailbox.      │
│ inferred ┆                     ┆               ┆                                               │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-exists    ┆ TOKYO         ┆ The mailbox was not seen and may be hidden.   │
│ unknown  ┆ Q183178             ┆ TYO-EXCH-03   ┆ Bind as an administrator with ,cn=admin.      │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ manual   ┆ ims-admin-repoint   ┆ OSLO          ┆ The message of ims-admin-repoint.             │
│          ┆ Q300535             ┆ OSL01         ┆                                               │
└──────────┴─────────────────────┴───────────────┴───────────────────────────────────────────────┘

9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass
Next: exaudit explain ims-admin-x400
Not checked: what the directory does not show: the registry of the server, rights, a stale pointer
behind a name that looks right (Q183178), the home server's store.
"#);
}

#[test]
fn table_of_60_columns_puts_the_place_below_the_check() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 60, ..STYLE }, false), @r#"
Target: Example Corp, live, ldap://exch01:389

┌──────────┬─────────────────────┬─────────────────────────┐
│ Severity ┆ Check               ┆ Observed                │
│          ┆ Site / server       ┆                         │
╞══════════╪═════════════════════╪═════════════════════════╡
│ critical ┆ ims-admin-x400      ┆ The administrator       │
│ fail     ┆ Q300535             ┆ mailbox cn=Postmaster\, │
│          ┆ LONDON              ┆ London,cn=Recipients,   │
│          ┆ EXCH01              ┆ ou=LONDON,o=Example     │
│          ┆                     ┆ Corp has no X.400       │
│          ┆                     ┆ address; it has smtp    │
│          ┆                     ┆ and ms addresses.       │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-set       ┆ The service keeps no    │
│ fail     ┆ Q183178             ┆ settings, so no         │
│ inferred ┆ TOKYO               ┆ administrator mailbox   │
│          ┆ TYO-EXCH-02         ┆ is set.                 │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ warning  ┆ ims-admin-recipient ┆ The administrator is    │
│ fail     ┆ Q300535             ┆ the custom recipient    │
│ inferred ┆ LONDON              ┆ 会議室\u{202e}\u{1b}[31 │
│          ┆ EXCH01              ┆ m, not a mailbox.       │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ critical ┆ ims-admin-exists    ┆ The mailbox was not     │
│ unknown  ┆ Q183178             ┆ seen and may be hidden. │
│          ┆ TOKYO               ┆ Bind as an              │
│          ┆ TYO-EXCH-03         ┆ administrator with      │
│          ┆                     ┆ ,cn=admin.              │
├╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┼╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┤
│ manual   ┆ ims-admin-repoint   ┆ The message of          │
│          ┆ Q300535             ┆ ims-admin-repoint.      │
│          ┆ OSLO                ┆                         │
│          ┆ OSL01               ┆                         │
└──────────┴─────────────────────┴─────────────────────────┘

9 results: 3 fail, 1 unknown, 1 manual, 2 blocked, 2 pass
Next: exaudit explain ims-admin-x400
Not checked: what the directory does not show: the registry
of the server, rights, a stale pointer behind a name that
looks right (Q183178), the home server's store.
"#);
}

#[test]
fn below_60_columns_there_is_a_list() {
    insta::assert_snapshot!(table(&fixture::full(), Style { width: 50, ..STYLE }, false), @r#"
Target: Example Corp, live, ldap://exch01:389

critical fail
  ims-admin-x400
  Q300535
  LONDON / EXCH01
  The administrator mailbox cn=Postmaster\,
  London,cn=Recipients,ou=LONDON,o=Example Corp
  has no X.400 address; it has smtp and ms
  addresses.

critical fail inferred
  ims-admin-set
  Q183178
  TOKYO / TYO-EXCH-02
  The service keeps no settings, so no
  administrator mailbox is set.

warning fail inferred
  ims-admin-recipient
  Q300535
  LONDON / EXCH01
  The administrator is the custom recipient
  会議室\u{202e}\u{1b}[31m, not a mailbox.

critical unknown
  ims-admin-exists
  Q183178
  TOKYO / TYO-EXCH-03
  The mailbox was not seen and may be hidden. Bind
  as an administrator with ,cn=admin.

manual
  ims-admin-repoint
  Q300535
  OSLO / OSL01
  The message of ims-admin-repoint.

9 results: 3 fail, 1 unknown, 1 manual, 2 blocked,
2 pass
Next: exaudit explain ims-admin-x400
Not checked: what the directory does not show: the
registry of the server, rights, a stale pointer
behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn nothing_to_show_is_one_line() {
    insta::assert_snapshot!(table(&fixture::report(vec![fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical)]), STYLE, false), @r#"
Target: Example Corp, live, ldap://exch01:389

Nothing fails.

1 result: 1 pass
Next: nothing needs doing.
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
    insta::assert_snapshot!(table(&fixture::report(Vec::new()), STYLE, true), @r#"
Target: Example Corp, live, ldap://exch01:389

Nothing was checked.

0 results
Next: choose checks; `exaudit list` names them.
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn an_incomplete_audit_says_so() {
    let mut report = fixture::report(vec![fixture::finding("ims-admin-set", Verdict::Pass, Severity::Critical)]);
    report.complete = false;
    report.targets[0].complete = false;
    report.targets[0].problems = vec!["The server ldap://exch01:389 closed the connection after 99 entries; try again.".into()];
    insta::assert_snapshot!(table(&report, STYLE, false), @r#"
Target: Example Corp, live, ldap://exch01:389

Nothing fails in what could be read.

Problem: The server ldap://exch01:389 closed the connection after 99 entries;
try again.
1 result: 1 pass; incomplete: not everything could be read
Next: settle what kept the audit from reading everything, and run it again.
Not checked: what the directory does not show: the registry of the server,
rights, a stale pointer behind a name that looks right (Q183178), the home
server's store.
"#);
}

#[test]
fn colour_marks_the_severity_and_nothing_else() {
    for width in [100, 80, 60, 50] {
        for unicode in [true, false] {
            let plain = Style { width, unicode, ..STYLE };
            let coloured = table(&fixture::full(), Style { colour: true, ..plain }, true);
            for painted in ["\u{1b}[1;31mcritical\u{1b}[0m", "\u{1b}[33mwarning\u{1b}[0m"] {
                assert!(coloured.contains(painted), "{painted:?} at {width}");
            }
            assert_eq!(coloured.matches("\u{1b}[0m").count(), 4, "{coloured}");
            let stripped = ["\u{1b}[1;31m", "\u{1b}[33m", "\u{1b}[0m"].iter().fold(coloured, |text, code| text.replace(code, ""));
            assert_eq!(stripped, table(&fixture::full(), plain, true));
            assert!(!stripped.contains('\u{1b}'));
        }
    }
}

/// Every width, with text that is hostile, wide or very long in each place where text can be.
#[test]
fn every_width_fits_and_shows_no_hidden_character() {
    let hostile =
        ["\u{1b}[31m\n\u{202e}x", "\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}\u{5ba4}\u{4f1a}\u{8b70}", "\u{2764}\u{fe0f}"];
    let long = format!("cn={},{}o=X", "y".repeat(100), "ou=a long part,".repeat(13));
    assert!(long.len() >= 300);
    for text in hostile.iter().map(|&text| text.to_owned()).chain([long]) {
        let mut report = fixture::full();
        for result in &mut report.results {
            result.message = format!("Seen: {text} {text}");
            let subject = result.subject.as_mut().unwrap();
            (subject.site, subject.server) = (Some(text.clone()), Some(text.clone()));
        }
        report.targets[0].organization = Some(text.clone());
        report.targets[0].problems = vec![text.clone()];
        for width_asked in 20..=200 {
            for unicode in [true, false] {
                let style = Style { width: width_asked, unicode, ..STYLE };
                for line in table(&report, style, true).lines() {
                    assert!(width(line) <= width_asked.max(2 + "ims-admin-recipient".len()), "{width_asked}: {line}");
                    assert!(!line.chars().any(sanitize::is_hidden), "{line:?}");
                }
            }
        }
    }
}

#[test]
fn a_long_id_is_never_cut() {
    let id = "a-check-of-an-operator-with-a-very-long-identifier-indeed";
    let report = fixture::report(vec![fixture::finding(id, Verdict::Fail, Severity::Critical)]);
    for width in [20, 50, 60, 80, 120] {
        let text = table(&report, Style { width, ..STYLE }, false);
        assert!(text.lines().any(|line| line.contains(id)), "{width}: {text}");
    }
}

#[test]
fn a_terminal_of_another_character_set_gets_ascii() {
    let text = table(&fixture::full(), Style { interactive: true, ..ASCII }, true);
    assert!(text.is_ascii() || cfg!(windows), "{text}");
}
