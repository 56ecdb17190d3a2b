//! One search request and its whole answer.

use super::decode::{self, Part};
use super::error::{Lost, tame};
use super::session::{Session, Trouble};
use super::time::{Limit, within};
use crate::directory::entry::Entry;
use crate::directory::result_code::ResultCode;
use crate::directory::source::{Scope, Search};
use ldap3::controls::RawControl;
use ldap3::{DerefAliases, LdapResult, ResultEntry, SearchOptions, SearchStream};

/// The whole answer to one request.
pub(super) struct Page {
    /// The result, with the controls.
    pub(super) result: LdapResult,
    /// What the server answered in the end.
    pub(super) code: ResultCode,
    /// How many entries were handed on.
    pub(super) entries: usize,
    /// How many more came that lie outside of what was asked, and were not.
    pub(super) outside: usize,
    /// Of an object only a part of an attribute's values came: which, in words; the first of them.
    pub(super) in_part: Option<String>,
    /// The name of the first, to notice a page that comes again.
    pub(super) first: Option<String>,
    /// The server said that another holds a part of what was asked for.
    pub(super) elsewhere: bool,
}

type Stream<'a> = SearchStream<'a, &'a str, Vec<&'a str>>;

impl Session {
    /// Asks once, after the pause that is owed, and hands each entry to `each`, no more than the search's own limit. The
    /// error is why there is no result, in words.
    pub(super) async fn ask(
        &self,
        search: &Search,
        control: Option<RawControl>,
        each: &mut (dyn FnMut(Entry) + '_),
    ) -> Result<Page, String> {
        self.pause().await;
        let limit = self.begin();
        let page = self.ask_within(limit, search, control, each).await;
        self.answered();
        page
    }

    /// Asks once, as one of several operations under way.
    pub(super) async fn ask_within(
        &self,
        limit: Limit,
        search: &Search,
        control: Option<RawControl>,
        each: &mut (dyn FnMut(Entry) + '_),
    ) -> Result<Page, String> {
        if let Some(lost) = self.shared.lost() {
            return Err(lost.to_string());
        }
        if self.is_late() {
            return Err("the time for the whole run ran out (--deadline)".into());
        }
        let mut ldap = self.ldap.clone();
        let (base, filter) = (search.base.to_string(), search.filter.to_string());
        let options = SearchOptions::new()
            .deref(DerefAliases::Never)
            .timelimit(limit.whole_seconds())
            .sizelimit(i32::try_from(search.size_limit).unwrap_or(i32::MAX));
        ldap.with_search_options(options);
        ldap.controls = control.map(|control| vec![control]);
        let scope = match search.scope {
            Scope::Base => ldap3::Scope::Base,
            Scope::One => ldap3::Scope::OneLevel,
            Scope::Sub => ldap3::Scope::Subtree,
        };
        tracing::debug!(%base, scope = search.scope.word(), %filter, attributes = search.attributes.join(","), "search");
        let attributes: Vec<&str> = search.attributes.iter().map(String::as_str).collect();
        let started: Option<Result<Stream<'_>, _>> =
            within(limit, ldap.streaming_search(&base, scope, &filter, attributes)).await;
        let mut stream = match started {
            Some(Ok(stream)) => stream,
            Some(Err(error)) => return Err(self.why(&error)),
            None => return Err(self.give_up(None, &limit.words(), 0).await),
        };
        let mut entries = 0;
        let mut outside = 0;
        let mut in_part = None;
        let mut first = None;
        let mut elsewhere = false;
        let own_limit = usize::try_from(search.size_limit).ok().filter(|&limit| limit > 0);
        loop {
            // A server that always has more ready would never be interrupted by a timer.
            let next = if limit.is_over() { None } else { within(limit, stream.next()).await };
            let item: ResultEntry = match next {
                Some(Ok(Some(item))) => item,
                Some(Ok(None)) => break,
                Some(Err(error)) => return Err(format!("{}{}", self.why(&error), so_far(entries))),
                None => {
                    let id = stream.ldap_handle().last_id();
                    return Err(self.give_up(Some(id), &limit.words(), entries).await);
                }
            };
            self.shared.taken();
            match decode::part(item.0) {
                // It would be taken for one of the organization's.
                Ok(Part::Entry(entry)) if !is_inside(search, &entry) => outside += 1,
                Ok(Part::Entry(_)) if own_limit.is_some_and(|limit| entries >= limit) => entries += 1,
                Ok(Part::Entry(entry)) => {
                    entries += 1;
                    in_part = in_part.or_else(|| part_of(&entry));
                    first.get_or_insert_with(|| entry.dn.to_string());
                    each(entry);
                }
                Ok(Part::Reference(uris)) => elsewhere |= self.note_referral(search, &uris),
                Ok(Part::Other) => {}
                Err(wrong) => {
                    let id = stream.ldap_handle().last_id();
                    self.abandon(id).await;
                    return Err(format!("the server's answer could not be read: {wrong}{}", so_far(entries)));
                }
            }
        }
        self.silent.set(0);
        tracing::debug!(entries, "answered");
        let result = stream.finish().await;
        let code = ResultCode::of(result.rc);
        // Only the result "referral" has a referral (RFC 4511 section 4.1.10); beside any other it says that this is not all.
        if code != ResultCode::Referral && !result.refs.is_empty() {
            self.note_referral(search, &result.refs);
            elsewhere = true;
        }
        Ok(Page { code, result, entries, outside, in_part, first, elsewhere })
    }

    /// An error of the library in words.
    fn why(&self, error: &ldap3::LdapError) -> String {
        match self.trouble(error) {
            Trouble::Lost(lost) => lost.to_string(),
            Trouble::Unsendable(reason) => format!("the search could not be sent: {reason}"),
        }
    }

    /// Gives up waiting, and the server too after two operations without one byte.
    async fn give_up(&self, id: Option<i32>, limit: &str, entries: usize) -> String {
        self.silent.set(if self.shared.heard() { 0 } else { self.silent.get() + 1 });
        if let Some(id) = id {
            self.abandon(id).await;
        }
        let reason = if self.is_late() {
            "the time for the whole run ran out (--deadline)".to_owned()
        } else if entries > 0 {
            format!("no complete answer within {limit}")
        } else {
            format!("no answer within {limit}")
        };
        if self.silent.get() > 1 {
            self.shared.lose(Lost::Silent);
        }
        format!("{reason}{}", so_far(entries))
    }
}

/// Of which attribute only a part of the values came.
fn part_of(entry: &Entry) -> Option<String> {
    let description = entry.partial().first()?;
    Some(format!("only part of the values of {} of {} came", tame(description), entry.dn))
}

/// Whether an entry lies where the search looked. The root entry is taken under any name: what Exchange calls it is unknown.
fn is_inside(search: &Search, entry: &Entry) -> bool {
    search.base.is_empty() || search.scope.holds(&search.base, &entry.dn)
}

fn so_far(entries: usize) -> String {
    if entries == 0 { String::new() } else { format!(", {} into the answer", counted(entries)) }
}

/// `1 entry`, `2 entries`.
pub(super) fn counted(entries: usize) -> String {
    format!("{entries} {}", if entries == 1 { "entry" } else { "entries" })
}
