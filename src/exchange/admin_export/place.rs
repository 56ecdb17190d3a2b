//! Names that a table gives from the site or the organization down.

use crate::directory::dn::Dn;
use crate::exchange::naming;

/// Where the objects of a table stand, as far as that is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    organization: Option<String>,
    site: Option<Dn>,
}

impl Place {
    /// The place of an object: what is below its organization or its site may be named from there.
    pub(super) fn of(dn: &Dn) -> Self {
        Self { organization: naming::organization_name(dn), site: naming::site_of(dn) }
    }

    /// Whether the organization is known.
    pub(super) fn has_organization(&self) -> bool {
        self.organization.is_some()
    }

    /// The same place, of this organization.
    pub(super) fn within(self, organization: Option<String>) -> Self {
        Self { organization, ..self }
    }

    /// A container: whole, from its site down (`/ou=SITE/cn=Recipients`, as samples of tables have it: inferred), or below its
    /// site, `Recipients/cn=marketing` (Exchange 5.5 Books Online, xmt02025).
    pub(super) fn container(&self, text: &str) -> Option<Dn> {
        let whole = naming::from_either(text).filter(|dn| naming::site_of(dn).is_some());
        whole.or_else(|| self.below_organization(text)).or_else(|| {
            let start = if text.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("cn=")) { "" } else { "cn=" };
            self.below_site(&format!("{start}{text}"))
        })
    }

    /// The object that a value of an attribute names, in any of the forms that begin further up or down than LDAP has them; none
    /// for a value in another form.
    pub(super) fn object(&self, text: &str) -> Option<Dn> {
        if text.starts_with('/') {
            return naming::from_legacy(text).or_else(|| self.below_organization(text));
        }
        let (container, rest) = text.split_once('/')?;
        let is_below = rest.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("cn="));
        if is_below && !container.contains(['=', ':', '$']) { self.below_site(&format!("cn={text}")) } else { None }
    }

    fn below_organization(&self, text: &str) -> Option<Dn> {
        let is_site = text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("/ou="));
        naming::from_legacy(&format!("/o={}{text}", self.organization.as_ref().filter(|_| is_site)?))
    }

    fn below_site(&self, text: &str) -> Option<Dn> {
        naming::from_legacy(&format!("{}/{text}", naming::to_legacy(self.site.as_ref()?)))
    }
}

/// Why a container is not known.
pub(super) fn missing(text: &str) -> &'static str {
    match text.starts_with('/') {
        true => "its container is named from the site down; say -b 'o=ORGANIZATION'",
        false => "its container is named below its site; say -b 'ou=SITE,o=ORGANIZATION'",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_named_from_further_up_or_down() {
        let place = Place::of(&Dn::of([("cn", "a"), ("ou", "S"), ("o", "Org")]));
        let organization = Place::of(&Dn::of([("o", "Org")]));
        let text = |dn: Option<Dn>| dn.map(|dn| dn.to_string());
        for (name, container, object) in [
            ("/o=X/ou=Y/cn=R", Some("cn=R,ou=Y,o=X"), Some("cn=R,ou=Y,o=X")),
            ("/ou=T/cn=R", Some("cn=R,ou=T,o=Org"), Some("cn=R,ou=T,o=Org")),
            ("/OU=T/cn=R/cn=m", Some("cn=m,cn=R,ou=T,o=Org"), Some("cn=m,cn=R,ou=T,o=Org")),
            ("R", Some("cn=R,ou=S,o=Org"), None),
            ("R/cn=m", Some("cn=m,cn=R,ou=S,o=Org"), Some("cn=m,cn=R,ou=S,o=Org")),
            ("cn=R,ou=Y,o=X", Some("cn=R,ou=Y,o=X"), None),
            ("MS:NET/cn=x", Some("cn=x,cn=MS:NET,ou=S,o=Org"), None),
        ] {
            assert_eq!(text(place.container(name)).as_deref(), container, "{name}");
            assert_eq!(text(place.object(name)).as_deref(), object, "{name}");
        }
        assert_eq!(text(organization.container("/ou=T/cn=R")).as_deref(), Some("cn=R,ou=T,o=Org"));
        assert_eq!((organization.container("R"), Place::default().container("/ou=T/cn=R")), (None, None));
    }
}
