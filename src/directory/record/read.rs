//! Reading a record back from comments.

use super::{Record, RecordError, Recorded, TITLE, TITLE_BEFORE};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Scope, Search};

/// The most searches a record may hold.
const SEARCHES: usize = 100_000;
/// The most lists of attributes.
const LISTS: usize = 1000;
/// The most attributes a list may hold.
const ATTRIBUTES: usize = 4096;
/// The most of what is for people alone: sites and notes.
const REMARKS: usize = 10_000;
/// The longest line, in bytes.
const LINE: usize = 1 << 20;

/// Reads the lines of a record, without the mark they start with, as a fuzzer may give them.
///
/// # Errors
/// [`RecordError`] with the number of the line.
pub fn parse(text: &[u8]) -> Result<Record, RecordError> {
    let mut builder = Builder::default();
    for (index, line) in text.split(|&b| b == b'\n').enumerate() {
        builder.line(line, index as u64 + 1)?;
    }
    builder.finish()
}

/// A record in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    begun: bool,
    record: Record,
    open: Option<Open>,
    last_line: u64,
}

/// A search of which not every line came yet.
#[derive(Debug)]
struct Open {
    base: Dn,
    scope: Scope,
    filter: Option<Filter>,
    attributes: Option<Vec<String>>,
    at_most: u32,
}

impl Builder {
    /// Takes one line, without its mark.
    pub(super) fn line(&mut self, line: &[u8], number: u64) -> Result<(), RecordError> {
        self.last_line = number;
        let wrong = |what: &str| RecordError::new(number, what);
        if line.len() > LINE {
            return Err(wrong("the line is longer than 1 MiB"));
        }
        let text = std::str::from_utf8(line).map_err(|_| wrong("the line is not UTF-8"))?;
        if !self.begun {
            self.begun = [TITLE, TITLE_BEFORE].contains(&text);
            return if self.begun { Ok(()) } else { Err(wrong("this form of record is not known")) };
        }
        let Some((key, value)) = text.split_once(": ").or_else(|| text.strip_suffix(':').map(|key| (key, ""))) else {
            return Err(wrong("the line is not `key: value`"));
        };
        if let Some(key) = key.strip_prefix("  ") {
            return self.detail(key, value).map_err(|what| RecordError::new(number, what));
        }
        if self.open.is_some() {
            return Err(wrong("the search before this line does not say how it ended"));
        }
        self.statement(key, value).map_err(|what| RecordError::new(number, what))
    }

    fn statement(&mut self, key: &str, value: &str) -> Result<(), String> {
        let remarks = self.record.about.hidden.len() + self.record.about.notes.len();
        let record = &mut self.record;
        let about = &mut record.about;
        match key {
            "program" => about.program = value.to_owned(),
            "server" => about.server = value.to_owned(),
            "time" => about.time = value.to_owned(),
            "bind" => about.bind = value.to_owned(),
            "base" => about.base = dn(value)?,
            _ if remarks > REMARKS => return Err(format!("more than {REMARKS} sites and notes")),
            "hidden objects seen of site" => about.hidden.push((value.to_owned(), true)),
            "no hidden object seen of site" => about.hidden.push((value.to_owned(), false)),
            "note" => about.notes.push(value.to_owned()),
            _ => match key.split_once(' ') {
                Some(("attributes", number)) => {
                    expect(number, record.lists.len() + 1)?;
                    let list: Vec<String> = value.split_ascii_whitespace().map(str::to_owned).collect();
                    if record.lists.len() == LISTS || list.len() > ATTRIBUTES {
                        return Err("more attributes than are read".into());
                    }
                    record.lists.push(list);
                }
                Some(("search", number)) => {
                    expect(number, self.record.searches.len() + 1)?;
                    if self.record.searches.len() == SEARCHES {
                        return Err(format!("more than {SEARCHES} searches"));
                    }
                    let (scope, base) = value.split_once(' ').unwrap_or((value, ""));
                    let scope = [Scope::Base, Scope::One, Scope::Sub].into_iter().find(|known| known.word() == scope);
                    let scope = scope.ok_or("the scope is not base, one or sub")?;
                    self.open = Some(Open { base: dn(base)?, scope, filter: None, attributes: None, at_most: 0 });
                }
                _ => return Err(format!("{:?} is not known here", excerpt(key))),
            },
        }
        Ok(())
    }

    fn detail(&mut self, key: &str, value: &str) -> Result<(), String> {
        let open = self.open.as_mut().ok_or("there is no search that this line belongs to")?;
        match key {
            "filter" => open.filter = Some(Filter::parse(value).map_err(|error| error.to_string())?),
            "attributes" => {
                let number: usize = value.parse().map_err(|_| "the list of attributes is not a number")?;
                let list = number.checked_sub(1).and_then(|index| self.record.lists.get(index));
                open.attributes = Some(list.ok_or("there is no list of attributes of that number")?.clone());
            }
            "at most" => open.at_most = value.parse().map_err(|_| "the limit is not a number")?,
            "ended" => {
                let ended = ending(value)?;
                let Some(Open { base, scope, filter: Some(filter), attributes: Some(attributes), at_most }) = self.open.take()
                else {
                    return Err("the search lacks its filter or its attributes".into());
                };
                let search = Search { base, scope, filter, attributes, size_limit: at_most, in_one_piece: false };
                self.record.searches.push(Recorded { search, ended });
            }
            _ => return Err(format!("{:?} is not known here", excerpt(key))),
        }
        Ok(())
    }

    /// The whole record.
    pub(super) fn finish(self) -> Result<Record, RecordError> {
        match (self.begun, self.open) {
            (false, _) => Err(RecordError::new(self.last_line, "there is no record")),
            (true, Some(_)) => Err(RecordError::new(self.last_line, "the last search does not say how it ended")),
            (true, None) if self.record.searches.is_empty() => Err(RecordError::new(self.last_line, "it names no search")),
            (true, None) => Ok(self.record),
        }
    }
}

fn expect(number: &str, next: usize) -> Result<(), String> {
    if number.parse() == Ok(next) { Ok(()) } else { Err(format!("number {next} is expected here, not {:?}", excerpt(number))) }
}

fn dn(text: &str) -> Result<Dn, String> {
    Dn::parse(text.as_bytes()).map_err(|error| error.to_string())
}

fn ending(text: &str) -> Result<Ended, String> {
    let (word, how) = text.split_once(": ").map_or((text, None), |(word, how)| (word, Some(how.to_owned())));
    Ok(match (word, how) {
        ("complete", None) => Ended::Complete,
        ("at its own limit", None) => Ended::OwnLimit,
        ("no such object", None) => Ended::NoSuchObject,
        ("denied", None) => Ended::Denied,
        ("referral", None) => Ended::Referral,
        ("refused", Some(how)) => Ended::Refused(how),
        ("cut", Some(how)) => Ended::Cut(how),
        _ => return Err(format!("{:?} is not an ending", excerpt(text))),
    })
}

fn excerpt(text: &str) -> String {
    text.chars().take(60).collect()
}

#[cfg(test)]
#[path = "read_tests.rs"]
mod tests;
