//! What the program meets around it: a standard error that nobody reads, folders that refuse, signals.

use crate::common::lab::wait_for_unbinds;
use crate::common::run::exaudit;
use exaudit::lab;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Standard error is only a log: full or without a reader, it costs no report.
#[test]
fn a_standard_error_that_takes_nothing_stops_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    for verbose in [&[][..], &["-v"], &["-vv"]] {
        for closed in [false, true] {
            let report = folder.path().join("report.json");
            let args = ["audit", "--demo", "--format", "json", "-o", report.to_str().expect("text")];
            let mut command = exaudit(args.iter().chain(verbose)).command();
            let stderr = match closed {
                true => Stdio::piped(),
                false => std::fs::File::options().write(true).open("/dev/full").expect("/dev/full").into(),
            };
            let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn().expect("exaudit starts");
            drop(child.stderr.take());
            assert_eq!(child.wait().expect("exaudit ends").code(), Some(1), "{verbose:?} {closed}");
            let text = std::fs::read(&report).expect("a report");
            assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).expect("JSON")["complete"], true);
            std::fs::remove_file(&report).expect("removed");
        }
    }
}

/// Another account's run: root may write everywhere.
fn as_nobody(command: Command) -> Option<Command> {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if !is_root {
        return Some(command);
    }
    let mut other = Command::new("setpriv");
    other.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(command.get_program()).args(command.get_args());
    let mut works = Command::new("setpriv");
    works.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(command.get_program()).arg("--version");
    if !works.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success()) {
        eprintln!("LEFT OUT: writing where an account may not; it needs setpriv, or an account that is not root");
        return None;
    }
    Some(other)
}

#[test]
fn a_report_is_written_in_place_where_its_folder_refuses() {
    let folder = tempfile::tempdir().expect("folder");
    let report = folder.path().join("report.json");
    let mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("chmod");
    std::fs::write(&report, "an older report ".repeat(100_000)).expect("file");
    mode(&report, 0o666);
    mode(folder.path(), 0o555);
    let args = ["audit", "--demo", "--format", "json", "-o", report.to_str().expect("text")];
    let before = std::fs::metadata(&report).expect("file");
    if let Some(mut command) = as_nobody(exaudit(args).command()) {
        let ran = command.stdin(Stdio::null()).output().expect("exaudit runs");
        assert_eq!(ran.status.code(), Some(1), "{}", String::from_utf8_lossy(&ran.stderr));
        let text = std::fs::read(&report).expect("a report");
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&text).expect("JSON")["complete"], true);
        let after = std::fs::metadata(&report).expect("file");
        assert_eq!((after.ino(), after.uid(), after.mode()), (before.ino(), before.uid(), before.mode()));
        // nor may it be written: said in one line
        mode(&report, 0o444);
        if before.uid() == 0 {
            let mut command = as_nobody(exaudit(args).command()).expect("as before");
            let ran = command.stdin(Stdio::null()).output().expect("exaudit runs");
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(ran.status.code() == Some(3) && said.contains("may not write in") && said.lines().count() == 1, "{said}");
        }
    }
    mode(folder.path(), 0o755);
}

/// A server that answers so many requests with success, and then nothing more; all that it heard.
fn stalling(answers: usize) -> (String, Arc<Mutex<Vec<u8>>>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("port");
    let uri = format!("ldap://{}", listener.local_addr().expect("address"));
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hearing = Arc::clone(&heard);
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("timeout");
        let mut bytes = [0; 4096];
        let mut answered = 0;
        while let Ok(count @ 1..) = stream.read(&mut bytes) {
            hearing.lock().expect("heard").extend(&bytes[..count]);
            if answered < answers {
                answered += 1;
                let id = u8::try_from(answered).expect("few");
                let tag = if id == 1 { 0x61 } else { 0x65 };
                stream.write_all(&[0x30, 12, 2, 1, id, tag, 7, 10, 1, 0, 4, 0, 4, 0]).expect("written");
            }
        }
    });
    (uri, heard, server)
}

/// What a run left behind that a signal ended.
struct Signalled {
    code: Option<i32>,
    said: String,
    file: String,
}

/// Ends the run by this signal once it is where it waits.
fn signalled(command: &str, uri: &str, signal: &str, more: &[&str], waits: impl Fn() -> bool) -> Signalled {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "old").expect("file");
    let args = [command, "-H", uri, "-D", lab::ADMIN_DN, "-o", file.to_str().expect("text")];
    let mut command = exaudit(args.iter().chain(more)).env("EXAUDIT_PASSWORD", lab::PASSWORD).command();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("exaudit starts");
    let until = Instant::now() + Duration::from_secs(10);
    while Instant::now() < until && !waits() {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(200));
    let began = Instant::now();
    let kill = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    let ended = child.wait_with_output().expect("exaudit ends");
    assert!(began.elapsed() < Duration::from_secs(4), "{:?}", began.elapsed());
    assert!(ended.stdout.is_empty());
    assert_eq!(std::fs::read_dir(folder.path()).expect("folder").count(), 1, "no temporary file is left");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    Signalled { code: ended.status.code(), said, file: std::fs::read_to_string(&file).expect("file") }
}

impl Signalled {
    /// The report in the file: it says that it is not all.
    fn report(&self) -> serde_json::Value {
        let report: serde_json::Value = serde_json::from_str(&self.file).expect("a report");
        assert_eq!(report["complete"], false, "{}", self.file);
        assert!(report["targets"][0]["problems"].to_string().contains("the run was stopped"), "{}", self.file);
        report
    }
}

const SIGNALS: [(&str, i32, &str); 2] = [("INT", 130, "stopped by SIGINT"), ("TERM", 143, "stopped by SIGTERM")];

#[test]
fn a_signal_ends_it_with_an_unbind() {
    for (signal, code, words) in SIGNALS {
        // in the middle of the bind, of the read of the root, of a later search
        for answers in [0, 1, 3] {
            let (uri, heard, server) = stalling(answers);
            let searches = || heard.lock().expect("heard").windows(2).filter(|two| two[0] == 0x63).count();
            let waits = || !heard.lock().expect("heard").is_empty() && searches() >= answers;
            let ended = signalled("audit", &uri, signal, &["--format", "json"], waits);
            assert_eq!(ended.code, Some(code), "{}", ended.said);
            assert!(ended.said.lines().last().is_some_and(|line| line.contains(words)), "{}", ended.said);
            ended.report();
            server.join().expect("the server");
            assert!(heard.lock().expect("heard").ends_with(&[0x42, 0]), "an Unbind after {answers} answers");
        }
        // and between two requests
        let handle = lab::start(lab::demo().expect("demo")).expect("lab");
        let more = ["--pace", "60", "--format", "json"];
        let ended = signalled("audit", &handle.uri(), signal, &more, || handle.log().count("bind") > 0);
        assert_eq!(ended.code, Some(code), "{}", ended.said);
        ended.report();
        wait_for_unbinds(handle.log(), 1);
        assert_eq!(handle.log().count("unbind"), 1, "{:?}", handle.log().requests());
    }
}

/// Several at a time: each takes its leave.
#[test]
fn a_signal_ends_all_sessions() {
    let (first, second) = (stalling(1), stalling(2));
    let waits = || [&first, &second].iter().all(|server| server.1.lock().expect("heard").len() > 100);
    let ended = signalled("audit", &first.0, "TERM", &["-H", &second.0, "--format", "json"], waits);
    assert_eq!(ended.code, Some(143), "{}", ended.said);
    assert_eq!(ended.report()["targets"].as_array().map(Vec::len), Some(2));
    for (_, heard, server) in [first, second] {
        server.join().expect("the server");
        assert!(heard.lock().expect("heard").ends_with(&[0x42, 0]));
    }
}

/// What was read until then is judged: services were found, and what would decide the rest was not read.
#[test]
fn what_was_read_before_a_signal_is_told() {
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    // at the pace of the test, the services have been read and more is asked for
    let waits = || handle.log().count("search") > 6;
    let ended = signalled("audit", &handle.uri(), "INT", &["--pace", "0.5", "--format", "json"], waits);
    let report = ended.report();
    assert!(report["results"].as_array().is_some_and(|results| !results.is_empty()), "{}", ended.file);
    // a collected file is whole or not there
    let handle = lab::start(lab::demo().expect("demo")).expect("lab");
    let waits = || handle.log().count("search") > 6;
    let ended = signalled("collect", &handle.uri(), "INT", &["--pace", "0.5"], waits);
    assert_eq!((ended.code, ended.file.as_str()), (Some(130), "old"), "{}", ended.said);
}

#[test]
fn a_signal_ends_a_run_over_a_file_too() {
    let mut command = exaudit(["audit", "--from", "-"]).command();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("exaudit starts");
    // kept open until the end: waiting for a child closes its standard input, and the end of that is no signal
    let input = child.stdin.take();
    std::thread::sleep(Duration::from_millis(500));
    let kill = Command::new("kill").args(["-s", "TERM", &child.id().to_string()]).status();
    assert!(kill.expect("kill runs").success());
    assert_eq!(child.wait().expect("exaudit ends").code(), Some(143));
    drop(input);
}
