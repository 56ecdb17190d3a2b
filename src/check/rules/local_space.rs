//! `local-address-spaces`: an address space of type LOCAL with an X.400 address has commas between its terms, and a country
//! code (Q182798, Q161947). The routing calculation of each site meets it: 5.5 SP1 and 4.0 SP5 skip it (Q242221, Q174189), others leave
//! out the connectors that come after it too.
//!
//! Such a one is typed in as type `LOCAL` and address `X400:c=..,a=..`; that `Routing-List` holds it as `LOCAL:X400:c=..`
//! follows from the form of others (Q199412), and is inferred.

use super::founds::Founds;
use super::servers::{self, Servers};
use super::{Answer, Comparing, Found, Reading, Ruling};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::questions::{Object, Population, Seen};
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalSpace {}

const SPACES: &str = "Routing-List";

impl Reading for LocalSpace {
    fn attributes(&self) -> Vec<&str> {
        vec![SPACES]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        servers::beside()
    }

    fn expected(&self) -> String {
        "LOCAL address spaces like X400:c=DE,a= ,p=ORGANIZATION,".into()
    }
}

impl Comparing for LocalSpace {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut servers = None;
        for object in subjects.iter().map(|seen| Object::of(*seen)) {
            let answer = match fault(&object) {
                Some(fault) => Ok(broken(fault, servers.get_or_insert_with(|| Servers::of(&object, leaves_out_others)))),
                None => sound(&object),
            };
            founds.add(&object, answer);
        }
        founds.all()
    }
}

/// What is wrong with an address space of a connector.
fn fault(object: &Object<'_>) -> Option<String> {
    object.seen_texts(SPACES).find_map(|text| {
        let space = AddressSpace::parse(&text).filter(|space| space.kind == "LOCAL")?;
        Some(format!("the address space {text} {}", wrong_in(&space.address)?))
    })
}

/// What is said of a connector on which nothing wrong was seen.
fn sound(object: &Object<'_>) -> Answer {
    object.values(SPACES)?;
    let is_local = |text: &str| AddressSpace::parse(text).is_some_and(|space| space.kind == "LOCAL");
    let any = object.seen_texts(SPACES).any(|text| is_local(&text));
    Ok(Ruling::holds(if any { "they are well formed" } else { "no address space is LOCAL" }))
}

/// Whether the routing calculation of a release leaves out the connectors that come after such an address space.
fn leaves_out_others(release: Release) -> bool {
    let [five, sp1, four_sp5] = [Release::FIVE, Release::new(5, 5, 1), Release::new(4, 0, 5)];
    release < four_sp5 || (five..sp1).contains(&release)
}

/// A fault, and what it does with what the servers run.
fn broken(fault: String, servers: &Servers) -> Ruling {
    match &servers.faulty {
        Some((server, version)) => {
            let message = format!("{fault}; {server} runs {}, which leaves out the other connectors too", version.name);
            Ruling::broken(Reason::Malformed, message)
        }
        None if servers.open.is_empty() => {
            let message = format!("{fault}; every server runs a release that skips it, so it routes nothing");
            Ruling::broken(Reason::Malformed, message).only(Severity::Warning)
        }
        // what some servers run was not seen
        None => Ruling::broken(Reason::Malformed, format!("{fault}; from 5.5 SP1 and 4.0 SP5 on it would only route nothing")),
    }
}

/// What is wrong with the address of a LOCAL address space.
fn wrong_in(address: &str) -> Option<&'static str> {
    let (kind, terms) = address.split_once(':')?;
    if !kind.trim().eq_ignore_ascii_case("X400") {
        return None;
    }
    if terms.contains(';') {
        return Some("has a semicolon between its terms, where LOCAL needs a comma");
    }
    let mut terms = terms.split(',').filter_map(|term| term.split_once('='));
    let (_, country) = terms.find(|(key, _)| key.trim().eq_ignore_ascii_case("c"))?;
    let country = country.trim();
    let is_code = match country.len() {
        2 => country.bytes().all(|byte| byte.is_ascii_alphabetic()),
        // X.121 country codes
        3 => country.bytes().all(|byte| byte.is_ascii_digit()),
        length => length == 0 || country.contains('*'),
    };
    (!is_code).then_some("has an invalid country code")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_articles() {
        for (address, wrong) in [
            ("X400:c=XX;a=VOID", true),
            ("X400:c=MyCountry, a=*", true),
            ("X400:c=DE,a=dbp,p=Org,", false),
            ("x400:a= ,c=USA", true),
            ("X400:c=*", false),
            ("X400:c=276,a= ", false),
            ("X400:a=dbp", false),
            ("SMTP:", false),
            ("SMTP:a;b", false),
            ("*", false),
        ] {
            assert_eq!(wrong_in(address).is_some(), wrong, "{address}");
        }
    }
}
