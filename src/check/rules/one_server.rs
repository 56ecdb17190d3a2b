//! `one-server`: two attributes of an object name objects of the same server.

use super::{Glance, Judging, Object, Ruling};
use crate::directory::dn::Dn;
use crate::directory::text::text_of;
use crate::exchange::naming;
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

impl Judging for OneServer {
    fn attributes(&self) -> Vec<&str> {
        self.attributes.iter().map(String::as_str).collect()
    }

    fn expected(&self) -> String {
        format!("{} on one server", self.attributes.join(" and "))
    }

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        let [one, other] = &self.attributes;
        let first = |name: &str| glance.entry.values(name).first();
        first(one).zip(first(other)).is_some_and(|(one, other)| below_same(one, other))
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let [one, other] = &self.attributes;
        let (first, second) = (object.values(one), object.values(other));
        let (Some(first), Some(second)) = (first?.first(), second?.first()) else {
            return Some(Ruling::nothing("does not have both"));
        };
        if below_same(first, second) {
            return Some(Ruling::holds(""));
        }
        let named = |value: &[u8]| naming::from_either(&text_of(value));
        let (Some(first), Some(second)) = (named(first), named(second)) else {
            return Some(Ruling::unknown(Reason::NoPointer, format!("{one} or {other} cannot be read as the name of an object")));
        };
        if first.parent().key() == second.parent().key() {
            return Some(Ruling::holds(""));
        }
        Some(match (server(&first), server(&second)) {
            (Some(first), Some(second)) => {
                Ruling::broken(Reason::Mismatch, format!("{one} is on server {first}, {other} on {second}"))
            }
            _ => Ruling::unknown(Reason::NoPointer, format!("{one} or {other} names no object of a server")),
        })
    }
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
