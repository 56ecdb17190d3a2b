//! `name-characters`: the names of a site and of its organization have characters that addresses can be made of.

use super::{Answer, Judging, Reading, Ruling, site};
use crate::exchange::naming;
use crate::exchange::questions::{Causes, Object};
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The judged object is a site; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameCharacters {}

/// The Site Encryption Configurations that name a Key Management server: without one nobody issues certificates.
const CERTIFIERS: &str = "key-management";
/// Characters of a name that a message tells.
const MOST_TOLD: usize = 20;

impl Reading for NameCharacters {
    fn attributes(&self) -> Vec<&str> {
        vec!["ou"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        let compared: [(&str, &[&'static str]); 2] = [("site-addressing", &["Gateway-Proxy"]), (CERTIFIERS, &["KM-Server"])];
        compared.into_iter().filter_map(|(word, names)| site::beside(word, names)).collect()
    }

    fn expected(&self) -> String {
        "names of letters, digits, blanks and & ' ( ) + , - . / : = ?".into()
    }
}

impl Judging for NameCharacters {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let dn = object.dn();
        let names = [("site", naming::site_name(&dn)), ("organization", naming::organization_name(&dn))];
        let names: Vec<(&str, String)> = names.into_iter().filter_map(|(of, name)| name.map(|name| (of, name))).collect();
        if let Some((of, _)) = names.iter().find(|(_, name)| name.contains('@')) {
            return at_sign(object, of);
        }
        let odd =
            |name: &str| name.chars().filter(|c| !is_harmless(*c)).take(MOST_TOLD).map(String::from).collect::<BTreeSet<_>>();
        let told: Vec<(&str, BTreeSet<String>)> =
            names.iter().map(|(of, name)| (*of, odd(name))).filter(|(_, odd)| !odd.is_empty()).collect();
        let parts: Vec<String> = told
            .iter()
            .map(|(of, odd)| format!("the name of the {of} holds {}", odd.iter().cloned().collect::<Vec<_>>().join(" ")))
            .collect();
        let mut faults = Vec::new();
        if !parts.is_empty() {
            faults.push(format!("{}, which PrintableString does not allow", parts.join(", and ")));
        }
        if names.iter().any(|(of, name)| *of == "organization" && name.contains(',')) && has_certifier(object)? {
            let fault = "the name of the organization holds a comma, with which no X.509 version 3 certificates can be issued";
            faults.push(format!("{fault} (Q218802)"));
        }
        if faults.is_empty() {
            return Ok(Ruling::holds("every character of the names can be in an address, or does no harm"));
        }
        Ok(Ruling::broken(Reason::Malformed, faults.join("; ")).only(Severity::Info))
    }
}

/// Whether a site of the organization names a Key Management server.
fn has_certifier(object: &Object<'_>) -> Result<bool, Causes> {
    let all = object.everywhere(CERTIFIERS);
    if all.count() > 0 {
        return Ok(true);
    }
    site::every_site_of(object, &all)?;
    if let Some(selection) = Selection::named(CERTIFIERS) {
        site::was_asked_for(object, selection)?;
    }
    Ok(false)
}

/// A name with `@`: what is generated from it is wrong, unless somebody wrote the SMTP address of the site by hand (Q201470).
fn at_sign(object: &Object<'_>, of: &str) -> Answer {
    let addressing = site::addressing(object, &object.dn())?;
    let addresses = site::addresses(addressing.texts("Gateway-Proxy")?);
    object.rests_on(&addressing.ground());
    let mut smtp = addresses.iter().filter(|(kind, _)| kind == "SMTP").peekable();
    let mended = smtp.peek().is_some() && smtp.all(|(_, address)| is_template(address));
    let message = format!("the name of the {of} holds @, and SMTP addresses made from it are wrong");
    if mended {
        let message = format!("{message}; the site's SMTP address looks as if it was corrected by hand");
        return Ok(Ruling::broken(Reason::Malformed, message).only(Severity::Info).inferred());
    }
    Ok(Ruling::broken(Reason::Malformed, message))
}

/// Whether an SMTP site address is a template as it should be: one `@`, and before it nothing, or what stands for a recipient's
/// names.
fn is_template(address: &str) -> bool {
    match address.split_once('@') {
        Some((before, domain)) => !domain.contains('@') && !domain.is_empty() && (before.is_empty() || before.contains('%')),
        None => false,
    }
}

/// What can be in an address, and `&`: X.400 addresses have `?` in its place, which causes no problem. That is said of the name of an
/// organization (Q155840), and inferred for a site.
fn is_harmless(c: char) -> bool {
    is_printable(c) || c == '&'
}

/// PrintableString (ITU-T X.680, clause 41; Q108732).
fn is_printable(c: char) -> bool {
    c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c)
}
