//! Records as nearly all are: whole in memory, with an empty line behind them and nothing odd in them. They are read in one
//! go. Whatever is odd, wrong or large is left to the reader of single lines, which knows every case and says what is wrong;
//! it reads such a record from its start.

use super::limits::Limits;
use super::names::Names;
use crate::directory::dn::Dn;
use crate::directory::entry::{Entry, Fields};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memchr_iter, memmem};

/// Reads common records; knows the names that it met.
#[derive(Debug)]
pub(super) struct Common {
    names: Names,
    end: memmem::Finder<'static>,
    end_with_returns: memmem::Finder<'static>,
    /// A line that was folded, without the folds.
    unfolded: Vec<u8>,
    /// A value that was written in base64.
    decoded: Vec<u8>,
    /// How many attributes and values the last record had: the next one will be like it.
    last: (usize, usize),
}

/// A record that was read, and what of the file it took.
pub(super) struct Read {
    pub(super) entry: Entry,
    pub(super) bytes: usize,
    pub(super) lines: u64,
}

impl Default for Common {
    fn default() -> Self {
        Self {
            names: Names::default(),
            end: memmem::Finder::new(b"\n\n"),
            end_with_returns: memmem::Finder::new(b"\n\r\n"),
            unfolded: Vec::new(),
            decoded: Vec::new(),
            last: (0, 0),
        }
    }
}

/// What is being read.
#[derive(Default)]
struct Reading {
    dn: Option<Dn>,
    fields: Fields,
    values: usize,
    /// `changetype: add` was the first line.
    whole: bool,
}

impl Common {
    /// Reads the record at the start of these bytes; none if it is not of the common kind.
    pub(super) fn read(&mut self, bytes: &[u8], limits: Limits) -> Option<Read> {
        if !bytes.get(..3)?.eq_ignore_ascii_case(b"dn:") {
            return None;
        }
        // nothing in a text of this length can be over a limit but the number of values
        let most = limits.value.min(limits.record).min(limits.dn);
        let window = bytes.get(..most).unwrap_or(bytes);
        let first = memchr(b'\n', window)?;
        let returns = window.get(..first)?.ends_with(b"\r");
        let end = if returns { self.end_with_returns.find(window)? } else { self.end.find(window)? } + 1;
        let text = window.get(..end)?;
        let returns = returns || memchr(b'\r', text).is_some();
        if memchr(0, text).is_some() {
            return None;
        }
        let mut reading = Reading { fields: Fields::within(text.to_vec(), self.last), ..Reading::default() };
        let mut start = 0;
        let mut lines = 0;
        let mut folded = false;
        for newline in memchr_iter(b'\n', text) {
            let mut line = text.get(start..newline)?;
            if returns {
                line = without_returns(line)?;
            }
            if line.is_empty() && !folded {
                // an empty line in the other style
                return self.finish(reading, newline + 1, lines + 1);
            }
            let goes_on = text.get(newline + 1) == Some(&b' ');
            match (folded, goes_on) {
                (false, false) => self.line(&mut reading, line, Some(start), limits)?,
                (false, true) => {
                    self.unfolded.clear();
                    self.unfolded.extend_from_slice(line);
                }
                // behind the space that folds
                (true, _) => self.unfolded.extend_from_slice(line.get(1..)?),
            }
            if folded && !goes_on {
                let unfolded = std::mem::take(&mut self.unfolded);
                self.line(&mut reading, &unfolded, None, limits)?;
                self.unfolded = unfolded;
            }
            folded = goes_on;
            start = newline + 1;
            lines += 1;
        }
        let separator = if returns { memchr(b'\n', window.get(end..)?)? } else { 0 } + 1;
        self.finish(reading, end + separator, lines + 1)
    }

    fn finish(&mut self, reading: Reading, bytes: usize, lines: u64) -> Option<Read> {
        self.last = reading.fields.counts();
        Some(Read { entry: Entry::with_fields(reading.dn?, reading.fields), bytes, lines })
    }

    /// Reads one line, which stands in the text of the record at that place or was put together.
    #[inline]
    fn line(&mut self, reading: &mut Reading, line: &[u8], place: Option<usize>, limits: Limits) -> Option<()> {
        let colon = memchr(b':', line)?;
        let (name, value) = line.split_at(colon);
        let (value, is_base64) = match value {
            [_, b':', base64 @ ..] => {
                self.decoded.clear();
                STANDARD.decode_vec(base64.trim_ascii(), &mut self.decoded).ok()?;
                (self.decoded.as_slice(), true)
            }
            [_, b'<', ..] => return None,
            [_, plain @ ..] => (plain.get(plain.iter().position(|&byte| byte != b' ').unwrap_or(plain.len())..)?, false),
            [] => return None,
        };
        if reading.dn.is_none() {
            reading.dn = Some(name.eq_ignore_ascii_case(b"dn").then(|| Dn::parse(value).ok())??);
            return Some(());
        }
        reading.values += 1;
        if reading.values > limits.values {
            return None;
        }
        let fields = &mut reading.fields;
        let Some(base) = self.names.base(name) else {
            // ldifde exports each entry as one to be added
            let first = !reading.whole && fields.count() == 0 && name.eq_ignore_ascii_case(b"changetype");
            reading.whole = first && value.trim_ascii().eq_ignore_ascii_case(b"add");
            return reading.whole.then_some(());
        };
        if value.is_empty() {
            return Some(());
        }
        let name_at = match place {
            Some(start) => start,
            None => {
                let start = fields.text_length();
                fields.append(name);
                start
            }
        };
        let value_at = match place {
            Some(start) if !is_base64 => start + line.len() - value.len(),
            _ => {
                let start = fields.text_length();
                fields.append(value);
                start
            }
        };
        fields.note((name_at, name_at + base), (value_at, value_at + value.len()));
        (fields.count() <= limits.attributes).then_some(())
    }
}

/// A line without the carriage returns at its end; none if there are others.
fn without_returns(line: &[u8]) -> Option<&[u8]> {
    let end = line.iter().rposition(|&byte| byte != b'\r').map_or(0, |last| last + 1);
    line.get(..end).filter(|line| memchr(b'\r', line).is_none())
}

#[cfg(test)]
#[path = "common_tests.rs"]
mod tests;
