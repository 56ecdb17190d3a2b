//! `generator-has-site-address`, `site-address-has-generator` and `site-address-type`: every address type has both, or neither: a type
//! whose address and generator were removed together was stopped on purpose, which is the documented way (Q175480).

use super::founds::Founds;
use super::{Answer, Comparing, Found, Judging, Reading, Ruling, site};
use crate::directory::dn::Dn;
use crate::exchange::questions::{Cause, Causes, Ground, Object, Population, Seen};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The judged object is a generator; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasSiteAddress {}

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasGenerator {}

/// The judged object is a Site Addressing: it has an address of a type, the type is disabled, or the type is gone altogether.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasType {
    /// The type, `SMTP`.
    r#type: String,
}

/// The judged object is a Site Addressing: none of its address types is disabled, but for some.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoneDisabled {
    /// The types that may be.
    #[serde(default)]
    except: Vec<String>,
}

/// The attributes that hold the site addresses, and the address types that are disabled.
const ADDRESSES: &str = "Gateway-Proxy";
const DISABLED: &str = "Disabled-Gateway-Proxy";

impl Reading for HasSiteAddress {
    fn attributes(&self) -> Vec<&str> {
        vec!["rdn"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let addressing = site::beside("site-addressing", &[ADDRESSES, DISABLED]);
        // what is disabled is not replicated between sites: that a server of the site answered shows in its protocol objects
        addressing.into_iter().chain(site::beside("protocol", &["Port-Number", "Anonymous-Access"])).collect()
    }

    fn expected(&self) -> String {
        "its address type in Gateway-Proxy or Disabled-Gateway-Proxy of Site Addressing".into()
    }
}

impl Comparing for HasSiteAddress {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for generator in subjects.iter().map(|seen| Object::of(*seen)) {
            let types = sites.entry(site::key(&generator)).or_insert_with(|| Types::at(&generator));
            founds.add(&generator, has_address(&generator, types));
        }
        founds.all()
    }
}

/// The address types in the Site Addressing of a site.
struct Types {
    addresses: HashSet<String>,
    disabled: HashSet<String>,
    /// On what ground these are all, or why there may be others.
    whole: Result<Ground, Causes>,
}

impl Types {
    /// Those of the site of an object.
    fn at(object: &Object<'_>) -> Self {
        let none = |causes| Self { addresses: HashSet::new(), disabled: HashSet::new(), whole: Err(causes) };
        let Some(site) = object.seen().site_dn() else {
            return none(object.cause(Cause::ConfigurationUnseen { sites: Vec::new() }));
        };
        let addressing = match site::addressing(object, site) {
            Ok(addressing) => addressing,
            Err(causes) => return none(causes),
        };
        let addresses = site::addresses(addressing.seen_texts(ADDRESSES)).into_iter().map(|(kind, _)| kind).collect();
        let disabled = types_in(addressing.seen_texts(DISABLED));
        let values = addressing.values(ADDRESSES).and_then(|_| addressing.values(DISABLED));
        Self { addresses, disabled, whole: values.map(|_| addressing.ground()) }
    }
}

/// What is said of a generator.
fn has_address(generator: &Object<'_>, types: &Types) -> Answer {
    let Some(kind) = generator_type(&generator.dn()) else {
        return Ok(Ruling::nothing("the name does not give an address type (TYPE:processor)"));
    };
    if types.addresses.contains(&kind) {
        return Ok(Ruling::holds(format!("Site Addressing has a {kind} address")));
    }
    if types.disabled.contains(&kind) {
        return Ok(Ruling::holds(format!("{kind} addresses are disabled in Site Addressing")));
    }
    generator.rests_on(types.whole.as_ref().map_err(Causes::clone)?);
    let message = format!("Site Addressing has no {kind} address, and does not list {kind} as disabled");
    Ok(Ruling::broken(Reason::Mismatch, message))
}

impl Reading for HasGenerator {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDRESSES, DISABLED]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("address-generator", &["objectClass"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "an e-mail address generator for each address type".into()
    }
}

impl Comparing for HasGenerator {
    fn compare(&self, subjects: &[Seen<'_>], _: &Population<'_>, most: usize) -> Vec<Found> {
        let mut founds = Founds::at_most(most);
        let mut sites = HashMap::new();
        for addressing in subjects.iter().map(|seen| Object::of(*seen)) {
            let generators = sites.entry(site::key(&addressing)).or_insert_with(|| Generators::at(&addressing));
            founds.add(&addressing, has_generators(&addressing, generators));
        }
        founds.all()
    }
}

/// The e-mail address generators of a site.
struct Generators<'q> {
    all: Population<'q>,
    /// The address types that have one, for whatever processor.
    types: HashSet<String>,
}

impl<'q> Generators<'q> {
    /// Those of the site of an object.
    fn at(object: &Object<'q>) -> Self {
        let all = object.of_site("address-generator");
        let types = all.seen().filter_map(|generator| generator_type(&generator.dn())).collect();
        Self { all, types }
    }

    /// Nothing, if those that were seen are all that the site of an object has.
    fn are_whole_for(&self, object: &Object<'_>) -> Result<(), Causes> {
        object.is_whole(&self.all)?;
        if !self.types.is_empty() {
            return Ok(());
        }
        // every site has some: none was shown
        Err(match object.seen().site_dn() {
            Some(site) => site::unseen(object, site),
            None => object.cause(Cause::ConfigurationUnseen { sites: Vec::new() }),
        })
    }
}

/// What is said of a Site Addressing.
fn has_generators(addressing: &Object<'_>, generators: &Generators<'_>) -> Answer {
    let kinds = site::addresses(addressing.seen_texts(ADDRESSES)).into_iter().map(|(kind, _)| kind);
    let mut without: BTreeSet<String> = kinds.filter(|kind| !generators.types.contains(kind)).collect();
    let disabled = types_in(addressing.seen_texts(DISABLED));
    let is_all_disabled = !without.is_empty() && without.iter().all(|kind| disabled.contains(kind));
    without.retain(|kind| !disabled.contains(kind));
    if without.is_empty() {
        addressing.values(ADDRESSES)?;
        return Ok(Ruling::holds(match is_all_disabled {
            true => "the address types without a generator are disabled",
            false => "each address type has a generator",
        }));
    }
    generators.are_whole_for(addressing)?;
    addressing.values(DISABLED)?;
    let without = without.into_iter().collect::<Vec<_>>().join(", ");
    Ok(Ruling::broken(Reason::Mismatch, format!("no e-mail address generator for {without}")))
}

impl Reading for HasType {
    fn attributes(&self) -> Vec<&str> {
        vec![ADDRESSES, DISABLED]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("address-generator", &["objectClass"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("{0} in Gateway-Proxy or Disabled-Gateway-Proxy, or no generator for {0}", self.r#type)
    }
}

impl Judging for HasType {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let kind = self.r#type.to_ascii_uppercase();
        if site::addresses(object.seen_texts(ADDRESSES)).iter().any(|(own, _)| *own == kind) {
            return Ok(Ruling::holds(format!("it has an address of type {kind}")));
        }
        if types_in(object.seen_texts(DISABLED)).contains(&kind) {
            return Ok(Ruling::holds(format!("{kind} addresses are disabled")));
        }
        object.values(ADDRESSES)?;
        let generators = Generators::at(object);
        if !generators.types.contains(&kind) {
            generators.are_whole_for(object)?;
            return Ok(Ruling::holds(format!("{kind} has neither an address nor a generator: it was removed on purpose")));
        }
        object.values(DISABLED)?;
        let message = format!("it has no address of type {kind}, but the site still has a generator for it");
        Ok(Ruling::broken(Reason::NotSet, message))
    }
}

impl Reading for NoneDisabled {
    fn attributes(&self) -> Vec<&str> {
        vec![DISABLED]
    }

    fn expected(&self) -> String {
        match self.except.as_slice() {
            [] => format!("no {DISABLED}"),
            except => format!("no {DISABLED} but {}", except.join(", ")),
        }
    }
}

impl Judging for NoneDisabled {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[DISABLED])?;
        let is_excepted = |kind: &String| self.except.iter().any(|except| except.eq_ignore_ascii_case(kind));
        let disabled: BTreeSet<String> = types_in(object.seen_texts(DISABLED)).into_iter().collect();
        let told = |kinds: &[&str]| kinds.join(", ");
        let faults: Vec<&str> = disabled.iter().filter(|kind| !is_excepted(kind)).map(String::as_str).collect();
        if !faults.is_empty() {
            return Ok(Ruling::broken(Reason::NotMet, format!("the address type {} is disabled", told(&faults))));
        }
        object.values(DISABLED)?;
        let excepted: Vec<&str> = disabled.iter().map(String::as_str).collect();
        Ok(Ruling::holds(match excepted.as_slice() {
            [] => "no address type is disabled".to_owned(),
            some => format!("only {} is disabled", told(some)),
        }))
    }
}

/// The address type of a generator: what stands before the processor in its name, `RFAX:i386` (Q168074).
fn generator_type(generator: &Dn) -> Option<String> {
    let name = generator.leaf();
    let (kind, _) = name.split_once(':')?;
    Some(kind.trim().to_ascii_uppercase()).filter(|kind| !kind.is_empty())
}

/// The address types that a site lists as disabled, in upper case. That each value is a type or begins with one and a colon is
/// inferred: the articles only say that the types are listed (Q175953).
fn types_in(listed: impl Iterator<Item = String>) -> HashSet<String> {
    listed.filter_map(|text| text.split(':').next().map(|head| head.trim().to_ascii_uppercase())).collect()
}
