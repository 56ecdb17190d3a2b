//! The checklist as plain text, within a width.

use super::section::{CheckBox, Line, Mark, Section, Seen};
use super::{FIELDS, SIGN, head};
use crate::output::paint::{self, paint};
use crate::output::words::CAUTION;
use crate::output::wrap::{width, wrap};
use crate::output::{Style, frame};
use crate::report::{Fix, Report};

/// Lines that a terminal shows at a time.
const SCREEN: usize = 24;
/// Faults that are named at once.
const MOST_NAMED: usize = 5;

/// The checklist.
pub(super) fn write(report: &Report, sections: &[Section], decision: &str, style: &Style) -> String {
    let mut page = Page::of(style);
    page.bold(decision);
    page.worst(sections);
    page.line("", &format!("Pre-change checklist, {}", head::read_at(report)));
    page.fields();
    head::directories(report).iter().for_each(|line| page.line("", line));
    page.line("", &head::totals(report));
    page.line("", &format!("{} to do, {} passed", Mark::Open.text(), Mark::Ticked.text()));
    page.sections(sections);
    page.end(decision)
}

/// A page that grows line by line.
pub(super) struct Page<'a> {
    style: &'a Style,
    lines: Vec<String>,
}

impl<'a> Page<'a> {
    /// One with nothing on it.
    pub(super) fn of(style: &'a Style) -> Self {
        Self { style, lines: Vec::new() }
    }

    /// The sections, each behind an empty line.
    pub(super) fn sections(&mut self, sections: &[Section]) {
        for section in sections {
            self.lines.push(String::new());
            self.title(section);
            section.note.iter().for_each(|note| self.line("", note));
            section.boxes.iter().for_each(|check| self.one_box(check));
        }
    }

    /// The end of it: what no directory shows, and once more the decision where it has gone by.
    pub(super) fn end(mut self, decision: &str) -> String {
        self.lines.push(String::new());
        self.line("", frame::NOT_CHECKED);
        // what a terminal shows when the list has gone by
        if self.lines.len() >= SCREEN {
            self.bold(decision);
        }
        self.lines.join("\n") + "\n"
    }

    /// What is worst, a line each, so that one screen tells it.
    fn worst(&mut self, sections: &[Section]) {
        let Some(worst) = sections.first().filter(|section| section.severity.is_some() && section.note.is_none()) else { return };
        for check in worst.boxes.iter().take(MOST_NAMED) {
            let place = if check.place.is_empty() { String::new() } else { format!(": {}", check.place) };
            self.line("  ", &format!("{}{place}", check.head));
        }
        if let more @ 1.. = worst.boxes.len().saturating_sub(MOST_NAMED) {
            self.line("  ", &format!("and {more} more"));
        }
    }

    /// The fields of the change, on one line where there is room.
    pub(super) fn fields(&mut self) {
        let fields: Vec<String> = FIELDS.iter().map(|(name, columns)| format!("{name}: {}", "_".repeat(*columns))).collect();
        let line = fields.join("  ");
        if width(&line) <= self.style.width { self.lines.push(line) } else { self.lines.extend(fields) }
    }

    fn title(&mut self, section: &Section) {
        let word = section.title.to_uppercase();
        let title = format!("{word}: {}", section.count);
        let Some(rule) = self.style.width.checked_sub(width(&title) + 4) else { return self.line("", &title) };
        let dash = if self.style.unicode { "─" } else { "-" };
        let word = match section.severity.filter(|_| self.style.colour) {
            Some(severity) => paint(paint::of(severity), &word),
            None => self.emphasized(word),
        };
        self.lines.push(format!("{dash}{dash} {word}: {} {}", section.count, dash.repeat(rule)));
    }

    fn one_box(&mut self, check: &CheckBox) {
        let mark = check.mark.map_or("   ", Mark::text);
        let place = if check.place.is_empty() { String::new() } else { format!(": {}", check.place) };
        let ids = if check.ids.is_empty() { String::new() } else { format!(" [{}]", check.ids) };
        let begin = if check.mark.is_some() { format!("{mark} ") } else { String::new() };
        self.line(&begin, &format!("{}{place}{ids}", check.head.trim()));
        let mut indent = "    ";
        for line in &check.below {
            match line {
                Line::Words(words) => self.line("    ", words),
                Line::Object(place, words) => {
                    self.line(&format!("    {} ", Mark::Open.text()), &format!("{place}: {words}"));
                    indent = "      ";
                }
                Line::Seen(seen) => {
                    self.line(&format!("{indent}- "), &self::seen(seen));
                    if !seen.expected.is_empty() {
                        self.line(&format!("{indent}  "), &format!("expected: {}", seen.expected));
                    }
                }
                Line::Fix(fix) => self.fix(fix),
                Line::ByHand(words, fix) => {
                    self.line("    ", words);
                    self.fix(fix);
                }
                Line::SignResult => self.line("    ", super::SIGN_RESULT),
                Line::Caution(caution) => self.line(&format!("    {CAUTION}"), caution),
                Line::About(about) => self.line("    ", about),
                Line::Fact(name, value) => self.line("      ", format!("{name}: {value}").trim_end()),
                Line::Value(value) => self.line("        ", value),
                Line::Sign(place) => self.sign(&format!("    {} ", Mark::Open.text()), place),
                // to be pasted: never wrapped
                Line::Paste(text) => self.lines.push(format!("    {}", self.style.safe(text))),
            }
        }
        if check.sign {
            self.line("    ", SIGN);
        }
    }

    fn fix(&mut self, fix: &Fix) {
        fix.caution.iter().for_each(|caution| self.line(&format!("    {CAUTION}"), caution));
        for (step, number) in fix.steps.iter().zip(1..) {
            self.line(&format!("    {number}. "), step);
        }
    }

    /// A place and the line to sign: beside it where there is room.
    fn sign(&mut self, begin: &str, place: &str) {
        let safe = self.style.safe(place);
        let room = self.style.width.saturating_sub(width(begin) + width(SIGN) + 1);
        if width(&safe) <= room {
            self.lines.push(format!("{begin}{safe}{} {SIGN}", " ".repeat(room - width(&safe))));
        } else {
            self.line(begin, place);
            self.line(&" ".repeat(width(begin)), SIGN);
        }
    }

    pub(super) fn bold(&mut self, text: &str) {
        for line in wrap(&self.style.safe(text), self.style.width) {
            let line = self.emphasized(line);
            self.lines.push(line);
        }
    }

    fn emphasized(&self, text: String) -> String {
        if self.style.colour { paint(paint::LEAD, &text) } else { text }
    }

    /// One line, made safe and wrapped under its own beginning. The beginning is our own text.
    pub(super) fn line(&mut self, begin: &str, text: &str) {
        let indent = width(begin);
        let mut begin = begin.to_owned();
        for line in wrap(&self.style.safe(text), self.style.width.saturating_sub(indent)) {
            self.lines.push(format!("{begin}{line}"));
            begin = " ".repeat(indent);
        }
    }
}

fn seen(seen: &Seen) -> String {
    let dn = seen.dn.as_ref().map(|dn| format!("{dn}: ")).unwrap_or_default();
    let values = if seen.values.is_empty() { "no value".to_owned() } else { seen.values.join("; ") };
    let more = if seen.more > 0 { format!("; and {} more", seen.more) } else { String::new() };
    format!("{dn}{}: {values}{more}", seen.attribute)
}
