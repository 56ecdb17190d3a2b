//! Rows of a table, one after the other. A row may span lines: a quoted field may hold a line end.

use super::encoding::{Characters, Encoding};
use super::error::CsvError;
use super::separators::Separators;
use std::io::BufRead;

/// The longest row, in bytes of its text: 64 MiB.
const ROW: usize = 64 << 20;
/// The most fields a row may have.
const FIELDS: usize = 4096;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The physical line it starts on.
    pub line: u64,
    /// Its fields.
    pub fields: Vec<String>,
}

/// Reads the rows of a table. The first error ends it.
pub struct Rows<R> {
    characters: Characters<R>,
    separators: Separators,
    limit: usize,
    ended: bool,
}

/// The rows of a table, streamed; lines that hold nothing are passed over.
pub fn rows<R: BufRead>(reader: R, encoding: Encoding, separators: Separators) -> Rows<R> {
    Rows { characters: Characters::new(reader, encoding), separators, limit: ROW, ended: false }
}

impl<R: BufRead> Iterator for Rows<R> {
    type Item = Result<Row, CsvError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            match self.row() {
                Ok(Some(row)) if row.fields.iter().all(String::is_empty) => {}
                Ok(Some(row)) => return Some(Ok(row)),
                Ok(None) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}

impl<R: BufRead> Rows<R> {
    fn row(&mut self) -> Result<Option<Row>, CsvError> {
        let line = self.characters.line;
        let mut fields = Vec::new();
        let mut length = 0;
        let Some(_) = self.characters.peek()? else { return Ok(None) };
        loop {
            let mut field = String::new();
            let more = self.field(&mut field, line, &mut length)?;
            if fields.len() == FIELDS {
                return Err(CsvError::TooWide { line, limit: FIELDS });
            }
            fields.push(field);
            if !more {
                return Ok(Some(Row { line, fields }));
            }
        }
    }

    /// Reads a field and what ends it. Says whether another follows on the row.
    fn field(&mut self, field: &mut String, row: u64, length: &mut usize) -> Result<bool, CsvError> {
        let mut quoted = None;
        loop {
            let line = self.characters.line;
            let Some(c) = self.characters.next()? else {
                return Err(quoted.map_or(CsvError::CutLine { line: row }, |line| CsvError::OpenQuote { line }));
            };
            *length += c.len_utf8();
            if *length > self.limit {
                return Err(CsvError::TooLong { line: row, limit: self.limit });
            }
            match c {
                _ if c == self.separators.quote && quoted.is_some() => {
                    // doubled, it is a character of the field
                    if self.characters.peek()? == Some(c) {
                        self.characters.next()?;
                        field.push(c);
                    } else {
                        quoted = None;
                    }
                }
                _ if quoted.is_some() => field.push(c),
                _ if c == self.separators.quote && field.is_empty() => quoted = Some(line),
                _ if c == self.separators.column => return Ok(true),
                '\r' | '\n' => {
                    if c == '\r' && self.characters.peek()? == Some('\n') {
                        self.characters.next()?;
                    }
                    return Ok(false);
                }
                c => field.push(c),
            }
        }
    }
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
