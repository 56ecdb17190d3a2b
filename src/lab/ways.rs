//! The ways of Exchange servers that the lab can take on, beside those of a service pack: a closed list.

use super::MAX_ENTRIES;
use super::service_pack::ServicePack;
use crate::directory::dn::Dn;
use crate::exchange::{naming, schema};

/// How the lab behaves. The default is the best a server can do: SP4, nothing withheld.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// The release it is; none behaves as SP4 and leaves the version text of the data alone.
    pub service_pack: Option<ServicePack>,
    /// What it does with a page that is larger than its limit.
    pub oversized_page: OversizedPage,
    /// The most entries in one answer.
    pub size_limit: usize,
    /// The attributes that the Attributes page withholds, by LDAP name.
    pub withheld: Vec<&'static str>,
    /// A bind that ends in `,cn=admin` succeeds and shows nothing hidden.
    pub blind_admin: bool,
    /// The only names at or below which a search may start; empty: everywhere.
    pub allowed_bases: Vec<Dn>,
    /// The names that another server holds.
    pub referred: Vec<Dn>,
    /// The address it refers to.
    pub refers_to: String,
    /// Octet strings come as hexadecimal text.
    pub hex_octets: bool,
    /// Which values `objectClass` has.
    pub classes: Classes,
    /// Active Directory answers on the port.
    pub active_directory: bool,
    /// Attribute names come in odd case.
    pub odd_case: bool,
    /// The site of the server: of other sites it has no attribute that is not replicated between sites.
    pub site: Option<String>,
}

/// What is done with a page that is larger than the server's limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OversizedPage {
    /// It ends at the limit with sizeLimitExceeded, and cannot be continued.
    #[default]
    Cut,
    /// It is refused.
    Refused,
    /// It comes back empty, with success, if more objects match than the limit.
    Empty,
}

/// Which values `objectClass` has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Classes {
    /// Those of the data.
    #[default]
    AsWritten,
    /// The class of the object and no other.
    One,
    /// The class of the object and all above it.
    Chain,
}

/// The names of the ways, as `--way` takes them, and what each is. docs/lab.md has the sources.
pub const WAYS: [(&str, &str); 14] = [
    ("oversized-page=cut", "a page above the limit ends there (4); the default"),
    ("oversized-page=refused", "a page above the limit is refused (11)"),
    ("oversized-page=empty", "a page above the limit is empty if more match"),
    ("size-limit=ENTRIES", "the most entries in one answer; 100 without"),
    ("withhold=ATTRIBUTE", "withheld on the Attributes page (heuristics 16 only)"),
    ("blind-admin", "the ,cn=admin bind shows nothing hidden (Q185475)"),
    ("allowed-base=DN", "searches that start elsewhere get error 50 (Q192306)"),
    ("referral=DN", "another server holds that part and is referred to"),
    ("hex-octets", "octet strings come as hexadecimal text"),
    ("class=one", "objectClass has one value"),
    ("class=chain", "objectClass lists the superclasses too"),
    ("active-directory", "Active Directory answers on the port (Q224447)"),
    ("odd-case", "attribute names come in odd case"),
    ("site=NAME", "of other sites, unreplicated attributes are missing"),
];

/// One way, as `--way` takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way(Set);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Set {
    OversizedPage(OversizedPage),
    SizeLimit(usize),
    Withheld(&'static [&'static str]),
    BlindAdmin,
    AllowedBase(Dn),
    Referral(Dn),
    HexOctets,
    Classes(Classes),
    ActiveDirectory,
    OddCase,
    Site(String),
}

/// Why a text is no way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WayError {
    /// It is not in the list.
    #[error("not a known way of a server (see exaudit lab --help)")]
    Unknown,
    /// The limit is no number, or 0.
    #[error("size-limit= needs a number of entries, 1 or more")]
    SizeLimit,
    /// The name cannot be read.
    #[error("needs a distinguished name, such as ou=SITE,o=ORGANIZATION")]
    Dn,
    /// The site has no name.
    #[error("site= needs the name of a site")]
    Site,
    /// The published schema does not know the attribute.
    #[error("the published schema has no attribute of that name")]
    UnknownAttribute,
    /// No administrator could withhold it.
    #[error("the Attributes page does not show that attribute (heuristics 16), so it cannot be withheld")]
    NotWithholdable,
    /// The LDAP server makes it from another.
    #[error("the server makes that attribute from Proxy-Addresses: withhold Proxy-Addresses, and all five are")]
    Made,
}

impl Default for Ways {
    fn default() -> Self {
        Self {
            service_pack: None,
            oversized_page: OversizedPage::default(),
            size_limit: MAX_ENTRIES,
            withheld: Vec::new(),
            blind_admin: false,
            allowed_bases: Vec::new(),
            referred: Vec::new(),
            // nobody can be there (RFC 2606)
            refers_to: "elsewhere.invalid".to_owned(),
            hex_octets: false,
            classes: Classes::default(),
            active_directory: false,
            odd_case: false,
            site: None,
        }
    }
}

impl Ways {
    /// The ways of a service pack and those given one by one; of two that exclude each other the later wins.
    pub fn of(service_pack: Option<ServicePack>, ways: impl IntoIterator<Item = Way>) -> Self {
        let mut all = Self { service_pack, ..Self::default() };
        for Way(way) in ways {
            match way {
                Set::OversizedPage(what) => all.oversized_page = what,
                Set::SizeLimit(entries) => all.size_limit = entries,
                Set::Withheld(names) => all.withheld.extend(names),
                Set::BlindAdmin => all.blind_admin = true,
                Set::AllowedBase(dn) => all.allowed_bases.push(dn),
                Set::Referral(dn) => all.referred.push(dn),
                Set::HexOctets => all.hex_octets = true,
                Set::Classes(classes) => all.classes = classes,
                Set::ActiveDirectory => all.active_directory = true,
                Set::OddCase => all.odd_case = true,
                Set::Site(name) => all.site = Some(name),
            }
        }
        all
    }

    /// The release it behaves as.
    pub(super) fn release(&self) -> ServicePack {
        self.service_pack.unwrap_or(ServicePack::Sp4)
    }
}

impl std::str::FromStr for Way {
    type Err = WayError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let dn = |text: &str| naming::from_either(text).ok_or(WayError::Dn);
        Ok(Self(match text.split_once('=').unwrap_or((text, "")) {
            ("oversized-page", "cut") => Set::OversizedPage(OversizedPage::Cut),
            ("oversized-page", "refused") => Set::OversizedPage(OversizedPage::Refused),
            ("oversized-page", "empty") => Set::OversizedPage(OversizedPage::Empty),
            ("size-limit", number) => {
                Set::SizeLimit(number.parse().ok().filter(|&entries| entries > 0).ok_or(WayError::SizeLimit)?)
            }
            ("withhold", name) => Set::Withheld(withheld(name)?),
            ("allowed-base", name) => Set::AllowedBase(dn(name)?),
            ("referral", name) => Set::Referral(dn(name)?),
            ("class", "one") => Set::Classes(Classes::One),
            ("class", "chain") => Set::Classes(Classes::Chain),
            ("site", "") => return Err(WayError::Site),
            ("site", name) => Set::Site(name.to_owned()),
            _ => match text {
                "blind-admin" => Set::BlindAdmin,
                "hex-octets" => Set::HexOctets,
                "active-directory" => Set::ActiveDirectory,
                "odd-case" => Set::OddCase,
                _ => return Err(WayError::Unknown),
            },
        }))
    }
}

/// What is withheld with an attribute. The page lists the attributes of the schema, so the four that the LDAP server makes
/// from Proxy-Addresses go with it (inferred), and not one by one.
fn withheld(name: &str) -> Result<&'static [&'static str], WayError> {
    const ADDRESSES: [&str; 5] = ["Proxy-Addresses", "mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox"];
    let known = schema::attribute(name).or_else(|| schema::attribute_by_exchange_name(name)).ok_or(WayError::UnknownAttribute)?;
    match known {
        _ if known.oid.is_none() => Err(WayError::Made),
        _ if !known.withholdable() => Err(WayError::NotWithholdable),
        _ if known.ldap_name == "Proxy-Addresses" => Ok(&ADDRESSES),
        _ => Ok(std::slice::from_ref(&known.ldap_name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ways(texts: &[&str]) -> Ways {
        Ways::of(None, texts.iter().map(|text| text.parse().expect(text)))
    }

    #[test]
    fn every_way_of_the_list_can_be_given() {
        for (name, _) in WAYS {
            let text = name.replace("ENTRIES", "4").replace("ATTRIBUTE", "uid").replace("DN", "ou=S,o=Org").replace("NAME", "S");
            assert_eq!(ways(&[&text]) == Ways::default(), name == "oversized-page=cut", "{text}");
        }
    }

    #[test]
    fn the_list_fits_a_terminal() {
        assert!(WAYS.iter().all(|(name, what)| name.len() <= 22 && what.len() <= 54));
    }

    #[test]
    fn nothing_else_can() {
        for (text, error) in [
            ("", WayError::Unknown),
            ("blind-admin=yes", WayError::Unknown),
            ("oversized-page=", WayError::Unknown),
            ("class=two", WayError::Unknown),
            ("size-limit=0", WayError::SizeLimit),
            ("size-limit=many", WayError::SizeLimit),
            ("allowed-base=nowhere", WayError::Dn),
            ("referral=", WayError::Dn),
            ("site=", WayError::Site),
            ("withhold=Own-Attribute", WayError::UnknownAttribute),
            ("withhold=Extension-Data", WayError::NotWithholdable),
            ("withhold=objectClass", WayError::NotWithholdable),
            ("withhold=textEncodedORAddress", WayError::Made),
        ] {
            assert_eq!(text.parse::<Way>(), Err(error), "{text}");
        }
    }

    #[test]
    fn proxy_addresses_go_together_and_exchange_names_are_known() {
        assert_eq!(ways(&["withhold=proxy-addresses"]).withheld.len(), 5);
        assert_eq!(ways(&["withhold=Mail-nickname", "withhold=Target-Address"]).withheld, ["uid", "Target-Address"]);
    }

    #[test]
    fn of_two_that_exclude_each_other_the_later_wins() {
        assert_eq!(ways(&["class=one", "class=chain"]).classes, Classes::Chain);
    }
}
