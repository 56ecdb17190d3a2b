//! A search as one request, or page by page (RFC 2696), and what its end means.

use super::answer::words;
use super::ber::{self, Elements, INTEGER, OCTET_STRING, SEQUENCE};
use super::held::Held;
use super::page::Page;
use super::session::Session;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Paging, Scope, Search};
use ldap3::controls::RawControl;

/// The simple paged results control (RFC 2696).
const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";
/// No search takes more pages.
const MOST_PAGES: u32 = 1_000_000;
/// After so many pages in a row without an entry no more are asked for.
const MOST_EMPTY_PAGES: u32 = 100;
/// No cookie is longer, bytes.
const LONGEST_COOKIE: usize = 1 << 16;
/// A search that may not be paged brings no more entries.
const ONE_PIECE: u32 = 1_000;

impl Session {
    /// Runs one search to its end.
    pub(super) async fn search(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Ended {
        let paging = self.page_size.get() > 0 && !search.in_one_piece;
        let paged = search.scope != Scope::Base && search.size_limit == 0 && paging;
        let ended = if paged { self.search_paged(search, each).await } else { self.search_once(search, each).await };
        let ended = ended.unwrap_or_else(Ended::Cut);
        tracing::info!(base = %search.base, scope = search.scope.word(), filter = %search.filter, ?ended, "searched");
        ended
    }

    async fn search_once(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Ended, String> {
        // what may not be paged is not asked for without bounds either
        if search.in_one_piece && search.size_limit == 0 && search.scope != Scope::Base {
            let bounded = search.clone().at_most(ONE_PIECE);
            let page = self.ask(&bounded, None, each).await?;
            return Ok(match self.whole(&bounded, &page) {
                Ended::OwnLimit => {
                    Ended::Cut(format!("more than {ONE_PIECE} entries match, and this filter is not asked for page by page"))
                }
                ended => ended,
            });
        }
        Ok(self.whole(search, &self.ask(search, None, each).await?))
    }

    /// What the end of an answer in one piece means.
    pub(super) fn whole(&self, search: &Search, page: &Page) -> Ended {
        if let Err(how) = none_outside(page) {
            return Ended::Cut(how);
        }
        let limit = usize::try_from(search.size_limit).unwrap_or(usize::MAX);
        let at_limit = limit > 0 && page.entries >= limit;
        if (page.result.rc == 4 && at_limit) || (limit > 0 && page.entries > limit) {
            return Ended::OwnLimit;
        }
        if page.result.rc == 4 && page.entries > 0 {
            self.stopped_at.set(self.stopped_at.get().max(Some(page.entries)));
        }
        self.ended(search, page, page.entries)
    }

    async fn search_paged(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Ended, String> {
        let (mut page, size) = match self.first_page(search, each).await? {
            Some(first) => first,
            None => return self.search_once(search, each).await,
        };
        let mut total = 0;
        let mut elsewhere = false;
        let mut empty = 0;
        let mut cookie = Vec::new();
        let mut first: Option<String> = None;
        for number in 1..=MOST_PAGES {
            total += page.entries;
            elsewhere |= page.elsewhere;
            page.elsewhere = elsewhere;
            none_outside(&page)?;
            if page.result.rc != 0 {
                return Ok(self.ended(search, &page, total));
            }
            let next = match page.result.ctrls.iter().find(|control| control.1.ctype == PAGED_RESULTS) {
                // Paging was ignored, or this server ends it by saying nothing: it said success.
                None => return Ok(self.ended(search, &page, total)),
                Some(control) => cookie_of(control.1.val.as_deref().unwrap_or_default())
                    .ok_or_else(|| format!("the paging control of page {number} is malformed, after {total} entries"))?,
            };
            if next.is_empty() {
                return Ok(self.ended(search, &page, total));
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

    /// The first page, at a size that the server can do, and that size. To a page over its own limit a server may answer
    /// with a refusal, with a part and no way to go on, or with success and nothing; each time half the size is tried. None
    /// if it has something, and pages it at no size.
    async fn first_page(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Option<(Page, u32)>, String> {
        let mut size = self.page_size.get();
        let mut has_any = false;
        loop {
            let mut held = Held::new(each);
            let asked = self.ask(search, Some(request(size, &[])), &mut |entry| held.take(entry)).await;
            let is_cut = matches!(&asked, Ok(page) if page.result.rc == 4 && !goes_on(page) && is_short(page, size));
            // the page is tried again, so its entries must not be handed on twice
            if is_cut && held.forget() {
                size /= 2;
                continue;
            }
            held.hand_on();
            let page = asked?;
            match page.result.rc {
                2 | 11 | 53 | 4 if page.entries == 0 && size > 1 => size /= 2,
                0 if page.entries == 0 && !goes_on(&page) => {
                    // that a page is empty whose size may be too large does not say that nothing is there
                    has_any = has_any || self.finds_any(search).await?;
                    match (has_any, size) {
                        (false, _) => {
                            self.note_paging(&page, size);
                            return Ok(Some((page, size)));
                        }
                        (true, 0 | 1) => return Ok(None),
                        (true, _) => size /= 2,
                    }
                }
                code => {
                    if code == 0 {
                        self.page_size.set(size);
                        self.note_paging(&page, size);
                    }
                    return Ok(Some((page, size)));
                }
            }
        }
    }

    /// Notes how the server takes paged searches. An answer that fits a page proves nothing without its control.
    fn note_paging(&self, page: &Page, size: u32) {
        let answered = page.result.ctrls.iter().any(|control| control.1.ctype == PAGED_RESULTS);
        let ignored = page.entries > usize::try_from(size).unwrap_or(usize::MAX);
        match self.paging.get() {
            _ if answered => self.paging.set(Paging::Works(size)),
            Paging::Unknown if ignored => self.paging.set(Paging::Ignored),
            _ => {}
        }
    }

    /// Whether the search finds anything at all, asked without paging.
    async fn finds_any(&self, search: &Search) -> Result<bool, String> {
        let page = self.ask(&search.clone().at_most(1), None, &mut |_| {}).await?;
        match page.result.rc {
            _ if page.entries > 0 => Ok(true),
            4 => Ok(true),
            0 | 32 => Ok(false),
            code => {
                let answer = words(code, &page.result.text);
                Err(format!("the server sent an empty page, and to the question whether that is all it answered {answer}"))
            }
        }
    }

    /// What a result means for the search.
    fn ended(&self, search: &Search, page: &Page, total: usize) -> Ended {
        let answer = words(page.result.rc, &page.result.text);
        match page.result.rc {
            0 if page.elsewhere => {
                Ended::Cut("another server holds a part of what was asked for, and is not asked (Q195104)".into())
            }
            0 => Ended::Complete,
            10 if total == 0 => {
                self.note_referral(search, &page.result.refs);
                Ended::Referral
            }
            32 if total == 0 => Ended::NoSuchObject,
            50 if total == 0 => Ended::Denied,
            // a server that wants a bind first says so (RFC 2251 section 4.2.1)
            1 if total == 0 => Ended::Refused(format!(
                "the server answered {answer}; it may want a bind first (-D), or speak LDAPv2 only, as Exchange 5.0 does: then audit \
                 an export (--from FILE)"
            )),
            2 if total == 0 => Ended::Refused(format!(
                "the server answered {answer}; if it speaks LDAPv2 only, as Exchange 5.0 does, audit an export (--from FILE)"
            )),
            // limits and a server that cannot now; anything else is an answer to the request itself
            3 | 4 | 11 | 51 | 52 if total == 0 => Ended::Cut(format!("the server answered {answer}")),
            _ if total == 0 => Ended::Refused(format!("the server answered {answer}")),
            _ => Ended::Cut(format!("the server stopped at {total} entries: {answer}")),
        }
    }
}

/// Refuses entries outside of what was asked: a server that sends them is not believed to have sent all others.
fn none_outside(page: &Page) -> Result<(), String> {
    match page.outside {
        0 => Ok(()),
        1 => Err("the server sent an object that lies outside of what was asked; it was left out".into()),
        count => Err(format!("the server sent {count} objects that lie outside of what was asked; they were left out")),
    }
}

/// Whether the server has another page.
fn goes_on(page: &Page) -> bool {
    let control = page.result.ctrls.iter().find(|control| control.1.ctype == PAGED_RESULTS);
    control.and_then(|control| control.1.val.as_deref()).is_some_and(|value| cookie_of(value).is_none_or(|c| !c.is_empty()))
}

fn is_short(page: &Page, size: u32) -> bool {
    page.entries > 0 && u32::try_from(page.entries).is_ok_and(|entries| entries < size)
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
