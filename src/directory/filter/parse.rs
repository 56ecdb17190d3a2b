//! Reading a filter (RFC 4515).

use super::{Filter, FilterError, Substrings};
use crate::directory::entry::base_name;

/// Filters nested deeper than this are refused.
const MAX_DEPTH: usize = 64;

pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let mut parser = Parser { text: text.as_bytes(), at: 0 };
    let filter = parser.filter(0)?;
    match parser.peek() {
        None => Ok(filter),
        Some(_) => Err(parser.error("text after the last parenthesis")),
    }
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn filter(&mut self, depth: usize) -> Result<Filter, FilterError> {
        if depth > MAX_DEPTH {
            return Err(self.error("nested too deeply"));
        }
        self.expect(b'(', "`(` expected")?;
        let filter = match self.peek() {
            Some(b'&') => Filter::And(self.list(depth)?),
            Some(b'|') => Filter::Or(self.list(depth)?),
            Some(b'!') => {
                self.at += 1;
                Filter::Not(Box::new(self.filter(depth + 1)?))
            }
            _ => self.item()?,
        };
        self.expect(b')', "`)` expected")?;
        Ok(filter)
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Filter>, FilterError> {
        self.at += 1;
        let mut filters = Vec::new();
        while self.peek() == Some(b'(') {
            filters.push(self.filter(depth + 1)?);
        }
        Ok(filters)
    }

    fn item(&mut self) -> Result<Filter, FilterError> {
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b';' | b'_')) {
            self.at += 1;
        }
        let name = base_name(&self.since(start)).to_owned();
        if self.peek() == Some(b':') {
            while self.peek().is_some_and(|b| b != b')') {
                self.at += 1;
            }
            return Ok(Filter::Extensible(self.since(start)));
        }
        if name.is_empty() {
            return Err(self.error("an attribute name expected"));
        }
        let comparison = self.peek();
        if matches!(comparison, Some(b'>' | b'<' | b'~')) {
            self.at += 1;
        }
        self.expect(b'=', "`=` expected")?;
        if comparison == Some(b'=') {
            return self.value(name);
        }
        let value = self.part()?;
        Ok(match comparison {
            Some(b'>') => Filter::AtLeast(name, value),
            Some(b'<') => Filter::AtMost(name, value),
            _ => Filter::Equal(name, value),
        })
    }

    /// What follows `attribute=`: a value, a presence test, or substrings.
    fn value(&mut self, name: String) -> Result<Filter, FilterError> {
        let mut parts = vec![self.part()?];
        while self.peek() == Some(b'*') {
            self.at += 1;
            parts.push(self.part()?);
        }
        let last = if parts.len() > 1 { parts.pop() } else { None };
        let initial = parts.remove(0);
        let Some(last) = last else {
            return Ok(Filter::Equal(name, initial));
        };
        if initial.is_empty() && last.is_empty() && parts.is_empty() {
            return Ok(Filter::Present(name));
        }
        if parts.iter().any(Vec::is_empty) {
            return Err(self.error("two `*` with nothing between them"));
        }
        let some = |part: Vec<u8>| (!part.is_empty()).then_some(part);
        Ok(Filter::Substrings(name, Substrings { initial: some(initial), any: parts, last: some(last) }))
    }

    fn part(&mut self) -> Result<Vec<u8>, FilterError> {
        let mut value = Vec::new();
        while let Some(byte) = self.peek() {
            match byte {
                b')' | b'*' => break,
                b'(' => return Err(self.error("`(` inside a value (write \\28)")),
                b'\\' => {
                    let digits = self.text.get(self.at + 1..self.at + 3).and_then(|d| std::str::from_utf8(d).ok());
                    let byte = digits
                        .filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
                        .and_then(|d| u8::from_str_radix(d, 16).ok())
                        .ok_or_else(|| self.error("`\\` is not followed by two hexadecimal digits"))?;
                    value.push(byte);
                    self.at += 3;
                }
                _ => {
                    value.push(byte);
                    self.at += 1;
                }
            }
        }
        Ok(value)
    }

    fn expect(&mut self, byte: u8, reason: &'static str) -> Result<(), FilterError> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(self.error(reason))
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn since(&self, start: usize) -> String {
        String::from_utf8_lossy(self.text.get(start..self.at).unwrap_or_default()).into_owned()
    }

    fn error(&self, reason: &'static str) -> FilterError {
        FilterError { reason, at: self.at + 1 }
    }
}
