//! The published directory schema of Exchange 5.5: LDAP names, syntaxes, who may see an attribute, class hierarchy.
//!
//! The tables are `schema/attributes.csv` and `schema/classes.csv`; `schema/README.md` states their source (Exchange
//! SDK, MSDN, June 1998). Nothing here was checked against a live server, and the tables are not complete: an attribute
//! that is not found is unknown, not absent.

mod index;

use index::Index;
use std::sync::LazyLock;

static ATTRIBUTES_CSV: &str = include_str!("schema/attributes.csv");
static CLASSES_CSV: &str = include_str!("schema/classes.csv");

/// What kind of values an attribute holds (SyntaxName of the schema page).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// `TRUE` or `FALSE`.
    Boolean,
    /// A whole number.
    Integer,
    /// A whole number with named values.
    Enumeration,
    /// Bytes.
    Octet,
    /// Text; matching ignores case (SDK schmastx_1mxr).
    Teletex,
    /// Text.
    Unicode,
    /// Text of the PrintableString alphabet.
    Printable,
    /// ASCII text.
    Ia5,
    /// `YYMMDDHHMMSSZ` (Q239639).
    UtcTime,
    /// An OID or class name.
    ObjectIdentifier,
    /// The name of another object.
    Dn,
    /// The name of another object, an O/R address, or both.
    OrName,
    /// An X.500 access point.
    AccessPoint,
    /// An OSI presentation address.
    PresentationAddress,
}

/// One attribute of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// AttName, as the Admin program's raw mode shows it: `Mail-nickname`.
    pub exchange_name: &'static str,
    /// LDAPName: `uid`.
    pub ldap_name: &'static str,
    /// The OID in dotted form; none for what the LDAP server makes.
    pub oid: Option<&'static str>,
    /// What its values are.
    pub syntax: Syntax,
    /// Whether it can have several values.
    pub multi: bool,
    /// The visibility bits: 1 not replicated between sites, 2 anonymous, 4 authenticated only, 8 operational, 16 can be
    /// withheld (SDK directry_2mbd).
    pub heuristics: u8,
    /// `Link-n` for a forward link, `Backlink-n` for a computed back-link.
    pub linked: Option<&'static str>,
    /// The SDK page or KB article it comes from.
    pub source: &'static str,
}

/// One object class of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// ClassName: `Mailbox`.
    pub exchange_name: &'static str,
    /// LDAPName, the objectClass value: `organizationalPerson`.
    pub ldap_name: &'static str,
    /// The OID in dotted form.
    pub oid: &'static str,
    /// The Exchange name of the class above; none for Top.
    pub parent: Option<&'static str>,
    /// The Exchange name of the naming attribute; none for Top.
    pub rdn_attribute: Option<&'static str>,
    /// Exchange names of the mandatory attributes of this class itself.
    pub must: Vec<&'static str>,
    /// Exchange names of the optional attributes of this class itself.
    pub may: Vec<&'static str>,
    /// The SDK pages it comes from, separated by `;`.
    pub source: &'static str,
}

impl Class {
    /// Whether its own definition lists the attribute of this Exchange name.
    fn lists(&self, exchange_name: &str) -> bool {
        self.must.iter().chain(&self.may).any(|listed| *listed == exchange_name)
    }
}

impl Attribute {
    /// Returned only when the request names it.
    pub fn operational(&self) -> bool {
        self.heuristics & 8 != 0
    }

    /// An anonymous client may see it, if the object is visible to it at all (4 wins over 2).
    pub fn anonymous(&self) -> bool {
        self.heuristics & 2 != 0 && !self.authenticated_only()
    }

    /// Only an authenticated client may see it.
    pub fn authenticated_only(&self) -> bool {
        self.heuristics & 4 != 0
    }

    /// Not replicated: only a server of the object's own site shows it.
    pub fn local_to_site(&self) -> bool {
        self.heuristics & 1 != 0
    }

    /// An administrator can withhold it on the DS Site Configuration "Attributes" page.
    pub fn withholdable(&self) -> bool {
        self.heuristics & 16 != 0
    }

    /// Whether the directory computes it from what other objects hold, and which: `Backlink-n`.
    pub fn is_back_link(&self) -> bool {
        self.linked.is_some_and(|linked| linked.starts_with("Backlink-"))
    }

    /// The attribute of which this is the back-link.
    pub fn forward(&self) -> Option<&'static Self> {
        let number = self.linked?.strip_prefix("Backlink-")?;
        attributes().find(|known| known.linked.and_then(|linked| linked.strip_prefix("Link-")) == Some(number))
    }

    /// Its values name other objects.
    pub fn holds_names(&self) -> bool {
        matches!(self.syntax, Syntax::Dn | Syntax::OrName)
    }
}

/// The attribute with this LDAP name, in any case.
pub fn attribute(ldap_name: &str) -> Option<&'static Attribute> {
    find(&SCHEMA.attributes, &SCHEMA.by_ldap_name, ldap_name)
}

/// The attribute with this Exchange name, in any case; for Proxy-Addresses the published attribute itself.
pub fn attribute_by_exchange_name(name: &str) -> Option<&'static Attribute> {
    find(&SCHEMA.attributes, &SCHEMA.by_exchange_name, name)
}

/// Whether an attribute belongs to the published schema under its LDAP or its Exchange name, be it only by standing in the
/// list of a class.
pub fn is_published(name: &str) -> bool {
    attribute(name).is_some() || attribute_by_exchange_name(name).is_some() || listed(name).is_some()
}

/// An attribute that has no row of its own, by the Exchange name under which classes list it, and those classes.
pub fn only_listed(name: &str) -> Option<(&'static str, Vec<&'static Class>)> {
    let exchange_name = listed(name).filter(|name| attribute_by_exchange_name(name).is_none())?;
    Some((exchange_name, SCHEMA.classes.iter().filter(|class| class.lists(exchange_name)).collect()))
}

/// The name as the lists of classes spell it.
fn listed(name: &str) -> Option<&'static str> {
    let mut all = SCHEMA.classes.iter().flat_map(|class| class.must.iter().chain(&class.may));
    all.find(|listed| listed.eq_ignore_ascii_case(name)).copied()
}

/// All attributes, the published ones first.
pub fn attributes() -> impl Iterator<Item = &'static Attribute> {
    SCHEMA.attributes.iter()
}

/// The classes whose own definition lists an attribute.
pub fn classes_with(attribute: &Attribute) -> impl Iterator<Item = &'static Class> {
    SCHEMA.classes.iter().filter(|class| class.lists(attribute.exchange_name))
}

/// The class with this LDAP name (in any case) or OID.
pub fn class(name_or_oid: &str) -> Option<&'static Class> {
    find(&SCHEMA.classes, &SCHEMA.class_names, name_or_oid)
}

/// The class with this LDAP name, Exchange name or OID, in any case.
pub fn class_named(name: &str) -> Option<&'static Class> {
    let by_exchange_name = || SCHEMA.classes.iter().find(|class| class.exchange_name.eq_ignore_ascii_case(name));
    class(name).or_else(by_exchange_name)
}

/// The LDAP name of the class with this OID.
pub fn class_name_of_oid(oid: &str) -> Option<&'static str> {
    class(oid).filter(|class| class.oid == oid).map(|class| class.ldap_name)
}

/// The classes above this one (LDAP name or OID), nearest first; none for a class the schema does not know.
pub fn superclasses(name_or_oid: &str) -> Vec<&'static Class> {
    let mut chain = Vec::new();
    let mut next = class(name_or_oid).and_then(|class| class.parent);
    // The bound guards against a table in which a class is above itself.
    while let Some(parent) = next.and_then(class_by_exchange_name).filter(|_| chain.len() < SCHEMA.classes.len()) {
        chain.push(parent);
        next = parent.parent;
    }
    chain
}

/// The known attributes of a class (LDAP name or OID), its own first, then those of each class above it.
pub fn attributes_of(name_or_oid: &str) -> Vec<&'static Attribute> {
    let mut known: Vec<&'static Attribute> = Vec::new();
    for class in class(name_or_oid).into_iter().chain(superclasses(name_or_oid)) {
        for attribute in class.must.iter().chain(&class.may).filter_map(|name| attribute_by_exchange_name(name)) {
            if !known.contains(&attribute) {
                known.push(attribute);
            }
        }
    }
    known
}

fn class_by_exchange_name(name: &str) -> Option<&'static Class> {
    SCHEMA.classes.iter().find(|class| class.exchange_name == name)
}

fn find<T>(rows: &'static [T], index: &Index, name: &str) -> Option<&'static T> {
    index.row(name).and_then(|row| rows.get(row))
}

struct Schema {
    attributes: Vec<Attribute>,
    by_ldap_name: Index,
    by_exchange_name: Index,
    classes: Vec<Class>,
    class_names: Index,
}

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    let mut attributes: Vec<Attribute> = ATTRIBUTES_CSV.lines().skip(1).filter_map(attribute_row).collect();
    attributes.extend(MADE_FROM_PROXY_ADDRESSES);
    let classes: Vec<Class> = CLASSES_CSV.lines().skip(1).filter_map(class_row).collect();
    let ldap_names = attributes.iter().map(|a| a.ldap_name);
    let exchange_names = attributes.iter().filter(|a| a.oid.is_some()).map(|a| a.exchange_name);
    let class_names = classes.iter().map(|c| c.oid).zip(0..).chain(classes.iter().map(|c| c.ldap_name).zip(0..));
    let class_names = Index::of(class_names);
    let by_ldap_name = Index::of(ldap_names.zip(0..));
    let by_exchange_name = Index::of(exchange_names.zip(0..));
    Schema { attributes, by_ldap_name, by_exchange_name, classes, class_names }
});

/// No schema page carries these four: the LDAP server makes them from Proxy-Addresses, so they are as visible as it is.
const MADE_FROM_PROXY_ADDRESSES: [Attribute; 4] =
    [made("mail", false), made("rfc822Mailbox", false), made("textEncodedORAddress", false), made("otherMailbox", true)];

const fn made(ldap_name: &'static str, multi: bool) -> Attribute {
    Attribute {
        exchange_name: "Proxy-Addresses",
        ldap_name,
        oid: None,
        syntax: Syntax::Teletex,
        multi,
        heuristics: 18,
        linked: None,
        source: "made from Proxy-Addresses: SDK directry_6fub, Q263520",
    }
}

fn attribute_row(line: &'static str) -> Option<Attribute> {
    let fields: Vec<&'static str> = line.split(',').collect();
    let &[exchange_name, ldap_name, oid, syntax, multi, _, _, heuristics, _, _, linked, source] = fields.as_slice() else {
        return None;
    };
    Some(Attribute {
        exchange_name,
        ldap_name,
        oid: Some(oid),
        syntax: syntax_of(syntax)?,
        multi: multi == "TRUE",
        heuristics: heuristics.parse().ok()?,
        linked: some(linked),
        source,
    })
}

fn class_row(line: &'static str) -> Option<Class> {
    let fields: Vec<&'static str> = line.split(',').collect();
    let &[exchange_name, ldap_name, oid, parent, rdn_attribute, _, must, may, source] = fields.as_slice() else {
        return None;
    };
    let list = |field: &'static str| field.split(';').filter(|name| !name.is_empty()).collect();
    Some(Class {
        exchange_name,
        ldap_name,
        oid,
        parent: some(parent),
        rdn_attribute: some(rdn_attribute),
        must: list(must),
        may: list(may),
        source,
    })
}

fn some(field: &'static str) -> Option<&'static str> {
    (!field.is_empty()).then_some(field)
}

fn syntax_of(name: &str) -> Option<Syntax> {
    Some(match name {
        "Boolean" => Syntax::Boolean,
        "Integer" => Syntax::Integer,
        "Enumeration" => Syntax::Enumeration,
        "String(Octet)" => Syntax::Octet,
        "String(Teletex)" => Syntax::Teletex,
        "String(Unicode)" => Syntax::Unicode,
        "String(Printable)" => Syntax::Printable,
        "String(IA5)" => Syntax::Ia5,
        "String(UTC-Time)" => Syntax::UtcTime,
        "String(Object-Identifier)" => Syntax::ObjectIdentifier,
        "Object(DS-DN)" => Syntax::Dn,
        "Object(OR-Name)" => Syntax::OrName,
        "Object(Access-Point)" => Syntax::AccessPoint,
        "Object(Presentation-Address)" => Syntax::PresentationAddress,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
