//! Where a search may go: views that a bind is kept to, and names that another server holds.

use super::search::result;
use super::ways::Ways;
use crate::directory::dn::Dn;
use crate::directory::source::Scope;
use ldap3_proto::proto::{LdapResult, LdapResultCode};

/// The result of a search that may not start at this base, or not here. `references` says whether the client is told of
/// other servers: version 3 is, version 2 is not (SDK directry_1tpw).
pub(super) fn refusal(ways: &Ways, base: &Dn, references: bool) -> Option<LdapResult> {
    if ways.active_directory {
        // Its own names end in DC=; what exactly it says of others depends on its partitions, and is the lab's choice here.
        return Some(result(LdapResultCode::NoSuchObject, "no such object in this forest"));
    }
    // Container-level search control: error 50 for any base that is not an allowed view (Q192306, Q182902).
    if !ways.allowed_bases.is_empty() && !ways.allowed_bases.iter().any(|allowed| base.is_within(allowed)) {
        return Some(result(LdapResultCode::InsufficentAccessRights, "the search may not start here"));
    }
    // A base that another server holds (RFC 4511 section 4.1.10). What version 2 is answered is the lab's guess.
    let referred = ways.referred.iter().find(|name| base.is_within(name))?;
    if !references {
        return Some(result(LdapResultCode::NoSuchObject, "not held here"));
    }
    let mut referral = result(LdapResultCode::Referral, "another server holds it");
    referral.referral.push(uri(ways, referred));
    Some(referral)
}

/// The continuation references of a search: "referrals to other servers that are within the scope of the search, in
/// addition to any entries" (Q195104).
pub(super) fn references(ways: &Ways, base: &Dn, scope: Scope) -> Vec<String> {
    ways.referred.iter().filter(|name| scope.holds(base, name)).map(|name| uri(ways, name)).collect()
}

/// Whether another server holds an object of that name.
pub(super) fn is_elsewhere(ways: &Ways, dn: &Dn) -> bool {
    ways.referred.iter().any(|name| dn.is_within(name))
}

/// An LDAP URL (RFC 4516): the name percent-encoded.
fn uri(ways: &Ways, dn: &Dn) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~,=".contains(&byte);
    let name: String = dn
        .to_string()
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("ldap://{}/{name}", ways.refers_to)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dn(text: &str) -> Dn {
        Dn::parse(text.as_bytes()).expect(text)
    }

    fn ways(texts: &[&str]) -> Ways {
        Ways::of(None, texts.iter().map(|text| text.parse().expect("way")))
    }

    #[test]
    fn a_bind_is_kept_to_its_views() {
        let ways = ways(&["allowed-base=cn=By City,ou=_ABVIEWS_,o=O"]);
        let code = |base: &str| refusal(&ways, &dn(base), true).map(|result| result.code);
        assert_eq!(code("cn=by city,ou=_ABVIEWS_,o=O"), None);
        assert_eq!(code("cn=Oslo,cn=By City,ou=_ABVIEWS_,o=O"), None);
        for base in ["", "o=O", "ou=_ABVIEWS_,o=O"] {
            assert_eq!(code(base), Some(LdapResultCode::InsufficentAccessRights), "{base}");
        }
    }

    #[test]
    fn what_another_server_holds_is_referred_to() {
        let ways = ways(&["referral=cn=b c,ou=T,o=O"]);
        let at = |base: &str, v3| refusal(&ways, &dn(base), v3);
        assert_eq!(at("ou=T,o=O", true), None);
        let referral = at("cn=x,cn=B C,ou=T,o=O", true).expect("referred");
        assert_eq!(
            (referral.code, referral.referral),
            (LdapResultCode::Referral, vec!["ldap://elsewhere.invalid/cn=b%20c,ou=T,o=O".into()])
        );
        assert_eq!(at("cn=x,cn=b c,ou=T,o=O", false).map(|r| r.code), Some(LdapResultCode::NoSuchObject));
        assert_eq!(references(&ways, &dn("o=O"), Scope::Sub).len(), 1);
        assert_eq!(references(&ways, &dn("ou=T,o=O"), Scope::One).len(), 1);
        assert_eq!(references(&ways, &dn("o=O"), Scope::One).len() + references(&ways, &dn("ou=S,o=O"), Scope::Sub).len(), 0);
        assert!(is_elsewhere(&ways, &dn("cn=x,cn=b c,ou=t,o=o")) && !is_elsewhere(&ways, &dn("ou=T,o=O")));
    }
}
