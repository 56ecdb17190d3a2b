//! What the operator says about administrator mailboxes: `--ims-admin 'SERVER=RECIPIENT'` and its companions.

use super::ims::Ims;
use super::naming;
use crate::directory::dn::Dn;
use crate::directory::filter::Filter;

/// What the operator tells the audit beforehand.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The administrator mailboxes as the Admin program shows them, per service.
    pub declared: Vec<Declaration>,
    /// The attribute in which this site keeps the administrator.
    pub admin_attribute: Option<String>,
    /// Whether this bind sees hidden objects, if the operator knows.
    pub sees_hidden: Option<bool>,
}

/// One `SERVER=RECIPIENT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The service it speaks of.
    pub server: Server,
    /// Who its administrator is.
    pub recipient: Recipient,
}

/// How a declaration names the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Server {
    /// By its computer name.
    Name(String),
    /// By the distinguished name of the IMS object.
    Dn(Dn),
}

/// How a declaration names the administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The field is empty.
    Empty,
    /// By distinguished name, LDAP or legacy form.
    Dn(Dn),
    /// By SMTP address.
    Smtp(String),
    /// By alias, or by display name as the Admin program shows it.
    Name(String),
}

/// Why a declaration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeclarationError {
    /// There is no `=`, or nothing before it.
    #[error("not SERVER=RECIPIENT, such as EXCHANGE1=Postmaster (nothing after the sign: the field is blank)")]
    Form,
    /// The recipient looks like a distinguished name and is none.
    #[error("{0:?} is not a distinguished name (cn=..,ou=..,o=.. or /o=../ou=../cn=..)")]
    Name(String),
}

impl std::str::FromStr for Declaration {
    type Err = DeclarationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let at = split_at(text).ok_or(DeclarationError::Form)?;
        let (server, recipient) = (text.get(..at).unwrap_or_default().trim(), text.get(at + 1..).unwrap_or_default().trim());
        if server.is_empty() {
            return Err(DeclarationError::Form);
        }
        let server = match server.contains('=') {
            true => Server::Dn(naming::from_either(server).ok_or_else(|| DeclarationError::Name(server.into()))?),
            false => Server::Name(server.to_owned()),
        };
        let recipient = recipient.parse()?;
        Ok(Self { server, recipient })
    }
}

/// Where SERVER ends. A server given as a DN holds `=` signs itself: in LDAP form it ends after its organization, `o=`, in
/// legacy form at the first sign that does not follow a key.
fn split_at(text: &str) -> Option<usize> {
    let first = text.find('=')?;
    if text.starts_with('/') {
        let is_key = |head: &str| ["/o", "/ou", "/cn"].iter().any(|key| head.to_ascii_lowercase().ends_with(key));
        return text.match_indices('=').map(|(i, _)| i).find(|&i| text.get(..i).is_some_and(|head| !is_key(head)));
    }
    let is_dn = matches!(text.get(..first)?.trim().to_ascii_lowercase().as_str(), "cn" | "ou" | "o");
    if !is_dn {
        return Some(first);
    }
    let signs = text.match_indices('=').map(|(i, _)| i);
    signs.skip(1).find(|&i| {
        let dn = text.get(..i).and_then(|head| Dn::parse(head.as_bytes()).ok());
        dn.is_some_and(|dn| dn.rdns().last().is_some_and(|rdn| rdn.is("o")))
    })
}

impl Declaration {
    /// Whether the declaration speaks of this service.
    pub fn is_for(&self, ims: &Ims) -> bool {
        match &self.server {
            Server::Name(name) => ims.is_on(name),
            Server::Dn(dn) => dn.key() == ims.dn.key(),
        }
    }
}

impl std::str::FromStr for Recipient {
    type Err = DeclarationError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let looks_like_dn = text.starts_with('/') || text.split(',').next().is_some_and(|rdn| rdn.contains('='));
        Ok(match text {
            "" => Self::Empty,
            _ if looks_like_dn => Self::Dn(naming::from_either(text).ok_or_else(|| DeclarationError::Name(text.into()))?),
            _ if text.contains('@') => Self::Smtp(text.to_owned()),
            _ => Self::Name(text.to_owned()),
        })
    }
}

impl Recipient {
    /// The filter that finds a recipient declared by address or name; none for the other forms.
    pub fn filter(&self) -> Option<Filter> {
        match self {
            Self::Empty | Self::Dn(_) => None,
            Self::Smtp(address) => Some(Filter::Or(vec![
                Filter::equal("mail", address),
                Filter::equal("rfc822Mailbox", address),
                Filter::equal("otherMailbox", &format!("smtp${address}")),
                Filter::equal("Proxy-Addresses", &format!("smtp:{address}")),
            ])),
            Self::Name(name) => Some(Filter::Or(vec![Filter::equal("uid", name), Filter::equal("cn", name)])),
        }
    }

    /// The declaration as the operator wrote it.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Dn(dn) => dn.to_string(),
            Self::Smtp(text) | Self::Name(text) => text.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        let dn = Recipient::Dn(naming::from_either("cn=Admin,cn=Recipients,ou=S,o=O").expect("dn"));
        for (text, recipient) in [
            ("SRV=", Recipient::Empty),
            ("SRV=Administrator", Recipient::Name("Administrator".into())),
            ("SRV=Doe, John", Recipient::Name("Doe, John".into())),
            ("SRV=a@example.com", Recipient::Smtp("a@example.com".into())),
            ("SRV=cn=Admin,cn=Recipients,ou=S,o=O", dn.clone()),
            ("SRV=/o=O/ou=S/cn=Recipients/cn=Admin", dn.clone()),
        ] {
            let declaration: Declaration = text.parse().expect(text);
            assert_eq!((declaration.server, declaration.recipient), (Server::Name("SRV".into()), recipient), "{text}");
        }
        let ims = "cn=Internet Mail Connector (SRV),cn=Connections,cn=Configuration,ou=S,o=O";
        for rest in ["", "Administrator", "cn=Admin,cn=Recipients,ou=S,o=O"] {
            let declaration: Declaration = format!("{ims}={rest}").parse().expect(rest);
            assert_eq!(declaration.server, Server::Dn(Dn::parse(ims.as_bytes()).expect("dn")));
            assert_eq!(declaration.recipient.text(), rest);
            let legacy = "/o=O/ou=S/cn=Configuration/cn=Connections/cn=Internet Mail Connector (SRV)";
            assert_eq!(format!("{legacy}={rest}").parse(), Ok(declaration));
        }
    }

    #[test]
    fn refuses_the_rest() {
        for text in ["", "SRV", "=x", " =x", "cn=x=y", "SRV=/x/y", "SRV=cn="] {
            let parsed = text.parse::<Declaration>();
            assert!(parsed.is_err() || text == "SRV=cn=", "{text} {parsed:?}");
        }
    }
}
