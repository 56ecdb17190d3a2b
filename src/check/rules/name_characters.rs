//! `name-characters`: the name of a site or organization has characters that addresses can be made of.

use super::{Judging, Object, Ruling, site};
use crate::directory::entry::Entry;
use crate::exchange::organization::Organization;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The judged object is a site or the organization; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NameCharacters {}

impl Judging for NameCharacters {
    fn attributes(&self) -> Vec<&str> {
        vec!["objectClass"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        site::beside("site-addressing", &["Gateway-Proxy"]).into_iter().collect()
    }

    fn expected(&self) -> String {
        "a name of letters, digits, blanks and ' ( ) + , - . / : = ?".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let name = object.entry.dn.rdn()?.text();
        if name.contains('@') {
            return Some(at_sign(object.organization?, object.entry, &name));
        }
        let odd: Vec<String> = name.chars().filter(|c| !is_printable(*c)).map(String::from).collect();
        Some(match odd.as_slice() {
            [] => Ruling::holds("every character of the name is one of PrintableString"),
            // Q155840
            [only] if only == "&" => {
                let message = "the name holds &; the X.400 addresses made from it have ? instead, which does no harm by itself";
                Ruling::broken(Reason::Malformed, message).only(Severity::Info)
            }
            _ => {
                let message = format!("the name holds {}, which PrintableString has not", odd.join(" "));
                Ruling::broken(Reason::Malformed, message).only(Severity::Info)
            }
        })
    }
}

/// A name with `@`: what is generated from it is wrong, unless somebody wrote the SMTP address of every site by hand (Q201470).
fn at_sign(organization: &Organization, named: &Entry, name: &str) -> Ruling {
    let under = |entry: &&Entry| entry.dn.ancestor(named.dn.rdns().len()).key() == named.dn.key();
    let mut mended = false;
    for addressing in site::all(organization).filter(under) {
        if let Err(unknown) = site::known(organization, addressing, "Gateway-Proxy") {
            return unknown;
        }
        let addresses = site::addresses(addressing);
        let mut smtp = addresses.iter().filter(|(kind, _)| kind == "SMTP").peekable();
        mended = smtp.peek().is_some() && smtp.all(|(_, address)| is_template(address));
        if !mended {
            break;
        }
    }
    let message = format!("the name {name} holds @, and SMTP addresses made from it are wrong");
    if mended {
        let message = format!("{message}; the site addresses look as if they were mended by hand");
        return Ruling::broken(Reason::Malformed, message).only(Severity::Info).inferred();
    }
    if site::all(organization).filter(under).next().is_none() {
        return site::unread(name);
    }
    Ruling::broken(Reason::Malformed, message)
}

/// Whether an SMTP site address is a template as it should be: one `@`, and before it nothing, or what stands for a recipient's
/// names.
fn is_template(address: &str) -> bool {
    match address.split_once('@') {
        Some((before, domain)) => !domain.contains('@') && !domain.is_empty() && (before.is_empty() || before.contains('%')),
        None => false,
    }
}

/// PrintableString (ITU-T X.680, clause 41; Q108732).
fn is_printable(c: char) -> bool {
    c.is_ascii_alphanumeric() || " '()+,-./:=?".contains(c)
}
