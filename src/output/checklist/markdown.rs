//! The checklist as Markdown. Text of the directory stays text: nothing in it is read as markup.

use super::section::{CheckBox, Line, Mark, Section, Seen};
use super::{FIELDS, SIGN, SIGN_RESULT, head};
use crate::output::frame;
use crate::output::sanitize::{code, markdown as safe, prose, visible};
use crate::output::words::CAUTION;
use crate::report::{Fix, Report};

/// The checklist.
pub(super) fn write(report: &Report, sections: &[Section], decision: &str) -> String {
    let mut lines = vec!["# Pre-change checklist".to_owned(), String::new(), format!("**{}**", safe(decision))];
    lines.push(String::new());
    lines.extend(FIELDS.iter().map(|(field, _)| format!("- {field}: ____________________")));
    lines.extend(head::directories(report).iter().map(|line| format!("- {}", safe(line))));
    lines.push(format!("- Read: {}", safe(&head::read_at(report))));
    lines.push(format!("- Results: {}", safe(&head::totals(report))));
    lines.extend([String::new(), format!("`{}` to do, `{}` passed", Mark::Open.text(), Mark::Ticked.text())]);
    lines.extend(told(sections, true));
    lines.extend([String::new(), safe(frame::NOT_CHECKED)]);
    lines.join("\n") + "\n"
}

/// The sections, with boxes to tick or without.
pub(super) fn told(sections: &[Section], ticks: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for section in sections {
        lines.extend([String::new(), format!("## {}: {}", section.title, safe(&section.count)), String::new()]);
        if let Some(note) = &section.note {
            lines.extend([safe(note), String::new()]);
        }
        section.boxes.iter().for_each(|check| one_box(check, ticks, &mut lines));
    }
    lines
}

fn one_box(check: &CheckBox, ticks: bool, lines: &mut Vec<String>) {
    let mark = check.mark.filter(|_| ticks).map(|mark| format!("{} ", mark.text())).unwrap_or_default();
    let open = if ticks { format!("{} ", Mark::Open.text()) } else { String::new() };
    let place = if check.place.is_empty() { String::new() } else { format!(": {}", safe(&check.place)) };
    let ids = if check.ids.is_empty() { String::new() } else { format!(" ({})", safe(&check.ids)) };
    let sign = if check.sign { format!(". {SIGN}") } else { String::new() };
    lines.push(format!("- {mark}**{}**{place}{ids}{sign}", prose(check.head.trim())));
    let mut indent = "  ";
    for line in &check.below {
        match line {
            Line::Words(words) => lines.push(format!("  - {}", prose(words))),
            Line::Object(place, words) => {
                lines.push(format!("  - {open}{}: {}", safe(place), prose(words)));
                indent = "    ";
            }
            Line::Seen(seen) => lines.push(format!("{indent}- {}", self::seen(seen))),
            Line::Fix(fix) => lines.extend(steps(fix)),
            Line::ByHand(words, fix) => lines.push(format!("  - {}{}", prose(words), in_a_row(fix))),
            Line::SignResult => lines.push(format!("  - {SIGN_RESULT}")),
            Line::Caution(caution) => lines.push(format!("  - {CAUTION}{}", prose(caution))),
            Line::About(about) => lines.push(format!("  - {}", prose(about))),
            Line::Fact(name, value) => {
                let value = if value.is_empty() { String::new() } else { format!(" {}", code(value)) };
                lines.push(format!("    - {}:{value}", safe(name)));
            }
            Line::Value(value) => lines.push(format!("      - {}", code(value))),
            Line::Sign(place) => lines.push(format!("  - {open}{}. {SIGN}", safe(place))),
            Line::Paste(text) => {
                let text = visible(text);
                let fence = "`".repeat(longest_fence(&text).max(2) + 1);
                // within the sentence above
                lines.extend([format!("    {fence}text"), format!("    {text}"), format!("    {fence}")]);
            }
        }
    }
}

/// The same in one line: what is looked at by hand is mostly well, and a page holds many.
fn in_a_row(fix: &Fix) -> String {
    let caution = fix.caution.iter().map(|caution| format!(" {CAUTION}{}", prose(caution)));
    let lead = if fix.steps.is_empty() { "" } else { " Steps:" };
    let steps = fix.steps.iter().zip(1..).map(|(step, number)| format!(" ({number}) {}", prose(step)));
    caution.chain([lead.to_owned()]).chain(steps).collect()
}

/// What to do, what it may cost first.
fn steps(fix: &Fix) -> impl Iterator<Item = String> {
    let caution = fix.caution.iter().map(|caution| format!("  - {CAUTION}{}", prose(caution)));
    caution.chain(fix.steps.iter().zip(1..).map(|(step, number)| format!("  {number}. {}", prose(step))))
}

fn seen(seen: &Seen) -> String {
    let dn = seen.dn.as_ref().map(|dn| format!("{} ", code(dn))).unwrap_or_default();
    let mut values: Vec<String> = seen.values.iter().map(|value| code(value)).collect();
    if values.is_empty() {
        values.push("no value".into());
    }
    let more = if seen.more > 0 { format!(" and {} more", seen.more) } else { String::new() };
    let expected = if seen.expected.is_empty() { String::new() } else { format!("; expected: {}", safe(&seen.expected)) };
    format!("{dn}{}: {}{more}{expected}", safe(&seen.attribute), values.join(", "))
}

fn longest_fence(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}
