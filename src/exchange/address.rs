//! Proxy addresses: the e-mail addresses of a recipient, of every type.
//!
//! Exchange keeps them in one attribute, `Proxy-Addresses` (`TYPE:value`). Over LDAP it appears as four: `mail` and
//! `rfc822Mailbox` (the primary SMTP address), `textEncodedORAddress` (the primary X.400 address, without a type) and
//! `otherMailbox` (`TYPE$value`) (SDK directry_6fub, Q263520). Sources disagree on whether `otherMailbox` repeats the
//! primaries, so every place is read.

use super::x400::is_canonical;
use crate::directory::filter::Shows;
use crate::directory::text::text_of;
use crate::directory::whole::{EntryRef, Name};

/// The attributes that show proxy addresses.
pub const ATTRIBUTES: [&str; 5] = ["mail", "rfc822Mailbox", "textEncodedORAddress", "otherMailbox", "Proxy-Addresses"];

/// The types of the addresses that Exchange gives every recipient (Q148727).
pub const DEFAULT_TYPES: [&str; 3] = ["SMTP", "X400", "MS"];

/// Whether an X.400 address stands behind another in one value, in the form of a table: `SMTP:a@b|X400:c=..`, a table whose
/// values were not taken apart. A value that only speaks of X.400 is none: a separator stands before the type.
pub fn hides_x400(entry: &impl Shows) -> bool {
    let separates = |c: char| !c.is_alphanumeric() && !matches!(c, ':' | '$');
    let hides = |value: String| {
        let text = value.to_ascii_lowercase();
        text.match_indices("x400:").any(|(at, _)| text.get(..at).and_then(|before| before.chars().last()).is_some_and(separates))
    };
    ATTRIBUTES.iter().flat_map(|name| entry.texts_of(name)).any(hides)
}

/// One proxy address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProxyAddress {
    /// The type in upper case: `SMTP`, `X400`, `MS`...; empty for a value that carries none (Q257578).
    pub kind: String,
    /// The address, blanks kept: the ADMD is often a single one.
    pub value: String,
    /// Whether it is the reply address of its type: an upper-case type is primary (Q153028).
    pub primary: bool,
}

/// Every proxy address an entry shows, each once.
pub fn proxy_addresses(entry: &impl Shows) -> Vec<ProxyAddress> {
    let primary = |kind: &str, value| ProxyAddress { kind: kind.to_owned(), value, primary: true };
    let mut all: Vec<ProxyAddress> = Vec::new();
    let mut add = |address: ProxyAddress| {
        let same = |known: &ProxyAddress| known.kind == address.kind && known.value.eq_ignore_ascii_case(&address.value);
        match all.iter_mut().find(|known| same(known)) {
            Some(known) => known.primary |= address.primary,
            None => all.push(address),
        }
    };
    for attribute in ["mail", "rfc822Mailbox"] {
        entry.texts_of(attribute).for_each(|value| add(primary("SMTP", value)));
    }
    entry.texts_of("textEncodedORAddress").for_each(|value| add(primary("X400", value)));
    entry.texts_of("otherMailbox").for_each(|text| add(typed(&text, b'$')));
    entry.texts_of("Proxy-Addresses").for_each(|text| add(typed(&text, b':')));
    all
}

/// An address as it stands in an entry.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The type as it is written; empty where a value carries none.
    pub kind: &'a [u8],
    /// The address.
    pub address: &'a [u8],
    /// Whether it is of type X400.
    pub is_x400: bool,
}

impl Written<'_> {
    /// Whether it is an X.400 address such as Exchange writes ([`is_canonical`]).
    pub fn is_canonical(&self) -> bool {
        self.is_x400 && is_canonical(self.address)
    }
}

/// The addresses that an entry shows, in every place again, without copies.
#[derive(Debug)]
pub struct Addresses<'a> {
    all: Vec<Written<'a>>,
    /// Whether each of the [places](ATTRIBUTES) is shown.
    shown: [bool; ATTRIBUTES.len()],
}

impl<'a> Addresses<'a> {
    /// Finds those of an entry of a directory, in which the [places](ATTRIBUTES) have these numbers.
    pub fn of_entry(entry: EntryRef<'a>, places: &[Option<Name>; ATTRIBUTES.len()]) -> Self {
        let mut addresses = Self { all: Vec::with_capacity(8), shown: [false; ATTRIBUTES.len()] };
        for ((name, place), shown) in ATTRIBUTES.into_iter().zip(places).zip(0..) {
            for value in place.iter().flat_map(|place| entry.held(*place)) {
                addresses.shown.get_mut(shown).into_iter().for_each(|shown| *shown = true);
                let (kind, address): (&[u8], _) = match name {
                    "mail" | "rfc822Mailbox" => (b"SMTP", value),
                    "textEncodedORAddress" => (b"X400", value),
                    "otherMailbox" => split(value, b'$').unwrap_or((b"", value)),
                    _ => split(value, b':').unwrap_or((b"", value)),
                };
                let is_x400 = kind.eq_ignore_ascii_case(b"X400");
                addresses.all.push(Written { kind, address, is_x400 });
            }
        }
        addresses
    }

    /// One after the other, in the order of the places.
    pub fn iter(&self) -> impl Iterator<Item = &Written<'a>> {
        self.all.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether every place is shown in which an address of a type may stand: that of its primary, and that of those beside the
    /// primaries; or all in one.
    pub fn in_every_place(&self, kind: &str) -> bool {
        let [mail, _, x400, others, all] = self.shown;
        let is = |known: &str| kind.eq_ignore_ascii_case(known);
        all || (others && (mail || !is("SMTP")) && (x400 || !is("X400")))
    }
}

/// Whether an entry shows an address of a type (`X400`), primary or not.
pub fn has_type(entry: &impl Shows, kind: &str) -> bool {
    ATTRIBUTES.iter().any(|place| shows_type(entry, place, kind))
}

/// The same of one of the [places](ATTRIBUTES).
pub fn shows_type(entry: &impl Shows, place: &str, kind: &str) -> bool {
    let mut values = entry.values_of(place);
    let separator = match place {
        "mail" | "rfc822Mailbox" => return kind == "SMTP" && values.next().is_some(),
        "textEncodedORAddress" => return kind == "X400" && values.next().is_some(),
        "otherMailbox" => b'$',
        _ => b':',
    };
    if kind.is_empty() {
        return values.any(|value| split(value, separator).is_none());
    }
    // a type is compared in upper case
    let is_kind = |own: &[u8]| own.iter().map(u8::to_ascii_uppercase).eq(kind.bytes());
    let starts = |value: &[u8]| value.get(kind.len()) == Some(&separator) && value.get(..kind.len()).is_some_and(is_kind);
    is_type(kind.as_bytes()) && values.any(starts)
}

/// The type of an address and the address, as bytes; none if the value carries no type.
pub fn split(value: &[u8], separator: u8) -> Option<(&[u8], &[u8])> {
    // a type is short
    let at = value.iter().position(|byte| *byte == separator)?;
    let (kind, address) = (value.get(..at)?, value.get(at + 1..)?);
    is_type(kind).then_some((kind, address))
}

/// Whether these bytes can be the type of an address.
pub fn is_type(kind: &[u8]) -> bool {
    !kind.is_empty() && kind.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b' '))
}

fn typed(text: &str, separator: u8) -> ProxyAddress {
    match split(text.as_bytes(), separator) {
        Some((kind, value)) => {
            let upper = text_of(kind).to_ascii_uppercase();
            ProxyAddress { primary: upper.as_bytes() == kind, kind: upper, value: text_of(value) }
        }
        None => ProxyAddress { kind: String::new(), value: text.to_owned(), primary: false },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::directory::entry::Entry;

    #[test]
    fn reads_every_place() {
        let mut entry = Entry::new(Dn::default());
        entry.add("mail", "a@example.com");
        entry.add("rfc822Mailbox", "A@example.com");
        entry.add("textEncodedORAddress", "c=US;a= ;p=Org;s=A;");
        entry.add("otherMailbox", "smtp$b@example.com");
        entry.add("otherMailbox", "MS$ORG/SITE/A");
        entry.add("Proxy-Addresses", "X400:c=US;a= ;p=Org;s=A;");
        entry.add("Proxy-Addresses", "G=A;S=B;C=us");
        let shown: Vec<_> = proxy_addresses(&entry)
            .into_iter()
            .map(|a| format!("{}{}|{}", if a.primary { "*" } else { "" }, a.kind, a.value))
            .collect();
        assert_eq!(
            shown,
            ["*SMTP|a@example.com", "*X400|c=US;a= ;p=Org;s=A;", "SMTP|b@example.com", "*MS|ORG/SITE/A", "|G=A;S=B;C=us"]
        );
    }

    #[test]
    fn the_type_is_read_without_case() {
        for (attribute, value, expected) in [
            ("otherMailbox", "x400$c=US;a= ;", true),
            ("Proxy-Addresses", "x400:c=US;a= ;", true),
            ("otherMailbox", "X400:c=US", false),
            ("otherMailbox", "MS$X400$", false),
            ("mail", "X400$c=US", false),
        ] {
            let mut entry = Entry::new(Dn::default());
            entry.add(attribute, value);
            assert_eq!(has_type(&entry, "X400"), expected, "{attribute}: {value}");
        }
    }
}
