//! Where else a server points: noted, and never followed.

use super::echo::percent_decoded;
use super::session::Session;
use crate::directory::dn::Dn;
use crate::directory::source::Search;

/// References and referrals are noted for so many searches.
const MOST_NOTES: usize = 20;

impl Session {
    /// Notes where else the server pointed. Nothing is followed: it leads out of the organization (Q195104). Says whether
    /// it leads to a part of what was asked for.
    pub(super) fn note_referral(&self, search: &Search, uris: &[String]) -> bool {
        let shown: Vec<String> = uris.iter().take(3).map(|uri| super::error::tame(uri)).collect();
        let base = if search.base.is_empty() { "the root".to_owned() } else { search.base.to_string() };
        let note = format!("below {base} the server points to another, which is not followed: {}", shown.join(" "));
        let mut notes = self.notes.borrow_mut();
        if notes.len() < MOST_NOTES && !notes.contains(&note) {
            notes.push(note);
        }
        uris.iter().any(|uri| leads_below(uri, &search.base))
    }
}

/// Whether an LDAP URL (RFC 4516) leads to a part of what lies below `base`, or to all of it. One without a name, or with
/// one that cannot be read, may.
fn leads_below(uri: &str, base: &Dn) -> bool {
    let name = uri.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map(|(_, name)| name);
    let name = name.and_then(|name| name.split('?').next()).filter(|name| !name.is_empty() && !name.ends_with("..."));
    let dn = name.and_then(|name| Dn::parse(&percent_decoded(name.as_bytes())).ok());
    dn.is_none_or(|dn| dn.is_within(base) || base.is_within(&dn))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tells_whether_a_reference_leads_below_the_base() {
        let base = Dn::of([("ou", "North Site"), ("o", "Org")]);
        for (uri, expected) in [
            ("ldap://b.example.com/ou=north%20site,o=Org", true),
            ("ldap://b.example.com:390/cn=R,ou=North%20Site,o=Org??sub", true),
            ("ldap://b.example.com/o=Org", true),
            ("ldap://b.example.com", true),
            ("ldap://b.example.com/", true),
            ("ldap://b.example.com/no%20name", true),
            ("nonsense", true),
            ("ldap://b.example.com/cn=a%2", false),
            ("ldap://b.example.com/ou=Site2,o=Org2,c=us", false),
            ("ldap://b.example.com/ou=South,o=Org", false),
        ] {
            assert_eq!(leads_below(uri, &base), expected, "{uri}");
        }
    }

    proptest! {
        #[test]
        fn survives_any_reference(uri in ".{0,60}") {
            let _ = leads_below(&uri, &Dn::of([("o", "Org")]));
        }
    }
}
