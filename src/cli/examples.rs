//! The examples and the rest of what `--help` shows at its end, and what `-h` says of it.

/// Below the program's own help.
pub(super) const PROGRAM: &str = "Examples:
  exaudit audit --demo
  exaudit doctor -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W \\
      --allow-plaintext-password
  exaudit audit --from org.ldif --format json --output report.json
  exaudit explain 4071

Exit codes: 0 clean, 1 findings, 2 usage or configuration, 3 could not complete or decide";

/// Below the program's short help.
pub(super) const START: &str = "Start with: exaudit audit --demo; help on a command: exaudit COMMAND --help";

/// Below the short help of a command with rare options.
pub(super) const MORE: &str = "More options and examples: --help";

/// The same of one that asks a server.
pub(super) const MORE_OF_SERVERS: &str = "More options (--allow-plaintext-password, TLS, time limits) and examples: --help";

/// Below the help of `audit`.
pub(super) const AUDIT: &str = "Examples:
  exaudit audit --demo
      The built-in demo organization
  exaudit audit -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W \\
      --allow-plaintext-password
      A server, with the view of an administrator
  exaudit audit --from org.ldif --check ims --severity critical
      An export: only what keeps an Internet Mail Service from starting
  exaudit audit --config audit.toml --quiet --format json --output report.json
      A scheduled audit of several servers
  exaudit audit --from org.ldif --report json=report.json \\
      --report markdown=ticket.md --report sarif=report.sarif
      One run, several reports

Exit codes: 0 nothing fails, 1 something does, 2 usage or configuration, 3 could not complete or decide";

/// Below the help of `checklist`.
pub(super) const CHECKLIST: &str = "Examples:
  exaudit checklist --list
  exaudit checklist delete-mailbox --demo=healthy \\
      --object cn=Anna,cn=Recipients,ou=NORTH,o=Healthy
  exaudit checklist remove-server --server NORTH1 --from org.ldif \\
      --format html --output change-4711.html
  exaudit checklist --from org.ldif --format markdown --output change-4712.md
      Every check, and no change in particular

Exit codes: 0 go, 1 no-go, 2 usage or configuration, 3 undecided";

/// Below the help of `render`.
pub(super) const RENDER: &str = "Examples:
  exaudit render report.json --detail
  exaudit render report.json --format checklist -o change-4711.md
  exaudit render report.json --report csv=report.csv --report sarif=a.sarif

Exit codes: 0 written, 2 usage, or no report; 3 could not write
With --format nagios: 0 ok, 1 warning, 2 critical, 3 unknown";

/// Below the help of `doctor`.
pub(super) const DOCTOR: &str = "Examples:
  exaudit doctor --demo
  exaudit doctor -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W \\
      --allow-plaintext-password
  exaudit doctor --from org.ldif

Exit codes: 0 the directory was read, 2 usage or configuration, 3 could not connect, or it is not Exchange";

/// Below the help of `collect`.
pub(super) const COLLECT: &str = "Examples:
  exaudit collect -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W \\
      --allow-plaintext-password -o org.ldif
  exaudit audit --from org.ldif

Exit codes: 0 complete, 2 usage or configuration, 3 something was not answered (the file says what)";

/// Below the help of `uses`.
pub(super) const USES: &str = "Examples:
  exaudit uses Postmaster --demo
  exaudit uses LYON1 --demo --format svg -o lyon1.svg
  exaudit uses jdoe@example.com --from org.ldif
  exaudit uses Administrator -H ldap://exchange1 \\
      -D 'cn=auditor,cn=DOMAIN,cn=admin' -W --allow-plaintext-password

Exit codes: 0 nothing refers to it, and everything was seen, 1 something does, 2 usage, or no such object, 3 not everything was seen";

/// Below the help of `what-if`.
pub(super) const WHAT_IF: &str = "Examples:
  exaudit what-if --demo --delete Postmaster
  exaudit what-if --from org.ldif --change change.ldif
  exaudit what-if --demo --set-ims-admin OSLO2=bnilsen
  exaudit what-if --from org.ldif --change import.csv --write after.ldif

Exit codes: 0 it breaks nothing, 1 it causes a failure, 2 usage, or the directory would refuse the change, 3 what it touches could not be
seen, or it leaves something undecided";

/// Below the help of `fix`.
pub(super) const FIX: &str = "Examples:
  exaudit fix --from org.ldif --plan plans
  exaudit what-if --from org.ldif --change plans/alt-recipient-exists.ldif
  exaudit fix --from org.ldif --check recipients --plan plans

Exit codes: 0 every failure has a plan, or nothing fails, 1 failures without a plan remain, 2 usage, 3 could not read everything";

/// Below the help of `diff`.
pub(super) const DIFF: &str = "Examples:
  exaudit diff last-week.json today.json
  exaudit diff before.ldif after.ldif --check ims

Exit codes: 0 nothing fails or is undecided that was not, 1 something newly fails, 2 usage, 3 something is newly undecided";

/// Below the help of `history`.
pub(super) const HISTORY: &str = "Examples:
  exaudit audit --demo --state remembered
  exaudit history --state remembered";

/// Below the help of `waivers`.
pub(super) const WAIVERS: &str = "Examples:
  exaudit waivers draft report.json -o waivers.toml
  exaudit waivers lint waivers.toml
  exaudit audit --demo --waivers waivers.toml";

/// Below the help of `list`.
pub(super) const LIST: &str = "Examples:
  exaudit list --check ims,x400
  exaudit list --kb Q300535
  exaudit list --severity critical --format json";

/// Below the help of `explain`.
pub(super) const EXPLAIN: &str = "Examples:
  exaudit explain ims-admin-x400 Q300535
  exaudit explain 4071 event 178 MSExchangeMTA 3150 error 1067 -1073609699
  exaudit explain --symptom 'the service did not respond to the start request'
  exaudit explain IMS will not start
  exaudit explain unknown blocked Extension-Data

You can name several things at once. A check id and an article number are one each; an event id or an error code ends one, and the \
words before it belong to it. Hexadecimal codes are read with and without 0x, and as the negative numbers that event logs print; errors \
have names too (DS_E_NO_SUCH_OBJECT).

A sentence is looked up as with --symptom: its possible causes, the best first, each a strong match or a weak one. A number in it is a \
code where it looks like one: 0xc002041d, event 4071, and not 100 people.

Exit codes: 0 all of it is known, 2 something is not";

/// Below the help of `x400`.
pub(super) const X400: &str = "Examples:
  exaudit x400 'c=US;a= ;p=Org;o=Site;s=Surname;'
  exaudit x400 - < addresses.txt

Exit codes: 0 valid, perhaps unusual, 1 an address is broken";

/// Below the help of `completions`.
pub(super) const COMPLETIONS: &str = "Examples:
  exaudit completions bash > /etc/bash_completion.d/exaudit
  exaudit completions zsh > /usr/local/share/zsh/site-functions/_exaudit
  exaudit completions fish > ~/.config/fish/completions/exaudit.fish
  exaudit completions powershell >> $PROFILE";

/// Below the help of `man`.
pub(super) const MAN: &str = "Examples:
  exaudit man | man -l -
  exaudit man --dir /usr/local/share/man/man1";
