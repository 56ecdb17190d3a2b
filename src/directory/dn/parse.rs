//! Reading a distinguished name: RFC 4514, and the quoting and `;` of RFC 1779.

use super::{Ava, DnError, Rdn};

pub(super) fn dn(text: &[u8]) -> Result<Vec<Rdn>, DnError> {
    Parser { text, at: 0 }.dn()
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn dn(mut self) -> Result<Vec<Rdn>, DnError> {
        let mut rdns = Vec::new();
        self.spaces();
        if self.peek().is_none() {
            return Ok(rdns);
        }
        loop {
            let mut avas = vec![self.ava()?];
            while self.peek() == Some(b'+') {
                self.at += 1;
                avas.push(self.ava()?);
            }
            rdns.push(Rdn(avas));
            match self.peek() {
                None => return Ok(rdns),
                Some(b',' | b';') => self.at += 1,
                Some(_) => return Err(self.error("text after a quoted value")),
            }
        }
    }

    fn ava(&mut self) -> Result<Ava, DnError> {
        self.spaces();
        let start = self.at;
        while self.peek().is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_')) {
            self.at += 1;
        }
        let attribute = String::from_utf8_lossy(self.slice(start, self.at)).into_owned();
        if attribute.is_empty() {
            return Err(self.error("an attribute type is missing"));
        }
        self.spaces();
        if self.peek() != Some(b'=') {
            return Err(self.error("`=` is missing"));
        }
        self.at += 1;
        self.spaces();
        let value = match self.peek() {
            Some(b'"') => self.quoted()?,
            Some(b'#') => self.hex()?,
            _ => self.plain()?,
        };
        Ok(Ava { attribute, value })
    }

    fn plain(&mut self) -> Result<Vec<u8>, DnError> {
        let mut value = Vec::new();
        let mut kept = 0;
        while let Some(byte) = self.peek() {
            match byte {
                b',' | b';' | b'+' => break,
                b'\\' => {
                    value.push(self.escaped()?);
                    kept = value.len();
                    continue;
                }
                b'"' => return Err(self.error("a quotation mark inside a value")),
                _ => value.push(byte),
            }
            self.at += 1;
            if byte != b' ' {
                kept = value.len();
            }
        }
        value.truncate(kept);
        Ok(value)
    }

    fn quoted(&mut self) -> Result<Vec<u8>, DnError> {
        self.at += 1;
        let mut value = Vec::new();
        loop {
            match self.peek() {
                None => return Err(self.error("a quotation mark is not closed")),
                Some(b'"') => break,
                Some(b'\\') => value.push(self.escaped()?),
                Some(byte) => {
                    value.push(byte);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        self.spaces();
        Ok(value)
    }

    /// `#04024869`: the value in BER; the content of a primitive string is taken, anything else kept as it is.
    fn hex(&mut self) -> Result<Vec<u8>, DnError> {
        self.at += 1;
        let mut ber = Vec::new();
        while let Some(pair) = self.pair() {
            ber.push(pair);
            self.at += 2;
        }
        self.spaces();
        if !matches!(self.peek(), None | Some(b',' | b';' | b'+')) || ber.is_empty() {
            return Err(self.error("a malformed `#` value"));
        }
        match ber.as_slice() {
            [tag, length, content @ ..] if tag & 0x20 == 0 && usize::from(*length) == content.len() => Ok(content.to_vec()),
            _ => Ok(ber),
        }
    }

    fn escaped(&mut self) -> Result<u8, DnError> {
        self.at += 1;
        if let Some(byte) = self.pair() {
            self.at += 2;
            return Ok(byte);
        }
        let byte = self.peek().ok_or_else(|| self.error("a backslash ends the text"))?;
        self.at += 1;
        Ok(byte)
    }

    fn pair(&self) -> Option<u8> {
        let digits = self.text.get(self.at..self.at + 2)?;
        u8::from_str_radix(std::str::from_utf8(digits).ok().filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?, 16).ok()
    }

    fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn slice(&self, from: usize, to: usize) -> &[u8] {
        self.text.get(from..to).unwrap_or_default()
    }

    fn error(&self, reason: &'static str) -> DnError {
        DnError { reason, at: self.at }
    }
}
