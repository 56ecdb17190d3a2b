//! Rows of a table, one after the other. A row may span lines: a quoted field may hold a line end.

use super::error::CsvError;
use super::separators::Separators;
use std::str::Chars;

/// The longest row, in bytes of its text: 64 MiB.
const ROW: usize = 64 << 20;
/// The most fields a row may have. The files that come with Exchange have 93 (Q168716), its schema a few hundred attributes.
const FIELDS: usize = 4096;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line it starts on.
    pub line: u64,
    /// Its fields.
    pub fields: Vec<String>,
}

/// Reads the rows of a table. An error ends it, but for a row that is only too wide.
#[derive(Debug, Clone)]
pub struct Rows<'a> {
    rest: Chars<'a>,
    line: u64,
    separators: Separators,
    limit: usize,
    ended: bool,
}

/// The rows of a table; lines that hold nothing are passed over.
pub fn rows(text: &str, separators: Separators) -> Rows<'_> {
    Rows { rest: text.chars(), line: 1, separators, limit: ROW, ended: false }
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.row() {
                Ok(Some(row)) if row.fields.iter().all(String::is_empty) => {}
                Ok(Some(row)) => return Some(Ok(row)),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = !matches!(error, CsvError::TooWide { .. });
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl Rows<'_> {
    fn row(&mut self) -> Result<Option<Row>, CsvError> {
        if self.peek().is_none() {
            return Ok(None);
        }
        let (line, start) = (self.line, self.rest.as_str().len());
        let mut fields = Vec::new();
        let mut wide = false;
        loop {
            let mut field = String::new();
            let more = self.field(&mut field, line, start)?;
            // what is too wide is read to its end, and not kept
            match fields.len() < FIELDS {
                true => fields.push(field),
                false => wide = true,
            }
            if !more {
                return if wide { Err(CsvError::TooWide { line, limit: FIELDS }) } else { Ok(Some(Row { line, fields })) };
            }
        }
    }

    /// Reads a field and what ends it. Says whether another follows on the row, which starts on line `row` with `start` bytes
    /// to go.
    fn field(&mut self, field: &mut String, row: u64, start: usize) -> Result<bool, CsvError> {
        let mut quoted = None;
        loop {
            let line = self.line;
            let Some(c) = self.next_character() else {
                return Err(quoted.map_or(CsvError::CutLine { line: row }, |line| CsvError::OpenQuote { line }));
            };
            if start - self.rest.as_str().len() > self.limit {
                return Err(CsvError::TooLong { line: row, limit: self.limit });
            }
            match c {
                '\0' => return Err(CsvError::Nul { line }),
                _ if c == self.separators.quote && quoted.is_some() => {
                    // doubled, it is a character of the field
                    if self.peek() == Some(c) {
                        self.next_character();
                        field.push(c);
                    } else {
                        quoted = None;
                    }
                }
                _ if quoted.is_some() => field.push(c),
                _ if c == self.separators.quote && field.is_empty() => quoted = Some(line),
                _ if c == self.separators.column => return Ok(true),
                '\r' | '\n' => {
                    if c == '\r' && self.peek() == Some('\n') {
                        self.next_character();
                    }
                    return Ok(false);
                }
                c => field.push(c),
            }
        }
    }

    fn peek(&self) -> Option<char> {
        self.rest.clone().next()
    }

    fn next_character(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.line += u64::from(next == Some('\n'));
        next
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
