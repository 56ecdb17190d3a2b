//! Answers a search.

use super::data::Data;
use super::paging::Pages;
use super::view::{Selection, View};
use super::ways::OversizedPage;
use super::{bounds, filter, names, rootdse};
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::filter::Filter;
use crate::directory::source::Scope;
use ldap3_proto::control::LdapControl;
use ldap3_proto::proto::{LdapResult, LdapResultCode, LdapSearchRequest, LdapSearchResultEntry, LdapSearchScope};

/// What a search came to.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) entries: Vec<LdapSearchResultEntry>,
    /// Where else the client may look.
    pub(super) references: Vec<String>,
    pub(super) result: LdapResult,
    /// The control of a paged answer.
    pub(super) page: Option<LdapControl>,
}

impl Answer {
    pub(super) fn none(result: LdapResult) -> Self {
        Self { entries: Vec::new(), references: Vec::new(), result, page: None }
    }

    fn of(entries: Vec<LdapSearchResultEntry>, code: LdapResultCode, page: Option<LdapControl>) -> Self {
        Self { entries, references: Vec::new(), result: result(code, ""), page }
    }
}

/// A search as it is carried out.
#[derive(Debug)]
pub(super) struct Query {
    base: Dn,
    scope: LdapSearchScope,
    filter: Filter,
    attributes: Vec<String>,
    types_only: bool,
    /// The client's size limit; none is 0 on the wire.
    limit: Option<usize>,
    /// What stands in the log, and what a page must repeat.
    pub(super) summary: String,
}

/// The page a client asks for.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) size: i64,
    pub(super) cookie: Vec<u8>,
}

impl Query {
    /// Reads a request.
    ///
    /// # Errors
    /// The result invalidDNSyntax if the base is no name.
    pub(super) fn new(request: LdapSearchRequest) -> Result<Self, LdapResult> {
        let base =
            Dn::parse(request.base.as_bytes()).map_err(|error| result(LdapResultCode::InvalidDNSyntax, &error.to_string()))?;
        let scope = match request.scope {
            LdapSearchScope::Base => "base",
            LdapSearchScope::OneLevel => "one",
            LdapSearchScope::Subtree => "sub",
            LdapSearchScope::Children => "children",
        };
        let filter = filter::convert(request.filter);
        let attributes = request.attrs.join(",");
        let summary = format!("search {scope} \"{base}\" {filter} {}", attributes.escape_debug());
        Ok(Self {
            base,
            scope: request.scope,
            filter,
            attributes: request.attrs,
            types_only: request.typesonly,
            limit: usize::try_from(request.sizelimit).ok().filter(|&limit| limit > 0),
            summary,
        })
    }

    /// Carries the search out. A client of version 3 is told of other servers (`references`).
    pub(super) fn answer(&self, data: &Data, view: View, page: Option<Page>, pages: &mut Pages, references: bool) -> Answer {
        let ways = data.ways();
        if self.base.is_empty() && self.scope == LdapSearchScope::Base && !ways.release().is_v2_only() {
            let root = rootdse::of(data);
            let entries = if self.filter.matches(&root) { vec![self.entry(&root)] } else { Vec::new() };
            return Answer::of(entries, LdapResultCode::Success, page.map(|_| last_page(0)));
        }
        if let Some(refusal) = bounds::refusal(ways, &self.base, references) {
            return Answer::none(refusal);
        }
        if ways.release().fails_on_unknown_names() && names::names_a_stranger(&self.filter, data) {
            // "operations error" stands among the query words of Q193041; that it is the code is inferred
            return Answer::none(result(LdapResultCode::OperationsError, ""));
        }
        let is_first = page.as_ref().is_none_or(|page| page.cookie.is_empty());
        let mut answer = match page {
            Some(page) => self.answer_page(data, view, &page, pages),
            None => match self.find(data, view) {
                Ok(found) => self.cut(data, view, found),
                Err(result) => Answer::none(result),
            },
        };
        if references && is_first && answer.result.code != LdapResultCode::NoSuchObject {
            answer.references = bounds::references(ways, &self.base, self.plain_scope());
        }
        answer
    }

    fn plain_scope(&self) -> Scope {
        match self.scope {
            LdapSearchScope::Base => Scope::Base,
            LdapSearchScope::OneLevel => Scope::One,
            LdapSearchScope::Subtree | LdapSearchScope::Children => Scope::Sub,
        }
    }

    /// All objects that match, as far as this bind may see them.
    fn find(&self, data: &Data, view: View) -> Result<Vec<usize>, LdapResult> {
        let here = |seen: &&Entry| !bounds::is_elsewhere(data.ways(), &seen.dn);
        let matching = |record| view.of(record).filter(here).is_some_and(|seen| self.filter.matches(seen));
        if self.scope == LdapSearchScope::Base {
            let mut seen = data.named(&self.base).filter(|(_, record)| view.of(record).is_some()).peekable();
            if seen.peek().is_none() {
                return Err(self.no_such_object(data, view));
            }
            return Ok(seen.filter(|(_, record)| matching(record)).map(|(index, _)| index).collect());
        }
        if !self.base.is_empty() && !data.named(&self.base).any(|(_, record)| view.may_start_at(record)) {
            return Err(self.no_such_object(data, view));
        }
        let base_key = self.base.key();
        let in_scope = |below: usize| match self.scope {
            LdapSearchScope::Base => below == 0,
            LdapSearchScope::OneLevel => below == 1,
            LdapSearchScope::Subtree => true,
            LdapSearchScope::Children => below > 0,
        };
        let inside = data.records().filter(|(_, record)| record.below(&self.base, &base_key).is_some_and(in_scope));
        Ok(inside.filter(|(_, record)| matching(record)).map(|(index, _)| index).collect())
    }

    fn no_such_object(&self, data: &Data, view: View) -> LdapResult {
        let mut result = result(LdapResultCode::NoSuchObject, "no such object, or not visible to this bind");
        result.matcheddn = data.nearest(view, &self.base).to_string();
        result
    }

    /// An answer in one piece: at most 100 entries (Q243786) or what the ways say, at most as many as the client wants.
    fn cut(&self, data: &Data, view: View, mut found: Vec<usize>) -> Answer {
        let most = data.ways().size_limit;
        let limit = self.limit.unwrap_or(most).min(most);
        let code = if found.len() > limit { LdapResultCode::SizeLimitExceeded } else { LdapResultCode::Success };
        found.truncate(limit);
        Answer::of(self.render(data, view, &found), code, None)
    }

    /// One page (RFC 2696). The reference knows only that a page must stay below the limit (reference D10), not what
    /// Exchange answers to one above it: [`OversizedPage`] has the possibilities. One that is cut cannot be continued.
    fn answer_page(&self, data: &Data, view: View, page: &Page, pages: &mut Pages) -> Answer {
        let Ok(size) = usize::try_from(page.size) else {
            return Answer::none(result(LdapResultCode::ProtocolError, "a negative page size"));
        };
        let ways = data.ways();
        let is_oversized = size > ways.size_limit;
        if is_oversized && ways.oversized_page == OversizedPage::Refused {
            return Answer::none(result(LdapResultCode::AdminLimitExceeded, "the page is larger than the limit"));
        }
        let (found, sent) = if page.cookie.is_empty() {
            match self.find(data, view) {
                Ok(found) => (found, 0),
                Err(result) => return Answer::none(result),
            }
        } else {
            match pages.take(&page.cookie, &self.summary) {
                Some(open) => (open.rest, open.sent),
                None => return Answer::none(result(LdapResultCode::UnwillingToPerform, "not a cookie of this search")),
            }
        };
        let total = i64::try_from(found.len() + sent).unwrap_or(i64::MAX);
        if size == 0 {
            // The client gives the search up, or wants the estimate only.
            return Answer::of(Vec::new(), LdapResultCode::Success, Some(last_page(total)));
        }
        let is_lost =
            sent == 0 && ways.release().loses_paged_names() && found.len() > size && names::compares_names(&self.filter);
        // An oversized page that holds all there is comes back whole, as any other (inferred from the cause in Q246567).
        let is_empty = is_oversized && ways.oversized_page == OversizedPage::Empty && found.len() > ways.size_limit;
        if is_lost || is_empty {
            return Answer::of(Vec::new(), LdapResultCode::Success, Some(last_page(0)));
        }
        let wanted = self.limit.map_or(usize::MAX, |limit| limit.saturating_sub(sent));
        let room = size.min(ways.size_limit).min(wanted);
        let (now, rest) = found.split_at(found.len().min(room));
        let entries = self.render(data, view, now);
        let cut = !rest.is_empty() && (room == wanted || is_oversized);
        let code = if cut { LdapResultCode::SizeLimitExceeded } else { LdapResultCode::Success };
        let more = !rest.is_empty() && !cut;
        let cookie = if more { pages.keep(&self.summary, rest.to_vec(), sent + now.len()) } else { Vec::new() };
        Answer::of(entries, code, Some(LdapControl::SimplePagedResults { size: total, cookie }))
    }

    fn render(&self, data: &Data, view: View, found: &[usize]) -> Vec<LdapSearchResultEntry> {
        let seen = found.iter().filter_map(|&index| data.record(index)).filter_map(|record| view.of(record));
        seen.map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &Entry) -> LdapSearchResultEntry {
        let attributes = Selection::new(&self.attributes).of(entry, self.types_only);
        LdapSearchResultEntry { dn: entry.dn.to_string(), attributes }
    }
}

/// The control of a page that is the last, with the estimate of all.
fn last_page(size: i64) -> LdapControl {
    LdapControl::SimplePagedResults { size, cookie: Vec::new() }
}

/// A result without a matched name or referral.
pub(super) fn result(code: LdapResultCode, message: &str) -> LdapResult {
    LdapResult { code, matcheddn: String::new(), message: message.to_owned(), referral: Vec::new() }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
