//! One column: what its name says it holds.

use crate::exchange::schema::{self, Attribute, Syntax};

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Column {
    /// The class of the object (`Obj-Class`, Q146304).
    Class,
    /// What an import is to do with the row (`Mode`, Q146304).
    Mode,
    /// The name of the object, whole (`Obj-Dist-Name`, Q239639).
    Name,
    /// The container it is in (`Obj-Container`, Q146304).
    Container,
    /// Its name in there (`Directory Name`, Common-Name).
    DirectoryName,
    /// Addresses of every type: the primaries (`E-mail Addresses`), the others (`Secondary-Proxy-Addresses`, Q153028), or all.
    Addresses(Addresses),
    /// An attribute.
    Attribute {
        /// The LDAP name, or that of the header where the published schema has none.
        name: String,
        /// What its values are; none where the schema does not say.
        syntax: Option<Syntax>,
        /// Whether it may hold several.
        multi: bool,
    },
}

/// Which addresses of an object a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// The reply address of each type.
    Primary,
    /// The others.
    Secondary,
    /// All of them (`Proxy-Addresses`; that raw mode exports it so is inferred).
    All,
}

impl Column {
    /// What a column of that name holds; none for a name without letters.
    pub(super) fn of(header: &str) -> Option<Self> {
        let folded = fold(header);
        Some(match folded.as_str() {
            "" => return None,
            "objclass" | "objectclass" => Self::Class,
            "mode" => Self::Mode,
            "objdistname" | "distinguishedname" | "dn" => Self::Name,
            "objcontainer" => Self::Container,
            "directoryname" | "commonname" | "rdn" => Self::DirectoryName,
            "emailaddresses" => Self::Addresses(Addresses::Primary),
            "secondaryproxyaddresses" => Self::Addresses(Addresses::Secondary),
            "proxyaddresses" => Self::Addresses(Addresses::All),
            // the target of a custom recipient, not to be taken for `E-mail Addresses`
            "emailaddress" | "emailaddresstarget" => Self::known("Target-Address"),
            "aliasname" | "alias" => Self::known("Mail-nickname"),
            "hidefromab" => Self::known("Hide-From-Address-Book"),
            "primarywindowsntaccount" => Self::known("Assoc-NT-Account"),
            "firstname" => Self::known("Given-Name"),
            "lastname" => Self::known("Surname"),
            _ => {
                match schema::attributes().find(|known| fold(known.exchange_name) == folded || fold(known.ldap_name) == folded) {
                    Some(known) => Self::from(known),
                    None => Self::Attribute { name: attribute_name(header), syntax: None, multi: true },
                }
            }
        })
    }

    fn known(exchange_name: &str) -> Self {
        schema::attribute_by_exchange_name(exchange_name)
            .map_or_else(|| Self::Attribute { name: exchange_name.to_owned(), syntax: None, multi: false }, Self::from)
    }

    /// The attributes that the column asks for, by LDAP name.
    pub(super) fn asks_for(&self) -> Vec<&str> {
        match self {
            Self::Class => vec!["objectClass"],
            Self::Mode | Self::Container => Vec::new(),
            Self::Name => vec!["distinguishedName"],
            Self::DirectoryName => vec!["rdn"],
            // a primary of another type than these two stands in otherMailbox over LDAP, so that is asked for by both
            Self::Addresses(Addresses::Primary) => vec!["mail", "rfc822Mailbox", "textEncodedORAddress"],
            Self::Addresses(Addresses::Secondary) => Vec::new(),
            Self::Addresses(Addresses::All) => crate::exchange::address::ATTRIBUTES.to_vec(),
            Self::Attribute { name, .. } => vec![name],
        }
    }
}

/// The columns that show an attribute, by its LDAP name.
pub fn columns_of(attribute: &str) -> &[&str] {
    const ADDRESSES: &[&str] = &["E-mail Addresses", "Secondary-Proxy-Addresses"];
    match attribute.to_ascii_lowercase().as_str() {
        "objectclass" => &["Obj-Class"],
        "distinguishedname" => &["Obj-Dist-Name"],
        "rdn" => &["Directory Name"],
        "cn" => &["Display Name"],
        "uid" => &["Alias Name"],
        "mail" | "rfc822mailbox" | "textencodedoraddress" | "proxy-addresses" | "othermailbox" => ADDRESSES,
        _ => schema::attribute(attribute).map_or(&[], |known| std::slice::from_ref(&known.exchange_name)),
    }
}

impl From<&Attribute> for Column {
    fn from(known: &Attribute) -> Self {
        Self::Attribute { name: known.ldap_name.to_owned(), syntax: Some(known.syntax), multi: known.multi }
    }
}

/// A name without case, blanks and marks.
fn fold(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The name of an attribute that the schema does not know, in a form that LDAP takes.
fn attribute_name(header: &str) -> String {
    let letters = header.trim().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    letters.take(256).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(header: &str) -> String {
        match Column::of(header) {
            Some(Column::Attribute { name, .. }) => name,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn knows_friendly_and_raw_names() {
        for (header, expected) in [
            ("Obj-Class", "Some(Class)"),
            ("OBJ-DIST-NAME", "Some(Name)"),
            ("Directory Name", "Some(DirectoryName)"),
            ("Common-Name", "Some(DirectoryName)"),
            ("E-mail Addresses", "Some(Addresses(Primary))"),
            ("E-Mail address", "Target-Address"),
            ("E-mail address (target)", "Target-Address"),
            ("Secondary-Proxy-Addresses", "Some(Addresses(Secondary))"),
            ("Proxy-Addresses", "Some(Addresses(All))"),
            ("Display Name", "cn"),
            ("Display-Name", "cn"),
            ("Alias Name", "uid"),
            ("Mail-nickname", "uid"),
            ("Hide from AB", "Hide-From-Address-Book"),
            ("Hide-From-Address-Book", "Hide-From-Address-Book"),
            ("Is-Deleted", "Is-Deleted"),
            ("Extension-Data", "Extension-Data"),
            ("Delivery-Mechanism", "mailPreferenceOption"),
            ("When-Changed", "modifyTimestamp"),
            ("Home-Server", "Home-Server"),
            ("My own: column", "My-own--column"),
            (" ", "None"),
        ] {
            assert_eq!(name(header), expected, "{header}");
        }
    }
}
