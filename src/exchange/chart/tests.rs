use super::survey::survey;
use super::*;
use crate::exchange::fake::{questions, table};

const NORTH: &str = "
dn: ou=NORTH,o=Org
objectClass: organizationalUnit

dn: cn=N1,cn=Servers,cn=Configuration,ou=NORTH,o=Org
objectClass: Computer
serialNumber: Version 5.5 (Build 2653.23: Service Pack 4)

dn: cn=Site-Addressing,cn=Configuration,ou=NORTH,o=Org
objectClass: Site-Addressing
Gateway-Proxy: X400:c=US;a= ;p=Org;o=North;

dn: cn=Internet Mail Connector (N1),cn=Connections,cn=Configuration,ou=NORTH,o=Org
objectClass: Mail-Gateway
Routing-List: SMTP:*;;1
Routing-List: SMTP:example.net;;5

dn: cn=To south,cn=Connections,cn=Configuration,ou=NORTH,o=Org
objectClass: X400-Link
objectClass: Mail-Gateway
Home-MTA: cn=Microsoft MTA,cn=N1,cn=Servers,cn=Configuration,ou=NORTH,o=Org
Routing-List: X400:C=us;a= ;P=org;o=SOUTH;;1
Routing-List: X400:c=FR;a=ATLAS;p=Elsewhere;;1

dn: cn=Replication,cn=Replication Connectors,cn=Configuration,ou=NORTH,o=Org
objectClass: Replication-Connector
Local-Bridge-Head: N1
Remote-Site: ou=EAST,o=Org

dn: cn=Post offices,cn=Connections,cn=Configuration,ou=NORTH,o=Org
objectClass: Mail-Connector
objectClass: Mail-Gateway
Connected-Domains: Org§WEST§1§X400:c=US;a= ;p=Org;o=West;
Connected-Domains: in another form
";

const SOUTH: &str = "
dn: ou=SOUTH,o=Org
objectClass: organizationalUnit

dn: cn=Site-Addressing,cn=Configuration,ou=SOUTH,o=Org
objectClass: Site-Addressing
Gateway-Proxy: SMTP:@south.example.com
Gateway-Proxy: X400:c=US;a= ;p=Org;o=South;
";

fn chart(parts: &[&str]) -> Chart {
    Chart::of(&questions(&parts.concat()))
}

/// `A > B by what`, a line for each join.
fn joins(chart: &Chart) -> Vec<String> {
    let of_site = |site: &Site| -> Vec<String> {
        let links = site.services.iter().chain(&site.connectors);
        let joins = links.flat_map(|link| link.joins.iter().map(move |join| (link, join)));
        joins.map(|(link, join)| format!("{} > {} by {:?}, {:?}", link.name, join.site, join.by, join.confidence)).collect()
    };
    chart.sites.iter().flat_map(of_site).collect()
}

#[test]
fn a_connector_joins_what_it_names_and_nothing_that_it_does_not() {
    let chart = chart(&[NORTH, SOUTH]);
    assert_eq!(
        joins(&chart),
        [
            "Post offices > WEST by ConnectedSite, Inferred",
            "Replication > EAST by RemoteSite, Documented",
            "To south > SOUTH by AddressSpace, Inferred"
        ]
    );
    let north = chart.sites.iter().find(|site| site.name == "NORTH").expect("NORTH");
    assert_eq!(north.services[0].spaces, ["SMTP:*", "SMTP:example.net"]);
    let kinds: Vec<(Kind, Option<&str>)> = north.connectors.iter().map(|own| (own.kind, own.server.as_deref())).collect();
    assert_eq!(kinds, [(Kind::MsMail, None), (Kind::Replication, Some("N1")), (Kind::X400, Some("N1"))]);
    assert_eq!(north.connectors[2].spaces, ["X400:c=FR;a=ATLAS;p=Elsewhere"]);
    assert_eq!(north.servers[0].version.as_deref(), Some("Exchange 5.5 SP4"));
}

#[test]
fn sites_that_are_only_named_are_unseen() {
    let seen =
        |chart: &Chart| -> Vec<String> { chart.sites.iter().map(|site| format!("{} {:?}", site.name, site.seen)).collect() };
    assert_eq!(seen(&chart(&[NORTH, SOUTH])), ["EAST NotAtAll", "NORTH Whole", "SOUTH InPart", "WEST NotAtAll"]);
}

#[test]
fn an_address_that_two_sites_have_tells_of_neither() {
    let twin = SOUTH.replace("ou=SOUTH", "ou=TWIN");
    let chart = chart(&[NORTH, SOUTH, &twin]);
    assert!(!joins(&chart).iter().any(|join| join.contains("To south")), "{:?}", joins(&chart));
    assert!(chart.sites.iter().flat_map(|site| &site.connectors).any(|own| own.spaces.len() == 2));
}

#[test]
fn what_there_is_no_place_for_is_counted() {
    let questions = questions(&[NORTH, SOUTH].concat());
    let chart = survey(&questions, Most { sites: 3, servers: 0, links: 2 });
    assert_eq!(chart.left_out, LeftOut { sites: 1, servers: 1, connectors: 2 });
    assert_eq!(chart.sites.len(), 3);
    let whole = survey(&questions, MOST);
    assert!(whole.left_out.is_none());
    assert_eq!(serde_json::to_string(&whole).expect("JSON"), serde_json::to_string(&survey(&questions, MOST)).expect("JSON"));
}

#[test]
fn of_recipients_alone_the_sites_are_seen_in_part() {
    let csv = "Obj-Class,Directory Name,Obj-Container\nMailbox,anna,/o=Org/ou=NORTH/cn=Recipients\n";
    let chart = Chart::of(&table(csv));
    assert!(chart.sites.iter().all(|site| site.seen == Sight::InPart && site.servers.is_empty()), "{chart:?}");
}
