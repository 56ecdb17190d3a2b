//! What is asked of a server: which attributes, which objects. Attributes are always named; pages and sequence are the
//! source's matter.

use super::address;
use super::schema;
use super::selection::Selection;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;
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

/// What finding the organization needs of the rootDSE.
const ROOT: [&str; 4] = ["namingContexts", "defaultNamingContext", "dsServiceName", "o"];

/// What is asked of it besides: what else it tells of the server (RFC 4512 section 5.1, RFC 3045, MS-ADTS 3.1.1.3.2).
const ROOT_BESIDES: [&str; 9] = [
    "*",
    "subschemaSubentry",
    "supportedLDAPVersion",
    "supportedControl",
    "supportedExtension",
    "supportedSASLMechanisms",
    "supportedCapabilities",
    "vendorName",
    "vendorVersion",
];

/// The root of the server; `everything` asks for more than is needed.
pub fn root(everything: bool) -> Search {
    let besides = if everything { ROOT_BESIDES.as_slice() } else { &[] };
    careful(Search::read(Dn::default(), &[ROOT.as_slice(), besides].concat()))
}

/// One object of the class in the whole tree, from an empty base, as Win32::Exchange looks for the server object.
pub fn first(class: &str) -> Search {
    careful(Search::below(Dn::default(), Filter::equal("objectClass", class), &["distinguishedName"]).at_most(1))
}

/// Every Mail-Gateway. `everything` adds `*`, in which an attribute outside the published schema may show itself.
pub fn services(base: &Dn, everything: bool, extra: &[String]) -> Search {
    let mut search = Search::below(base.clone(), Filter::equal("objectClass", "Mail-Gateway"), &IMS);
    if everything {
        search.attributes.insert(0, "*".into());
    }
    add(&mut search, extra);
    careful(search)
}

/// Every container and site: whether configuration is readable, and which parents are.
pub fn containers(base: &Dn) -> Search {
    careful(Search::below(base.clone(), Filter::any_class(&["Container", "organizationalUnit"]), &CONTAINER))
}

/// The attributes asked of every object that a check starts from: Object-Version, which every object has, is operational,
/// and so shows whether this bind sees such attributes (SDK sch_cont_7x9s).
const SUBJECT: [&str; 6] = ["objectClass", "rdn", "cn", "Is-Deleted", "Object-Version", "Admin-Display-Name"];

/// The configuration objects of these selections, all in one search.
pub fn configuration(base: &Dn, selections: &[&'static Selection], attributes: &[String]) -> Search {
    let mut search = Search::below(base.clone(), any_of(selections), &SUBJECT);
    add(&mut search, attributes);
    careful(search)
}

/// The recipients of these selections: all in one search.
pub fn recipients(base: &Dn, selections: &[&'static Selection], attributes: &[String]) -> Search {
    let usual = [RECIPIENT.as_slice(), &["Object-Version"], address::ATTRIBUTES.as_slice()].concat();
    let mut search = Search::below(base.clone(), any_of(selections), &usual);
    add(&mut search, attributes);
    careful(search)
}

/// What selects the objects of any of these selections, each test once.
fn any_of(selections: &[&'static Selection]) -> Filter {
    let mut any: Vec<Filter> = Vec::new();
    for selection in selections {
        let tests = match selection.filter() {
            Filter::Or(tests) => tests,
            test => vec![test],
        };
        tests.into_iter().for_each(|test| {
            if !any.contains(&test) {
                any.push(test);
            }
        });
    }
    // a test that every object meets leaves the others nothing to add
    match any.iter().find(|test| matches!(test, Filter::Present(name) if name.eq_ignore_ascii_case("objectClass"))) {
        Some(everything) => everything.clone(),
        None => Filter::Or(any),
    }
}

/// The servers, with the version they state: operational, so it must be named (Serial-Number, heuristics 12).
pub fn servers(base: &Dn) -> Search {
    let attributes = ["objectClass", "rdn", "serialNumber", "Is-Deleted"];
    careful(Search::below(base.clone(), Filter::equal("objectClass", "Computer"), &attributes))
}

/// One object more than the 100 at which a server stops by default (Q243786), of any kind, in one unpaged answer, with one
/// small attribute: where the server's own limit lies below, it shows itself.
pub fn any(base: &Dn) -> Search {
    careful(Search::below(base.clone(), Filter::present("objectClass"), &["objectClass"]).at_most(101))
}

/// A deleted object, which shows that such objects are seen.
pub fn deleted(base: &Dn) -> Search {
    careful(Search::below(base.clone(), Filter::equal("Is-Deleted", "TRUE"), &["objectClass", "Is-Deleted"]).at_most(1))
}

/// One object that may be an administrator.
pub fn recipient(dn: &Dn, extra: &[String]) -> Search {
    let mut search = Search::read(dn.clone(), &[RECIPIENT.as_slice(), address::ATTRIBUTES.as_slice()].concat());
    add(&mut search, extra);
    careful(search)
}

/// The recipients that answer to declared names, all in one search.
pub fn declared(base: &Dn, names: Vec<Filter>, extra: &[String]) -> Search {
    let mut search =
        Search::below(base.clone(), Filter::Or(names), &[RECIPIENT.as_slice(), address::ATTRIBUTES.as_slice()].concat());
    add(&mut search, extra);
    careful(search)
}

/// A container.
pub fn container(dn: &Dn) -> Search {
    careful(Search::read(dn.clone(), &CONTAINER))
}

/// A few hidden or deleted objects, which show that such objects are seen.
pub fn hidden(base: &Dn, at_most: u32) -> Search {
    let filter = Filter::Or(vec![Filter::equal("Hide-From-Address-Book", "TRUE"), Filter::equal("Is-Deleted", "TRUE")]);
    careful(Search::below(base.clone(), filter, &["objectClass", "Hide-From-Address-Book", "Is-Deleted"]).at_most(at_most))
}

/// A few recipients with an X.400 address, which show that such addresses are seen.
pub fn x400(base: &Dn) -> Search {
    let attributes = [&["objectClass", "Is-Deleted"], address::ATTRIBUTES.as_slice()].concat();
    let x400 =
        Filter::Substrings("otherMailbox".into(), Substrings { initial: Some(b"X400$".to_vec()), ..Substrings::default() });
    let shown = Filter::Or(vec![Filter::present("textEncodedORAddress"), x400]);
    let filter = Filter::And(vec![Filter::any_class(&super::selection::RECIPIENTS), shown]);
    careful(Search::below(base.clone(), filter, &attributes).at_most(20))
}

/// Everything that this bind may read, the attributes of the published schema named: operational ones come only so.
pub fn everything_below(base: &Dn, extra: &[String]) -> Search {
    let mut search = Search::below(base.clone(), Filter::present("objectClass"), &["*"]);
    let published = schema::attributes().map(|known| known.ldap_name.to_owned());
    let published: Vec<String> = published.filter(|name| !is_secret(name)).collect();
    let known = [IMS.as_slice(), &RECIPIENT, &CONTAINER, &address::ATTRIBUTES].concat();
    add(&mut search, &known.into_iter().map(str::to_owned).collect::<Vec<_>>());
    add(&mut search, &published);
    add(&mut search, extra);
    careful(search)
}

/// Whether an attribute holds a password or another credential: no export is to have it, and no check needs its value.
fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with("-cred") || name.contains("password")
}

/// Leaves out of an entry what holds a credential and came though nobody asked for it.
pub fn leave_out_secrets(entry: &mut Entry) {
    entry.retain(|name| !is_secret(name));
}

/// The search as a server before SP4 can take it: one that compares an attribute of DN or O/R name syntax with a value finds
/// nothing when it is paged and more objects match than the page holds (Q246567), so it goes out in one piece. A test for
/// presence is not affected (the first script of that article).
fn careful(search: Search) -> Search {
    let is_name = |name: &str| {
        let known = schema::attribute(name).or_else(|| schema::attribute_by_exchange_name(name));
        known.is_some_and(schema::Attribute::holds_names)
    };
    if search.filter.comparisons().into_iter().any(is_name) { search.in_one_piece() } else { search }
}

fn add(search: &mut Search, extra: &[String]) {
    for name in extra {
        if !search.attributes.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            search.attributes.push(name.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MDB: &str = "cn=Microsoft Private MDB,cn=SRV,cn=Servers,cn=Configuration,ou=S,o=Org";

    #[test]
    fn a_filter_that_compares_names_goes_out_in_one_piece() {
        let piece = |filter: Filter| careful(Search::below(Dn::default(), filter, &["cn"])).in_one_piece;
        for name in ["Home-MDB", "home-mta", "Obj-Dist-Name", "distinguishedName", "Auth-Orig", "member"] {
            assert!(piece(Filter::equal(name, MDB)), "{name}");
            let inside = Filter::And(vec![Filter::present("uid"), Filter::Not(Box::new(Filter::equal(name, MDB)))]);
            assert!(piece(inside), "{name}");
            assert!(!piece(Filter::present(name)), "presence works (Q246567)");
        }
        for name in ["uid", "Extension-Data", "objectClass", "Own-Attribute"] {
            assert!(!piece(Filter::equal(name, MDB)), "{name}");
        }
    }

    #[test]
    fn one_selection_among_others_narrows_none_of_them() {
        let of = |words: &[&str]| {
            let selections: Vec<_> = words.iter().map(|word| Selection::named(word).expect(word)).collect();
            any_of(&selections).to_string()
        };
        assert_eq!(of(&["key-management", "server"]), "(|(KM-Server=*)(objectClass=Computer))");
        assert_eq!(of(&["object", "server"]), "(objectClass=*)");
    }

    #[test]
    fn everything_is_asked_for_but_credentials() {
        let search = everything_below(&Dn::of([("o", "Org")]), &[]);
        let asked = |name: &str| search.attributes.iter().any(|asked| asked.eq_ignore_ascii_case(name));
        assert!(asked("Home-MDB") && asked("MTA-Local-Desig"));
        let secret = ["MTA-Local-Cred", "Gateway-Local-Cred", "RAS-Password", "Authorized-Password", "DXA-Password"];
        for name in secret {
            assert!(!asked(name), "{name}");
        }
    }

    /// Every request this file builds is careful; those whose filter the caller gives are tried with names in it.
    #[test]
    fn no_request_is_forgotten() {
        let source = include_str!("requests.rs").split("#[cfg(test)]").next().expect("code");
        let builders = source.split("\npub fn ").skip(1).filter(|function| function.contains("-> Search {"));
        let careless: Vec<&str> = builders
            .filter(|function| !function.contains("careful(") && !function.starts_with("in_file("))
            .filter_map(|function| function.split('(').next())
            .collect();
        assert_eq!(careless, Vec::<&str>::new(), "these build a request without careful()");

        let base = Dn::of([("o", "Org")]);
        let by_name = vec![Filter::equal("uid", "Admin"), Filter::equal("Home-MDB", MDB)];
        assert!(declared(&base, by_name, &[]).in_one_piece);
        let others = [
            services(&base, true, &[]),
            containers(&base),
            recipient(&base, &[]),
            declared(&base, vec![Filter::equal("uid", "Admin")], &[]),
            container(&base),
            hidden(&base, 1),
            x400(&base),
        ];
        for search in others {
            assert!(!search.in_one_piece, "{} compares no names and may be paged", search.filter);
        }
    }
}
