//! `local-address-spaces`: an address space of type LOCAL with an X.400 address has commas between its terms, and a country
//! code (Q182798, Q161947).
//!
//! Such a one is typed in as type `LOCAL` and address `X400:c=..,a=..`; that `Routing-List` holds it as `LOCAL:X400:c=..`
//! follows from the form of others (Q199412), and is inferred.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::questions::Object;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LocalSpace {}

impl Reading for LocalSpace {
    fn attributes(&self) -> Vec<&str> {
        vec!["Routing-List"]
    }

    fn expected(&self) -> String {
        "LOCAL address spaces like X400:c=DE,a= ,p=ORGANIZATION,".into()
    }
}

impl Judging for LocalSpace {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let mut local = 0;
        for text in object.seen_texts("Routing-List") {
            let Some(space) = AddressSpace::parse(&text).filter(|space| space.kind == "LOCAL") else { continue };
            local += 1;
            if let Some(wrong) = wrong_in(&space.address) {
                return Ok(Ruling::broken(Reason::Malformed, format!("the address space {text} {wrong}")));
            }
        }
        object.values("Routing-List")?;
        Ok(Ruling::holds(if local == 0 { "no address space is LOCAL" } else { "they are well formed" }))
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
