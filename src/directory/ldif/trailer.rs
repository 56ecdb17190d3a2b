//! What ldapsearch (OpenLDAP) writes around the entries when it is run without `-LLL`.
//!
//! Seen with 2.5: a header of comments that starts with `# extended LDIF`, a block of `search:` and `result:` after
//! the entries of each page, and with `-E pr=N` a line that asks for the next page.

use super::error::{LdifError, excerpt};
use super::reader::{Reader, Record};
use std::io::BufRead;

/// What the text around the entries tells about searches that have not ended.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// A header was seen, and no result after it.
    begun: Option<u64>,
    /// The last page had a cookie: there was another page.
    more_pages: Option<u64>,
    /// A search before the present one that never ended.
    lost: Option<u64>,
}

impl Marks {
    /// Looks at a comment. With `-L` to `-LLL` the cookie of a page is in one.
    pub(super) fn comment(&mut self, comment: &[u8], line: u64) {
        let text = comment.trim_ascii_end();
        if text == b"# extended LDIF" {
            self.lost = self.lost.or(self.begun);
            self.begun = Some(line);
            self.more_pages = None;
        } else if let Some(page) = text.strip_prefix(b"# pagedresults:") {
            self.page(page, line);
        }
    }

    fn result(&mut self) {
        self.begun = None;
        self.more_pages = None;
    }

    /// `estimate=N cookie=BASE64`, the estimate only if there is one, the cookie empty on the last page.
    fn page(&mut self, text: &[u8], line: u64) {
        let text = String::from_utf8_lossy(text);
        let cookie = text.split_ascii_whitespace().find_map(|word| word.strip_prefix("cookie="));
        self.more_pages = cookie.filter(|cookie| !cookie.is_empty()).map(|_| line);
    }

    /// Where a search shows that never ended.
    pub(super) fn unfinished(&self) -> Option<u64> {
        self.lost.or(self.begun).or(self.more_pages)
    }
}

impl<R: BufRead> Reader<R> {
    /// Reads the block that starts with `search:`. What a server says may hold line breaks, and ldapsearch writes it as
    /// it is, so lines that are not understood are passed over.
    pub(super) fn search_result(&mut self, first: u64) -> Result<Record, LdifError> {
        let mut ended: Option<(u32, String)> = None;
        while let Some(number) = self.advance()? {
            if self.at_separator() {
                break;
            }
            let Ok(field) = self.field(number) else { continue };
            if field.is("dn") {
                return Err(LdifError::SecondDn { line: number });
            } else if field.is("result") {
                let value = field.value(self.limits.value, false)?;
                ended = Some(result(&value).ok_or(LdifError::NoResult { line: number })?);
                self.marks.result();
            } else if field.is("text") {
                let said = excerpt(&field.value(self.limits.value, false)?);
                if let Some((_, text)) = ended.as_mut().filter(|(_, text)| text.len() < 500) {
                    text.push_str(": ");
                    text.push_str(said.trim());
                }
            } else if field.is("pagedresults") {
                let page = field.value(self.limits.value, false)?;
                self.marks.page(&page, number);
            }
        }
        let (code, text) = ended.ok_or(LdifError::NoResult { line: first })?;
        Ok(Record::SearchResult { line: first, code, text })
    }
}

/// `4 Size limit exceeded`.
fn result(value: &[u8]) -> Option<(u32, String)> {
    let digits = value.iter().take_while(|b| b.is_ascii_digit()).count();
    let (code, text) = value.split_at(digits);
    Some((std::str::from_utf8(code).ok()?.parse().ok()?, excerpt(text.trim_ascii())))
}

/// Whether a line is what ldapsearch prints between pages when it is to ask for each (`-E pr=N` without `/noprompt`).
pub(super) fn is_prompt(line: &[u8]) -> bool {
    let number = |text: &[u8]| !text.is_empty() && text.iter().all(u8::is_ascii_digit);
    let prompt = line.strip_prefix(b"Press [size] Enter for the next {").and_then(|l| l.strip_suffix(b"|size} entries."));
    prompt.or_else(|| line.strip_prefix(b"Estimate entries: ")).is_some_and(number)
}
