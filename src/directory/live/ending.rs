//! What the end of an answer means for the search.

use super::answer::words;
use super::page::{Page, counted};
use super::session::Session;
use crate::directory::result_code::ResultCode;
use crate::directory::source::{Ended, Search};

/// Said of an answer that is not all there is.
const ELSEWHERE: &str = "another server holds a part of what was asked for, and is not asked (Q195104)";

impl Session {
    /// What the end of an answer in one piece means.
    pub(super) fn whole(&self, search: &Search, page: &Page) -> Ended {
        if let Err(how) = none_outside(page) {
            return Ended::Cut(how);
        }
        let limit = usize::try_from(search.size_limit).unwrap_or(usize::MAX);
        let at_limit = limit > 0 && page.entries >= limit;
        let is_limited = page.code == ResultCode::SizeLimitExceeded;
        if (is_limited && at_limit) || (limit > 0 && page.entries > limit) {
            return Ended::OwnLimit;
        }
        if is_limited && page.entries > 0 {
            self.stopped_at.set(self.stopped_at.get().max(Some(page.entries)));
        }
        self.ended(search, page, page.entries)
    }

    /// What a result means for the search. "Nothing there" and "not for you" are not the last word of a server that names
    /// another in the same breath.
    pub(super) fn ended(&self, search: &Search, page: &Page, total: usize) -> Ended {
        use ResultCode as Code;
        let answer = words(page.code, &page.result.text);
        match page.code {
            Code::Success | Code::NoSuchObject | Code::InsufficientAccessRights if page.elsewhere => Ended::Cut(ELSEWHERE.into()),
            Code::Success => page.in_part.clone().map_or(Ended::Complete, Ended::Cut),
            Code::Referral if total == 0 => {
                self.note_referral(search, &page.result.refs);
                Ended::Referral
            }
            Code::NoSuchObject if total == 0 => Ended::NoSuchObject,
            Code::InsufficientAccessRights if total == 0 => Ended::Denied,
            // a server that wants a bind first says so (RFC 2251 section 4.2.1)
            Code::OperationsError if total == 0 => Ended::Refused(format!(
                "the server answered {answer}; it may require a bind first (-D), or speak LDAPv2 only, as Exchange 5.0 does: then audit \
                 an export (--from FILE)"
            )),
            Code::ProtocolError if total == 0 => Ended::Refused(format!(
                "the server answered {answer}; if it speaks LDAPv2 only, as Exchange 5.0 does, audit an export (--from FILE)"
            )),
            // limits and a server that cannot now; anything else is an answer to the request itself
            Code::TimeLimitExceeded | Code::SizeLimitExceeded | Code::AdminLimitExceeded | Code::Busy | Code::Unavailable
                if total == 0 =>
            {
                Ended::Cut(format!("the server answered {answer}"))
            }
            _ if total == 0 => Ended::Refused(format!("the server answered {answer}")),
            _ => Ended::Cut(format!("the server stopped at {}: {answer}", counted(total))),
        }
    }

    /// Whether the search finds anything at all, asked without paging.
    pub(super) async fn finds_any(&self, search: &Search) -> Result<bool, String> {
        let page = self.ask(&search.clone().at_most(1), None, &mut |_| {}).await?;
        match page.code {
            _ if page.entries > 0 => Ok(true),
            ResultCode::SizeLimitExceeded => Ok(true),
            ResultCode::Success | ResultCode::NoSuchObject if page.elsewhere => Err(ELSEWHERE.into()),
            ResultCode::Success | ResultCode::NoSuchObject => Ok(false),
            code => {
                let answer = words(code, &page.result.text);
                Err(format!("the server sent an empty page and, asked whether that was all, answered {answer}"))
            }
        }
    }
}

/// Refuses entries outside of what was asked: a server that sends them is not believed to have sent all others.
pub(super) fn none_outside(page: &Page) -> Result<(), String> {
    match page.outside {
        0 => Ok(()),
        1 => Err("the server sent an object outside of what was asked for; it was left out".into()),
        count => Err(format!("the server sent {count} objects outside of what was asked for; they were left out")),
    }
}
