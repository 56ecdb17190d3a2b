//! Mistakes of use: each is answered with a line or two that say what is wrong, with which thing, and what to do; with the
//! documented exit code; and with no report of nothing. A row is what was typed, the files beside it, and the whole answer.

mod checks;
mod command_line;
mod sources;

use crate::common::run::whole;
use exaudit::lab;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// What is typed behind `exaudit`, as for a shell; files, by name and text; the exit code; standard error, without the name of
/// the program before each line.
pub type Row = (&'static str, &'static [(&'static str, &'static str)], i32, &'static str);

/// A check of an operator's own that is right.
pub const OWN: &str = "\
id = \"own\"
title = \"T\"
severity = \"warning\"
versions = [\"5.5\"]
confidence = \"documented\"
why = \"W.\"
fix = [\"F.\"]
[subject]
each = \"mailbox\"
[expect]
filter = \"(uid=*)\"
";

/// What is changed in that file, and what is said then.
const CHECK_FILES: &[(&str, &str, &str)] = &[
    ("\"mailbox\"", "ims", "c/own.toml:9: a text needs quotation marks (in: each = ims)"),
    (
        "\"mailbox\"",
        "\"mailbx\"",
        "c/own.toml:9: there is no selection `mailbx`; did you mean `mailbox`? (in: each = \"mailbx\")",
    ),
    (
        "\"warning\"",
        "\"high\"",
        "c/own.toml:3: `high` is not known here; it must be info, warning or critical (in: severity = \"high\")",
    ),
    ("title = \"T\"\n", "", "c/own.toml:1: `title` is missing: what holds when the check passes"),
    ("fix = [\"F.\"]", "fix = \"F.\"", "c/own.toml:7: a list is expected: put [ ] around it (in: fix = \"F.\")"),
    (
        "title = \"T\"",
        "title = “T”",
        "c/own.toml:2: these are typographic quotation marks; write the plain ones, \" (in: title = “T”)",
    ),
    ("\"T\"", "\"T", "c/own.toml:2: the quotation mark that ends the text is missing (in: title = \"T)"),
    (
        "\"(uid=*)\"",
        "\"(uid=*\"",
        "c/own.toml:11: `filter` is not an LDAP filter (RFC 4515): `)` expected at character 7 (in: filter = \"(uid=*\")",
    ),
    (
        "\"own\"",
        "\"other\"",
        "c/own.toml:1: the id `other` differs from the file name `own.toml`; make them equal (in: id = \"other\")",
    ),
    (
        "versions",
        "kb = [\"Q300553\"]\nversions",
        "c/own.toml:4: the article Q300553 is not known here; leave it out, or describe it in an articles.toml beside the check; did you mean `Q300535`? (in: kb = [\"Q300553\"])",
    ),
];

/// The words of a line; quotation marks hold blanks, or nothing, together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        if index % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folder");
        std::fs::write(&path, text).expect("file");
        only_mine(&path);
    }
    folder
}

#[cfg(unix)]
fn only_mine(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("permissions");
}

#[cfg(not(unix))]
fn only_mine(_: &Path) {}

/// `exaudit LINE` in a folder, from the scrubbed environment.
fn command(line: &str, folder: &TempDir) -> Command {
    let mut command = whole(words(line)).command();
    command.current_dir(folder.path()).stdin(Stdio::null());
    command
}

/// The port of the demo differs in every run.
fn without_port(text: &str) -> String {
    let mut parts = text.split("127.0.0.1:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (port, rest) = part.split_at(digits);
        out += &format!("127.0.0.1:{}{rest}", if digits == 5 { "PORT" } else { port });
    }
    out
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// What is wrong with an answer, if anything is.
fn wrong(line: &str, output: &Output, code: i32, expected: &str) -> Option<String> {
    let stderr = without_port(&text(&output.stderr));
    let whole: String = expected.lines().map(|line| format!("exaudit: {line}\n")).collect();
    let right = output.status.code() == Some(code) && output.stdout.is_empty() && stderr == whole && stderr.lines().count() <= 2;
    (!right).then(|| format!("{line}: {:?}\n{}{stderr}", output.status.code(), text(&output.stdout)))
}

#[track_caller]
fn all(rows: &[Row]) {
    let mut told: Vec<String> = Vec::new();
    for (line, files, code, expected) in rows {
        let folder = folder(files);
        let output = command(line, &folder).output().expect("runs");
        told.extend(wrong(line, &output, *code, expected));
    }
    assert!(told.is_empty(), "{} of {}:\n{}", told.len(), rows.len(), told.join("\n"));
}

#[test]
fn of_commands_and_options() {
    all(command_line::ROWS);
}

#[test]
fn of_sources_and_destinations() {
    all(sources::ROWS);
}

#[test]
fn of_checks_and_names() {
    all(checks::ROWS);
}

#[test]
fn of_check_files() {
    let line = "audit --demo --checks c";
    let told: Vec<String> = CHECK_FILES
        .iter()
        .filter_map(|(from, to, expected)| {
            assert!(OWN.contains(from), "{from}");
            let folder = folder(&[("c/own.toml", &OWN.replace(from, to))]);
            wrong(line, &command(line, &folder).output().expect("runs"), 2, expected)
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn there_are_more_than_sixty() {
    assert!(command_line::ROWS.len() + sources::ROWS.len() + checks::ROWS.len() + CHECK_FILES.len() >= 60);
}

#[test]
fn of_credentials_that_a_server_refuses() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = folder(&[("pw", "wrong-secret")]);
    let line = format!("audit -H {} -D {} -y pw", handle.uri(), lab::ADMIN_DN);
    let output = command(&line, &folder).output().expect("runs");
    let expected = format!(
        "the server refused the password of {} (invalid credentials, 49); check the account name, the password, and the form cn=ACCOUNT,cn=DOMAIN (Q182507)",
        lab::ADMIN_DN
    );
    assert_eq!(wrong(&line, &output, 3, &expected), None);
    let line = format!("audit -H {} -D LAB\\auditor -y pw", handle.uri());
    let output = command(&line, &folder).output().expect("runs");
    let expected = "the server refused the password of LAB\\auditor (invalid credentials, 49); write cn=auditor,cn=LAB (Q182507)";
    assert_eq!(wrong(&line, &output, 3, expected), None);
    let line = format!("audit -H {} --timeout 5", handle.uri().replace("ldap:", "ldaps:"));
    let output = command(&line, &folder).output().expect("runs");
    let host = handle.uri().replace("ldap://", "");
    let expected = format!(
        "{host} does not answer with TLS 1.2 or later: use ldap://, put a TLS relay before it, or audit an export (docs/servers.md)"
    );
    assert_eq!(wrong(&line, &output, 3, &without_port(&expected)), None);
}

#[test]
fn a_password_that_nobody_binds_with_is_said() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = folder(&[("audit.toml", &format!("[targets.a]\nuri = \"{}\"\n", handle.uri()))]);
    for (line, expected) in [
        (format!("audit -H {} --check ims --quiet", handle.uri()), "without -D DN"),
        ("audit --config audit.toml --check ims --quiet".to_owned(), "not used with --config"),
    ] {
        let output = command(&line, &folder).env("EXAUDIT_PASSWORD", "secret").output().expect("runs");
        let stderr = text(&output.stderr);
        assert!(stderr.contains("EXAUDIT_PASSWORD") && stderr.contains(expected), "{line}: {stderr}");
    }
    let output = command("audit --demo=healthy --check ims-admin-set --quiet", &folder).env("EXAUDIT_PASSWORD", "x").output();
    assert!(output.expect("runs").stderr.is_empty(), "a source that nobody binds to needs none");
}

#[test]
fn a_file_gets_a_report_whatever_comes() {
    for (line, code) in [
        ("audit --from nofile --format json -o report.json", 2),
        ("audit -H ldap://127.0.0.1:1 --format json -o report.json", 3),
        ("audit -H ldap://127.0.0.1:1 -D cn=a -y nofile --format json -o report.json", 2),
        ("audit --config nofile --format json -o report.json", 2),
        // refused before anything is sent
        ("audit -H ldap://192.0.2.1 -D cn=a -y pw --format json -o report.json", 2),
        ("audit --demo --ims-admin NOSUCH=A --format json -o report.json", 2),
        ("audit --demo=healthy --check ims-admin-set --quiet --format json -o report.json", 0),
    ] {
        let folder = folder(&[("report.json", "an older report"), ("pw", "x")]);
        let output = command(line, &folder).output().expect("runs");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(code), &b""[..]), "{line}: {}", text(&output.stderr));
        let report: serde_json::Value =
            serde_json::from_slice(&std::fs::read(folder.path().join("report.json")).expect("report")).expect("JSON");
        assert_eq!(report["complete"], code == 0, "{line}");
        assert!(code == 0 || !report["targets"][0]["problems"][0].is_null(), "{line}: {report}");
    }
}

#[test]
fn an_unwritable_output_is_found_before_the_audit() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = folder(&[]);
    for command_name in ["audit", "checklist", "doctor", "collect"] {
        let line = format!("{command_name} -H {} -o missing/out", handle.uri());
        let output = command(&line, &folder).output().expect("runs");
        let expected = "cannot write missing/out: there is no such folder; create missing first, or name another file";
        assert_eq!(wrong(&line, &output, 3, expected), None);
    }
    assert!(handle.log().requests().is_empty(), "nothing was sent");
}

#[test]
fn a_new_check_is_written_filled_in_and_never_overwritten() {
    let folder = folder(&[("ours/README", "")]);
    let run = |line: &str| command(line, &folder).output().expect("runs");
    let written = run("checks new own ours");
    assert_eq!(written.status.code(), Some(0), "{}", text(&written.stderr));
    assert!(text(&written.stdout).contains("exaudit checks lint ours"), "{}", text(&written.stdout));
    let lint = run("checks lint ours");
    assert!(lint.status.code() == Some(2) && text(&lint.stdout).contains("is empty: "), "{}", text(&lint.stdout));
    let path = folder.path().join("ours/own.toml");
    let blank = std::fs::read_to_string(&path).expect("file");
    let filled = blank.replace("filter = \"\"", "filter = \"(uid=*)\"").replace("\"\"", "\"Said.\"");
    std::fs::write(&path, &filled).expect("file");
    assert_eq!(run("checks lint ours").status.code(), Some(0));
    assert_eq!(run("checks test ours --demo=healthy").status.code(), Some(0));
    assert_eq!(run("checks new own ours").status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&path).expect("file"), filled);
}
