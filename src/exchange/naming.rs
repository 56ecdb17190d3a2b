//! Legacy names, `/o=Org/ou=Site/cn=Recipients/cn=Alias`, and their LDAP form, the same parts leaf first (Q259282).

use crate::directory::dn::{Ava, Dn, Rdn};

/// The attribute types legacy names are made of.
const KEYS: [&str; 3] = ["o=", "ou=", "cn="];

/// Reads a legacy name. A `/` inside a value is kept: only a slash before a known key starts a new part (inferred;
/// names may hold slashes).
pub fn from_legacy(text: &str) -> Option<Dn> {
    if key_after_slash(text).map(|(key, _)| key) != Some("o=") {
        return None;
    }
    let mut rdns = Vec::new();
    let mut rest = text;
    while let Some((key, value)) = key_after_slash(rest) {
        let mut slashes = value.match_indices('/').map(|(at, _)| at);
        let end = slashes.find(|&at| value.get(at..).and_then(key_after_slash).is_some());
        let (value, after) = value.split_at(end.unwrap_or(value.len()));
        if value.is_empty() {
            return None;
        }
        rdns.push(Rdn(vec![Ava::new(key.trim_end_matches('='), value)]));
        rest = after;
    }
    rdns.reverse();
    Some(Dn::new(rdns))
}

/// Writes the legacy form.
pub fn to_legacy(dn: &Dn) -> String {
    let parts = dn.rdns().iter().rev().filter_map(|rdn| rdn.0.first());
    parts.map(|ava| format!("/{}={}", ava.attribute.to_ascii_lowercase(), ava.text())).collect()
}

/// Reads a name in either form.
pub fn from_either(text: &str) -> Option<Dn> {
    if text.starts_with('/') { from_legacy(text) } else { Dn::parse(text.as_bytes()).ok().filter(|dn| !dn.is_empty()) }
}

/// Reads a name, in either form, that leads down from an organization to an object in it.
pub fn object_named(text: &str) -> Option<Dn> {
    from_either(text.trim()).filter(|dn| dn.depth() > 1 && dn.rdns().last().is_some_and(|rdn| rdn.is("o")))
}

/// The server that a text names: by the name of an object that is one or lies below one, or by its own name alone, which is that of a
/// server of `site`.
pub fn server_named(text: &str, site: Option<&Dn>) -> Option<Dn> {
    if text.starts_with('/') || text.contains('=') {
        return from_either(text).and_then(|dn| server_of(&dn));
    }
    let site = site.filter(|_| !text.is_empty())?;
    let above = Dn::of([("cn", text), ("cn", "Servers"), ("cn", "Configuration")]);
    Some(Dn::new(above.rdns().iter().chain(site.rdns()).cloned().collect()))
}

/// The parts of a site's name.
pub const SITE_DEPTH: usize = 2;

/// The site a name belongs to: `ou=Site,o=Org`, the two RDNs nearest the root.
pub fn site_of(dn: &Dn) -> Option<Dn> {
    dn.ends_in(&["ou", "o"]).then(|| dn.ancestor(2))
}

/// The organizational unit of the address book views, which is no site (Q192306).
const ADDRESS_BOOK_VIEWS: &str = "_ABVIEWS_";

/// Whether a name is that of a site: an organizational unit below the organization, and not the address book views.
pub fn is_site(dn: &Dn) -> bool {
    dn.depth() == 2 && dn.ends_in(&["ou", "o"]) && !dn.leaf().eq_ignore_ascii_case(ADDRESS_BOOK_VIEWS)
}

/// The site that a name belongs to; none for the organization, address book views, and what is of no organization.
pub fn real_site_of(dn: &Dn) -> Option<Dn> {
    site_of(dn).filter(is_site)
}

/// The server that a name is of or lies below: `cn=SERVER,cn=Servers,cn=Configuration,ou=SITE,o=ORGANIZATION`.
pub fn server_of(dn: &Dn) -> Option<Dn> {
    /// The parts of a server's name.
    const DEPTH: usize = 5;
    let server = dn.ancestor(DEPTH);
    let is_in_servers = server.rdns().get(1).is_some_and(|rdn| rdn.text().eq_ignore_ascii_case("Servers"));
    (server.depth() == DEPTH && is_in_servers && is_configuration(&server)).then_some(server)
}

/// The name of the site: the value of its `ou`.
pub fn site_name(dn: &Dn) -> Option<String> {
    Some(site_of(dn)?.leaf().into_owned())
}

/// Whether a name is that of a site's Configuration container or of an object below it: connectors, servers, stores;
/// recipients stand elsewhere (reference A).
pub fn is_configuration(dn: &Dn) -> bool {
    let container = dn.ancestor(3);
    site_of(dn).is_some() && container.rdn().is_some_and(|rdn| rdn.is("cn") && rdn.text().eq_ignore_ascii_case("Configuration"))
}

/// The name of the organization: the value of the `o` nearest the root.
pub fn organization_name(dn: &Dn) -> Option<String> {
    dn.rdns().last().filter(|rdn| rdn.is("o")).map(Rdn::text)
}

fn key_after_slash(text: &str) -> Option<(&'static str, &str)> {
    let rest = text.strip_prefix('/')?;
    KEYS.iter().find_map(|&key| {
        let head = rest.get(..key.len())?;
        head.eq_ignore_ascii_case(key).then(|| (key, rest.get(key.len()..).unwrap_or_default()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        for (legacy, ldap) in [
            ("/o=Org/ou=Site/cn=Recipients/cn=Admin", "cn=Admin,cn=Recipients,ou=Site,o=Org"),
            ("/o=Org/ou=Site/cn=Recipients/cn=a/b, c", "cn=a/b\\, c,cn=Recipients,ou=Site,o=Org"),
            ("/o=Org/ou=North/South/cn=R", "cn=R,ou=North/South,o=Org"),
        ] {
            let dn = from_legacy(legacy).expect(legacy);
            assert_eq!(dn.to_string(), ldap);
            assert_eq!(to_legacy(&dn), legacy);
            assert_eq!(from_either(ldap).expect(ldap).key(), dn.key());
        }
        assert_eq!(from_legacy("/O=Org/OU=S/CN=x").map(|d| d.key()), from_legacy("/o=org/ou=s/cn=X").map(|d| d.key()));
    }

    #[test]
    fn refuses_what_is_no_legacy_name() {
        for text in ["", "/", "/cn=x", "o=Org/ou=S", "/o=/ou=S/cn=x", "/o=Org/ou=S/cn=", "//o=x"] {
            assert_eq!(from_legacy(text), None, "{text}");
        }
    }

    #[test]
    fn knows_site_and_organization() {
        let dn = from_either("cn=a,cn=Recipients,ou=Site,o=Org").expect("dn");
        assert_eq!(site_name(&dn).as_deref(), Some("Site"));
        assert_eq!(organization_name(&dn).as_deref(), Some("Org"));
        assert_eq!(site_name(&from_either("cn=a,dc=x,dc=y").expect("dn")), None);
    }
}
