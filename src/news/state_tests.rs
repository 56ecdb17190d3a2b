use super::{Known, Presence, State, compare};
use crate::output::fixture::{self, finding};
use crate::report::{Report, Severity, Unseen, Verdict};
use std::path::Path;
use tempfile::TempDir;

fn night(day: usize, verdict: Verdict) -> Report {
    let mut report = fixture::report(vec![finding("a", verdict, Severity::Critical)]);
    report.started = format!("2026-{:02}-{:02}T05:30:00Z", 1 + day / 28 % 12, 1 + day % 28);
    report
}

/// Adds an audit as the program does.
fn add(state: &mut State, mut report: Report) {
    let known = compare(&state.known, "", &mut report, &|_, _| Presence::There);
    state.add(&report, known);
}

fn written(folder: &Path, state: &State) {
    std::fs::write(State::file(folder), serde_json::to_vec(state).expect("JSON")).expect("to write");
}

#[test]
fn a_folder_of_nothing_is_a_state_of_nothing_and_what_is_written_is_read() {
    let folder = TempDir::new().expect("a folder");
    let deep = folder.path().join("not/there/yet");
    State::prepare(&deep).expect("it is made");
    let mut state = State::read(&deep).expect("nothing");
    assert_eq!((state.known == Known::default(), state.runs.len()), (true, 0));
    add(&mut state, night(1, Verdict::Fail));
    written(&deep, &state);
    assert_eq!(State::read(&deep).expect("a state"), state);
}

/// What cannot be read is never taken for nothing: all would be new, every night.
#[test]
fn a_state_that_cannot_be_read_is_said() {
    let folder = TempDir::new().expect("a folder");
    let mut state = State::read(folder.path()).expect("nothing");
    add(&mut state, night(1, Verdict::Fail));
    let text = serde_json::to_string(&state).expect("JSON");
    let cut = text.get(..text.len() / 2).expect("ASCII").to_owned();
    let strange = text.replace("exaudit.state/1", "exaudit.state/9");
    let lost = text.replace("\"open\":[{\"target\":0", "\"open\":[{\"target\":5");
    assert_ne!(lost, text);
    for (text, says) in
        [(cut, "EOF"), (String::new(), "EOF"), (strange, "its schema is"), (lost, "belongs to none of its targets")]
    {
        std::fs::write(State::file(folder.path()), text).expect("to write");
        let error = State::read(folder.path()).expect_err(says).to_string();
        assert!(error.contains(says) && error.contains("Move it away"), "{error}");
    }
}

#[test]
fn what_is_remembered_is_bounded_and_the_oldest_is_forgotten() {
    let mut state = State::read(Path::new("/nonexistent")).expect("nothing");
    for day in 0..2050 {
        add(&mut state, night(day, if day % 2 == 0 { Verdict::Fail } else { Verdict::Pass }));
    }
    assert_eq!(state.runs.len(), 2000);
    assert_eq!(state.past.len(), 1025, "each was mended the night after");
    assert_eq!(state.history().len(), 92);
    let last = |started: Option<&str>| started == Some(night(2049, Verdict::Pass).started.as_str());
    assert!(
        last(state.runs.last().map(|run| run.started.as_str()))
            && last(state.history().last().map(|night| night.started.as_str()))
    );
}

#[test]
fn a_cause_has_a_first_and_a_last_night() {
    let mut state = State::read(Path::new("/nonexistent")).expect("nothing");
    for (day, is_seen) in [(1, false), (2, false), (3, true), (4, false)] {
        let mut report = night(day, Verdict::Unknown);
        if !is_seen {
            report.targets[0].unseen = vec![Unseen::of("Hidden objects were not seen".into(), None, None)];
        }
        add(&mut state, report);
    }
    let told: Vec<(&str, &str)> = state.causes.iter().map(|cause| (&cause.first[8..10], &cause.last[8..10])).collect();
    assert_eq!(told, [("02", "05")]);
}
