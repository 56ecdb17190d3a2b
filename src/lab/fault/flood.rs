//! Answers without end.

use super::moment::Moment;
use super::script::Script;
use super::{Known, Phase, wire};

const SEARCH: &[Phase] = &[Phase::Search];

pub(super) const KNOWN: &[Known] = &[
    Known::once("flood-services", SEARCH, |m| flood(m, service), "sends new services without end"),
    Known::once("flood-containers", SEARCH, |m| flood(m, plain), "sends new containers without end"),
    Known::once("flood-names", SEARCH, |m| flood(m, names), "sends objects with ever new attributes without end"),
    Known::once("flood-sites", SEARCH, |m| flood(m, sites), "sends objects of ever new sites without end"),
    Known::once("flood-large", SEARCH, |m| flood(m, large), "sends objects of a MiB without end"),
    Known::once(
        "flood-candidates",
        SEARCH,
        |m| flood(m, candidates),
        "sends services with ever new names to look up, without end",
    ),
    Known::once("flood-references", SEARCH, |m| flood(m, reference), "points to other places without end"),
];

fn flood(mut moment: Moment, one: fn(i32, &str, u64) -> Vec<u8>) -> Script {
    let (id, organization) = (moment.id, moment.organization());
    Script::send((0..).map(move |number| one(id, &organization, number)))
}

fn service(id: i32, organization: &str, number: u64) -> Vec<u8> {
    wire::service(id, &format!("cn=Internet Mail Connector (F{number}),{organization}"))
}

fn plain(id: i32, organization: &str, number: u64) -> Vec<u8> {
    wire::container(id, format!("cn=c{number},{organization}").as_bytes())
}

fn names(id: i32, organization: &str, number: u64) -> Vec<u8> {
    let made = (0..1000).map(|n| wire::attribute(format!("made-{number}-{n}").as_bytes(), ["v"]));
    let attributes: Vec<u8> = [wire::attribute(b"objectClass", ["Container"])].into_iter().chain(made).flatten().collect();
    wire::entry(id, format!("cn=c{number},{organization}").as_bytes(), &attributes)
}

fn sites(id: i32, organization: &str, number: u64) -> Vec<u8> {
    wire::container(id, format!("cn=Recipients,ou=s{number},{organization}").as_bytes())
}

fn large(id: i32, organization: &str, number: u64) -> Vec<u8> {
    let attributes = [wire::attribute(b"objectClass", ["Container"]), wire::attribute(b"description", [vec![b'x'; 1 << 20]])];
    wire::entry(id, format!("cn=c{number},{organization}").as_bytes(), &attributes.concat())
}

fn candidates(id: i32, organization: &str, number: u64) -> Vec<u8> {
    let named = (0..32).map(|n| format!("/{}/ou=S/cn=Recipients/cn=r{number}-{n}", organization.replace(',', "/")));
    let named: String = named.map(|name| format!("{name}\0")).collect();
    let attributes = [wire::attribute(b"objectClass", ["Mail-Gateway"]), wire::attribute(b"Extension-Data", [named])];
    wire::entry(id, format!("cn=Internet Mail Connector (F{number}),{organization}").as_bytes(), &attributes.concat())
}

fn reference(id: i32, _: &str, number: u64) -> Vec<u8> {
    let uri = format!("ldap://server{number}.example.com/o=Example??sub");
    wire::message(id, &[&wire::element(wire::REFERENCE, &[&wire::element(wire::TEXT, &[uri.as_bytes()])])])
}
