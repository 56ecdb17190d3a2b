//! The table: a row for every result, within the width.

use super::paint::{self, paint};
use super::row::{Row, SEVERITIES, rows};
use super::wrap::{width, wrap};
use super::{Detail, Format, OutputError, Style, digest};
use crate::report::Report;
use comfy_table::ContentArrangement;
use comfy_table::presets::{ASCII_FULL, UTF8_FULL};

/// The table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// How it may look.
    pub style: Style,
}

/// Cells of one line of the table, each a list of lines.
type Cells = Vec<Vec<String>>;

/// Columns without which what was observed cannot be read.
const LEAST_OBSERVED: usize = 23;
/// Columns of `Site / server`.
const LEAST_PLACE: usize = 13;
/// Below this a table is not tried.
const LEAST_WIDTH: usize = 60;

impl Format for Table {
    fn write(&self, report: &Report) -> Result<Vec<u8>, OutputError> {
        let rows = rows(report, &self.style);
        match self.arrange(&rows) {
            Some(cells) if !rows.is_empty() => Ok(digest::around(report, &self.style, &self.draw(&cells))),
            _ => Detail { style: self.style, all: true }.write(report),
        }
    }
}

impl Table {
    /// Header and rows, wrapped so that they fit: in four columns, else in three with the place below the check.
    fn arrange(&self, results: &[Row]) -> Option<Vec<Cells>> {
        if self.style.width < LEAST_WIDTH {
            return None;
        }
        let [verdict, check, place, observed] = ["Severity", "Check", "Site / server", "Observed"].map(str::to_owned);
        let header = Row { verdict: vec![verdict], check: vec![check], place: vec![place], observed };
        let rows = || std::iter::once(&header).chain(results);

        let verdict = widest(rows().flat_map(|row| &row.verdict));
        // The id is never cut, so its column is as wide as the longest.
        let check = widest(rows().flat_map(|row| &row.check));
        let place = widest(rows().flat_map(|row| &row.place));
        let observed = widest(rows().map(|row| &row.observed));
        // What borders and blanks leave.
        let room = |columns: usize, taken: usize| self.style.width.checked_sub(3 * columns + 1 + taken);

        if let Some(rest) = room(4, verdict + check).filter(|&rest| rest >= LEAST_PLACE + LEAST_OBSERVED) {
            let place = place.min((rest * 2 / 5).max(LEAST_PLACE));
            let observed = observed.min(rest - place);
            let cells = |row: &Row| {
                vec![row.verdict.clone(), row.check.clone(), wrapped(&row.place, place), wrap(&row.observed, observed)]
            };
            return Some(rows().map(cells).collect());
        }
        let check = check.max(LEAST_PLACE);
        let observed = observed.min(room(3, verdict + check).filter(|&rest| rest >= LEAST_OBSERVED)?);
        let cells = |row: &Row| {
            let check = row.check.iter().cloned().chain(wrapped(&row.place, check)).collect();
            vec![row.verdict.clone(), check, wrap(&row.observed, observed)]
        };
        Some(rows().map(cells).collect())
    }

    fn draw(&self, cells: &[Cells]) -> Vec<String> {
        let mut table = comfy_table::Table::new();
        table
            .load_style(if self.style.unicode { UTF8_FULL } else { ASCII_FULL })
            .set_content_arrangement(ContentArrangement::Disabled);
        let joined = |row: &Cells| row.iter().map(|lines| lines.join("\n")).collect::<Vec<_>>();
        let mut rows = cells.iter().map(joined);
        if let Some(header) = rows.next() {
            table.set_header(header);
        }
        table.add_rows(rows);
        table.lines().map(|line| self.painted(line)).collect()
    }

    /// Colours the severity. The first column holds only our own words, so a line that begins with one is a row's first.
    fn painted(&self, line: String) -> String {
        let cell = line.trim_start_matches(['|', '│']).trim_start();
        let severity = SEVERITIES.into_iter().find(|severity| self.style.colour && cell.starts_with(severity.word()));
        severity.map_or(line.clone(), |severity| line.replacen(severity.word(), &paint(paint::of(severity), severity.word()), 1))
    }
}

fn widest<'a>(lines: impl Iterator<Item = &'a String>) -> usize {
    lines.map(|line| width(line)).max().unwrap_or(0)
}

fn wrapped(lines: &[String], columns: usize) -> Vec<String> {
    lines.iter().flat_map(|line| wrap(line, columns)).collect()
}
