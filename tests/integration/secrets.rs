//! A password is written nowhere: not in a report, a log, an error, a file or a plan, in no spelling.

use crate::common::refusing::Refusing;
use crate::common::run::{Ran, exaudit};
use base64::Engine as _;
use exaudit::lab;
use std::net::TcpListener;
use std::path::Path;

/// The spellings in which a password could slip out.
fn spellings(password: &str) -> Vec<String> {
    let bytes = password.as_bytes();
    let list = |join: &str, format: fn(&u8) -> String| bytes.iter().map(format).collect::<Vec<_>>().join(join);
    vec![
        password.to_owned(),
        base64::engine::general_purpose::STANDARD.encode(password),
        list("", |byte| format!("{byte:02x}")),
        list(" ", |byte| format!("{byte:02x}")),
        list(", ", u8::to_string),
        list(", ", |byte| format!("{byte:#x}")),
        password.chars().rev().collect(),
    ]
}

#[track_caller]
fn silent(text: &str, password: &str, what: &str) {
    for spelling in spellings(password) {
        assert!(!text.contains(&spelling), "{what} shows the password as {spelling}: {text}");
    }
}

/// A way to give a password.
struct Way {
    name: &'static str,
    args: Vec<String>,
    environment: Option<(&'static str, String)>,
    input: String,
}

fn ways(folder: &Path, password: &str) -> Vec<Way> {
    let file = folder.join("pw");
    std::fs::write(&file, format!("{password}\n")).expect("file");
    std::fs::write(folder.join("exaudit.password"), password).expect("file");
    let folder = || Some(("CREDENTIALS_DIRECTORY", folder.display().to_string()));
    let way = |name, args: &[&str], environment, input: &str| {
        let args = args.iter().map(|&arg| arg.to_owned()).collect();
        Way { name, args, environment, input: input.to_owned() }
    };
    vec![
        way("a file", &["-y", &file.display().to_string()], None, ""),
        way("standard input", &["--password-stdin"], None, &format!("{password}\n")),
        way("the environment", &[], Some(("EXAUDIT_PASSWORD", password.to_owned())), ""),
        way("a credential", &[], folder(), ""),
        way("a credential by its name", &["--credential", "pw"], folder(), ""),
    ]
}

#[test]
fn whatever_happens() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let silent_uri = format!("ldap://{}", listener.local_addr().expect("address"));
    let refusing = Refusing::new();
    let (uri, closed) = (handle.uri(), refusing.uri());
    // the lab takes one password only; where it is refused or never sent, another is used
    let cases: [(&str, &[&str], &str, i32); 9] = [
        ("it is right", &["-H", &uri, "--format", "json", "--all"], lab::PASSWORD, 1),
        ("it is right, as a table", &["-H", &uri, "--all"], lab::PASSWORD, 1),
        ("it is wrong", &["-H", &uri], "Tr0ub4dor&3-x", 3),
        ("nobody listens", &["-H", &closed], "Tr0ub4dor&3-x", 3),
        ("nobody answers", &["-H", &silent_uri, "--timeout", "1"], "Tr0ub4dor&3-x", 3),
        ("StartTLS is refused", &["-H", &uri, "-ZZ"], "Tr0ub4dor&3-x", 3),
        ("it is no TLS port", &["-H", &uri.replace("ldap:", "ldaps:"), "--timeout", "2"], "Tr0ub4dor&3-x", 3),
        ("it would travel in clear text", &["-H", "ldap://192.0.2.1"], "Tr0ub4dor&3-x", 2),
        ("nothing is sent", &["-H", &uri, "--explain-plan"], "Tr0ub4dor&3-x", 0),
    ];
    let folder = tempfile::tempdir().expect("folder");
    for (what, args, password, code) in cases {
        let report = folder.path().join("report");
        for way in ways(folder.path(), password) {
            let fixed = ["audit", "-vv", "-D", lab::ADMIN_DN].into_iter().chain(args.iter().copied()).map(str::to_owned);
            let run = exaudit(fixed.chain(way.args)).env("RUST_LOG", "trace").stdin(way.input);
            let run = way.environment.iter().fold(run, |run, (name, value)| run.env(name, value));
            let Ran { code: ended, stdout, stderr, .. } = run.run();
            assert_eq!(ended, code, "{what}, from {}: {stderr}", way.name);
            // the log speaks, and of something else
            assert!(code != 1 || (stderr.contains("bind dn=") && stderr.contains("searched base=")), "{stderr}");
            silent(&stdout, password, what);
            silent(&stderr, password, what);
        }
        let args =
            ["audit", "-D", lab::ADMIN_DN, "-o"].into_iter().chain([report.to_str().expect("text")]).chain(args.iter().copied());
        exaudit(args).env("EXAUDIT_PASSWORD", password).run();
        if let Ok(text) = std::fs::read_to_string(&report) {
            silent(&text, password, what);
            std::fs::remove_file(&report).expect("removed");
        }
    }
    // and the check of this test finds what it looks for
    assert!(std::panic::catch_unwind(|| silent("cHc=", "pw", "a control")).is_err());
}

/// Whatever a server says goes nowhere with the password in it: not into the log, a report, a file or standard error.
#[test]
fn a_server_that_repeats_it() {
    let demo = || lab::demo().map(std::sync::Arc::new).expect("demo");
    let folder = tempfile::tempdir().expect("folder");
    for fault in ["echo@bind", "echo@root", "echo@search", "echo@entry", "echo@page", "echo@read", "echo-reference"] {
        let handle = lab::start_with(demo(), Some(fault.parse().expect("a fault"))).expect("lab");
        let file = folder.path().join("out").display().to_string();
        for args in [&["audit", "--format", "json"][..], &["audit"], &["checklist"], &["doctor"], &["collect", "-o", &file]] {
            let more = ["-vv", "-H", &handle.uri(), "-D", lab::ADMIN_DN, "--page-size", "3"];
            let ran = exaudit(args.iter().chain(&more)).env("EXAUDIT_PASSWORD", lab::PASSWORD).run();
            silent(&ran.stdout, lab::PASSWORD, fault);
            silent(&ran.stderr, lab::PASSWORD, fault);
            silent(&std::fs::read_to_string(&file).unwrap_or_default(), lab::PASSWORD, fault);
        }
    }
}

/// As Notepad saves it, and as PowerShell writes it.
#[test]
fn a_byte_order_mark_is_no_part_of_it() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("pw");
    let line = format!("{}\r\n", lab::PASSWORD);
    let wide: Vec<u8> = std::iter::once(0xfeff).chain(line.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for content in [[b"\xef\xbb\xbf", line.as_bytes()].concat(), wide] {
        std::fs::write(&file, &content).expect("file");
        for (args, input) in
            [(["-y", &file.display().to_string()].as_slice(), Vec::new()), (&["--password-stdin"], content.clone())]
        {
            let fixed = ["doctor", "-H", &handle.uri(), "-D", lab::ADMIN_DN];
            let ran = exaudit(fixed.iter().chain(args)).stdin(input).run();
            assert_eq!(ran.code, 0, "{}", ran.stderr);
        }
    }
}

#[test]
fn the_way_to_a_clear_text_password_is_said_in_one_line() {
    for (dn, words) in [("cn=a,cn=D,cn=admin", "Q185475"), ("cn=a,cn=D", "ldaps://")] {
        let ran = exaudit(["audit", "-H", "ldap://192.0.2.1", "-D", dn]).env("EXAUDIT_PASSWORD", "x").run();
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        for word in [words, "--allow-plaintext-password", "--from FILE", "clear text"] {
            assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
        }
    }
}

#[test]
fn a_credential_that_is_not_there_says_how_to_make_one() {
    let run = |args: &[&str]| exaudit(["audit", "-H", "ldap://127.0.0.1:1", "-D", "cn=a"].iter().chain(args)).run();
    let ran = run(&["--credential", "mail"]);
    assert!(ran.code == 2 && ran.stderr.contains("LoadCredential=mail:FILE"), "{}", ran.stderr);
    let ran = run(&["--credential", "../x"]);
    assert!(ran.code == 2 && ran.stderr.contains("not the name of a credential"), "{}", ran.stderr);
}
