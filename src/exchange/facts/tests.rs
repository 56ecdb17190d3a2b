//! The facts of an organization of two sites, of one that shows little, and of hostile texts.

use super::*;
use crate::exchange::fake::questions;

const TWO_SITES: &str = include_str!("two-sites.ldif");

/// `about | name: values`, and what was not seen behind a question mark.
fn told(ldif: &str, word: &str, named: Named<'_>) -> Vec<String> {
    let row = |fact: Fact| {
        let why = fact.not_seen.map(|why| format!(" ? {why}")).unwrap_or_default();
        format!("{} | {}: {}{why}", fact.about, fact.name, fact.values.join(", "))
    };
    Facts::named(word).expect(word).rows(&questions(ldif), named).into_iter().map(row).collect()
}

fn dn(text: &str) -> Dn {
    Dn::parse(text.as_bytes()).expect("dn")
}

#[test]
fn each_service_its_administrator_and_its_mail() {
    assert_eq!(
        told(TWO_SITES, "services", Named::Nothing),
        [
            "BERN / Internet Mail Connector (BERN1) | server: BERN1",
            "BERN / Internet Mail Connector (BERN1) | administrator mailbox: cn=Postmaster,cn=Recipients,ou=BERN,o=Trade, found in \
             Extension-Data (inferred)",
            "BERN / Internet Mail Connector (BERN1) | address spaces: SMTP:* (cost 1)",
            "CADIZ / Internet Mail Connector (CADIZ1) | server: CADIZ1",
            "CADIZ / Internet Mail Connector (CADIZ1) | administrator mailbox: cn=Postmaster,cn=Recipients,ou=CADIZ,o=Trade, found in \
             Extension-Data (inferred)",
            "CADIZ / Internet Mail Connector (CADIZ1) | address spaces: SMTP:*.example (cost 5)",
        ]
    );
    let server = dn("cn=BERN2,cn=Servers,cn=Configuration,ou=BERN,o=Trade");
    let own = told(TWO_SITES, "services", Named::Server(&server));
    assert!(own.len() == 3 && own.iter().all(|row| row.starts_with("BERN")), "{own:?}");
}

#[test]
fn each_server_its_release_and_its_roles() {
    let roles = "routing calculation, offline address book, site folders, key management, public folders of private stores";
    let server = dn("cn=BERN2,cn=Servers,cn=Configuration,ou=BERN,o=Trade");
    let own = [
        "BERN / BERN1 | release: Exchange 5.5 SP4 (build 2653.23)".to_owned(),
        "BERN / BERN1 | information stores: private, public".to_owned(),
        format!("BERN / BERN1 | roles: {roles}"),
        "BERN / BERN2 | release: Exchange 5.5 SP3 (build 2650.24)".to_owned(),
        "BERN / BERN2 | information stores: private".to_owned(),
        "BERN / BERN2 | roles: ".to_owned(),
    ];
    assert_eq!(told(TWO_SITES, "servers", Named::Server(&server)), own);
    assert_eq!(told(TWO_SITES, "servers", Named::Nothing).len(), 9);
}

#[test]
fn each_site_its_roles_addresses_and_connectors() {
    let roles = told(TWO_SITES, "roles", Named::Nothing);
    for row in [
        "BERN | routing calculation: BERN1",
        "BERN | offline address book: BERN1",
        "BERN | site folders: BERN1",
        "BERN | key management: BERN1",
        "BERN / BERN2 | public folders of private stores: BERN1",
        "CADIZ | routing calculation: CADIZ1",
    ] {
        assert!(roles.iter().any(|told| told == row), "{row} in {roles:?}");
    }
    let addresses = told(TWO_SITES, "site-addressing", Named::Nothing);
    assert_eq!(
        addresses[0],
        "BERN | generated addresses: X400:c=CH;a= ;p=Trade;o=BERN;, SMTP:@bern.trade.example, MS:TRADE/BERN"
    );
    assert_eq!(addresses[1], "BERN | disabled types:  ? Disabled-Gateway-Proxy was not asked for");
    assert_eq!(addresses[2], "BERN | routing is calculated: Selected times (1)");
    let connectors = told(TWO_SITES, "connectors", Named::Nothing);
    for row in [
        "BERN / Directory Replication Connector (CADIZ) | local bridgehead: BERN1",
        "BERN / Directory Replication Connector (CADIZ) | remote bridgehead: CADIZ1",
        "CADIZ / To BERN | kind: X.400 connector on CADIZ1",
        "CADIZ / To BERN | joins site: BERN (by its address space)",
    ] {
        assert!(connectors.iter().any(|told| told == row), "{row} in {connectors:?}");
    }
    let routing = told(TWO_SITES, "routing", Named::Nothing);
    assert!(
        routing.contains(&"BERN / To CADIZ | address spaces: X400:c=CH;a= ;p=Trade;o=CADIZ (cost 1)".to_owned()),
        "{routing:?}"
    );
    assert!(
        routing.contains(&"CADIZ | own addresses (Site-Proxy-Space): X400:c=CH;a= ;p=Trade;o=CADIZ;".to_owned()),
        "{routing:?}"
    );
}

#[test]
fn the_names_of_the_registry_are_those_of_the_directory() {
    let server = dn("cn=BERN2,cn=Servers,cn=Configuration,ou=BERN,o=Trade");
    assert_eq!(
        told(TWO_SITES, "registry", Named::Server(&server)),
        [
            "BERN / BERN2 | MSExchangeSA\\Parameters (Q201164): Enterprise = Trade, Site = BERN, Server = BERN2",
            "BERN / BERN2 | MSExchangeMTA\\Parameters, X500 DN: names (Q155027): /o=Trade/ou=BERN/cn=Configuration/cn=Servers/cn=BERN2",
        ]
    );
    let all = told(TWO_SITES, "registry", Named::Nothing);
    let of_services: Vec<&String> = all.iter().filter(|row| row.contains("SiteDN")).collect();
    assert!(of_services.len() == 2 && of_services[0].starts_with("BERN / BERN1"), "{of_services:?}");
}

#[test]
fn the_named_object_with_what_hangs_on_it() {
    let object = dn("cn=Postmaster,cn=Recipients,ou=CADIZ,o=Trade");
    let rows = told(TWO_SITES, "object", Named::Object(&object));
    let of = |name: &str| {
        let begin = format!("{object} | {name}: ");
        rows.iter().find_map(|row| row.strip_prefix(&begin)).unwrap_or_else(|| panic!("{name} in {rows:?}")).to_owned()
    };
    assert_eq!(of("home server (Home-MDB)"), "CADIZ1");
    assert!(of("administrator of").starts_with("CADIZ / Internet Mail Connector (CADIZ1), "));
    assert!(of("addresses").starts_with("SMTP:postmaster@cadiz.trade.example (primary), X400:"));
    assert!(of("hidden from the address book").ends_with("no object of its kind shows Hide-From-Address-Book"));
    let gone = told(TWO_SITES, "object", Named::Object(&dn("cn=Nobody,cn=Recipients,ou=CADIZ,o=Trade")));
    assert!(gone.len() == 1 && gone[0].contains(" ? "), "{gone:?}");
}

#[test]
fn what_was_not_seen_is_said() {
    // recipients alone: no configuration
    let little = "dn: cn=X,cn=Recipients,ou=A,o=O\nobjectClass: organizationalPerson\nuid: x\n";
    for word in ["services", "servers", "site-addressing", "routing", "registry"] {
        let rows = told(little, word, Named::Nothing);
        assert!(!rows.is_empty() && rows.iter().all(|row| row.contains(" ? ")), "{word}: {rows:?}");
    }
    let roles = told(little, "roles", Named::Nothing);
    assert!(roles.len() == 5 && roles.iter().all(|row| row.contains(" ? ")), "{roles:?}");
}

#[test]
fn a_text_of_any_length_is_short_and_many_values_are_counted() {
    let spaces: String = (0..50).map(|number| format!("Routing-List: SMTP:{number}{};;1\n", "x".repeat(1000))).collect();
    let ldif = TWO_SITES.replacen("Routing-List: SMTP:*;;1\n", &spaces, 1);
    let rows = Facts::named("services").expect("services").rows(&questions(&ldif), Named::Nothing);
    let row = rows.iter().find(|row| row.name == "address spaces").expect("spaces");
    assert_eq!((row.values.len(), row.more), (10, 40));
    assert!(row.values.iter().all(|value| value.chars().count() < 400));
}
