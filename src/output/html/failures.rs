//! What is wrong, the worst first.

use super::evidence;
use super::group::{Group, groups};
use super::state::State;
use super::text;
use crate::output::fault::Fault;
use crate::output::words::{CAUTION, counted};
use crate::report::{Confidence, Finding, Report, Severity};
use maud::{Markup, html};

/// Objects of a group that are told at once, in full.
const MOST_AT_ONCE: usize = 3;
/// Those that are told in full when asked for; the others have a row each.
const MOST_IN_FULL: usize = 50;

/// What fails and nobody accepts.
pub(super) fn section(report: &Report) -> Markup {
    let groups = groups(report);
    html! {
        section #failures aria-labelledby="failures-title" {
            h2 #failures-title { "What is wrong" }
            @if groups.is_empty() { p { "Nothing fails in what was checked." } }
            @for severity in Severity::ALL {
                @let of: Vec<&Group<'_>> = groups.iter().filter(|group| group.lead.severity == severity).collect();
                @if !of.is_empty() {
                    @let results = of.iter().map(|group| group.results()).sum();
                    @let state = State::from(severity);
                    section .severity.part {
                        h3 .(state.word()) {
                            (state.glyph()) " " (capital(severity)) " "
                            small { (counted(results, "failure", "failures")) ". " (severity.meaning()) }
                        }
                        @for group in of { (article(group, report)) }
                    }
                }
            }
        }
    }
}

fn capital(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "Critical",
        Severity::Warning => "Warnings",
        Severity::Info => "Worth knowing",
    }
}

fn article(group: &Group<'_>, report: &Report) -> Markup {
    let lead = group.lead;
    let why = report.checks.iter().find(|check| check.id == lead.check).map(|check| check.why.as_str());
    let at_once = group.faults.get(..MOST_AT_ONCE).unwrap_or(&group.faults);
    let more = group.faults.get(MOST_AT_ONCE..).unwrap_or_default();
    let in_full = more.get(..MOST_IN_FULL).unwrap_or(more);
    let in_rows = more.get(MOST_IN_FULL..).unwrap_or_default();
    html! {
        article .group.(group.state().word()) data-check=(text::plain(&lead.check)) {
            h4 { (text::prose(lead.headline())) }
            p .meta {
                span .pill.(group.state().word()) { (lead.severity.word()) }
                @if lead.confidence == Confidence::Inferred { " " span .pill title=(Confidence::Inferred.meaning()) { "inferred" } }
                " " (text::code(&lead.check))
                @for also in group.also() { ", " (text::code(also)) }
                (articles(lead))
                @if group.results() > 1 { " · " (counted(group.results(), "failure", "failures")) }
            }
            @if let Some(why) = why.filter(|why| !why.is_empty()) { p .why { (text::prose(why)) } }
            ul .where { @for fault in at_once { (item(fault, report)) } }
            @if !in_full.is_empty() {
                details { summary { (counted(in_full.len() as u64, "more place", "more places")) ", in full" }
                    ul .where { @for fault in in_full { (item(fault, report)) } } }
            }
            @if !in_rows.is_empty() {
                details { summary { (text::thousands(in_rows.len() as u64)) " more, in a table" } (evidence::rows(in_rows.iter().map(|fault| fault.lead), report)) }
            }
            (fix(lead))
        }
    }
}

/// The articles of a check, by number: where they are kept is the reader's to know.
pub(super) fn articles(finding: &Finding) -> Markup {
    html! {
        @for (place, article) in finding.kb.iter().enumerate() {
            @if place == 0 { " · " span .label { "Article " } } @else { ", " }
            span .article { (text::own(article)) }
        }
    }
}

fn item(fault: &Fault<'_>, report: &Report) -> Markup {
    let lead = fault.lead;
    html! {
        li .item data-verdict=(lead.verdict.word()) data-severity=(lead.severity.word()) data-site=(text::site(lead)) {
            p .place { (text::own(&text::place(lead, report))) (evidence::change(lead)) }
            p { (text::prose(&lead.message)) }
            (evidence::table(&lead.evidence))
            @if let Some(line) = &lead.reproduce { p .again { span .label { "See it again " } (text::code(line)) } }
        }
    }
}

/// What to do, what it may cost first.
pub(super) fn fix(finding: &Finding) -> Markup {
    html! {
        @if let Some(fix) = &finding.fix {
            div .fix {
                @if let Some(caution) = &fix.caution { p .caution { strong { (CAUTION) } (text::prose(caution)) } }
                @if !fix.steps.is_empty() {
                    p .label { "What to do" }
                    ol { @for step in &fix.steps { li { (text::prose(step)) } } }
                }
            }
        }
    }
}
