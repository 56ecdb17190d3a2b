//! Records as nearly all are: whole in memory, with an empty line behind them and nothing odd in them. They are read in one
//! go. Whatever is odd, wrong or large is left to the reader of single lines, which knows every case and says what is wrong;
//! it reads such a record from its start.

use super::forms::Forms;
use super::limits::Limits;
use super::names::Names;
use super::newlines::{self, Lines};
use crate::directory::dn::Dn;
use crate::directory::entry::{Entry, Fields, Layout, Piece, Spare};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memchr2, memmem};
use std::mem::take;
use std::sync::Arc;

/// Reads common records; knows the names that it met.
#[derive(Debug)]
pub(super) struct Common {
    names: Names,
    forms: Forms,
    end_with_returns: memmem::Finder<'static>,
    /// Where the lines of a record end.
    newlines: Vec<usize>,
    /// A line that was folded, without the folds.
    unfolded: Vec<u8>,
    /// A value that was written in base64.
    decoded: Vec<u8>,
    /// Room for the next name.
    name: String,
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
            forms: Forms::default(),
            end_with_returns: memmem::Finder::new(b"\n\r\n"),
            newlines: Vec::new(),
            unfolded: Vec::new(),
            decoded: Vec::new(),
            name: String::new(),
        }
    }
}

/// What is being read.
struct Reading {
    dn: Option<Dn>,
    /// The record; behind it what does not stand in it as it is.
    text: Vec<u8>,
    pieces: Vec<Piece>,
    /// The step of [`Forms`] to the last value.
    step: usize,
    /// What the record shows, if that is not remembered there.
    layout: Option<Layout>,
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
        let returns = window.get(..memchr(b'\n', window)?)?.ends_with(b"\r");
        let mut ends = std::mem::take(&mut self.newlines);
        let read = self.record(window, returns, &mut ends, limits);
        self.newlines = ends;
        read
    }

    fn record(&mut self, window: &[u8], returns: bool, ends: &mut Vec<usize>, limits: Limits) -> Option<Read> {
        let (text, is_folded) = if returns {
            let text = window.get(..=self.end_with_returns.find(window)?)?;
            newlines::all(text, ends);
            (text, true)
        } else {
            let Lines { end, is_folded } = newlines::lines(window, ends)?;
            (window.get(..end)?, is_folded)
        };
        let odd = memchr2(0, b'\r', text).is_some();
        if odd && memchr(0, text).is_some() {
            return None;
        }
        let mut spare = Spare::take();
        self.name = spare.name;
        spare.text.extend_from_slice(text);
        spare.values.reserve(ends.len());
        let mut reading = Reading {
            dn: None,
            text: spare.text,
            pieces: spare.values,
            step: Forms::START,
            layout: None,
            values: 0,
            whole: false,
        };
        let (bytes, lines) = match odd || is_folded {
            false => self.plain(&mut reading, text, ends, limits)?,
            true => self.lines(&mut reading, window, text, ends, odd, limits)?,
        };
        if reading.values > limits.values {
            return None;
        }
        let layout = match reading.layout {
            Some(layout) => Arc::new(layout),
            None => self.forms.layout(reading.step, spare.layout),
        };
        if layout.count() > limits.attributes {
            return None;
        }
        Some(Read { entry: Entry::with_fields(reading.dn?, Fields::of(reading.text, reading.pieces, layout)), bytes, lines })
    }

    /// Reads the lines of a record of which none is folded: each is one, and the empty one behind them is the end. Gives what of
    /// the file they take: bytes and lines.
    fn plain(&mut self, reading: &mut Reading, text: &[u8], ends: &[usize], limits: Limits) -> Option<(usize, u64)> {
        let mut start = 0;
        for &newline in ends {
            let line = text.get(start..newline)?;
            if !self.known_line(reading, line, start) {
                self.line(reading, line, Some(start), limits)?;
            }
            start = newline + 1;
        }
        Some((text.len() + 1, ends.len() as u64 + 1))
    }

    /// The same where lines may be folded, and may have carriage returns at their ends.
    fn lines(
        &mut self,
        reading: &mut Reading,
        window: &[u8],
        text: &[u8],
        ends: &[usize],
        returns: bool,
        limits: Limits,
    ) -> Option<(usize, u64)> {
        let mut start = 0;
        let mut lines = 0;
        let mut folded = false;
        for &newline in ends {
            let mut line = text.get(start..newline)?;
            if returns {
                line = without_returns(line)?;
            }
            if line.is_empty() && !folded {
                // an empty line in the other style
                return Some((newline + 1, lines + 1));
            }
            let goes_on = text.get(newline + 1) == Some(&b' ');
            match (folded, goes_on) {
                (false, false) if self.known_line(reading, line, start) => {}
                (false, false) => self.line(reading, line, Some(start), limits)?,
                (false, true) => {
                    self.unfolded.clear();
                    self.unfolded.extend_from_slice(line);
                }
                // behind the space that folds
                (true, _) => self.unfolded.extend_from_slice(line.get(1..)?),
            }
            if folded && !goes_on {
                let unfolded = std::mem::take(&mut self.unfolded);
                self.line(reading, &unfolded, None, limits)?;
                self.unfolded = unfolded;
            }
            folded = goes_on;
            start = newline + 1;
            lines += 1;
        }
        let end = text.len();
        let separator = if returns { memchr(b'\n', window.get(end..)?)? } else { 0 } + 1;
        Some((end + separator, lines + 1))
    }

    /// Reads a line that begins like one which followed those before it in another record. False if it does not, or there is
    /// something about its value.
    #[inline]
    fn known_line(&mut self, reading: &mut Reading, line: &[u8], start: usize) -> bool {
        if reading.dn.is_none() || reading.layout.is_some() {
            return false;
        }
        let Some((step, at)) = self.forms.known(reading.step, line) else { return false };
        let is_plain = line.get(at).is_some_and(|&byte| byte != b' ');
        let piece = Piece::of(start + at, start + line.len()).filter(|_| is_plain);
        let Some(piece) = piece else { return false };
        reading.pieces.push(piece);
        reading.values += 1;
        reading.step = step;
        true
    }

    /// Reads one line, which stands in the text of the record at that place or was put together.
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
            reading.dn = Some(name.eq_ignore_ascii_case(b"dn").then(|| Dn::parse_into(value, take(&mut self.name)).ok())??);
            return Some(());
        }
        reading.values += 1;
        if reading.values > limits.values {
            return None;
        }
        let Some(base) = self.names.base(name) else {
            // ldifde exports each entry as one to be added
            let first = !reading.whole && reading.pieces.is_empty() && name.eq_ignore_ascii_case(b"changetype");
            reading.whole = first && value.trim_ascii().eq_ignore_ascii_case(b"add");
            return reading.whole.then_some(());
        };
        if value.is_empty() {
            return Some(());
        }
        let at = match place {
            Some(start) if !is_base64 => start + line.len() - value.len(),
            _ => {
                let start = reading.text.len();
                reading.text.extend_from_slice(value);
                start
            }
        };
        reading.pieces.push(Piece::of(at, at + value.len())?);
        // a name that is one is ASCII
        let name = std::str::from_utf8(name).ok()?;
        if reading.layout.is_none() {
            match self.forms.step(reading.step, name, base) {
                Some(step) => reading.step = step,
                None => reading.layout = Some(self.forms.copy(reading.step)),
            }
        }
        reading.layout.iter_mut().for_each(|layout| layout.push(name.get(..base).unwrap_or_default()));
        Some(())
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
