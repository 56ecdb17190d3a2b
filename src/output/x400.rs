//! What `exaudit x400` says: an address, a mark under each place where something is wrong, and how Exchange would write it.

use super::destination::pass_on;
use super::paint::{self, paint};
use super::wrap::{width, wrap};
use super::{Json, OutputError, Style};
use crate::exchange::x400::{Class, Examination, Problem};
use serde::Serialize;

/// Bytes that are kept before they are written.
const KEPT: usize = 64 << 10;
/// Columns of the first word.
const LABEL: usize = 9;
/// Characters of an address that are shown; a longer one is broken at this length (Proxy-Addresses), and is shown to there.
const SHOWN: usize = 1130;

/// The sheet on which address after address is written to standard output.
#[derive(Debug)]
pub struct Sheet {
    json: bool,
    style: Style,
    kept: String,
    begun: bool,
    open: bool,
}

/// An address in JSON; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Row<'a> {
    address: &'a str,
    #[serde(flatten)]
    examination: &'a Examination,
}

impl Sheet {
    /// An empty sheet.
    pub fn new(json: bool, style: Style) -> Self {
        Self { json, style, kept: String::new(), begun: false, open: true }
    }

    /// Adds an address; positions count in `address`. False if nobody reads on.
    ///
    /// # Errors
    /// [`OutputError`].
    pub fn add(&mut self, address: &str, examination: &Examination) -> Result<bool, OutputError> {
        if self.json {
            let row = Json::bytes(&Row { address, examination })?;
            let row = String::from_utf8_lossy(&row);
            self.kept.push_str(if self.begun { ",\n  " } else { "[\n  " });
            self.kept.push_str(&row.trim_end().replace('\n', "\n  "));
        } else {
            self.kept.push_str(&text(address, examination, &self.style));
        }
        self.begun = true;
        if self.style.interactive || self.kept.len() >= KEPT {
            self.write()?;
        }
        Ok(self.open)
    }

    /// Ends the sheet.
    ///
    /// # Errors
    /// [`OutputError`].
    pub fn finish(mut self) -> Result<(), OutputError> {
        if self.json {
            self.kept.push_str(if self.begun { "\n]\n" } else { "[]\n" });
        }
        self.write()
    }

    fn write(&mut self) -> Result<(), OutputError> {
        let part = std::mem::take(&mut self.kept);
        if self.open {
            self.open = pass_on(part.as_bytes())?;
        }
        Ok(())
    }
}

/// An address and what is wrong with it, within the width of the style.
fn text(address: &str, examination: &Examination, style: &Style) -> String {
    let room = style.width.saturating_sub(LABEL).max(10);
    let mut out = label(examination.class, style);
    let mut rest = examination.problems.iter().peekable();
    let lines = lines(address, room, style);
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            out.push_str(&" ".repeat(LABEL));
        }
        out.push_str(&line.text);
        out.push('\n');
        let is_last = number + 1 == lines.len();
        while let Some(problem) = rest.next_if(|problem| is_last || problem.position < line.first + line.columns.len()) {
            mark(&mut out, problem, line, room, style);
        }
    }
    if examination.class == Class::Unusual
        && let Some(normalized) = &examination.normalized
    {
        for (number, line) in self::lines(normalized, room, style).iter().enumerate() {
            let label = if number == 0 { "write" } else { "" };
            out.push_str(&format!("{label:LABEL$}{}\n", line.text));
        }
    }
    out
}

/// The class, in its colour.
fn label(class: Class, style: &Style) -> String {
    let word = class.word();
    let blanks = " ".repeat(LABEL.saturating_sub(word.len()));
    let colour = match class {
        Class::Ok => paint::GOOD,
        Class::Unusual => paint::DOUBT,
        Class::Broken => paint::ALARM,
    };
    if style.colour { paint(colour, word) + &blanks } else { word.to_owned() + &blanks }
}

/// A part of an address on a line.
struct Line {
    /// The number of its first character, from 1.
    first: usize,
    text: String,
    /// Where each of its characters begins.
    columns: Vec<usize>,
}

/// An address on as many lines as it takes. It is broken anywhere: a blank may be a value.
fn lines(address: &str, room: usize, style: &Style) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut line = Line { first: 1, text: String::new(), columns: Vec::new() };
    let mut used = 0;
    for (before, c) in address.chars().take(SHOWN).enumerate() {
        let shown = style.safe(c.encode_utf8(&mut [0; 4]));
        let columns = width(&shown);
        if used > 0 && used + columns > room {
            let next = Line { first: before + 1, text: String::new(), columns: Vec::new() };
            lines.push(std::mem::replace(&mut line, next));
            used = 0;
        }
        line.columns.push(used);
        line.text.push_str(&shown);
        used += columns;
    }
    if address.chars().nth(SHOWN).is_some() {
        line.text.push_str("...");
    }
    lines.push(line);
    lines
}

/// A mark under a place, and what is wrong there beside it or, where that does not fit, below.
fn mark(out: &mut String, problem: &Problem, line: &Line, room: usize, style: &Style) {
    let column = line.columns.get(problem.position.saturating_sub(line.first)).or(line.columns.last()).copied().unwrap_or(0);
    let indent = " ".repeat(LABEL);
    let words = style.safe(&format!("{}: {}", problem.code, problem.message));
    out.push_str(&format!("{indent}{:column$}^", ""));
    if column + 2 + width(&words) <= room {
        out.push_str(&format!(" {words}\n"));
        return;
    }
    out.push('\n');
    for words in wrap(&words, room) {
        out.push_str(&format!("{indent}{words}\n"));
    }
}

#[cfg(test)]
#[path = "x400_tests.rs"]
mod tests;
