//! The top of the page: the answer, what was read and when, how many results of each kind, and what went wrong while reading.

use super::state::State;
use super::text;
use crate::directory::source::Kind;
use crate::output::digest::services::Services;
use crate::output::words::{self, counted};
use crate::report::{Report, Severity, Summary, Target, Verdict};
use maud::{Markup, html};

/// Problems of a target that are told at once.
const MOST_PROBLEMS: usize = 3;

/// The title of the page.
pub(super) fn title(report: &Report) -> Markup {
    let names: Vec<&str> = report.targets.iter().filter_map(|target| target.organization.as_deref()).take(3).collect();
    let of = if names.is_empty() { String::new() } else { format!(": {}", names.join(", ")) };
    html! { (crate::output::sanitize::visible(&format!("Exchange audit{of}"))) }
}

/// What to do, in a few words, and how urgent that is.
pub(super) fn decision(report: &Report) -> (State, String) {
    let of = |severity: Severity| -> u64 {
        let is = |finding: &&crate::report::Finding| State::of(finding) == State::from(severity);
        report.results.iter().filter(is).map(|finding| finding.count).sum()
    };
    let undecided = report.summary.unknown as u64;
    match (of(Severity::Critical), of(Severity::Warning), of(Severity::Info)) {
        (critical @ 1.., ..) => {
            (State::Critical, format!("Act now: {}", counted(critical, "critical failure", "critical failures")))
        }
        (0, warnings @ 1.., _) => (State::Warning, format!("Plan a repair: {}", counted(warnings, "warning", "warnings"))),
        _ if !report.complete => (State::Undecided, "Not decided: the directory was not read completely".into()),
        _ if report.results.is_empty() => (State::Undecided, "Nothing was checked".into()),
        _ if undecided > 0 => {
            (State::Undecided, format!("Nothing fails, but {} undecided", counted(undecided, "result is", "results are")))
        }
        (0, 0, info @ 1..) => {
            (State::Info, format!("Nothing urgent: {}", counted(info, "thing worth knowing", "things worth knowing")))
        }
        _ => {
            let checked = words::chosen(report).unwrap_or_else(|| "what was checked".into());
            (State::Fine, format!("Nothing is wrong in {checked}"))
        }
    }
}

/// The top of the page.
pub(super) fn head(report: &Report) -> Markup {
    let (state, said) = decision(report);
    let answer = Services::of(report).answer();
    html! {
        header .top {
            p .kicker { "Exchange directory audit" }
            h1 { (title(report)) }
            div .decision.(state.word()) {
                (state.glyph())
                div {
                    p .verdict { (said) }
                    @if !answer.is_empty() { p .answer { (text::own(&answer)) } }
                }
            }
            (counts(report))
            ul .targets { @for target in &report.targets { li { (directory(target)) } } }
            p .when {
                "Audited " (text::time(&report.started))
                @if !report.complete { " · " strong { "Not everything could be read." } }
            }
            @if !report.notes.is_empty() { ul .notes { @for note in &report.notes { li { (text::prose(&note.text)) } } } }
        }
    }
}

fn directory(target: &Target) -> Markup {
    let kind = match target.source {
        Kind::Live => "server",
        Kind::Ldif => "LDIF file",
        Kind::Csv => "table",
        Kind::Demo => "demo",
    };
    html! {
        strong { (text::own(target.organization.as_deref().unwrap_or("Organization unknown"))) }
        @if let Some(name) = &target.name { " · " (text::own(name)) }
        " · " (kind) " " (text::code(&target.location)) " · "
        @if target.complete { "read completely" } @else { strong .bad { "not read completely" } }
        @if let Some(last) = target.last_complete.as_ref().filter(|_| !target.complete) {
            ", last on " (text::time(last))
        }
        @if !target.problems.is_empty() {
            ul .problems {
                @for problem in target.problems.iter().take(MOST_PROBLEMS) { li { (text::prose(problem)) } }
            }
            @if let Some(more) = target.problems.get(MOST_PROBLEMS..).filter(|more| !more.is_empty()) {
                details { summary { (counted(more.len() as u64, "more problem", "more problems")) }
                    ul .problems { @for problem in more { li { (text::prose(problem)) } } } }
            }
        }
    }
}

/// How many of each, each a way to the part that tells them.
fn counts(report: &Report) -> Markup {
    let Summary { pass, unknown, blocked, not_applicable, manual, waived, .. } = report.summary;
    let of = |severity: Severity| -> usize {
        let fails = report.results.iter().filter(|finding| finding.verdict == Verdict::Fail && finding.waiver.is_none());
        fails.filter(|finding| finding.severity == severity).map(|finding| usize::try_from(finding.count).unwrap_or(0)).sum()
    };
    let cells = [
        (of(Severity::Critical), "critical", "#failures", "critical"),
        (of(Severity::Warning), "warnings", "#failures", "warning"),
        (of(Severity::Info), "worth knowing", "#failures", "info"),
        (unknown, "undecided", "#undecided", "undecided"),
        (waived, "accepted", "#accepted", "plain"),
        (manual, "by hand", "#by-hand", "plain"),
        (pass, "passed", "#outcomes", "fine"),
        (blocked + not_applicable, "not judged", "#outcomes", "plain"),
    ];
    html! {
        nav aria-label="Results" {
            ul .counts {
                @for (count, word, to, class) in cells {
                    @if count > 0 { li .(class) { a href=(to) { b { (text::thousands(count as u64)) } " " span { (word) } } } }
                }
            }
        }
    }
}
