//! The lines of the report: made safe, wrapped to the width, and coloured where that is wanted. Below 60 columns where something is
//! stands above what is wrong, not beside it.

use super::faults::Row;
use crate::output::Style;
use crate::output::paint::{self, paint};
use crate::output::words::CAUTION;
use crate::output::wrap::{width, wrap};
use crate::report::{Confidence, Finding, Severity};
use comfy_table::ContentArrangement;
use comfy_table::presets::NOTHING;

/// Below this the place stands above, not beside.
const LEAST_WIDTH: usize = 60;
/// Columns of the place, at least and at most.
const PLACE: (usize, usize) = (13, 28);
/// Lines that a terminal shows at a time.
const SCREEN: usize = 24;

/// The lines so far.
pub(super) struct Page<'a> {
    style: &'a Style,
    lines: Vec<String>,
    has_sections: bool,
}

impl<'a> Page<'a> {
    pub(super) fn of(style: &'a Style) -> Self {
        Self { style, lines: Vec::new(), has_sections: false }
    }

    /// Whether a terminal does not show it at once.
    pub(super) fn is_long(&self) -> bool {
        self.lines.len() >= SCREEN
    }

    pub(super) fn blank(&mut self) {
        self.lines.push(String::new());
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &str) {
        self.indented("", text);
    }

    /// A paragraph whose lines stand below each other, behind our own words `begin`.
    pub(super) fn indented(&mut self, begin: &str, text: &str) {
        self.hanging(begin, &" ".repeat(width(begin)), text);
    }

    /// A paragraph of which the lines after the first begin otherwise.
    pub(super) fn hanging(&mut self, first: &str, others: &str, text: &str) {
        let indent = width(first).max(width(others));
        let begins = std::iter::once(first).chain(std::iter::repeat(others));
        let lines = wrap(&self.style.safe(text), self.style.width.saturating_sub(indent));
        self.lines.extend(begins.zip(lines).map(|(begin, line)| format!("{begin}{line}")));
    }

    /// A line that is to be pasted: never wrapped.
    pub(super) fn verbatim(&mut self, begin: &str, text: &str) {
        self.lines.push(format!("{begin}{}", self.style.safe(text)));
    }

    /// Lines that are made safe and wrapped already.
    pub(super) fn as_they_are(&mut self, lines: &[String]) {
        self.lines.extend_from_slice(lines);
    }

    /// The answer.
    pub(super) fn headline(&mut self, text: &str) {
        for line in wrap(&self.style.safe(text), self.style.width) {
            let line = self.bold(line);
            self.lines.push(line);
        }
    }

    /// The line above a part.
    pub(super) fn section(&mut self, word: &str, severity: Option<Severity>, rest: &str) {
        if !self.has_sections {
            self.blank();
        }
        self.has_sections = true;
        let title = format!("{word}{rest}");
        let Some(rule) = self.style.width.checked_sub(width(&title) + 4) else { return self.text(&title) };
        let dash = if self.style.unicode { "─" } else { "-" };
        let word = match severity.filter(|_| self.style.colour) {
            Some(severity) => paint(paint::of(severity), word),
            None => self.bold(word.to_owned()),
        };
        self.lines.push(format!("{dash}{dash} {word}{rest} {}", dash.repeat(rule)));
    }

    /// What fails, a paragraph each: what, where, and who says so.
    pub(super) fn briefly<'r>(&mut self, rows: impl Iterator<Item = &'r Row<'r>>) {
        for row in rows {
            let Some(lead) = row.lead() else { continue };
            let place = row.names().unwrap_or_else(|| row.place());
            let place = if place.is_empty() { observed(lead, "") } else { place };
            let text = format!("{}: {place}{} [{}]", lead.headline(), inferred(lead), ids(row));
            self.hanging(" ", "   ", &text);
        }
    }

    /// What fails in full, in two columns: where, and what.
    pub(super) fn in_full<'r>(&mut self, rows: impl Iterator<Item = &'r Row<'r>>) {
        let rows: Vec<(String, Vec<Line>)> = rows.map(|row| (self.style.safe(&row.place()), self.said(row))).collect();
        if self.style.width < LEAST_WIDTH {
            for (place, lines) in rows {
                self.text(&place);
                for Line { begin, text, is_head } in lines {
                    let before = self.lines.len();
                    self.indented(&format!("  {begin}"), &text);
                    self.embolden(before, is_head);
                }
            }
            return;
        }
        let widest = rows.iter().map(|(place, _)| width(place)).max().unwrap_or_default();
        let place_width = widest.clamp(PLACE.0, PLACE.1);
        // a blank on each side of both columns
        let rest = self.style.width.saturating_sub(place_width + 4);
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        let mut heads: Vec<bool> = Vec::new();
        for (place, lines) in rows {
            let mut told: Vec<String> = Vec::new();
            let mut own: Vec<bool> = Vec::new();
            for Line { begin, text, is_head } in lines {
                let indent = width(begin);
                let wrapped = wrap(&text, rest.saturating_sub(indent));
                own.extend(wrapped.iter().map(|_| is_head));
                let begins = std::iter::once(begin.to_owned()).chain(std::iter::repeat(" ".repeat(indent)));
                told.extend(begins.zip(wrapped).map(|(begin, line)| format!("{begin}{line}")));
            }
            let place = wrap(&place, place_width);
            own.resize(own.len().max(place.len()), false);
            heads.extend(own);
            // a blank that keeps the width of the column
            let place: Vec<String> =
                place.iter().map(|line| format!("{line}{}", " ".repeat(place_width.saturating_sub(width(line))))).collect();
            table.add_row([place.join("\n"), told.join("\n")]);
        }
        for (line, is_head) in table.lines().zip(heads) {
            let before = self.lines.len();
            self.lines.push(line.trim_end().to_owned());
            self.embolden(before, is_head);
        }
    }

    /// What is said of a row in full. Text of the directory is made safe.
    fn said(&self, row: &Row<'_>) -> Vec<Line> {
        let Some(lead) = row.lead() else { return Vec::new() };
        let safe = |text: &str| self.style.safe(text);
        let more = row.names().map_or_else(|| observed(lead, inferred(lead)), |names| format!("{names}{}", inferred(lead)));
        let mut lines = vec![Line::head(safe(lead.headline())), Line::of("", safe(&format!("{more} [{}]", ids(row))))];
        if let Some(fix) = &lead.fix {
            lines.extend(fix.caution.iter().map(|caution| Line::of(CAUTION, safe(caution))));
            lines.extend(fix.steps.first().map(|step| Line::of("Do: ", safe(step))));
        }
        lines
    }

    fn embolden(&mut self, from: usize, is_head: bool) {
        if !is_head || !self.style.colour {
            return;
        }
        for line in self.lines.iter_mut().skip(from) {
            *line = paint(paint::LEAD, line);
        }
    }

    fn bold(&self, text: String) -> String {
        if self.style.colour { paint(paint::LEAD, &text) } else { text }
    }

    /// The page.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        let mut text = self.lines.join("\n");
        text.push('\n');
        text.into_bytes()
    }
}

/// A line of a row, behind our own words.
struct Line {
    begin: &'static str,
    text: String,
    is_head: bool,
}

impl Line {
    fn head(text: String) -> Self {
        Self { begin: "", text, is_head: true }
    }

    fn of(begin: &'static str, text: String) -> Self {
        Self { begin, text, is_head: false }
    }
}

/// That a failure is inferred, if it is.
fn inferred(finding: &Finding) -> &'static str {
    if finding.confidence == Confidence::Inferred { " (inferred)" } else { "" }
}

/// The article, and the checks that say so; how many failures they count, where that is more than the eye does.
fn ids(row: &Row<'_>) -> String {
    let lead = row.lead();
    let article = lead.and_then(|lead| lead.kb.first()).map(String::as_str);
    let also = row.also();
    let count = if also.is_empty() { String::new() } else { format!(": {} failures", row.results()) };
    let checks = lead.map(|lead| lead.check.as_str()).into_iter().chain(also);
    format!("{}{count}", article.into_iter().chain(checks).collect::<Vec<_>>().join(", "))
}

/// What was observed, and that it is inferred, unless that is said.
fn observed(finding: &Finding, inferred: &str) -> String {
    let text = finding.message.trim_end_matches('.');
    let is_said = text.ends_with("inferred)");
    format!("{text}{}", if is_said { "" } else { inferred })
}
