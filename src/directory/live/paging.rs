//! A search as one request, or page by page (RFC 2696).

use super::ber::{self, Elements, INTEGER, OCTET_STRING, SEQUENCE};
use super::ending::none_outside;
use super::held::Held;
use super::page::{Page, counted};
use super::session::Session;
use crate::directory::entry::Entry;
use crate::directory::result_code::ResultCode;
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

    async fn search_paged(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Ended, String> {
        let (mut page, size) = match self.first_page(search, each).await? {
            Some(first) => first,
            None => return self.search_once(search, each).await,
        };
        let mut total = 0;
        let mut elsewhere = false;
        let mut in_part = None;
        let mut empty = 0;
        let mut cookie = Vec::new();
        let mut first: Option<String> = None;
        for number in 1..=MOST_PAGES {
            total += page.entries;
            elsewhere |= page.elsewhere;
            page.elsewhere = elsewhere;
            in_part = in_part.or(page.in_part.take());
            page.in_part.clone_from(&in_part);
            none_outside(&page)?;
            if page.code != ResultCode::Success {
                return Ok(self.ended(search, &page, total));
            }
            let next = match control_of(&page) {
                // Paging was ignored: it said success, and sent all of it.
                None if number == 1 => return Ok(self.ended(search, &page, total)),
                // Every answer to a paged search carries the control (RFC 2696 section 3), and the page before had a cookie:
                // what said "there is more" did not say "that was all".
                None => {
                    return Err(format!(
                        "page {number} came without its paging control, though the page before it said that there is more; \
                         {} came",
                        counted(total)
                    ));
                }
                Some(control) => cookie_of(control.val.as_deref().unwrap_or_default())
                    .ok_or_else(|| format!("the paging control of page {number} is malformed, after {}", counted(total)))?,
            };
            if next.is_empty() {
                return Ok(self.ended(search, &page, total));
            }
            empty = if page.entries == 0 { empty + 1 } else { 0 };
            if empty == MOST_EMPTY_PAGES {
                return Err(format!("the server sent {empty} pages in a row with nothing in them, after {}", counted(total)));
            }
            // A server that does not get on would be asked for ever.
            if next == cookie && (page.entries == 0 || (page.first.is_some() && page.first == first)) {
                return Err(format!("the server sent the same page twice, after {}", counted(total)));
            }
            (cookie, first) = (next, page.first);
            page = self
                .ask(search, Some(request(size, &cookie)), each)
                .await
                .map_err(|reason| format!("{} came, then: {reason}", counted(total)))?;
        }
        Err(format!("the answer has more than {MOST_PAGES} pages"))
    }

    /// The first page, at a size that the server can do, and that size. To a page over its own limit a server may answer
    /// with a refusal, with a part and no way to go on, or with success and nothing; each time half the size is tried. None
    /// if it is to be asked in one piece: it has something and pages it at no size, or pages without saying so.
    async fn first_page(&self, search: &Search, each: &mut (dyn FnMut(Entry) + '_)) -> Result<Option<(Page, u32)>, String> {
        let mut size = self.page_size.get();
        let mut has_any = false;
        loop {
            let mut held = Held::new(each);
            let asked = self.ask(search, Some(request(size, &[])), &mut |entry| held.take(entry)).await;
            let is_cut = matches!(&asked, Ok(page) if page.code == ResultCode::SizeLimitExceeded && !goes_on(page) && is_short(page, size));
            // the page is tried again, so its entries must not be handed on twice
            if is_cut && held.forget() {
                size /= 2;
                continue;
            }
            // all there is, or the first page of a server whose paging control is lost on the way: in one piece it is told
            let is_full = matches!(&asked, Ok(page) if page.code == ResultCode::Success && is_full_without_word(page, size));
            if is_full && held.forget() {
                return Ok(None);
            }
            held.hand_on();
            let page = asked?;
            if is_full {
                return Err(format!(
                    "exactly one full page ({size}) came, without saying whether more follow; ask with another \
                     --page-size"
                ));
            }
            match page.code {
                ResultCode::ProtocolError
                | ResultCode::AdminLimitExceeded
                | ResultCode::UnwillingToPerform
                | ResultCode::SizeLimitExceeded
                    if page.entries == 0 && size > 1 =>
                {
                    size /= 2;
                }
                ResultCode::Success if page.entries == 0 && !page.elsewhere && !goes_on(&page) => {
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
                    if code == ResultCode::Success {
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
        let answered = control_of(page).is_some();
        let ignored = page.entries > usize::try_from(size).unwrap_or(usize::MAX);
        match self.paging.get() {
            _ if answered => self.paging.set(Paging::Works(size)),
            Paging::Unknown if ignored => self.paging.set(Paging::Ignored),
            _ => {}
        }
    }
}

/// The paging control of an answer.
fn control_of(page: &Page) -> Option<&RawControl> {
    page.result.ctrls.iter().map(|control| &control.1).find(|control| control.ctype == PAGED_RESULTS)
}

/// Whether as many entries came as a page holds, and nothing of whether there are more.
fn is_full_without_word(page: &Page, size: u32) -> bool {
    control_of(page).is_none() && !page.elsewhere && u32::try_from(page.entries) == Ok(size)
}

/// Whether the server has another page.
fn goes_on(page: &Page) -> bool {
    control_of(page)
        .and_then(|control| control.val.as_deref())
        .is_some_and(|value| cookie_of(value).is_none_or(|c| !c.is_empty()))
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
