//! `generator-has-site-address` and `site-address-has-generator`: every address type has both, or neither.

use super::{Judging, Object, Ruling, site};
use crate::directory::entry::Entry;
use crate::exchange::class::has_class;
use crate::exchange::naming;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The judged object is a generator; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasSiteAddress {}

/// The judged object is a Site Addressing; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HasGenerator {}

impl Judging for HasSiteAddress {
    fn attributes(&self) -> Vec<&str> {
        vec!["rdn"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let addressing = site::beside("site-addressing", &["Gateway-Proxy", "Disabled-Gateway-Proxy"]);
        // what is disabled is not replicated between sites: that a server of the site answered shows in its protocol objects
        addressing.into_iter().chain(site::beside("protocol", &["Port-Number", "Anonymous-Access"])).collect()
    }

    fn expected(&self) -> String {
        "its address type in Gateway-Proxy or Disabled-Gateway-Proxy of Site Addressing".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let Some(kind) = generator_type(object.entry) else {
            return Some(Ruling::nothing("the name does not tell an address type (TYPE:processor)"));
        };
        let Some(addressing) = site::of(organization, &object.entry.dn) else {
            return Some(site::unread(&naming::site_name(&object.entry.dn).unwrap_or_default()));
        };
        if site::addresses(addressing).iter().any(|(address, _)| *address == kind) {
            return Some(Ruling::holds(format!("Site Addressing has a {kind} address")));
        }
        for attribute in ["Gateway-Proxy", "Disabled-Gateway-Proxy"] {
            if let Err(unknown) = site::known(organization, addressing, attribute) {
                return Some(unknown);
            }
        }
        if is_disabled(addressing, &kind) {
            return Some(Ruling::holds(format!("{kind} addresses are disabled in Site Addressing")));
        }
        let message = format!("Site Addressing has no {kind} address, and does not list {kind} as disabled");
        Some(Ruling::broken(Reason::Mismatch, message))
    }
}

impl Judging for HasGenerator {
    fn attributes(&self) -> Vec<&str> {
        vec!["Gateway-Proxy", "Disabled-Gateway-Proxy"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("address-generator", &["objectClass"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "an e-mail address generator for each address type".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        object.values("Gateway-Proxy")?;
        let generated = generated(organization, object.entry);
        let mut kinds: Vec<String> = site::addresses(object.entry).into_iter().map(|(kind, _)| kind).collect();
        kinds.retain(|kind| !generated.contains(kind));
        kinds.sort();
        kinds.dedup();
        if kinds.is_empty() {
            return Some(Ruling::holds("each address type has a generator"));
        }
        if generated.is_empty() {
            let message = "no e-mail address generator of the site was shown\nTo decide it, bind as an administrator, or export the \
                           container Addressing > E-Mail Address Generators too.";
            return Some(Ruling::unknown(Reason::ConfigUnreadable, message));
        }
        if let Some(how) = organization.configuration_search.as_ref().and_then(|ended| ended.trouble()) {
            return Some(Ruling::unknown(
                Reason::Truncated,
                format!("the search for e-mail address generators did not complete: {how}"),
            ));
        }
        object.values("Disabled-Gateway-Proxy")?;
        kinds.retain(|kind| !is_disabled(object.entry, kind));
        if kinds.is_empty() {
            return Some(Ruling::holds("the address types without a generator are disabled"));
        }
        let ruling = Ruling::broken(Reason::Mismatch, format!("no e-mail address generator for {}", kinds.join(", ")));
        // a file cannot prove that it holds every generator
        Some(if organization.proves_endings { ruling } else { ruling.inferred() })
    }
}

/// The address type of a generator: what stands before the processor in its name, `RFAX:i386` (Q168074).
fn generator_type(generator: &Entry) -> Option<String> {
    let name = generator.dn.rdn()?.text();
    let (kind, _) = name.split_once(':')?;
    Some(kind.trim().to_ascii_uppercase()).filter(|kind| !kind.is_empty())
}

/// The address types that have a generator in the site of an object, for whatever processor.
fn generated(organization: &Organization, of: &Entry) -> Vec<String> {
    let site = naming::site_of(&of.dn).map(|site| site.key());
    let same = |entry: &&Entry| has_class(entry, "Addr-Type") && naming::site_of(&entry.dn).map(|other| other.key()) == site;
    organization.living().filter(same).filter_map(generator_type).collect()
}

/// Whether a site lists an address type as disabled. That each value is a type or begins with one and a colon is inferred: the
/// articles only say that the types are listed (Q175953).
fn is_disabled(addressing: &Entry, kind: &str) -> bool {
    addressing
        .texts("Disabled-Gateway-Proxy")
        .any(|text| text.split(':').next().is_some_and(|head| head.trim().eq_ignore_ascii_case(kind)))
}
