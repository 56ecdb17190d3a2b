//! Bad input: a clear error, the documented exit code, no panic, no hang, nothing half written.

use crate::common::directory::ldif;
use crate::common::lab::wait_for_unbinds;
use crate::common::refusing::Refusing;
use crate::common::run::{Ran, exaudit};
use crate::truth::case::{ADMIN, Case, frame, ims};
use exaudit::lab;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

fn audit<'a>(args: impl IntoIterator<Item = &'a str>) -> Ran {
    exaudit(["audit"].into_iter().chain(args)).run()
}

/// A server that takes one connection, reads a little and answers with these bytes, then closes.
fn answering(bytes: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let uri = format!("ldap://{}", listener.local_addr().expect("address"));
    thread::spawn(move || {
        if let Ok((mut stream, _)) = listener.accept() {
            _ = stream.set_read_timeout(Some(Duration::from_millis(500)));
            _ = stream.read(&mut [0; 1024]);
            _ = stream.write_all(&bytes);
        }
    });
    uri
}

#[track_caller]
fn refused(ran: &Ran, code: i32, words: &[&str]) {
    assert_eq!(ran.code, code, "{}{}", ran.stdout, ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "{word:?} is missing from: {}", ran.stderr);
    }
    assert!(ran.stderr.lines().count() <= 3, "one or two lines: {}", ran.stderr);
}

#[test]
fn hosts_that_do_not_answer() {
    refused(&audit(["-H", "ldap://no-such-host.invalid"]), 3, &["no-such-host.invalid"]);
    let closed = Refusing::new();
    refused(&audit(["-H", &closed.uri()]), 3, &[&closed.address().to_string(), "refused"]);
    refused(&audit(["-H", "http://127.0.0.1"]), 2, &["ldap://"]);
}

#[test]
fn a_server_that_answers_garbage_or_closes() {
    for bytes in [
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
        vec![0x30, 0x00],
        vec![0xff; 64],
        vec![0x30, 0x84, 0x7f, 0xff, 0xff, 0xff],
        vec![],
    ] {
        let uri = answering(bytes.clone());
        let ran = audit(["-H", &uri, "--timeout", "2", "--format", "json"]);
        refused(&ran, 3, &[]);
        assert!(ran.took < Duration::from_secs(10), "{bytes:?} took {:?}", ran.took);
        assert!(!ran.stderr.is_empty());
    }
}

#[test]
fn a_wrong_password_an_empty_one_and_one_on_the_command_line() {
    let handle = lab::start(Arc::new(lab::demo().expect("demo"))).expect("lab");
    let uri = format!("ldap://{}", handle.address());
    let bind = ["audit", "-H", &uri, "-D", lab::ACCOUNT_DN];
    let wrong = exaudit(bind).env("EXAUDIT_PASSWORD", "wrong-secret").run();
    refused(&wrong, 3, &["49", "auditor"]);
    assert!(!wrong.stderr.contains("wrong-secret"));
    wait_for_unbinds(handle.log(), 1);
    let requests = handle.log().requests().len();
    refused(&exaudit(bind).env("EXAUDIT_PASSWORD", "").run(), 2, &["empty"]);
    assert_eq!(handle.log().requests().len(), requests, "an empty password is refused before anything is sent");
    let empty = tempfile::NamedTempFile::new().expect("file");
    let path = empty.path().display().to_string();
    refused(&exaudit(bind.into_iter().chain(["-y", &path])).run(), 2, &[&path, "empty"]);
    refused(&exaudit(bind.into_iter().chain(["-y", "no-such-file"])).run(), 2, &["no-such-file"]);
    assert_eq!(handle.log().requests().len(), requests, "nothing was sent");
    refused(&exaudit(bind).run(), 2, &["-W", "-y", "EXAUDIT_PASSWORD"]);
    refused(&exaudit(bind.into_iter().chain(["-w", "secret"])).run(), 2, &["command line", "-W"]);
    refused(&exaudit(bind.into_iter().chain(["-W"])).run(), 2, &["terminal"]);
    let stdin = exaudit(bind.into_iter().chain(["--password-stdin", "--quiet"])).stdin(format!("{}\n", lab::PASSWORD)).run();
    assert!(stdin.code == 1 || stdin.code == 3, "{}", stdin.stderr);
}

#[test]
fn active_directory_on_the_port() {
    let uri = answering_root_dse("defaultNamingContext", "DC=example,DC=com");
    refused(&audit(["-H", &uri, "--timeout", "2"]), 3, &["Active Directory", "379", "390"]);
}

/// Answers the first request, a search, with one rootDSE entry of one attribute.
fn answering_root_dse(name: &str, value: &str) -> String {
    fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
        [vec![tag, u8::try_from(content.len()).expect("short")], content.to_vec()].concat()
    }
    let id = tlv(2, &[1]);
    let attribute = tlv(0x30, &[tlv(4, name.as_bytes()), tlv(0x31, &tlv(4, value.as_bytes()))].concat());
    let entry = tlv(0x30, &[id.clone(), tlv(0x64, &[tlv(4, b""), tlv(0x30, &attribute)].concat())].concat());
    let done = tlv(0x30, &[id, tlv(0x65, &[tlv(0x0a, &[0]), tlv(4, b""), tlv(4, b"")].concat())].concat());
    answering([entry, done].concat())
}

#[test]
fn files_that_are_no_export() {
    let folder = tempfile::tempdir().expect("folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("file");
        path.display().to_string()
    };
    let good = ldif(&frame());
    for (name, text, words) in [
        ("empty.ldif", Vec::new(), &["empty.ldif"][..]),
        ("binary.ldif", vec![0, 1, 2, 3, 0xff, 0xfe, 0, 0], &["binary.ldif", "not a text file"]),
        ("cut.ldif", format!("{good}dn: cn=x,o=Org\ncn:: QUJ").into_bytes(), &["cut.ldif", "base64"]),
        ("base64.ldif", format!("{good}dn: cn=x,o=Org\ncn:: !!!!\n").into_bytes(), &["base64.ldif", "line", "base64"]),
        ("nodn.ldif", format!("{good}cn: x\nsn: y\n").into_bytes(), &["nodn.ldif", "line", "dn"]),
        ("changes.ldif", b"dn: cn=x,o=Org\nchangetype: delete\n".to_vec(), &["changes.ldif", "change"]),
        ("url.ldif", format!("{good}dn: cn=x,o=Org\njpegPhoto:< file:///etc/passwd\n").into_bytes(), &["url.ldif", "URL"]),
    ] {
        let path = write(name, &text);
        let ran = audit(["--from", &path, "--format", "json"]);
        refused(&ran, 3, words);
        let report = ran.json();
        assert_eq!(report["complete"], false, "{name}");
        assert!(report["targets"][0]["problems"].to_string().contains(name), "{name}: {report}");
    }
    refused(&audit(["--from", &folder.path().join("none.ldif").display().to_string()]), 2, &["none.ldif", "cannot read"]);
    refused(&audit(["--from", &folder.path().display().to_string()]), 3, &["cannot read"]);
}

#[test]
fn a_line_of_a_hundred_megabytes_is_refused_at_the_bound() {
    let mut text = ldif(&Case::with([ims(ADMIN)]).records).into_bytes();
    text.extend(b"dn: cn=long,o=Org\ncn: ");
    text.resize(text.len() + 100 * 1024 * 1024, b'x');
    let ran = exaudit(["audit", "--from", "-", "--format", "json"]).stdin(text).run();
    refused(&ran, 3, &["16 MiB"]);
    assert_eq!(ran.json()["results"][0]["verdict"], "pass", "what was read before it is judged");
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("folder");
    let missing = folder.path().join("missing/report.json");
    let ran = audit(["--demo", "--output", &missing.display().to_string()]);
    refused(&ran, 3, &["report.json"]);
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 0);
    // a folder in the way stays a folder, and no temporary file stays beside it
    let occupied = folder.path().join("report.json");
    std::fs::create_dir(&occupied).expect("folder");
    refused(&audit(["--demo", "--output", &occupied.display().to_string()]), 3, &["report.json"]);
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1);
}

#[test]
fn usage_that_makes_no_sense() {
    refused(&audit(["--demo", "--check", "ims-admin-x4000"]), 2, &["ims-admin-x4000", "did you mean", "ims-admin-x400"]);
    refused(&audit(["--demo", "--kb", "Q999999"]), 2, &["Q999999"]);
    for text in ["SRV", "=x", "SRV=/nothing"] {
        let ran = audit(["--demo", "--ims-admin", text]);
        assert_eq!(ran.code, 2, "{text}: {}", ran.stderr);
        assert!(ran.stderr.contains("--ims-admin"), "{}", ran.stderr);
    }
    let ran = audit(["--demo", "--ims-admin", "NOSUCH=Administrator"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("NOSUCH") && ran.stderr.contains("found:"), "{}", ran.stderr);
    assert_eq!(audit([]).code, 2);
    assert_eq!(audit(["--demo", "--from", "x"]).code, 2);
    refused(&audit(["--demo", "-b", "nonsense"]), 2, &["-b"]);
    refused(&audit(["--demo", "--checks", "no-such-folder"]), 2, &["no-such-folder"]);
}
