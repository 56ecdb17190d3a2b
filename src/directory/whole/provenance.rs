//! Where the records of a directory are from, what was asked for, and how that ended.
//!
//! Absent is not missing. That an attribute did not come back means something only where it was asked for, and who can say so
//! differs: a search that named it, a table with its column, the header of an export. A plain file says nothing.

use super::names::Name;
use super::sets::{NameSet, SetId};
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;
use crate::directory::source::{Ended, Kind, Scope, Search};

/// The number of a source: one server, or one of several files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SourceId(pub(super) u16);

/// The number of a run: what was written or sent in one go, by somebody who asked for the same throughout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RunId(pub(super) u32);

/// The number of a list of what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct AskedId(pub(super) u32);

impl AskedId {
    /// The number, from 1; 0 where nobody says.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// One record of an entry, as it came from one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Record {
    /// The run it came in.
    pub run: RunId,
    /// What was asked for; [`AskedId::default`] where nobody says.
    pub asked: AskedId,
    /// The attributes that it showed.
    pub shown: SetId,
    /// Those of them of which only a part of the values came.
    pub partial: SetId,
}

/// A server or a file.
#[derive(Debug, Clone)]
pub struct Source {
    /// What kind of source it is.
    pub kind: Kind,
    /// The server's URI or the file's name.
    pub location: String,
    /// Whether its endings are the word of a server, so that "not there" is more than "not in this file".
    pub proves: bool,
    /// What was asked, and how it ended. Of a plain file it is one search, as far as its header tells which.
    pub searches: Vec<Answered>,
    /// What is wrong with the source as a whole: a file that was cut, for one. Then nothing is known to be missing.
    pub trouble: Option<String>,
}

/// One search and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What was asked.
    pub search: Search,
    /// How it ended.
    pub ended: Ended,
    /// How many objects came, as far as that is known.
    pub came: usize,
}

/// What was written or sent in one go. A witness speaks for its own run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The source it is of.
    pub source: SourceId,
    /// It holds several records of one name that show different things, and nobody says what was asked for: then what one
    /// object shows says nothing of what was asked of another.
    pub is_mixed: bool,
    /// What the header of an export says that was searched.
    pub scope: Option<(Dn, Scope, Option<Filter>)>,
    /// Where in the file it begins, a line counted from 1; 0 for a server.
    pub line: u64,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Asked {
    /// The names, as far as any entry or search of the directory has them.
    pub(super) names: NameSet,
    /// Whether `*` was among them: everything but what comes only when it is named (RFC 4511 section 4.5.1.8).
    pub(super) all_user: bool,
}

impl Asked {
    /// Whether the attribute was named.
    pub fn names(&self, name: Name) -> bool {
        self.names.has(name)
    }

    /// Whether everything was asked for that need not be named.
    pub fn all_user(&self) -> bool {
        self.all_user
    }

    /// Both together.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.names.add_all(&other.names);
        both.all_user |= other.all_user;
        both
    }
}

impl Source {
    /// Whether it is a file: it holds what somebody else asked for.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::Ldif | Kind::Csv)
    }

    /// Whether everything that was asked was answered: searches to their end, and reads of single objects, be it with the word
    /// that there is none, or that it is for others. Of several that ask the same the last counts.
    pub fn is_whole(&self) -> bool {
        let is_answered = |answered: &Answered| match &answered.ended {
            Ended::Complete | Ended::OwnLimit => true,
            Ended::NoSuchObject | Ended::Denied | Ended::Referral => answered.search.scope == Scope::Base,
            Ended::Refused(_) | Ended::Cut(_) => false,
        };
        let asks_the_same = |one: &Search, other: &Search| {
            one.base.number() == other.base.number() && one.scope == other.scope && one.filter == other.filter
        };
        let is_asked_again = |at: usize, search: &Search| {
            search.scope != Scope::Base && self.searches.iter().skip(at + 1).any(|later| asks_the_same(&later.search, search))
        };
        let mut open = self.searches.iter().enumerate().filter(|(_, answered)| !is_answered(answered));
        self.trouble.is_none() && open.all(|(at, answered)| is_asked_again(at, &answered.search))
    }

    /// Whether it is a table, such as the Administrator program writes.
    pub fn is_table(&self) -> bool {
        self.kind == Kind::Csv
    }
}
