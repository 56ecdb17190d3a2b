//! One block a result, where a table would be too narrow to read.

use super::row::{Row, SEVERITIES, paint, rows};
use super::wrap::wrap;
use super::{Format, OutputError, Style, frame};
use crate::report::Report;

/// The list.
#[derive(Debug, Clone, Copy)]
pub struct List {
    /// How it may look.
    pub style: Style,
    /// Whether to show every result.
    pub all: bool,
}

impl Format for List {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let mut lines = Vec::new();
        for row in rows(report, &self.style, self.all) {
            if !lines.is_empty() {
                lines.push(String::new());
            }
            self.block(&row, &mut lines);
        }
        if lines.is_empty() {
            lines.push(frame::nothing_shown(report).to_owned());
        }
        Ok(frame::page(report, &self.style, &lines))
    }
}

impl List {
    /// The check's id is the one thing not wrapped: cut in two it could not be copied.
    fn block(&self, row: &Row, lines: &mut Vec<String>) {
        lines.extend(wrap(&row.verdict.join(" "), self.style.width).into_iter().map(|line| self.painted(line)));
        lines.extend(row.check.iter().map(|line| format!("  {line}")));
        let width = self.style.width.saturating_sub(2);
        for text in [row.place.join(" / "), row.observed.clone()] {
            lines.extend(wrap(&text, width).iter().map(|line| format!("  {line}")));
        }
    }

    fn painted(&self, line: String) -> String {
        let severity = SEVERITIES.into_iter().find(|word| self.style.colour && line.starts_with(word));
        severity.map_or(line.clone(), |word| line.replacen(word, &paint(word), 1))
    }
}
