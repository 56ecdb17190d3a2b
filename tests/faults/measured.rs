//! Runs the program and measures it: how long, and how large it grew.

use crate::run::exaudit;
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// How a run ended and what it took.
pub(crate) struct Measured {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    pub(crate) took: Duration,
    /// The largest resident size seen, MiB; none where the system does not say.
    pub(crate) peak: Option<u64>,
}

/// Between two looks at the process.
const LOOK: Duration = Duration::from_millis(2);

/// Runs `exaudit ARGS`. What does not end within the limit is ended, and counts as ended by a signal.
pub(crate) fn run(args: &[&str], limit: Duration) -> Measured {
    let mut command = exaudit(args).env("EXAUDIT_PASSWORD", exaudit::lab::PASSWORD).command();
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("exaudit starts");
    let out = collect(child.stdout.take().expect("piped"));
    let err = collect(child.stderr.take().expect("piped"));
    let mut peak = None;
    let status = loop {
        // The mark only rises, so the last look before the end is the largest.
        peak = peak.max(high_water(child.id()));
        if let Some(status) = child.try_wait().expect("waits") {
            break status;
        }
        if started.elapsed() > limit {
            child.kill().expect("ends");
            break child.wait().expect("waits");
        }
        std::thread::sleep(LOOK);
    };
    let took = started.elapsed();
    let (stdout, stderr) = (out.join().expect("stdout"), err.join().expect("stderr"));
    Measured { code: status.code().unwrap_or(-1), stdout, stderr, took, peak }
}

/// The peak resident size so far, MiB, rounded up (Linux only). Until it has become the program, the process is a copy of
/// this one, with its memory.
fn high_water(pid: u32) -> Option<u64> {
    let program = std::fs::read_link(format!("/proc/{pid}/exe")).ok()?;
    if program != std::path::Path::new(env!("CARGO_BIN_EXE_exaudit")) {
        return None;
    }
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()?.div_ceil(1024))
}

fn collect(mut pipe: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        _ = pipe.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    })
}
