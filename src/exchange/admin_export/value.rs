//! Values as the Administrator program writes them, in the form that LDAP gives them.

use super::place::Place;
use crate::exchange::schema::Syntax;

/// A value of an attribute. A name is turned into the form of LDAP, a Boolean becomes TRUE or FALSE, octets in hexadecimal text
/// become octets (that an export writes them so is inferred from Q250907).
pub(super) fn of(text: &str, syntax: Option<Syntax>, place: &Place) -> Vec<u8> {
    match syntax {
        Some(Syntax::Boolean) => boolean(text.trim()).as_bytes().to_vec(),
        Some(Syntax::Octet) => from_hex(text).unwrap_or_else(|| text.as_bytes().to_vec()),
        Some(Syntax::Dn | Syntax::OrName) => place.object(text).map_or_else(|| text.to_owned(), |dn| dn.to_string()).into_bytes(),
        _ => text.as_bytes().to_vec(),
    }
}

/// FALSE is 0 in a table, and TRUE any other number (SDK appendxa_2bub). A word was typed by hand.
fn boolean(text: &str) -> &str {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    match digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        true if digits.bytes().all(|byte| byte == b'0') => "FALSE",
        true => "TRUE",
        false => text,
    }
}

/// Where an address of `TYPE:address` stands over LDAP: attribute and value. An upper-case type is the primary (Q153028).
pub(super) fn address(text: &str) -> Vec<(&'static str, String)> {
    let is_type =
        |kind: &str| !kind.is_empty() && kind.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ' '));
    let text = text.trim_start();
    let whole = ("Proxy-Addresses", text.to_owned());
    match text.split_once(':').filter(|(kind, _)| is_type(kind)) {
        Some(("SMTP", value)) => vec![("mail", value.to_owned()), ("rfc822Mailbox", value.to_owned()), whole],
        Some(("X400", value)) => vec![("textEncodedORAddress", value.to_owned()), whole],
        Some((kind, value)) => vec![("otherMailbox", format!("{kind}${value}")), whole],
        // an address without a type is kept as it is (Q257578)
        None => vec![whole],
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.strip_prefix("0x").unwrap_or(text).as_bytes();
    if digits.is_empty() || !digits.len().is_multiple_of(2) {
        return None;
    }
    let digit = |b: &u8| char::from(*b).to_digit(16);
    digits.chunks(2).map(|pair| u8::try_from(digit(pair.first()?)? * 16 + digit(pair.last()?)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;

    #[test]
    fn turns_values() {
        for (text, syntax, expected) in [
            ("1", Some(Syntax::Boolean), &b"TRUE"[..]),
            ("0", Some(Syntax::Boolean), b"FALSE"),
            ("TRUE", Some(Syntax::Boolean), b"TRUE"),
            (" 255 ", Some(Syntax::Boolean), b"TRUE"),
            ("-1", Some(Syntax::Boolean), b"TRUE"),
            ("4294967296", Some(Syntax::Boolean), b"TRUE"),
            ("00", Some(Syntax::Boolean), b"FALSE"),
            ("-", Some(Syntax::Boolean), b"-"),
            ("1", Some(Syntax::Integer), b"1"),
            ("0041fF", Some(Syntax::Octet), b"\0A\xff"),
            ("0x4142", Some(Syntax::Octet), b"AB"),
            ("414", Some(Syntax::Octet), b"414"),
            ("plain", Some(Syntax::Octet), b"plain"),
            ("/o=O/ou=S/cn=R/cn=a, b", Some(Syntax::Dn), b"cn=a\\, b,cn=R,ou=S,o=O"),
            ("Recipients/cn=a", Some(Syntax::Dn), b"Recipients/cn=a"),
            ("/o=O/ou=S/cn=a", None, b"/o=O/ou=S/cn=a"),
        ] {
            assert_eq!(of(text, syntax, &Place::default()), expected, "{text}");
        }
    }

    #[test]
    fn a_name_may_begin_at_the_site_of_its_object() {
        let place = Place::of(&Dn::of([("cn", "a"), ("cn", "Recipients"), ("ou", "S"), ("o", "O")]));
        for (text, expected) in [
            ("Recipients/cn=b", "cn=b,cn=Recipients,ou=S,o=O"),
            ("/ou=T/cn=Recipients/cn=b", "cn=b,cn=Recipients,ou=T,o=O"),
            ("X400:c=US;a= ;p=O/cn=b", "X400:c=US;a= ;p=O/cn=b"),
            ("balias", "balias"),
        ] {
            assert_eq!(of(text, Some(Syntax::OrName), &place), expected.as_bytes(), "{text}");
            assert_eq!(of(text, Some(Syntax::Unicode), &place), text.as_bytes(), "{text}");
        }
    }

    #[test]
    fn puts_addresses_where_ldap_has_them() {
        let places = |text: &str| address(text).into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>();
        assert_eq!(places("SMTP:a@x"), ["mail=a@x", "rfc822Mailbox=a@x", "Proxy-Addresses=SMTP:a@x"]);
        assert_eq!(places("X400:c=US;a= ;"), ["textEncodedORAddress=c=US;a= ;", "Proxy-Addresses=X400:c=US;a= ;"]);
        assert_eq!(places("x400:c=US"), ["otherMailbox=x400$c=US", "Proxy-Addresses=x400:c=US"]);
        assert_eq!(places("MS:O/S/A"), ["otherMailbox=MS$O/S/A", "Proxy-Addresses=MS:O/S/A"]);
        assert_eq!(places("G=A;S=B;C=us"), ["Proxy-Addresses=G=A;S=B;C=us"]);
        assert_eq!(places("c=US;dda:SMTP=x"), ["Proxy-Addresses=c=US;dda:SMTP=x"]);
    }
}
