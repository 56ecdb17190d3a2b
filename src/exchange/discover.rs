//! Finding the organization on a server: from its rootDSE, or by the searches that scripts of the time used.

use super::naming;
use super::requests;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
use crate::directory::source::{Ended, Source};
use crate::directory::text::text_of;

/// Why no organization was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DiscoverError {
    /// The server did not answer, or answered no search.
    #[error("{0} did not answer what was asked: {1}")]
    NoAnswer(String, String),
    /// The server is Active Directory, not Exchange.
    #[error(
        "{0} is Active Directory, not Exchange: on a Windows 2000 domain controller Exchange 5.5 listens elsewhere, often on port \
         379 or 390 (Q224447, Q312501); name that port in -H"
    )]
    ActiveDirectory(String),
    /// The server names no organization.
    #[error("{0} does not name its organization; give the base with -b 'o=ORGANIZATION'")]
    NoOrganization(String),
}

/// What stands at the root of a source, and where the organization begins.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rootDSE, as far as it was shown; empty for a file.
    pub root: Entry,
    /// How reading it ended.
    pub ended: Ended,
    /// The base that the operator gave.
    pub given: Option<Dn>,
    /// The base to audit, or why there is none.
    pub base: Result<Dn, DiscoverError>,
}

impl Found {
    /// For a file, which is read from the base given, or from its root.
    pub fn in_file(given: Option<Dn>) -> Self {
        let base = Ok(given.clone().unwrap_or_default());
        Self { root: Entry::new(Dn::default()), ended: Ended::Complete, given, base }
    }

    /// Whether the server itself names the organization that is audited.
    pub fn is_named_by_server(&self) -> bool {
        let Some(base) = self.base.as_ref().ok().filter(|base| !base.is_empty()) else { return false };
        self.given.is_none() || from_root(&self.root).is_some_and(|named| named.key() == base.ancestor(1).key())
    }

    /// Whether the rootDSE is that of Active Directory.
    pub fn is_active_directory(&self) -> bool {
        is_active_directory(&self.root)
    }
}

/// Reads the rootDSE and finds the base: `given` if there is one, else what the server says. The rootDSE is read in either
/// case: it tells Active Directory from Exchange.
pub fn look(source: &mut dyn Source, given: Option<Dn>) -> Found {
    let mut root = Entry::new(Dn::default());
    // a server may show anything here, also what holds a credential: the report shows all of it
    let mut read = |search| {
        source.search(search, &mut |mut entry| {
            requests::leave_out_secrets(&mut entry);
            root.join(&entry);
        })
    };
    let mut ended = read(requests::root(true));
    if matches!(ended, Ended::Refused(_)) {
        // `*` beside names may be more than an old server takes
        ended = read(requests::root(false));
    }
    let base = find(source, &root, &ended, given.clone());
    Found { root, ended, given, base }
}

/// The base to audit, as [`look`] finds it.
///
/// # Errors
/// [`DiscoverError`].
pub fn base(source: &mut dyn Source, given: Option<Dn>) -> Result<Dn, DiscoverError> {
    look(source, given).base
}

fn find(source: &mut dyn Source, root: &Entry, ended: &Ended, given: Option<Dn>) -> Result<Dn, DiscoverError> {
    let location = source.origin().location;
    if is_active_directory(root) {
        return Err(DiscoverError::ActiveDirectory(location));
    }
    // a server that is gone is gone; one that refuses the rootDSE may only be too old to know it
    if let Ended::Cut(how) = ended {
        return Err(DiscoverError::NoAnswer(location, how.clone()));
    }
    let mut trouble = ended.trouble().map(str::to_owned);
    let found = given
        .or_else(|| from_root(root))
        .or_else(|| from_first(source, "Computer", &mut trouble))
        .or_else(|| from_first(source, "organizationalPerson", &mut trouble));
    found.ok_or(match trouble {
        Some(how) => DiscoverError::NoAnswer(location, how),
        None => DiscoverError::NoOrganization(location),
    })
}

/// Active Directory names its own partition in `DC=` terms; Exchange names end in `ou=..,o=..` (reference D2, inferred).
fn is_active_directory(root: &Entry) -> bool {
    ["defaultNamingContext", "dsServiceName"]
        .iter()
        .any(|name| root.texts(name).any(|value| value.to_lowercase().contains("dc=")))
}

fn from_root(root: &Entry) -> Option<Dn> {
    let contexts = root.values("namingContexts").iter().filter_map(|value| naming::from_either(&text_of(value)));
    let organization = contexts.map(|dn| dn.ancestor(1)).find(|dn| dn.rdn().is_some_and(|rdn| rdn.is("o")));
    organization.or_else(|| root.text("o").map(|name| Dn::of([("o", name.as_str())])))
}

/// The organization above the first object of a class; `trouble` gets what kept the server from an answer.
fn from_first(source: &mut dyn Source, class: &str, trouble: &mut Option<String>) -> Option<Dn> {
    let mut found = None;
    let ended = source.search(requests::first(class), &mut |entry| {
        let organization = entry.dn.ancestor(1);
        if found.is_none() && organization.rdn().is_some_and(|rdn| rdn.is("o")) {
            found = Some(organization);
        }
    });
    if let Some(how) = ended.trouble() {
        trouble.get_or_insert_with(|| how.to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::{Fake, entry};

    fn found(entries: Vec<Entry>) -> Result<String, DiscoverError> {
        base(&mut Fake::of(entries), None).map(|dn| dn.to_string())
    }

    #[test]
    fn the_organization_is_found_where_the_server_shows_it() {
        let root = |name: &str, value: &str| entry("", &[("objectClass", "top"), (name, value)]);
        let computer = || entry("cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org", &[("objectClass", "Computer")]);
        let person = || entry("cn=A,cn=Recipients,ou=S,o=Org", &[("objectClass", "organizationalPerson")]);
        assert_eq!(found(vec![root("namingContexts", "cn=Configuration,ou=S,o=Org")]), Ok("o=Org".into()));
        assert_eq!(found(vec![root("namingContexts", "/o=Org/ou=S")]), Ok("o=Org".into()));
        assert_eq!(found(vec![root("o", "Org, Ltd")]), Ok("o=Org\\, Ltd".into()));
        assert_eq!(found(vec![root("namingContexts", "cn=DOMAIN"), computer()]), Ok("o=Org".into()));
        assert_eq!(found(vec![person()]), Ok("o=Org".into()));
        assert!(matches!(found(vec![]), Err(DiscoverError::NoOrganization(_))));
        let directory = root("defaultNamingContext", "DC=example,DC=com");
        assert!(matches!(found(vec![directory]), Err(DiscoverError::ActiveDirectory(_))));
    }

    #[test]
    fn a_server_that_refuses_every_search_says_why() {
        let mut source = Fake { refuses: |_| true, ..Fake::of(vec![]) };
        assert_eq!(base(&mut source, None), Err(DiscoverError::NoAnswer("ldap://fake".into(), "no".into())));
        let given = Dn::of([("o", "Org")]);
        assert_eq!(base(&mut source, Some(given.clone())), Ok(given));
    }
}
