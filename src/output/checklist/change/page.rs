//! The checklist of a change as one page of HTML: to be printed and signed. It has no script, and asks for nothing beside itself.

use super::{head, items, read_at};
use crate::output::checklist::section::{CheckBox, Line, Mark, Seen};
use crate::output::checklist::{FIELDS, SIGN, SIGN_RESULT};
use crate::output::frame::NOT_CHECKED;
use crate::output::html::policy;
use crate::output::html::text::{code, own, prose};
use crate::output::sanitize::visible;
use crate::output::words::CAUTION;
use crate::report::Fix;
use crate::report::checklist::{Checklist, Go};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What it looks like.
const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn page(list: &Checklist) -> Markup {
    let title = format!("Change: {}", list.change.title);
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::of_style(STYLE));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (visible(&title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (own(&title)) }
                    p .decision.(class(list.decision.word)) { (visible(&list.decision.text)) }
                    table .fields { @for (field, _) in FIELDS { tr { th scope="row" { (field) } td {} } } }
                    ul .read { @for line in head(list) { li { (prose(&line)) } } li { "Read: " (prose(&read_at(list))) } }
                }
                main { @for section in items::sections(list) {
                    section {
                        h2 { (section.title) ": " (visible(&section.count)) }
                        @if let Some(note) = &section.note { p { (prose(note)) } }
                        ol .items { @for check in &section.boxes { li { (one(check)) } } }
                    }
                } }
                footer { p { (NOT_CHECKED) } }
            }
        }
    }
}

fn class(word: Go) -> &'static str {
    match word {
        Go::Go => "go",
        Go::GoAfter => "go-after",
        Go::NoGo => "no-go",
        Go::NotDecided => "not-decided",
    }
}

fn one(check: &CheckBox) -> Markup {
    html! {
        p { @if let Some(mark) = check.mark { span .mark { (mark.text()) } }
            span .head { (own(&check.head)) }
            @if !check.ids.is_empty() { span .ids { "(" (own(&check.ids)) ")" } } }
        div .below { @for line in &check.below { (self::line(line)) } }
    }
}

fn line(line: &Line) -> Markup {
    let open = || html! { span .mark { (Mark::Open.text()) } };
    html! {
        @match line {
            Line::Words(words) => p { (prose(words)) },
            Line::Object(place, words) => p { (open()) strong { (own(place)) } ": " (prose(words)) },
            Line::Seen(seen) => ul { li { (self::seen(seen)) } },
            Line::Fix(fix) => (steps(fix)),
            Line::ByHand(words, fix) => { p { (prose(words)) } (steps(fix)) },
            Line::Sign(place) => p { (open()) (own(place)) ". " span .sign { (SIGN) } },
            Line::SignResult => p .sign { (SIGN_RESULT) },
            Line::Caution(caution) => (self::caution(caution)),
            Line::About(about) => p .about { (own(about)) },
            Line::Fact(name, value) => p .fact { (own(name)) ":" @if !value.is_empty() { " " (code(value)) } },
            Line::Value(value) => p .value { (code(value)) },
            Line::Paste(text) => pre { (code(text)) },
        }
    }
}

fn caution(text: &str) -> Markup {
    html! { p .caution { strong { (CAUTION) } (prose(text)) } }
}

fn steps(fix: &Fix) -> Markup {
    html! {
        @if let Some(caution) = &fix.caution { (self::caution(caution)) }
        ol { @for step in &fix.steps { li { (prose(step)) } } }
    }
}

fn seen(seen: &Seen) -> Markup {
    html! {
        @if let Some(dn) = &seen.dn { (code(dn)) " " }
        (own(&seen.attribute)) ": "
        @if seen.values.is_empty() { "no value" }
        @for (number, value) in seen.values.iter().enumerate() { @if number > 0 { ", " } (code(value)) }
        @if seen.more > 0 { " and " (seen.more) " more" }
        @if !seen.expected.is_empty() { "; expected: " (own(&seen.expected)) }
    }
}
