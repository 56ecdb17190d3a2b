use super::*;
use crate::cli::Cli;
use clap::Parser as _;
use std::fs;

/// The targets of this file under these arguments.
fn read(text: &str, args: &[&str]) -> Result<Vec<Target>, String> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("audit.toml");
    fs::write(&path, text).expect("file");
    fs::write(folder.path().join("pw"), "secret\n").expect("file");
    let file = path.display().to_string();
    let all = ["exaudit", "audit", "--config", &file].into_iter().chain(args.iter().copied());
    let crate::cli::Command::Audit(args) = Cli::try_parse_from(all).map_err(|e| e.to_string())?.command else { panic!("audit") };
    let folder_of = folder.path().display().to_string();
    let strip = |text: String| text.replace(&folder_of, "DIR").replace("DIR\\", "DIR/");
    targets(&path, &args.source, &args.judge.hints()).map_err(|failure| strip(failure.to_string()))
}

fn server(target: &Target) -> &Server {
    match &target.place {
        Place::Server(server) => server,
        other => panic!("a server, not {other:?}"),
    }
}

const FULL: &str = r#"
[targets.oslo]
uri = "ldap://oslo1"
bind-dn = "cn=auditor,cn=DOMAIN,cn=admin"
password-file = "pw"
allow-plaintext-password = true
base = "o=Example"
timeout = 5
deadline = 60
page-size = 50
pace = 0.5
ims-admin-attribute = "X"
sees-hidden = false
ims-admin = { OSLO1 = "Postmaster", OSLO2 = "" }

[targets.backup]
from = "org.ldif"
"#;

#[test]
fn reads_every_key() {
    let targets = read(FULL, &[]).expect("targets");
    let names: Vec<_> = targets.iter().map(Target::label).collect();
    assert_eq!(names, ["backup", "oslo"], "by name");
    assert!(
        matches!(&targets[0].place, Place::Files(files) if files.paths[0].ends_with("org.ldif") && files.paths[0].is_absolute()),
        "beside the file"
    );
    let oslo = server(&targets[1]);
    let Settings { uri, bind, timeout, page_size, pace, pipeline, plaintext_password, .. } = &oslo.settings;
    assert_eq!((uri.as_str(), timeout.as_secs(), *page_size, pace.as_millis()), ("ldap://oslo1", 5, 50, 500));
    assert_eq!((*pipeline, *plaintext_password, oslo.deadline.as_secs()), (1, true, 60));
    assert_eq!(bind.as_ref().expect("bind").dn, "cn=auditor,cn=DOMAIN,cn=admin");
    assert_eq!(targets[1].base.as_ref().expect("base").to_string(), "o=Example");
    let hints = &targets[1].hints;
    assert_eq!((hints.declared.len(), hints.sees_hidden, hints.admin_attribute.as_deref()), (2, Some(false), Some("X")));
}

#[test]
fn the_command_line_chooses_and_has_the_last_word_on_time() {
    let targets = read(FULL, &["--target", "oslo", "--timeout", "9", "--pipeline", "4"]).expect("targets");
    assert_eq!(targets.len(), 1);
    assert_eq!((server(&targets[0]).settings.timeout.as_secs(), server(&targets[0]).settings.pipeline), (9, 4));
    assert_eq!(server(&targets[0]).settings.pace, Duration::ZERO, "pipelining and pausing exclude each other");
}

/// What stands in the wrong place may be a password.
#[test]
fn a_value_of_the_wrong_type_is_not_repeated() {
    for (lines, expected) in [
        ("timeout = \"hunter2\"", "DIR/audit.toml:2: a whole number is expected, without quotation marks (in: timeout = ...)"),
        (
            "timeout = \"hun\\\"ter2, expected `x`\"",
            "DIR/audit.toml:2: a whole number is expected, without quotation marks (in: timeout = ...)",
        ),
        ("page-size = \"hunter2\"", "a whole number is expected"),
        ("pipeline = \"hunter2\"", "a whole number is expected"),
        ("pace = \"hunter2\"", "a number is expected"),
        ("allow-plaintext-password = \"hunter2\"", "true or false is expected"),
        ("sees-hidden = \"hunter2\"", "true or false is expected"),
        ("password-file = 4711424", "a text is expected"),
        ("bind-dn = 4711424", "a text is expected"),
        ("credential = 4711424.5", "a text is expected"),
        ("credential = [\"hunter2\"]", "a text is expected"),
        ("credential = { hunter2 = 4711424 }", "a text is expected"),
        ("ims-admin = \"hunter2\"", "a table is expected"),
        ("from = 4711424", "from takes a file, or a list of files"),
        ("timeout = -4711424", "this number is too small or too large"),
        ("timeout = hunter2", "DIR/audit.toml:2: a text needs quotation marks (in: timeout = ...)"),
        ("hunter2", "an equals sign is missing"),
        ("uri = \"ldap://x\"\nbind-dn = \"cn=a\"\ncredential = \"hunter2/4711424\"", "not the name of a credential"),
    ] {
        let error = read(&format!("[targets.a]\n{lines}\n"), &[]).expect_err(expected);
        assert!(error.contains(expected), "{expected}: {error}");
        assert!(["hunter2", "ter2", "4711424"].iter().all(|value| !error.contains(value)), "{error}");
        assert_eq!(error.lines().count(), 1, "{error}");
    }
}

#[test]
fn says_what_is_wrong_and_where() {
    let section = |lines: &str| format!("[targets.a]\n{lines}\n");
    for (text, expected) in [
        (section("ury = \"ldap://x\""), "DIR/audit.toml:2: there is no key `ury`; did you mean `uri`? (in: ury = ...)"),
        (section("ury = \"ldap://x\""), "did you mean `uri`?"),
        ("targets = 3".into(), "DIR/audit.toml:1: "),
        ("[target.a]\nuri = \"ldap://x\"".into(), "there is no key `target`; did you mean `targets`?"),
        ("[targets]".into(), "names no target"),
        (section(""), "[targets.a]: it needs either uri (a server) or from (an export)"),
        (section("uri = \"ldap://x\"\nfrom = \"y\""), "either uri (a server) or from"),
        (section("from = \"y\"\nbind-dn = \"cn=a\""), "an export (from) has no bind-dn"),
        (section("uri = \"ldap://x\"\nbind-dn = \"cn=a\""), "bind-dn needs either password-file or credential"),
        (section("uri = \"ldap://x\"\npassword-file = \"pw\""), "a password without bind-dn"),
        (section("uri = \"oslo1\""), "[targets.a]: uri oslo1 has no scheme; did you mean ldap://oslo1?"),
        (section("uri = \"ldap://x\"\nbase = \"nonsense\""), "[targets.a]: base \"nonsense\" is not a distinguished name"),
        (section("uri = \"ldap://x\"\ntimeout = 0"), "timeout = 0 is not between 1 and 86400"),
        (section("uri = \"ldap://x\"\npace = -1.0"), "pace = -1 is not between 0 and 3600 seconds"),
        (section("uri = \"ldap://x\"\npace = 1.0\npipeline = 2"), "pace and pipeline exclude each other"),
        (section("uri = \"ldap://x\"\nims-admin = { A = \"/nothing\" }"), "is not a distinguished name"),
        (section("uri = \"ldap://x\"\nstarttls = \"maybe\""), "`maybe` is not known here; it must be no, try or require"),
    ] {
        let error = read(&text, &[]).expect_err(expected);
        assert!(error.contains(expected), "{expected}: {error}");
        assert!(!error.contains("secret") && error.lines().count() == 1, "{error}");
    }
    let error = read(FULL, &["--target", "olso"]).expect_err("no such target");
    assert!(error.contains("did you mean `oslo`?"), "{error}");
    let error = read(FULL, &["--ims-admin", "A=B"]).expect_err("of which target?");
    assert!(error.contains("[targets.NAME") || error.contains("its section"), "{error}");
}
