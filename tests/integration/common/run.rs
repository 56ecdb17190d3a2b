//! Runs the built program, with nothing of the caller's environment that changes what it says.

use serde_json::Value;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a run ended.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    pub took: Duration,
}

impl Ran {
    /// The report, which must be JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}\nstdout: {}\nstderr: {}", self.stdout, self.stderr))
    }
}

/// A run of `exaudit`.
#[must_use]
pub struct Run {
    command: Command,
    input: Vec<u8>,
}

/// The checks of the administrator mailbox. What these tests say of sources, formats and exit codes they say with them; the
/// other checks have a truth table of their own (tests/catalogue).
pub const ADMINISTRATOR: [&str; 5] =
    ["ims-admin-set", "ims-admin-exists", "ims-admin-recipient", "ims-admin-x400", "ims-admin-repoint"];

/// `exaudit ARGS`; an audit, checklist or collection that selects no checks is one of those of the administrator mailbox.
pub fn exaudit<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    let mut args: Vec<std::ffi::OsString> = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
    let judges = args.first().is_some_and(|first| ["audit", "checklist", "collect"].iter().any(|own| first == own));
    let selects = |arg: &std::ffi::OsString| ["--check", "--kb", "--only-checks", "--checks"].iter().any(|own| arg == own);
    if judges && !args.iter().any(selects) {
        args.extend(ADMINISTRATOR.iter().flat_map(|id| ["--check", id]).map(Into::into));
        // tests/mutate tries broken ones
        if let (Some(folder), false) = (std::env::var_os("EXAUDIT_TEST_CHECKS"), args.iter().any(|arg| arg == "collect")) {
            args.extend(["--only-checks".into(), folder]);
        }
    }
    whole(args)
}

/// `exaudit ARGS`, as it is.
pub fn whole<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_exaudit"));
    command.args(args);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy().into_owned();
        let scrubbed =
            ["NO_COLOR", "CI", "LANG", "TERM", "COLUMNS", "RUST_BACKTRACE", "RUST_LOG", "FORCE_COLOR", "CLICOLOR_FORCE"];
        if scrubbed.contains(&text.as_str()) || ["LC_", "EXAUDIT_", "LDAP"].iter().any(|p| text.starts_with(p)) {
            command.env_remove(&name);
        }
    }
    // no configuration file of whoever runs the tests
    command.env("HOME", "/nonexistent").env_remove("XDG_CONFIG_HOME").env_remove("APPDATA");
    Run { command, input: Vec::new() }
}

impl Run {
    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn stdin(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// The command itself, for a test that watches the process.
    #[allow(dead_code, reason = "not every test binary does")]
    pub fn command(self) -> Command {
        self.command
    }

    /// Runs to the end. A run that does not end within a minute is killed, and the test fails.
    pub fn run(mut self) -> Ran {
        let started = Instant::now();
        let mut child =
            self.command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("exaudit starts");
        let mut stdin = child.stdin.take().expect("piped");
        let input = std::mem::take(&mut self.input);
        let feeding = std::thread::spawn(move || _ = stdin.write_all(&input));
        let pid = child.id();
        let (done, waiting) = std::sync::mpsc::channel();
        let watch = std::thread::spawn(move || {
            if waiting.recv_timeout(Duration::from_secs(60)).is_err() {
                _ = Command::new("kill").args(["-9", &pid.to_string()]).status();
                return true;
            }
            false
        });
        let output = child.wait_with_output().expect("exaudit ends");
        _ = done.send(());
        assert!(!watch.join().expect("watch"), "exaudit did not end within a minute");
        feeding.join().expect("feeding");
        let ran = Ran {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            took: started.elapsed(),
        };
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        ran
    }
}
