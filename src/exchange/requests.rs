//! What is asked of a server: which attributes, which objects. Attributes are always named; pages and sequence are the
//! source's matter.

use super::address;
use super::schema;
use crate::directory::dn::Dn;
use crate::directory::filter::{Filter, Substrings};
use crate::directory::source::Search;

/// The attributes asked of an IMS by name: those that identify it, `Extension-Data`, and operational ones that show
/// whether this bind sees that class of attribute (reference F; class list B2).
pub const IMS: [&str; 19] = [
    "objectClass",
    "distinguishedName",
    "rdn",
    "cn",
    "Admin-Display-Name",
    "Computer-Name",
    "Extension-Name",
    "Home-MTA",
    "mailPreferenceOption",
    "Extension-Data",
    "Is-Deleted",
    "Routing-List",
    "Connected-Domains",
    "Home-MDB",
    "Activation-Style",
    "Can-Preserve-DNs",
    "Diagnostic-reg-key",
    "Encapsulation-Method",
    "Object-Version",
];

/// The attributes asked of an object that may be an administrator, beside its proxy addresses.
pub const RECIPIENT: [&str; 7] = ["objectClass", "distinguishedName", "rdn", "cn", "uid", "Hide-From-Address-Book", "Is-Deleted"];

/// The attributes asked of containers.
pub const CONTAINER: [&str; 3] = ["objectClass", "rdn", "Is-Deleted"];

/// Every Mail-Gateway. `everything` adds `*`, in which an attribute outside the published schema may show itself.
pub fn services(base: &Dn, everything: bool, extra: &[String]) -> Search {
    let mut search = Search::below(base.clone(), Filter::equal("objectClass", "Mail-Gateway"), &IMS);
    if everything {
        search.attributes.insert(0, "*".into());
    }
    add(&mut search, extra);
    search
}

/// Every container and site: whether configuration is readable, and which parents are.
pub fn containers(base: &Dn) -> Search {
    Search::below(base.clone(), Filter::any_class(&["Container", "organizationalUnit"]), &CONTAINER)
}

/// One object that may be an administrator.
pub fn recipient(dn: &Dn, extra: &[String]) -> Search {
    let mut search = Search::read(dn.clone(), &[RECIPIENT.as_slice(), address::ATTRIBUTES.as_slice()].concat());
    add(&mut search, extra);
    search
}

/// The recipients that answer to declared names, all in one search.
pub fn declared(base: &Dn, names: Vec<Filter>, extra: &[String]) -> Search {
    let mut search =
        Search::below(base.clone(), Filter::Or(names), &[RECIPIENT.as_slice(), address::ATTRIBUTES.as_slice()].concat());
    add(&mut search, extra);
    search
}

/// A container.
pub fn container(dn: &Dn) -> Search {
    Search::read(dn.clone(), &CONTAINER)
}

/// A few hidden or deleted objects, which show that such objects are seen.
pub fn hidden(base: &Dn, at_most: u32) -> Search {
    let filter = Filter::Or(vec![Filter::equal("Hide-From-Address-Book", "TRUE"), Filter::equal("Is-Deleted", "TRUE")]);
    Search::below(base.clone(), filter, &["objectClass", "Hide-From-Address-Book", "Is-Deleted"]).at_most(at_most)
}

/// A few recipients with an X.400 address, which show that such addresses are seen.
pub fn x400(base: &Dn) -> Search {
    let attributes = [&["objectClass", "Is-Deleted"], address::ATTRIBUTES.as_slice()].concat();
    let x400 =
        Filter::Substrings("otherMailbox".into(), Substrings { initial: Some(b"X400$".to_vec()), ..Substrings::default() });
    let shown = Filter::Or(vec![Filter::present("textEncodedORAddress"), x400]);
    let filter = Filter::And(vec![Filter::any_class(&["organizationalPerson", "groupOfNames"]), shown]);
    Search::below(base.clone(), filter, &attributes).at_most(20)
}

/// Everything that this bind may read, the attributes of the published schema named: operational ones come only so.
pub fn everything_below(base: &Dn, extra: &[String]) -> Search {
    let mut search = Search::below(base.clone(), Filter::present("objectClass"), &["*"]);
    let published: Vec<String> = schema::attributes().map(|known| known.ldap_name.to_owned()).collect();
    let known = [IMS.as_slice(), &RECIPIENT, &CONTAINER, &address::ATTRIBUTES].concat();
    add(&mut search, &known.into_iter().map(str::to_owned).collect::<Vec<_>>());
    add(&mut search, &published);
    add(&mut search, extra);
    search
}

/// Everything there is; for files, which are read whole anyway.
pub fn everything() -> Search {
    Search::below(Dn::default(), Filter::And(Vec::new()), &["*"])
}

fn add(search: &mut Search, extra: &[String]) {
    for name in extra {
        if !search.attributes.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            search.attributes.push(name.clone());
        }
    }
}
