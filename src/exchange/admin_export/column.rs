//! One column: what its name says it holds.

use crate::exchange::address;
use crate::exchange::schema::{self, Attribute, Syntax};
use std::collections::HashMap;
use std::sync::LazyLock;

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
    /// Addresses of every type: the primaries (`E-mail Addresses`, `Proxy-Addresses`), or the others (`Secondary-Proxy-Addresses`).
    Addresses(Addresses),
    /// The members of a list; of anything else, the lists that it is a member of (SDK directry_6cz7).
    Members,
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
}

impl Column {
    /// What a column of that name holds; none for a name without letters.
    pub(super) fn of(header: &str) -> Option<Self> {
        let folded = fold(header);
        if folded.is_empty() {
            return None;
        }
        let known = COLUMNS.get(&folded).cloned();
        Some(known.unwrap_or_else(|| Self::Attribute { name: attribute_name(header), syntax: None, multi: true }))
    }

    /// Whether the name is one that Exchange has.
    pub(super) fn is_known(&self) -> bool {
        !matches!(self, Self::Attribute { syntax: None, .. })
    }

    fn known(exchange_name: &str) -> Self {
        schema::attribute_by_exchange_name(exchange_name)
            .map_or_else(|| Self::Attribute { name: exchange_name.to_owned(), syntax: None, multi: false }, Self::from)
    }

    /// Whether an object may have several of what it holds.
    pub(super) fn is_multi(&self) -> bool {
        matches!(self, Self::Addresses(_) | Self::Members | Self::Attribute { multi: true, .. })
    }

    /// Whether it holds the addresses that are no primaries.
    pub(super) fn holds_secondary(&self) -> bool {
        *self == Self::Addresses(Addresses::Secondary)
    }

    /// The attribute that an import writes, by LDAP name, of a list or of another object.
    pub(super) fn written_to(&self, list: bool) -> String {
        let name = match self {
            Self::Addresses(_) => "Proxy-Addresses",
            Self::Members if list => "member",
            Self::Members => "memberOf",
            Self::Attribute { name, .. } => name,
            other => other.asks_for().first().copied().unwrap_or_default(),
        };
        name.to_owned()
    }

    /// A value of an attribute that the column holds, or an address, as it is written.
    pub(super) fn value(&self, text: &str, place: &super::place::Place) -> Vec<u8> {
        match self {
            Self::Members => super::value::of(text, Some(Syntax::Dn), place),
            Self::Attribute { syntax, .. } => super::value::of(text, *syntax, place),
            _ => text.as_bytes().to_vec(),
        }
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
            Self::Members => vec!["member", "memberOf"],
            Self::Attribute { name, .. } => vec![name],
        }
    }
}

/// The columns to ask for, of an export in raw mode, to be shown an attribute: names of the schema, which raw mode knows alone (SDK
/// directry_3ckz), and of addresses the one that stands beside the schema. An attribute that the published schema does not have
/// goes by the name that LDAP has for it.
pub fn columns_of(attribute: &str) -> Vec<&str> {
    match COLUMNS.get(&fold(attribute)) {
        Some(Column::Class) => vec!["Obj-Class"],
        Some(Column::Name) => vec!["Obj-Dist-Name"],
        Some(Column::Addresses(_)) => ADDRESSES.to_vec(),
        _ if address::ATTRIBUTES.iter().any(|name| name.eq_ignore_ascii_case(attribute)) => ADDRESSES.to_vec(),
        _ => vec![schema::attribute(attribute).map_or(attribute, |known| known.exchange_name)],
    }
}

/// A header with these columns in it, those that are missing at its end.
pub fn header(header: &str, columns: &[&str]) -> String {
    let has = |column: &str| header.split(',').any(|known| known.eq_ignore_ascii_case(column));
    let missing = columns.iter().copied().filter(|column| !has(column));
    std::iter::once(header).chain(missing).collect::<Vec<_>>().join(",")
}

/// All addresses: `Proxy-Addresses` alone exports the primaries (SDK directry_6cz7).
const ADDRESSES: [&str; 2] = ["Proxy-Addresses", "Secondary-Proxy-Addresses"];

/// What a column holds, by its folded name: under the Exchange name of an attribute, its LDAP name, or another that is documented.
static COLUMNS: LazyLock<HashMap<String, Column>> = LazyLock::new(|| {
    let mut columns = HashMap::new();
    for known in schema::attributes() {
        for name in [known.exchange_name, known.ldap_name] {
            columns.entry(fold(name)).or_insert_with(|| Column::from(known));
        }
    }
    columns.extend(special().map(|(name, column)| (name.to_owned(), column)));
    columns
});

/// The columns that mean something of their own, or have another name in an article than in the schema; names folded.
fn special() -> [(&'static str, Column); 29] {
    let known = Column::known;
    [
        ("objclass", Column::Class),
        ("objectclass", Column::Class),
        ("mode", Column::Mode),
        ("objdistname", Column::Name),
        ("distinguishedname", Column::Name),
        ("dn", Column::Name),
        ("objcontainer", Column::Container),
        ("directoryname", Column::DirectoryName),
        ("commonname", Column::DirectoryName),
        ("rdn", Column::DirectoryName),
        // the reply address of each type, under whichever of the names it is exported (SDK directry_6cz7, Q153028)
        ("emailaddresses", Column::Addresses(Addresses::Primary)),
        ("proxyaddresses", Column::Addresses(Addresses::Primary)),
        ("secondaryproxyaddresses", Column::Addresses(Addresses::Secondary)),
        ("member", Column::Members),
        ("members", Column::Members),
        // the target of a custom recipient, not to be taken for `E-mail Addresses`
        ("emailaddress", known("Target-Address")),
        ("emailaddresstarget", known("Target-Address")),
        ("aliasname", known("Mail-nickname")),
        ("alias", known("Mail-nickname")),
        ("hidefromab", known("Hide-From-Address-Book")),
        ("alternaterecipient", known("Alt-Recipient")),
        // the headers of Q151784
        ("acceptfrom", known("Auth-Orig")),
        ("acceptfromdl", known("DL-Mem-Submit-Perms")),
        ("primarywindowsntaccount", known("Assoc-NT-Account")),
        ("firstname", known("Given-Name")),
        ("lastname", known("Surname")),
        // of the class DXA-Site-Server (SDK sch_clas_7e43), and with no page of their own: boxes that are ticked (Q159295), so
        // Boolean (inferred)
        ("dxaadmincopy", Column::Attribute { name: "DXA-Admin-Copy".into(), syntax: Some(Syntax::Boolean), multi: false }),
        ("dxaadminforward", Column::Attribute { name: "DXA-Admin-Forward".into(), syntax: Some(Syntax::Boolean), multi: false }),
        // no attribute of the schema: the server that Home-MDB, Home-MTA and Home-DSA name (SDK directry_6cz7), which does not
        // make it one of those
        ("homeserver", Column::Attribute { name: "Home-Server".into(), syntax: Some(Syntax::Teletex), multi: false }),
    ]
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
            // primaries alone: "only the primary proxy address ... is exported for each address type" (SDK directry_6cz7)
            ("Proxy-Addresses", "Some(Addresses(Primary))"),
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
            // the header of an export without one of its own (SDK samples1_9xpw), the import table (appendxa_2bub)
            ("First Name", "givenName"),
            ("Last name", "sn"),
            ("Primary Windows NT Account", "Assoc-NT-Account"),
            ("Home-Server", "Home-Server"),
            ("Home Server", "Home-Server"),
            ("Members", "Some(Members)"),
            ("Hide-From-AB", "Hide-From-Address-Book"),
            ("Alternate Recipient", "Alt-Recipient"),
            ("My own: column", "My-own--column"),
            (" ", "None"),
        ] {
            assert_eq!(name(header), expected, "{header}");
        }
    }

    #[test]
    fn a_column_is_asked_for_by_its_name_in_the_schema() {
        for (attribute, columns) in [
            ("objectClass", &["Obj-Class"][..]),
            ("distinguishedName", &["Obj-Dist-Name"]),
            ("rdn", &["Common-Name"]),
            ("cn", &["Display-Name"]),
            ("UID", &["Mail-nickname"]),
            ("mail", &ADDRESSES),
            ("otherMailbox", &ADDRESSES),
            ("proxy-addresses", &ADDRESSES),
            ("mailPreferenceOption", &["Delivery-Mechanism"]),
            ("serialNumber", &["Serial-Number"]),
            ("owner", &["Owner"]),
            ("Home-MDB", &["Home-MDB"]),
            ("KM-Server", &["KM-Server"]),
            ("Own-Attribute", &["Own-Attribute"]),
        ] {
            assert_eq!(columns_of(attribute), columns, "{attribute}");
        }
    }

    #[test]
    fn what_is_asked_for_is_read_as_that_attribute() {
        for known in schema::attributes() {
            let columns = columns_of(known.ldap_name);
            let asked: Vec<String> = columns
                .iter()
                .filter_map(|name| Column::of(name))
                .flat_map(|column| column.asks_for().into_iter().map(str::to_owned).collect::<Vec<_>>())
                .collect();
            let is_address = address::ATTRIBUTES.contains(&known.ldap_name);
            assert!(is_address || asked.iter().any(|name| name == known.ldap_name), "{}: {columns:?} {asked:?}", known.ldap_name);
        }
    }
}
