//! The connection, and who is bound on it.

use super::super::discover::Found;
use crate::directory::dn::{Dn, Rdn};
use crate::directory::source::{Ended, Origin, SessionFacts, TlsFacts};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Connection {
    /// The address that answered, with its port.
    pub address: Option<String>,
    /// The encryption; none if the connection is plain.
    pub tls: Option<TlsFacts>,
    /// The LDAP version that the server accepted; none if it answered nothing that tells.
    pub ldap_version: Option<u8>,
    /// Who is bound.
    pub bind: Bind,
}

/// Who is bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Bind {
    /// What kind of bind it is.
    pub form: BindForm,
    /// The name; none for anonymous.
    pub dn: Option<String>,
    /// Which documented form the name has, with its source; none for anonymous and for names of another form.
    pub documented_as: Option<Cow<'static, str>>,
}

/// The kinds of bind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BindForm {
    /// No name and no password.
    Anonymous,
    /// Name and password.
    Simple,
    /// The same, with `,cn=admin` behind the name, which asks for hidden and deleted objects too.
    AdminView,
}

impl Connection {
    pub(super) fn of(origin: &Origin, session: Option<&SessionFacts>, found: &Found) -> Self {
        let bind = Bind::of(origin.bind_dn.as_deref());
        // only version 3 is spoken, in the bind and without one; a bind was accepted if the source is open
        let answered = bind.form != BindForm::Anonymous || matches!(found.ended, Ended::Complete | Ended::NoSuchObject);
        Self {
            address: session.map(|session| session.address.clone()),
            tls: session.and_then(|session| session.tls.clone()),
            ldap_version: answered.then_some(3),
            bind,
        }
    }
}

impl Bind {
    fn of(name: Option<&str>) -> Self {
        let Some(name) = name.filter(|name| !name.is_empty()) else {
            return Self { form: BindForm::Anonymous, dn: None, documented_as: None };
        };
        let dn = Dn::parse(name.as_bytes()).unwrap_or_default();
        let is_admin = |last: &Rdn| last.is("cn") && last.text().eq_ignore_ascii_case("admin");
        let (form, account) = match dn.rdns() {
            // of two parts the second is the domain, whatever its name
            [account @ .., last] if account.len() > 1 && is_admin(last) => (BindForm::AdminView, account),
            account => (BindForm::Simple, account),
        };
        let documented_as = match account {
            [first, second] if first.is("cn") && second.is("cn") => Some("cn=ACCOUNT,cn=DOMAIN (Q182507)"),
            [first, second] if first.is("dc") && second.is("cn") => Some("dc=DOMAIN,cn=ACCOUNT (Q182507)"),
            [first, second] if first.is("cn") && second.is("dc") => Some("cn=ACCOUNT,dc=DOMAIN (5.5 SP1 help, xog16006)"),
            _ => None,
        };
        Self { form, dn: Some(name.to_owned()), documented_as: documented_as.map(Cow::Borrowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_forms_of_a_bind_apart() {
        use BindForm::{AdminView, Anonymous, Simple};
        for (name, form, documented) in [
            ("", Anonymous, None),
            ("cn=a,cn=DOM", Simple, Some("cn=ACCOUNT,cn=DOMAIN")),
            ("CN=a, CN=DOM, CN=Admin", AdminView, Some("cn=ACCOUNT,cn=DOMAIN")),
            ("dc=DOM,cn=a,cn=admin", AdminView, Some("dc=DOMAIN,cn=ACCOUNT")),
            ("cn=a,dc=DOM", Simple, Some("cn=ACCOUNT,dc=DOMAIN")),
            ("cn=a,cn=admin", Simple, Some("cn=ACCOUNT,cn=DOMAIN")),
            ("cn=a,cn=Recipients,ou=S,o=Org", Simple, None),
            ("cn=a,ou=admin", Simple, None),
            ("DOM\\a", Simple, None),
        ] {
            let bind = Bind::of(Some(name));
            assert_eq!(bind.form, form, "{name}");
            assert_eq!(bind.documented_as.as_ref().map(|said| said.split_once(" (").expect("a source").0), documented, "{name}");
        }
        assert_eq!(Bind::of(None).form, Anonymous);
    }
}
