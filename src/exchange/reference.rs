//! Attributes that hold references: which do, to what, and which are known to be something else than an IMS administrator.

use super::schema::{self, Attribute};

/// Names that LDAP servers keep for themselves or that standards define (RFC 4512, 4519), and two that reference B3
/// considered and rejected. A server other than Exchange may show them in an export.
const OTHERS: [&str; 14] = [
    "creatorsName",
    "modifiersName",
    "entryDN",
    "subschemaSubentry",
    "structuralObjectClass",
    "aliasedObjectName",
    "uniqueMember",
    "roleOccupant",
    "secretary",
    "pwdPolicySubentry",
    "namingContexts",
    "ref",
    "Monitoring-Recipients",
    "Role-Occupant",
];

/// Whether a reference in this attribute is known to be something else: it is of the published schema, of the LDAP
/// standards, or a back-link (the schema names those `-BL`; that all such names are back-links is inferred).
pub fn is_known(attribute: &str) -> bool {
    let back_link = attribute.len() > 3 && attribute.to_ascii_lowercase().ends_with("-bl");
    back_link || schema::is_published(attribute) || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(attribute))
}

/// Of [`OTHERS`], those that say how an entry came to be and what schema it follows: they make nobody depend on anything.
const BOOKKEEPING: [&str; 9] = [
    "creatorsName",
    "modifiersName",
    "entryDN",
    "subschemaSubentry",
    "structuralObjectClass",
    "pwdPolicySubentry",
    "namingContexts",
    "ref",
    "distinguishedName",
];

/// Attributes whose text is the name of a server, and the attribute that names its site where that is not the object's own. The first is
/// the computer that runs a connector; the last is a column of tables.
const SERVERS: [(&str, Option<&str>); 5] = [
    ("Computer-Name", None),
    ("KM-Server", None),
    ("Local-Bridge-Head", None),
    ("Remote-Bridge-Head", Some("Remote-Site")),
    ("Home-Server", None),
];

/// What the values of an attribute may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refers {
    /// To objects, by their names: the schema says so.
    ToObjects,
    /// To a server, by its name; in the site that this attribute names, if not in the object's own.
    ToServer(Option<&'static str>),
    /// To objects where a value is the name of one: the attribute is outside of the published schema.
    Perhaps,
    /// To objects whose names stand somewhere in the octets of `Extension-Data`.
    InSettings,
    /// To nothing that would miss it.
    No,
}

impl Refers {
    /// What the values of this attribute may refer to. A back-link is computed from references, and is none.
    pub fn of(attribute: &str) -> Self {
        let is = |known: &str| known.eq_ignore_ascii_case(attribute);
        if let Some((_, site)) = SERVERS.iter().find(|(name, _)| is(name)) {
            return Self::ToServer(*site);
        }
        if is("Extension-Data") {
            return Self::InSettings;
        }
        let is_back_link = attribute.to_ascii_lowercase().ends_with("-bl");
        if is_back_link || BOOKKEEPING.iter().any(|other| is(other)) {
            return Self::No;
        }
        match schema::attribute(attribute).or_else(|| schema::attribute_by_exchange_name(attribute)) {
            Some(known) if known.holds_names() && !known.is_back_link() => Self::ToObjects,
            Some(_) => Self::No,
            None => Self::Perhaps,
        }
    }
}

/// The attributes of the published schema that refer to others, by LDAP name, and with them those of which the directory computes
/// something from references: what must be asked for to know who names whom.
pub fn to_ask_for() -> impl Iterator<Item = &'static str> {
    let published = schema::attributes().filter(|known| known.holds_names()).map(|known| known.ldap_name);
    let more = SERVERS.iter().map(|(name, _)| *name).filter(|name| *name != "Home-Server");
    published.chain(more).chain(["Extension-Data"])
}

/// Where an object stands, which tells the attributes that may lead to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// It is a recipient.
    Recipients,
    /// It stands in the configuration of a site, and is no container.
    Configuration,
    /// It is a site or a container, or not known: anything may lead to it, or to what lies below.
    Structure,
}

/// Attributes that lead to servers and to what runs on them; to sites and containers; to recipients (inferred from what the SDK says of
/// each). Any other may lead to anything.
const TO_SERVERS: [&str; 11] = [
    "Home-MDB",
    "Home-MTA",
    "Home-Public-Server",
    "Rid-Server",
    "Site-Folder-Server",
    "Off-Line-AB-Server",
    "Bridgehead-Servers",
    "Responsible-Local-DXA",
    "Supporting-Stack",
    "Monitored-Configurations",
    "DXA-Remote-Client",
];
const TO_STRUCTURE: [&str; 10] = [
    "Export-Containers",
    "Folders-Container",
    "Has-Full-Replica-NCs",
    "Has-Master-NCs",
    "Import-Container",
    "Inbound-Sites",
    "Obj-View-Containers",
    "Off-Line-AB-Containers",
    "Outbound-Sites",
    "Sub-Refs",
];
const TO_RECIPIENTS: [&str; 12] = [
    "Alt-Recipient",
    "Auth-Orig",
    "Unauth-Orig",
    "DL-Mem-Reject-Perms",
    "DL-Mem-Submit-Perms",
    "Domain-Def-Alt-Recip",
    "DXA-Local-Admin",
    "INSAdmin",
    "manager",
    "member",
    "owner",
    "Public-Delegates",
];

/// Whether an attribute may lead to an object that stands there.
pub fn may_lead(attribute: &Attribute, area: Area) -> bool {
    let others: &[&[&str]] = match area {
        Area::Recipients => &[&TO_SERVERS, &TO_STRUCTURE],
        Area::Configuration => &[&TO_RECIPIENTS, &TO_STRUCTURE],
        Area::Structure => &[],
    };
    !others.iter().any(|names| names.iter().any(|name| name.eq_ignore_ascii_case(attribute.ldap_name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_refers_is_told_from_what_is_computed_or_kept_for_the_server() {
        for (name, refers) in [
            ("Home-MDB", Refers::ToObjects),
            ("MEMBER", Refers::ToObjects),
            ("memberOf", Refers::No),
            ("Owner-BL", Refers::No),
            ("Some-New-BL", Refers::No),
            ("distinguishedName", Refers::No),
            ("modifiersName", Refers::No),
            ("cn", Refers::No),
            ("Computer-Name", Refers::ToServer(None)),
            ("Remote-Bridge-Head", Refers::ToServer(Some("Remote-Site"))),
            ("Extension-Data", Refers::InSettings),
            ("uniqueMember", Refers::Perhaps),
            ("Admin-Mailbox", Refers::Perhaps),
        ] {
            assert_eq!(Refers::of(name), refers, "{name}");
        }
        let back = schema::attribute("memberOf").and_then(Attribute::forward).map(|forward| forward.ldap_name);
        assert_eq!(back, Some("member"));
        let known = |name: &str| schema::attribute(name).is_some();
        let names = TO_SERVERS.iter().chain(&TO_STRUCTURE).chain(&TO_RECIPIENTS);
        assert_eq!(names.filter(|name| !known(name)).collect::<Vec<_>>(), Vec::<&&str>::new(), "no such attribute");
    }

    #[test]
    fn knows_what_is_something_else() {
        for name in ["Home-MTA", "memberof", "cn", "Can-Create-PF-DL", "Some-New-BL", "modifiersname", "Monitoring-Recipients"] {
            assert!(is_known(name), "{name}");
        }
        for name in ["Admin-Mailbox", "IMS-Administrator", "-BL"] {
            assert!(!is_known(name), "{name}");
        }
    }
}
