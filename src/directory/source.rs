//! What every source of entries offers: searches, asked together, each streamed once.

use super::dn::Dn;
use super::entry::Entry;
use super::filter::Filter;

/// How far below the base a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The base object only.
    Base,
    /// The objects directly below the base.
    One,
    /// The base and everything below it.
    Sub,
}

impl Scope {
    /// The word ldapsearch uses after `-s`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::One => "one",
            Self::Sub => "sub",
        }
    }

    /// Whether `dn` lies in this scope of `base`.
    pub fn holds(self, base: &Dn, dn: &Dn) -> bool {
        let depth = dn.depth().checked_sub(base.depth());
        match (self, depth) {
            (_, None) => false,
            (Self::Base, Some(depth)) if depth != 0 => false,
            (Self::One, Some(depth)) if depth != 1 => false,
            _ => dn.is_within(base),
        }
    }
}

/// One search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search {
    /// Where it starts; empty is the root.
    pub base: Dn,
    /// How far it looks.
    pub scope: Scope,
    /// What it selects.
    pub filter: Filter,
    /// What it asks of each entry, by LDAP name. A file answers with all it holds.
    pub attributes: Vec<String>,
    /// Stop after so many entries (0: no limit). Reaching one's own limit is not being cut.
    pub size_limit: u32,
    /// Never ask for it page by page: its filter is of a kind that some servers lose when they page.
    pub in_one_piece: bool,
}

impl Search {
    /// A read of one object.
    pub fn read(base: Dn, attributes: &[&str]) -> Self {
        Self::new(base, Scope::Base, Filter::present("objectClass"), attributes)
    }

    /// A search of a subtree.
    pub fn below(base: Dn, filter: Filter, attributes: &[&str]) -> Self {
        Self::new(base, Scope::Sub, filter, attributes)
    }

    fn new(base: Dn, scope: Scope, filter: Filter, attributes: &[&str]) -> Self {
        let attributes = attributes.iter().map(|&a| a.to_owned()).collect();
        Self { base, scope, filter, attributes, size_limit: 0, in_one_piece: false }
    }

    /// The same search, stopping after `entries` entries.
    pub fn at_most(mut self, entries: u32) -> Self {
        self.size_limit = entries;
        self
    }

    /// The same search, never asked for page by page.
    pub fn in_one_piece(mut self) -> Self {
        self.in_one_piece = true;
        self
    }

    /// Whether an entry belongs to the answer.
    pub fn selects(&self, entry: &Entry) -> bool {
        self.scope.holds(&self.base, &entry.dn) && self.filter.matches(entry)
    }
}

/// How a search ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// With success: everything the bind may see came back.
    Complete,
    /// At the search's own size limit.
    OwnLimit,
    /// The base does not exist, or this bind may not see it (LDAP result 32).
    NoSuchObject,
    /// This bind may not search here (LDAP result 50).
    Denied,
    /// The server points elsewhere (LDAP result 10).
    Referral,
    /// The server would not answer it (a result code that is not a limit); the text says which.
    Refused(String),
    /// Cut short, or not answered at all; the text says what happened.
    Cut(String),
}

impl Ended {
    /// Whether everything that was asked for and is visible came back.
    pub fn is_complete(&self) -> bool {
        matches!(self, Self::Complete)
    }

    /// What went wrong, if the search was refused or cut.
    pub fn trouble(&self) -> Option<&str> {
        match self {
            Self::Refused(how) | Self::Cut(how) => Some(how),
            Self::Referral => Some("the server refers to another one (10), which is not followed"),
            Self::Complete | Self::OwnLimit | Self::NoSuchObject | Self::Denied => None,
        }
    }
}

/// What kind of source entries came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A directory server.
    Live,
    /// An LDIF file.
    Ldif,
    /// A table, such as the Administrator program exports.
    Csv,
    /// The built-in demo organization.
    Demo,
}

/// Where entries come from, for reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// What kind of source it is.
    pub kind: Kind,
    /// The server's URI or the file's name.
    pub location: String,
    /// The bind DN; none for an anonymous bind or a file.
    pub bind_dn: Option<String>,
    /// When the files were collected, the oldest of them: RFC 3339 in UTC. None where one does not say, and for a server.
    pub taken: Option<String>,
    /// How the files were collected, if this program wrote them all and they agree.
    pub collected: Option<Box<Collected>>,
}

/// Whom a collected file is from, and who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collected {
    /// The server's URI.
    pub server: String,
    /// The form of the bind DN: `anonymous`, `cn=..,cn=..,cn=admin`.
    pub bind: String,
}

impl Origin {
    /// Whether it is a file: it holds what somebody else asked for, and is read whole.
    pub fn is_file(&self) -> bool {
        matches!(self.kind, Kind::Ldif | Kind::Csv)
    }

    /// Whether the bind asks for all that an administrator sees, hidden and deleted objects too (Q185475).
    pub fn is_administrator(&self) -> bool {
        self.bind_dn.as_deref().is_some_and(|dn| dn.to_ascii_lowercase().ends_with(",cn=admin"))
    }

    /// Whether it is a server that was asked without a name.
    pub fn is_anonymous(&self) -> bool {
        !self.is_file() && self.bind_dn.is_none()
    }
}

/// What a live session knows of itself, and what it found of the server's ways so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionFacts {
    /// The address that answered, with its port.
    pub address: String,
    /// The encryption; none if the connection is plain.
    pub tls: Option<TlsFacts>,
    /// How the server takes paged searches.
    pub paging: Paging,
    /// The most entries after which the server itself ended an unpaged answer with sizeLimitExceeded (4).
    pub stopped_at: Option<usize>,
}

/// The encryption of a connection.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TlsFacts {
    /// The protocol version agreed on, `TLS 1.3`.
    pub version: String,
    /// The name that the server's certificate was checked for.
    pub name: String,
    /// SHA-256 of the server's certificate (DER), in hexadecimal.
    pub sha256: String,
}

/// How a server takes searches that are asked page by page (RFC 2696).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paging {
    /// Nothing was asked so, or nothing was answered.
    #[default]
    Unknown,
    /// The session does not ask for pages.
    Off,
    /// It answers in pages of so many entries; smaller than wanted where it refused more.
    Works(u32),
    /// It answered in one piece, as if no page had been asked for.
    Ignored,
}

/// A source of entries.
pub trait Source {
    /// Where the entries come from.
    fn origin(&self) -> Origin;

    /// Runs the searches, in order on a server, in one pass over a file, and hands each entry found to `each` with the
    /// index of the search it answers. Returns how each search ended; a failure is an ending too ([`Ended::Cut`]).
    fn search_all(&mut self, searches: &[Search], each: &mut dyn FnMut(usize, Entry)) -> Vec<Ended>;

    /// Runs one search.
    fn search(&mut self, search: Search, each: &mut dyn FnMut(Entry)) -> Ended {
        let ended = self.search_all(&[search], &mut |_, entry| each(entry));
        ended.into_iter().next().unwrap_or(Ended::Complete)
    }

    /// What a reader of the report should know of the session so far: references that were not followed, for one.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// What a live session knows of itself; none for files.
    fn session(&self) -> Option<SessionFacts> {
        None
    }

    /// Ends the session (Unbind).
    fn close(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scope_holds_what_it_says() {
        let dn = |text: &str| Dn::parse(text.as_bytes()).expect("dn");
        let base = dn("ou=S,o=O");
        for (text, expected) in [
            ("ou=s,o=o", [true, false, true]),
            ("cn=a,ou=S,o=O", [false, true, true]),
            ("cn=b,cn=a,ou=S,o=O", [false, false, true]),
            ("ou=T,o=O", [false, false, false]),
            ("o=O", [false, false, false]),
        ] {
            assert_eq!([Scope::Base, Scope::One, Scope::Sub].map(|s| s.holds(&base, &dn(text))), expected, "{text}");
        }
        assert!(Scope::Sub.holds(&Dn::default(), &base));
    }
}
