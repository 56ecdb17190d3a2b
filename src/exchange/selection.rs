//! The named selections of objects that checks start from. A closed list, here and nowhere else.
//!
//! Class names are LDAP names of the published schema (`schema/classes.csv`), unless a line says otherwise.

use super::class::has_class;
use super::ims::Ims;
use super::naming;
use crate::directory::dn::Dn;
use crate::directory::filter::{Filter, Shows};
use std::fmt;

/// A named selection of objects.
#[derive(Debug)]
pub struct Selection {
    /// The word in check files and reports.
    word: &'static str,
    /// What it means, in a few words.
    meaning: &'static str,
    /// Several of its objects, for counts.
    plural: &'static str,
    /// The classes of its objects; none for every object.
    classes: &'static [&'static str],
    /// What else makes an object one of them.
    only: Only,
    /// Whether they are recipients, or may be: there may be very many, and any may be hidden from the address book.
    recipients: bool,
}

#[derive(Debug)]
enum Only {
    Any,
    /// An Internet Mail Service.
    Ims,
    /// An organizational unit right below the organization, and no address book views (Q192306).
    Site,
    /// The objects with this directory name, whatever their class.
    Named(&'static str),
    /// The objects right below a container of this name.
    Below(&'static str),
    /// The configuration objects that show this attribute, whatever their class.
    Holding(&'static str),
    /// The objects of a site that do not stand in its Configuration container, and are not that.
    OutsideConfiguration,
}

const fn few(
    word: &'static str,
    meaning: &'static str,
    plural: &'static str,
    classes: &'static [&'static str],
    only: Only,
) -> Selection {
    Selection { word, meaning, plural, classes, only, recipients: false }
}

const fn many(word: &'static str, meaning: &'static str, plural: &'static str, classes: &'static [&'static str]) -> Selection {
    Selection { word, meaning, plural, classes, only: Only::Any, recipients: true }
}

/// The classes of recipients that people send mail to.
pub const RECIPIENTS: [&str; 4] = ["organizationalPerson", "groupOfNames", "Remote-Address", "Public-Folder"];

/// All of them. Results come in this order.
static ALL: [Selection; 32] = [
    few("ims", "every Internet Mail Service", "Internet Mail Services", &["Mail-Gateway"], Only::Ims),
    few(
        "connector",
        "every connector: Internet Mail Service, X.400, MS Mail, site connector, other gateway",
        "connectors",
        &["Mail-Gateway", "Mail-Connector", "X400-Link", "Site-Connector"],
        Only::Below("Connections"),
    ),
    few("x400-connector", "every X.400 connector", "X.400 connectors", &["X400-Link"], Only::Any),
    few("msmail-connector", "every MS Mail connector", "MS Mail connectors", &["Mail-Connector"], Only::Any),
    few("site-connector", "every site connector", "site connectors", &["Site-Connector"], Only::Any),
    few(
        "replication-connector",
        "every directory replication connector",
        "directory replication connectors",
        &["Replication-Connector"],
        Only::Any,
    ),
    few("organization", "the organization", "organizations", &["organization"], Only::Any),
    few("site", "every site", "sites", &["organizationalUnit"], Only::Site),
    few("server", "every server", "servers", &["Computer"], Only::Below("Servers")),
    few("site-addressing", "the Site Addressing of every site", "Site Addressing objects", &["Site-Addressing"], Only::Any),
    few("address-generator", "every e-mail address generator", "e-mail address generators", &["Addr-Type"], Only::Any),
    few("extension", "every extension of the Administrator program", "Administrator extensions", &["Admin-Extension"], Only::Any),
    few(
        "recipients-container",
        "every recipients container",
        "recipients containers",
        &["Container"],
        Only::OutsideConfiguration,
    ),
    few("mta", "every message transfer agent", "message transfer agents", &["MTA"], Only::Any),
    few("mta-configuration", "the MTA Site Configuration of every site", "MTA Site Configurations", &["MTA-Cfg"], Only::Any),
    few(
        "directory-configuration",
        "the DS Site Configuration of every site",
        "DS Site Configurations",
        &["Directory-Cfg"],
        Only::Any,
    ),
    few(
        "store-configuration",
        "the Information Store Site Configuration of every site",
        "Information Store Site Configurations",
        &["Information-Store-Cfg"],
        Only::Any,
    ),
    few("private-store", "every private information store", "private stores", &["MHS-Message-Store"], Only::Any),
    few("public-store", "every public information store", "public stores", &["MHS-Public-Store"], Only::Any),
    // its class is not published; Q236582 and Q252209 show its name
    few("system-attendant", "every System Attendant", "System Attendants", &[], Only::Named("Microsoft System Attendant")),
    few("directory-service", "the directory service of every server", "directory services", &["MSFT-DSA"], Only::Any),
    few(
        "dirsync",
        "every Directory Synchronization (DXA) object",
        "Directory Synchronization objects",
        &["Local-DXA"],
        Only::Any,
    ),
    few(
        "dirsync-partner",
        "every DirSync server, requestor and remote requestor",
        "DirSync servers and requestors",
        &["DXA-Site-Server", "DX-Requestor", "DX-Server-Conn", "Remote-DXA"],
        Only::Any,
    ),
    // neither its class nor its directory name is published; Q196161 shows the attribute on it
    few(
        "key-management",
        "the Site Encryption Configuration of every site that names a Key Management server",
        "Site Encryption Configurations with a Key Management server",
        &[],
        Only::Holding("KM-Server"),
    ),
    few("protocol", "every Internet protocol object", "protocol objects", &["Protocol-Cfg", "Protocol-Cfg-LDAP"], Only::Any),
    few("ldap-protocol", "every LDAP protocol object", "LDAP protocol objects", &["Protocol-Cfg-LDAP"], Only::Any),
    many("recipient", "every mailbox, distribution list, custom recipient and public folder", "recipients", &RECIPIENTS),
    many("mailbox", "every mailbox", "mailboxes", &["organizationalPerson"]),
    many("distribution-list", "every distribution list", "distribution lists", &["groupOfNames"]),
    many("custom-recipient", "every custom recipient", "custom recipients", &["Remote-Address"]),
    many("public-folder", "every public folder", "public folders", &["Public-Folder"]),
    many("object", "every object of any kind", "objects", &[]),
];

impl Selection {
    /// The selection of that name.
    pub fn named(word: &str) -> Option<&'static Self> {
        ALL.iter().find(|selection| selection.word == word)
    }

    /// All of them, in the order of their results.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        ALL.iter()
    }

    /// The word in check files and reports.
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// What it means, in a few words.
    pub fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// Several of its objects, in words.
    pub fn plural(&self) -> &'static str {
        self.plural
    }

    /// The LDAP names of the classes of its objects; empty where the class does not decide.
    pub fn classes(&self) -> &'static [&'static str] {
        self.classes
    }

    /// Every object of any kind.
    pub fn every_object() -> &'static Self {
        let [.., every] = &ALL;
        every
    }

    /// The objects among which one of that name is, as far as its place tells: the names of what stands right below a server are
    /// those that Setup gives (Q236582); recipients stand in a site, outside of its configuration (reference A).
    pub(super) fn of_place(dn: &Dn) -> &'static Self {
        let word = match naming::server_of(dn).map(|server| dn.depth() - server.depth()) {
            Some(0) => "server",
            Some(1) => match dn.leaf().to_ascii_lowercase().as_str() {
                "microsoft mta" => "mta",
                "microsoft private mdb" => "private-store",
                "microsoft public mdb" => "public-store",
                _ => "object",
            },
            None if dn.depth() > 3 && naming::real_site_of(dn).is_some() && !naming::is_configuration(dn) => "recipient",
            _ => "object",
        };
        Self::named(word).unwrap_or_else(Self::every_object)
    }

    /// The attribute that makes an object one of them, whatever its class.
    pub(super) fn held(&self) -> Option<&'static str> {
        match self.only {
            Only::Holding(attribute) => Some(attribute),
            _ => None,
        }
    }

    /// Whether its objects are recipients, or may be: there may be very many, so those that pass are counted together, and any may
    /// be hidden from the address book.
    pub fn is_of_recipients(&self) -> bool {
        self.recipients
    }

    /// What stands right below the Configuration container and holds its objects, in lower case; none for those that stand there
    /// themselves, or of which no source says where.
    pub(super) fn container(&self) -> Option<&'static str> {
        Some(match self.word {
            "ims" | "connector" | "x400-connector" | "msmail-connector" | "site-connector" | "replication-connector" => {
                "connections"
            }
            "server" | "mta" | "private-store" | "public-store" | "system-attendant" | "directory-service" | "dirsync" => {
                "servers"
            }
            "address-generator" => "addressing",
            "extension" => "add-ins",
            _ => return None,
        })
    }

    /// Whether its objects stand in a site's Configuration container, so that not seeing one may mean not seeing any.
    pub fn is_configuration(&self) -> bool {
        !self.recipients && !matches!(self.word, "organization" | "site")
    }

    /// Whether an object is one of them. Its classes must have been named ([`super::class::name_classes`]); a deleted object
    /// is none.
    pub fn takes(&self, entry: &impl Shows) -> bool {
        self.takes_class(entry) && self.takes_name(entry) && !entry.is_set("Is-Deleted")
    }

    /// Whether an object is of one of its classes.
    pub(super) fn takes_class(&self, entry: &impl Shows) -> bool {
        self.classes.is_empty() || self.classes.iter().any(|class| has_class(entry, class))
    }

    /// Whether its class alone makes an object one of them.
    pub fn is_by_class(&self) -> bool {
        matches!(self.only, Only::Any)
    }

    /// Whether an object of its classes is one of them.
    pub(super) fn takes_name(&self, entry: &impl Shows) -> bool {
        if self.is_by_class() {
            return true;
        }
        let dn = entry.name();
        let is = |depth: usize, name: &str| dn.rdns().get(depth).is_some_and(|rdn| rdn.text().eq_ignore_ascii_case(name));
        match self.only {
            Only::Any => true,
            Only::Ims => Ims::of(entry).is_some(),
            Only::Site => dn.rdns().len() == 2 && naming::is_site(&dn),
            Only::Named(name) => is(0, name),
            Only::Below(name) => is(1, name),
            Only::Holding(attribute) => naming::is_configuration(&dn) && entry.shows(attribute),
            Only::OutsideConfiguration => {
                naming::site_of(&dn).is_some_and(|site| naming::is_site(&site)) && !naming::is_configuration(&dn)
            }
        }
    }

    /// What to ask a server for, to have these objects among others.
    pub fn filter(&self) -> Filter {
        match (self.classes, &self.only) {
            ([], Only::Named(name)) => Filter::equal("rdn", name),
            ([], Only::Holding(attribute)) => Filter::present(attribute),
            ([], _) => Filter::present("objectClass"),
            (classes, _) => Filter::any_class(classes),
        }
    }
}

impl PartialEq for Selection {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Eq for Selection {}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::fake::entry;
    use crate::exchange::schema;

    fn taken(dn: &str, attributes: &[(&str, &str)]) -> Vec<&'static str> {
        let entry = entry(dn, attributes);
        Selection::all().filter(|selection| selection.takes(&entry)).map(Selection::word).collect()
    }

    #[test]
    fn an_object_is_in_the_selections_of_its_kind() {
        let class = |name| ("objectClass", name);
        let connection = |name: &str| format!("cn={name},cn=Connections,cn=Configuration,ou=S,o=O");
        for (dn, attributes, expected) in [
            (connection("Internet Mail Connector (A)"), vec![class("Mail-Gateway")], vec!["ims", "connector", "object"]),
            (connection("X"), vec![class("Mail-Gateway"), class("X400-Link")], vec!["connector", "x400-connector", "object"]),
            (connection("FAX"), vec![class("Mail-Gateway")], vec!["connector", "object"]),
            ("ou=S,o=O".into(), vec![class("organizationalUnit")], vec!["site", "object"]),
            ("ou=_ABVIEWS_,o=O".into(), vec![class("organizationalUnit")], vec!["object"]),
            ("cn=By city,ou=_ABVIEWS_,o=O".into(), vec![class("Container")], vec!["object"]),
            ("cn=Recipients,ou=S,o=O".into(), vec![class("Container")], vec!["recipients-container", "object"]),
            ("cn=Configuration,ou=S,o=O".into(), vec![class("Container")], vec!["object"]),
            ("ou=X,ou=S,o=O".into(), vec![class("organizationalUnit")], vec!["object"]),
            ("cn=A,cn=Servers,cn=Configuration,ou=S,o=O".into(), vec![class("Computer")], vec!["server", "object"]),
            (
                "cn=Microsoft System Attendant,cn=A,cn=Servers,cn=Configuration,ou=S,o=O".into(),
                vec![class("Anything")],
                vec!["system-attendant", "object"],
            ),
            (
                "cn=P,cn=R,ou=S,o=O".into(),
                vec![class("person"), class("organizationalPerson")],
                vec!["recipient", "mailbox", "object"],
            ),
            ("cn=P,cn=R,ou=S,o=O".into(), vec![class("organizationalPerson"), ("Is-Deleted", "TRUE")], vec![]),
        ] {
            assert_eq!(taken(&dn, &attributes), expected, "{dn}");
        }
    }

    #[test]
    fn words_are_unique_and_classes_published() {
        let words: Vec<_> = Selection::all().map(Selection::word).collect();
        for (index, selection) in Selection::all().enumerate() {
            assert_eq!(words.iter().position(|word| *word == selection.word()), Some(index));
            assert_eq!(Selection::named(selection.word()), Some(selection));
            for class in selection.classes {
                assert!(schema::class(class).is_some(), "{class}");
            }
        }
    }
}
