//! `one-server`: two attributes of an object name objects of the same server.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Object, UntoldReason};
use crate::report::Reason;
use memchr::memchr3;
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OneServer {
    /// The two attributes, by LDAP name.
    attributes: [String; 2],
}

impl Reading for OneServer {
    fn attributes(&self) -> Vec<&str> {
        self.attributes.iter().map(String::as_str).collect()
    }

    fn expected(&self) -> String {
        format!("{} on one server", self.attributes.join(" and "))
    }
}

impl Judging for OneServer {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let [one, other] = &self.attributes;
        let (first, second) = (object.values(one)?.seen().next(), object.values(other)?.seen().next());
        let (Some(first), Some(second)) = (first, second) else { return Ok(Ruling::nothing("does not have both")) };
        if below_same(first, second) {
            return Ok(Ruling::holds(""));
        }
        let (first, second) = (named(object, one, first)?, named(object, other, second)?);
        if first.parent().number() == second.parent().number() {
            return Ok(Ruling::holds(""));
        }
        match (server(&first), server(&second)) {
            (Some(first), Some(second)) => {
                Ok(Ruling::broken(Reason::Mismatch, format!("{one} is on server {first}, {other} on {second}")))
            }
            _ => {
                let what = format!("the server that {one} and {other} are on, one of which names no object of a server,");
                Err(object.cause(Cause::Untold { reason: UntoldReason::NoPointer, what }))
            }
        }
    }
}

/// The name that a value is.
fn named(object: &Object<'_>, attribute: &str, value: &[u8]) -> Result<Dn, Causes> {
    let text = text_of(value);
    naming::from_either(&text).ok_or_else(|| {
        let value = text.chars().take(100).collect();
        object.cause(Cause::Unreadable { object: object.dn().to_string(), attribute: attribute.to_owned(), value })
    })
}

/// Whether two LDAP names are alike from the second part on, so that the common case needs no reading of names.
fn below_same(one: &[u8], other: &[u8]) -> bool {
    let (Some((one, above)), Some((other, same))) = (at_comma(one), at_comma(other)) else { return false };
    let is_odd = |byte: &u8| matches!(byte, b'\\' | b'"' | b';');
    let is_plain = |part: &[u8]| !part.starts_with(b"/") && !part.iter().any(is_odd);
    let is_same = above == same || above.eq_ignore_ascii_case(same);
    is_same && is_plain(one) && is_plain(other) && memchr3(b'\\', b'"', b';', above).is_none()
}

fn at_comma(name: &[u8]) -> Option<(&[u8], &[u8])> {
    name.iter().position(|byte| *byte == b',').and_then(|comma| name.split_at_checked(comma))
}

/// The server that an object stands right below, with its site: `cn=..,cn=SERVER,cn=Servers,cn=Configuration,ou=SITE,o=..`.
fn server(dn: &Dn) -> Option<String> {
    let is = |at: usize, name: &str| dn.rdns().get(at).is_some_and(|rdn| rdn.text().eq_ignore_ascii_case(name));
    let below = is(2, "Servers") && is(3, "Configuration") && dn.rdns().len() == 6;
    let server = dn.rdns().get(1)?.text();
    below.then(|| format!("{server} (site {})", naming::site_name(dn).unwrap_or_default()))
}
