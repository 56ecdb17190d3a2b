//! Runs the commands over the faults.

use crate::expected::{self, Expected};
use crate::judged::{self, Verdicts};
use crate::measured::{self, Measured};
use crate::table::{self, Row};
use exaudit::lab::fault::Fault;
use exaudit::lab::{self, Data, LabHandle};
use serde_json::Value;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A command that is run over every fault; `-H`, bind and limits are added.
struct Command {
    name: &'static str,
    args: &'static [&'static str],
    /// Whether its standard output is a report whose verdicts are compared.
    reports: bool,
    /// Whether its rows are the table of docs/faults.md.
    documented: bool,
}

/// One more command is one more line.
const COMMANDS: &[Command] = &[
    Command { name: "audit", args: &["audit", "--format", "json"], reports: true, documented: true },
    Command { name: "doctor", args: &["doctor", "--format", "json"], reports: false, documented: false },
    Command { name: "collect", args: &["collect", "--all"], reports: false, documented: false },
];

/// Seconds for an answer, and for a run, where it is the clock that ends it.
const SHORT: (u64, u64) = (2, 5);
/// The same where it is not.
const LONG: (u64, u64) = (30, 60);
/// Leaving takes at most two seconds more (Abandon, Unbind); the rest is for judging what a flood brought, in a debug build
/// on a busy machine.
const GRACE: Duration = Duration::from_secs(12);
/// MiB that a run may take, beside so many times what the fault sent. Four times do but for `flood-sites`: each of its entries, 500
/// bytes long, is a site with results of its own.
const LEAST_MEMORY: u64 = 64;
const TIMES_SENT: u64 = 6;
/// Runs at a time: most wait, few work.
const AT_A_TIME: usize = 4;

fn run(command: &Command, lab: &LabHandle, (timeout, deadline): (u64, u64)) -> Measured {
    let limit = Duration::from_secs(deadline) + 2 * GRACE;
    let (uri, timeout, deadline) = (lab.uri(), timeout.to_string(), deadline.to_string());
    // Pages of three, so that the demo organization takes several.
    let more = ["-H", &uri, "-D", lab::ADMIN_DN, "--page-size", "3", "--timeout", &timeout, "--deadline", &deadline];
    measured::run(&[command.args, &more].concat(), limit)
}

#[test]
fn nothing_a_server_does_hangs_it_bloats_it_or_makes_it_lie() {
    let only = std::env::var("EXAUDIT_FAULT").ok();
    let faults: Vec<Fault> =
        Fault::all().filter(|f| only.as_deref().is_none_or(|only| f.to_string().starts_with(only))).collect();
    for command in COMMANDS {
        // the clock ends the others as it ends an audit
        let faults: Vec<Fault> = faults.iter().filter(|f| command.documented || !expected::of(f).waits()).copied().collect();
        over_all_faults(command, &faults, only.is_some());
    }
}

fn over_all_faults(command: &Command, faults: &[Fault], partly: bool) {
    let data = Arc::new(lab::demo().expect("the demo organization"));
    let right = run(command, &lab::start(Arc::clone(&data)).expect("the lab"), LONG);
    let right = Right {
        verdicts: serde_json::from_str(&right.stdout).map(|report| judged::verdicts(&report)).unwrap_or_default(),
        code: right.code,
    };
    assert!(!command.reports || !right.verdicts.is_empty(), "the fault-free run reports");
    let next = Mutex::new(faults.iter().enumerate());
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let Some((index, fault)) = next.lock().expect("queue").next() else { return };
                    let one = one(command, fault, &data, &right);
                    found.lock().expect("results").push((index, one));
                }
            });
        }
    });
    let mut found = found.into_inner().expect("results");
    found.sort_by_key(|(index, _)| *index);
    let wrong: Vec<String> = found.iter().flat_map(|(_, (_, wrong))| wrong.clone()).collect();
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
    if command.documented && !partly {
        let rows: Vec<Row> = found.into_iter().map(|(_, (row, _))| row).collect();
        table::settle(&rows).unwrap_or_else(|differs| panic!("{differs}"));
    }
}

/// The fault-free run.
struct Right {
    verdicts: Verdicts,
    code: i32,
}

/// Runs a command over one fault. What is wrong is returned in words.
fn one(command: &Command, fault: &Fault, data: &Arc<Data>, right: &Right) -> (Row, Vec<String>) {
    let lab = lab::start_with(Arc::clone(data), Some(*fault)).expect("the lab");
    let expected = expected::of(fault);
    let limits = if expected.waits() { SHORT } else { LONG };
    let ran = run(command, &lab, limits);
    let mut wrong: Vec<String> = Vec::new();
    let mut check = |fine: bool, what: String| {
        if !fine {
            wrong.push(format!("{} over {fault}: {what}\n    stderr: {}", command.name, ran.stderr.trim()));
        }
    };
    let most = if expected.waits() { Duration::from_secs(limits.1) + GRACE } else { Duration::from_secs(limits.0) };
    check(ran.took <= most, format!("took {:?}", ran.took));
    let sent = lab.sent() >> 20;
    check(
        ran.peak.is_none_or(|peak| peak <= LEAST_MEMORY + TIMES_SENT * sent),
        format!("grew to {:?} MiB over {sent} MiB", ran.peak),
    );
    check(!ran.stderr.contains("panicked"), "panicked".into());
    let harmful = |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    check(!ran.stderr.contains(harmful), "a raw control character on standard error".into());
    let report: Option<Value> = serde_json::from_str(&ran.stdout).ok();
    let found = report.as_ref().map(judged::verdicts).unwrap_or_default();
    if command.reports {
        for falsehood in judged::falsehoods(&right.verdicts, &found) {
            check(false, falsehood);
        }
        match expected {
            Expected::Harmless => {
                check(found == right.verdicts, "other verdicts than without the fault".into());
                check(ran.code == right.code, format!("exit code {}, without the fault {}", ran.code, right.code));
            }
            Expected::Undecided(reason) => {
                let results = report.as_ref().and_then(|report| report["results"].as_array().cloned()).unwrap_or_default();
                let undecided = results.iter().filter(|result| result["verdict"] == "unknown").count();
                check(undecided == 1, format!("{undecided} results are unknown, not one"));
                check(results.iter().any(|result| result["reason"] == reason), format!("no result says {reason}"));
            }
            Expected::Told(how) => {
                let failed = found.values().any(|verdict| verdict == "fail");
                check(ran.code == if failed { 1 } else { 3 }, format!("exit code {}, and fail: {failed}", ran.code));
                match &report {
                    Some(report) => {
                        check(report["complete"] == false, "the report claims to be complete".into());
                        let problems = report["targets"][0]["problems"].to_string();
                        check(problems.contains(how), format!("no problem says {how:?}: {problems}"));
                    }
                    None => {
                        check(ran.stderr.lines().count() <= 2, "an error of more than two lines".into());
                        check(ran.stderr.contains(&how.replace('\\', "")), format!("no error says {how:?}"));
                    }
                }
            }
        }
    } else {
        check(matches!(ran.code, 0 | 1 | 3), format!("exit code {}", ran.code));
    }
    let row = Row {
        fault: fault.name(),
        phase: fault.phase().word(),
        says: fault.says(),
        verdicts: if report.is_some() { judged::counted(&right.verdicts, &found) } else { "no report".into() },
        code: ran.code,
        took: ran.took,
        peak: ran.peak,
    };
    if std::env::var_os("EXAUDIT_FAULT").is_some() {
        eprintln!("{fault}: {} {:.1} s {:?} MiB {}\n{}", ran.code, ran.took.as_secs_f64(), ran.peak, row.verdicts, ran.stderr);
    }
    (row, wrong)
}
