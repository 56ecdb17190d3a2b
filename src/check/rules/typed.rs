//! `typed-addresses`: no X.400 address stands among the e-mail addresses without its type. Cheap: it judges every recipient.

use super::{Judging, Object, Ruling};
use crate::directory::text::text_of;
use crate::exchange::x400::Key;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Typed {}

impl Judging for Typed {
    fn attributes(&self) -> Vec<&str> {
        vec!["otherMailbox", "Proxy-Addresses"]
    }

    fn expected(&self) -> String {
        "X400 before every X.400 address".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        for attribute in ["otherMailbox", "Proxy-Addresses"] {
            if let Some(value) = object.entry.values(attribute).iter().find(|value| is_untyped_x400(value)) {
                let message = format!("its address {:?} has no type before it", text_of(value));
                return Some(Ruling::broken(Reason::Malformed, message));
            }
        }
        object.shows_addresses(false).then(|| Ruling::holds(String::new()))
    }
}

/// Whether a value begins with a term of an X.400 address, where a type should stand, and names a country: `G=..;S=..;C=us`
/// (Q257578).
fn is_untyped_x400(value: &[u8]) -> bool {
    // a type ends with `$` or `:`; a term begins with a key and `=`
    if value.iter().find(|byte| matches!(byte, b'$' | b':' | b'=' | b';')) != Some(&b'=') {
        return false;
    }
    let mut keys = value.split(|byte| *byte == b';').filter_map(|term| {
        let end = term.iter().position(|byte| *byte == b'=')?;
        term.get(..end).map(<[u8]>::trim_ascii)
    });
    let is = |key: &[u8], known: Key| key.eq_ignore_ascii_case(known.text().as_bytes());
    let Some(first) = keys.next() else { return false };
    let begins = Key::ALL.into_iter().any(|known| is(first, known));
    begins && (is(first, Key::Country) || keys.any(|key| is(key, Key::Country)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_x400_address_without_a_type_is_one() {
        for (value, expected) in [
            ("G=firstname;S=surname;OU1=orgunit1;O=org;P=prmd;A=admd;C=us", true),
            ("c=us;a=admd;p=prmd;", true),
            ("X400:c=us;a=admd;p=prmd;o=org;", false),
            ("X400$c=us;a=admd;p=prmd;o=org;", false),
            ("MS$ORG/SITE/A", false),
            ("x500:/o=Org/ou=Site/cn=A", false),
            ("/o=Org/ou=Site/cn=A", false),
            ("s=surname;g=given", false),
            ("someone@example.com", false),
            ("", false),
        ] {
            assert_eq!(is_untyped_x400(value.as_bytes()), expected, "{value}");
        }
    }
}
