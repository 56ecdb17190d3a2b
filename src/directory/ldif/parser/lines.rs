//! The lines of a piece: unfolded, bounded, each with its number.

use super::Parser;
use crate::directory::ldif::error::{LdifError, excerpt};
use crate::directory::ldif::trailer;
use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// An unfolded line, and the number of the first physical line it is made of.
pub(super) struct Line<'a> {
    pub(super) number: u64,
    pub(super) text: Cow<'a, [u8]>,
    /// Where it starts, if it is not folded.
    pub(super) start: usize,
}

impl Line<'_> {
    pub(super) fn is_comment(&self) -> bool {
        self.text.first() == Some(&b'#')
    }

    /// Whether it separates two blocks: an empty one, or a prompt of ldapsearch.
    pub(super) fn separates(&self) -> bool {
        self.text.is_empty() || trailer::is_prompt(&self.text)
    }
}

impl<'a> Parser<'a> {
    /// The next line, unfolded: a line that starts with a space continues the one before (RFC 2849, note 2).
    pub(super) fn line(&mut self) -> Result<Option<Line<'a>>, LdifError> {
        let Some((start, end)) = self.physical()? else { return Ok(None) };
        let number = self.number;
        let first = self.text.get(start..end).unwrap_or_default();
        if first.is_empty() || self.text.get(self.at) != Some(&b' ') {
            self.fits(first.len(), first, number)?;
            return Ok(Some(Line { number, text: Cow::Borrowed(first), start }));
        }
        let mut whole = first.to_vec();
        while self.text.get(self.at) == Some(&b' ') {
            let Some((start, end)) = self.physical()? else { break };
            whole.extend_from_slice(self.text.get(start + 1..end).unwrap_or_default());
            self.fits(whole.len(), &whole, number)?;
        }
        Ok(Some(Line { number, text: Cow::Owned(whole), start }))
    }

    /// Where the next physical line begins and ends, without its line end.
    fn physical(&mut self) -> Result<Option<(usize, usize)>, LdifError> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        if rest.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        let newline = memchr(b'\n', rest);
        self.parsed.unterminated = newline.is_none();
        let mut end = start + newline.unwrap_or(rest.len());
        self.at = if newline.is_some() { end + 1 } else { end };
        if self.is_odd {
            while end > start && self.text.get(end - 1) == Some(&b'\r') {
                end -= 1;
            }
            let line = self.text.get(start..end).unwrap_or_default();
            let what = match memchr2(0, b'\r', line).and_then(|at| line.get(at)) {
                Some(0) => "a NUL byte",
                Some(_) => "a carriage return inside a line",
                None => return Ok(Some((start, end))),
            };
            return Err(LdifError::NotLdif { line: self.number, what });
        }
        Ok(Some((start, end)))
    }

    fn fits(&self, length: usize, line: &[u8], number: u64) -> Result<(), LdifError> {
        if length <= self.limits.line() {
            return Ok(());
        }
        let what = match line.iter().take(256).position(|&byte| byte == b':') {
            Some(colon) if !line.starts_with(b"#") => {
                format!("the value of {:?}", excerpt(line.get(..colon).unwrap_or_default()))
            }
            _ => "the line".to_owned(),
        };
        Err(LdifError::TooLong { line: number, what, limit: self.limits.value })
    }

    /// The next line that is no comment.
    pub(super) fn advance(&mut self) -> Result<Option<Line<'a>>, LdifError> {
        while let Some(line) = self.line()? {
            if !line.is_comment() {
                return Ok(Some(line));
            }
            self.comment(&line);
        }
        Ok(None)
    }
}
