//! What a bind may see, and what of that a request gets.

use super::record::Record;
use crate::directory::dn::Dn;
use crate::directory::entry::{Entry, base_name};
use crate::exchange::schema;
use ldap3_proto::proto::LdapPartialAttribute;

/// What a bind may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Mail recipients only, and of them the attributes with the anonymous bit (Q156063 2.7.5; SDK directry_2mbd).
    Anonymous,
    /// All objects but the hidden and the deleted, all attributes that are not withheld. That the account has no rights
    /// unless it binds for the admin view is the lab's choice: it stands for any user.
    Authenticated,
    /// Hidden and deleted objects too: a bind name that ends in `,cn=admin` (SDK directry_1okp, Q185475).
    Admin,
}

impl View {
    /// What this bind may see of an object.
    pub(super) fn of(self, record: &Record) -> Option<&Entry> {
        match self {
            Self::Anonymous => record.public.as_ref(),
            Self::Authenticated => (!record.withdrawn).then(|| record.authenticated(false)),
            Self::Admin => Some(record.authenticated(true)),
        }
    }

    /// Whether a search may start here. Anonymous clients search below containers they are not shown (inferred: their
    /// searches with a site or container as base work, while only recipients come back).
    pub(super) fn may_start_at(self, record: &Record) -> bool {
        self.of(record).is_some() || (self == Self::Anonymous && record.container && !record.withdrawn)
    }
}

/// The attributes a search asks for.
#[derive(Debug)]
pub(super) struct Selection<'a> {
    all: bool,
    names: Vec<&'a str>,
}

impl<'a> Selection<'a> {
    /// Reads the attribute list of a request: an empty list or `*` is all that are not operational (SDK directry_0rzo),
    /// `1.1` alone is none (RFC 4511 section 4.5.1.8). Options after `;` are ignored.
    pub(super) fn new(requested: &'a [String]) -> Self {
        let names = requested.iter().map(|name| base_name(name)).filter(|name| !matches!(*name, "*" | "1.1")).collect();
        Self { all: requested.is_empty() || requested.iter().any(|name| name == "*"), names }
    }

    /// Whether the request gets this attribute. Operational attributes come only when named (SDK directry_2mbd); one
    /// outside the schema counts as not operational.
    fn takes(&self, name: &str) -> bool {
        self.names.iter().any(|n| n.eq_ignore_ascii_case(name))
            || (self.all && !schema::attribute(name).is_some_and(schema::Attribute::operational))
    }

    /// The selected attributes of an entry, without values if only the types are wanted.
    pub(super) fn of(&self, entry: &Entry, types_only: bool) -> Vec<LdapPartialAttribute> {
        let selected = entry.attributes().filter(|attribute| self.takes(attribute.name));
        selected
            .map(|attribute| LdapPartialAttribute {
                atype: attribute.name.to_owned(),
                vals: if types_only { Vec::new() } else { attribute.values.to_vec() },
            })
            .collect()
    }
}

/// The name the lab knows its one account by, in the three documented forms, and whether `,cn=admin` was appended.
/// None if the name is no such name.
pub(super) fn account_view(name: &str) -> Option<View> {
    let dn = Dn::parse(name.as_bytes()).ok()?;
    let (account, view) = match dn.rdns() {
        [first, second] => (vec![first.clone(), second.clone()], View::Authenticated),
        [first, second, last] if last.is("cn") && last.text().eq_ignore_ascii_case("admin") => {
            (vec![first.clone(), second.clone()], View::Admin)
        }
        _ => return None,
    };
    let key = Dn::new(account).key();
    // `cn=account,cn=DOMAIN`, `dc=DOMAIN,cn=account` (Q182507), `cn=account,dc=domain` (Exchange 5.5 SP1 xog16006).
    let (account, domain) = (super::ACCOUNT, super::DOMAIN);
    let forms = [[("cn", account), ("cn", domain)], [("dc", domain), ("cn", account)], [("cn", account), ("dc", domain)]];
    forms.into_iter().any(|form| Dn::of(form).key() == key).then_some(view)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        let mut entry = Entry::new(Dn::default());
        for name in ["cn", "Extension-Data", "Computer-Name", "Not-In-The-Schema"] {
            entry.add(name, "x");
        }
        entry
    }

    fn selected(requested: &[&str]) -> String {
        let requested: Vec<String> = requested.iter().map(|&r| r.to_owned()).collect();
        let names: Vec<String> = Selection::new(&requested).of(&entry(), false).into_iter().map(|a| a.atype).collect();
        names.join(" ")
    }

    #[test]
    fn operational_attributes_come_only_when_named() {
        assert_eq!(selected(&[]), "cn Computer-Name Not-In-The-Schema");
        assert_eq!(selected(&["*"]), "cn Computer-Name Not-In-The-Schema");
        assert_eq!(selected(&["*", "extension-DATA"]), "cn Extension-Data Computer-Name Not-In-The-Schema");
        assert_eq!(selected(&["CN;lang-no", "unknown"]), "cn");
        assert_eq!(selected(&["1.1"]), "");
        assert_eq!(selected(&["1.1", "cn"]), "cn");
    }

    #[test]
    fn types_only_leaves_the_values_out() {
        assert!(Selection::new(&[]).of(&entry(), true).iter().all(|a| a.vals.is_empty()));
    }

    #[test]
    fn the_account_has_three_names_and_an_admin_view() {
        for name in ["cn=auditor,cn=LAB", "dc=lab,cn=Auditor", "CN=auditor, dc=lab"] {
            assert_eq!(account_view(name), Some(View::Authenticated), "{name}");
            assert_eq!(account_view(&format!("{name},cn=ADMIN")), Some(View::Admin), "{name}");
        }
        for name in ["", "cn=auditor", "cn=other,cn=LAB", "cn=auditor,cn=LAB,ou=admin", "cn=auditor,cn=LAB,cn=x", "auditor"] {
            assert_eq!(account_view(name), None, "{name}");
        }
    }
}
