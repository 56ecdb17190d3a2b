//! A search as one request, or page by page (RFC 2696), and what its end means.

use super::answer::words;
use super::ber::{self, Elements, INTEGER, OCTET_STRING, SEQUENCE};
use super::page::Page;
use super::session::Session;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Scope, Search};
use ldap3::controls::RawControl;

/// The simple paged results control (RFC 2696).
const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";
/// No search takes more pages.
const MOST_PAGES: u32 = 1_000_000;
/// After so many pages in a row without an entry no more are asked for.
const MOST_EMPTY_PAGES: u32 = 100;
/// No cookie is longer, bytes.
const LONGEST_COOKIE: usize = 1 << 16;
/// References and referrals are noted for so many searches.
const MOST_NOTES: usize = 20;

impl Session {
    /// Runs one search to its end.
    pub(super) async fn search(&mut self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Ended {
        let paged = search.scope != Scope::Base && search.size_limit == 0 && self.page_size > 0;
        let ended = if paged { self.search_paged(search, each).await } else { self.search_once(search, each).await };
        ended.unwrap_or_else(Ended::Cut)
    }

    /// Notes entries outside of what was asked: a server that sends them is not believed to have sent all others.
    fn outside(page: &Page) -> Result<(), String> {
        match page.outside {
            0 => Ok(()),
            1 => Err("the server sent an object that lies outside of what was asked; it was left out".into()),
            count => Err(format!("the server sent {count} objects that lie outside of what was asked; they were left out")),
        }
    }

    async fn search_once(&mut self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Ended, String> {
        let page = self.ask(search, None, each).await?;
        Self::outside(&page)?;
        let limit = usize::try_from(search.size_limit).unwrap_or(usize::MAX);
        let at_limit = limit > 0 && page.entries >= limit;
        if (page.result.rc == 4 && at_limit) || (limit > 0 && page.entries > limit) {
            return Ok(Ended::OwnLimit);
        }
        Ok(self.ended(search, &page, page.entries))
    }

    async fn search_paged(&mut self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Ended, String> {
        // Some servers refuse a page over their own limit instead of shortening it.
        let mut size = self.page_size;
        let mut page = self.ask(search, Some(request(size, &[])), each).await?;
        while page.entries == 0 && size > 1 && matches!(page.result.rc, 2 | 4 | 11 | 53) {
            size /= 2;
            page = self.ask(search, Some(request(size, &[])), each).await?;
        }
        if page.result.rc == 0 {
            self.page_size = size;
        }
        let mut total = 0;
        let mut empty = 0;
        let mut cookie = Vec::new();
        let mut first: Option<String> = None;
        for number in 1..=MOST_PAGES {
            total += page.entries;
            Self::outside(&page)?;
            if page.result.rc != 0 {
                return Ok(self.ended(search, &page, total));
            }
            let next = match page.result.ctrls.iter().find(|control| control.1.ctype == PAGED_RESULTS) {
                // Paging was ignored, or this server ends it by saying nothing: it said success.
                None => return Ok(Ended::Complete),
                Some(control) => cookie_of(control.1.val.as_deref().unwrap_or_default())
                    .ok_or_else(|| format!("the paging control of page {number} is malformed, after {total} entries"))?,
            };
            if next.is_empty() {
                return Ok(Ended::Complete);
            }
            empty = if page.entries == 0 { empty + 1 } else { 0 };
            if empty == MOST_EMPTY_PAGES {
                return Err(format!("the server sent {empty} pages in a row with nothing in them, after {total} entries"));
            }
            // A server that does not get on would be asked for ever.
            if next == cookie && (page.entries == 0 || (page.first.is_some() && page.first == first)) {
                return Err(format!("the server sent the same page twice, after {total} entries"));
            }
            (cookie, first) = (next, page.first);
            page = self
                .ask(search, Some(request(size, &cookie)), each)
                .await
                .map_err(|reason| format!("{total} entries came, then: {reason}"))?;
        }
        Err(format!("the answer has more than {MOST_PAGES} pages"))
    }

    /// What a result means for the search.
    fn ended(&mut self, search: &Search, page: &Page, total: usize) -> Ended {
        let answer = words(page.result.rc, &page.result.text);
        match page.result.rc {
            0 => Ended::Complete,
            10 if total == 0 => {
                self.note_referral(search, &page.result.refs);
                Ended::Referral
            }
            32 if total == 0 => Ended::NoSuchObject,
            50 if total == 0 => Ended::Denied,
            2 if total == 0 => Ended::Refused(format!(
                "the server answered {answer}; if it speaks LDAPv2 only, as Exchange 5.0 does, audit an export (--from FILE)"
            )),
            // limits and a server that cannot now; anything else is an answer to the request itself
            3 | 4 | 11 | 51 | 52 if total == 0 => Ended::Cut(format!("the server answered {answer}")),
            _ if total == 0 => Ended::Refused(format!("the server answered {answer}")),
            _ => Ended::Cut(format!("the server stopped at {total} entries: {answer}")),
        }
    }

    /// Notes where else the server pointed. Nothing is followed: it leads out of the organization (Q195104).
    pub(super) fn note_referral(&mut self, search: &Search, uris: &[String]) {
        let shown: Vec<String> = uris.iter().take(3).map(|uri| super::error::tame(uri)).collect();
        let base = if search.base.is_empty() { "the root".to_owned() } else { search.base.to_string() };
        let note = format!("below {base} the server points to another, which is not followed: {}", shown.join(" "));
        if self.notes.len() < MOST_NOTES && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}

/// The control of a request.
fn request(size: u32, cookie: &[u8]) -> RawControl {
    let size = i32::try_from(size).unwrap_or(i32::MAX).to_be_bytes();
    let value = [ber::write(INTEGER, &size), ber::write(OCTET_STRING, cookie)].concat();
    RawControl { ctype: PAGED_RESULTS.to_owned(), crit: false, val: Some(ber::write(SEQUENCE, &value)) }
}

/// The cookie in the control of an answer.
fn cookie_of(value: &[u8]) -> Option<Vec<u8>> {
    let outer = Elements::all(value).next()?.ok().filter(|outer| outer.tag == SEQUENCE)?;
    let mut parts = outer.inside(value);
    parts.next()?.ok().filter(|size| size.tag == INTEGER)?;
    let cookie = parts.next()?.ok().filter(|cookie| cookie.tag == OCTET_STRING)?;
    Some(cookie.of(value).to_vec()).filter(|cookie| cookie.len() <= LONGEST_COOKIE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_cookie_it_writes() {
        let long = vec![9; LONGEST_COOKIE + 1];
        for cookie in [&b""[..], b"c", &long[..300], &long[..LONGEST_COOKIE]] {
            assert_eq!(cookie_of(&request(99, cookie).val.expect("value")).as_deref(), Some(cookie));
        }
        for value in
            [&b""[..], &[0x30, 0], &[0x30, 3, 2, 1, 0], &[0x30, 5, 2, 1, 0, 4, 1], &request(9, &long).val.expect("value")]
        {
            assert_eq!(cookie_of(value), None);
        }
    }

    proptest! {
        #[test]
        fn survives_any_value(value in proptest::collection::vec(any::<u8>(), 0..60)) {
            let _ = cookie_of(&value);
        }
    }
}
