//! The points of a conversation at which a fault can come.

use ldap3_proto::control::LdapControl;
use ldap3_proto::proto::{LdapMsg, LdapOp, LdapSearchScope};

/// A point of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// When the connection is made.
    Connect,
    /// In answer to the bind.
    Bind,
    /// In answer to the read of the root entry.
    Root,
    /// In answer to the first search of a subtree.
    Search,
    /// In the middle of the entries of that answer.
    Entry,
    /// In answer to the request for a later page.
    Page,
    /// In answer to the first read of one object.
    Read,
}

impl Phase {
    /// All, in the order of a conversation.
    pub(super) const ALL: [Self; 7] = [Self::Connect, Self::Bind, Self::Root, Self::Search, Self::Entry, Self::Page, Self::Read];

    /// Its word on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Bind => "bind",
            Self::Root => "root",
            Self::Search => "search",
            Self::Entry => "entry",
            Self::Page => "page",
            Self::Read => "read",
        }
    }

    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Connect => "when the connection is made",
            Self::Bind => "in answer to the bind",
            Self::Root => "in answer to the read of the root entry",
            Self::Search => "in answer to the first search of a subtree",
            Self::Entry => "in the middle of the entries of that answer",
            Self::Page => "in answer to the request for a later page",
            Self::Read => "in answer to the first read of one object",
        }
    }

    /// Where the conversation is with this request; a search of a subtree stands for [`Phase::Entry`] too.
    pub(super) fn of(request: &LdapMsg) -> Option<Self> {
        let later =
            |control: &LdapControl| matches!(control, LdapControl::SimplePagedResults { cookie, .. } if !cookie.is_empty());
        match &request.op {
            LdapOp::BindRequest(_) => Some(Self::Bind),
            LdapOp::SearchRequest(search) if search.scope == LdapSearchScope::Base => {
                Some(if search.base.is_empty() { Self::Root } else { Self::Read })
            }
            LdapOp::SearchRequest(_) if request.ctrl.iter().any(later) => Some(Self::Page),
            LdapOp::SearchRequest(_) => Some(Self::Search),
            _ => None,
        }
    }
}
