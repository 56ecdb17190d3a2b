//! What an attribute can hold, and when two of its values are the same: by its syntax in the published schema.

use crate::directory::change::Refusal;
use crate::directory::dn::Dn;
use crate::directory::filter::same_text;
use crate::directory::text::text_of;
use crate::exchange::schema::{self, Attribute, Syntax};
use std::borrow::Cow;

/// Characters of a value in a message.
const LONGEST: usize = 200;

fn known(attribute: &str) -> Option<&'static Attribute> {
    schema::attribute(attribute).or_else(|| schema::attribute_by_exchange_name(attribute))
}

/// Whether two values of an attribute are the same. Text is compared without case (SDK schmastx_1mxr), names as names.
pub(super) fn same(attribute: &str, one: &[u8], other: &[u8]) -> bool {
    match known(attribute).map(|known| known.syntax) {
        Some(Syntax::Octet) => one == other,
        Some(Syntax::Dn | Syntax::OrName) => match (Dn::parse(one), Dn::parse(other)) {
            (Ok(one), Ok(other)) => one.number() == other.number(),
            _ => same_text(one, other),
        },
        _ => same_text(one, other),
    }
}

/// Whether the values of an attribute are names of objects.
pub(super) fn is_name(attribute: &str) -> bool {
    known(attribute).is_some_and(|known| matches!(known.syntax, Syntax::Dn | Syntax::OrName))
}

/// Whether an attribute holds one value.
pub(super) fn is_single(attribute: &str) -> bool {
    known(attribute).is_some_and(|known| !known.multi)
}

/// The back-link of a link: what it is called in the objects that the link names.
pub(super) fn back_link(attribute: &str) -> Option<&'static str> {
    let number = known(attribute)?.linked?.strip_prefix("Link-")?;
    let is_it = |other: &&Attribute| other.linked.and_then(|linked| linked.strip_prefix("Backlink-")) == Some(number);
    schema::attributes().find(is_it).map(|back| back.ldap_name)
}

/// What a change may not write.
///
/// # Errors
/// That only the server sets it, or that it is the object's name.
pub(super) fn may_be_written(attribute: &str) -> Result<(), Refusal> {
    let is = |name: &str| attribute.eq_ignore_ascii_case(name);
    let is_back_link = known(attribute).and_then(|known| known.linked).is_some_and(|linked| linked.starts_with("Backlink-"));
    if is("Is-Deleted") || is_back_link {
        return Err(Refusal::ServerOnly(attribute.to_owned()));
    }
    if is("rdn") || is("distinguishedName") {
        return Err(Refusal::Naming(attribute.to_owned()));
    }
    Ok(())
}

/// Whether an attribute can hold these values: each once, each of its syntax.
///
/// # Errors
/// What is wrong with the first that it cannot hold.
pub(super) fn can_hold(attribute: &str, values: &[Vec<u8>]) -> Result<(), Refusal> {
    for (at, value) in values.iter().enumerate() {
        let why = match known(attribute).map(|known| known.syntax) {
            _ if value.is_empty() => Some("it is empty"),
            Some(Syntax::Boolean) if !matches!(value.as_slice(), b"TRUE" | b"FALSE") => Some("it must be TRUE or FALSE"),
            Some(Syntax::Integer | Syntax::Enumeration) if !is_number(value) => Some("it is not a whole number"),
            Some(Syntax::Dn) if Dn::parse(value).map_or(true, |dn| dn.is_empty()) => Some("it is not a distinguished name"),
            _ => None,
        };
        if let Some(why) = why {
            return Err(Refusal::BadValue { attribute: attribute.to_owned(), value: shown(value), why });
        }
        if values.iter().take(at).any(|before| same(attribute, before, value)) {
            return Err(Refusal::ValueExists { attribute: attribute.to_owned(), value: shown(value) });
        }
    }
    if values.len() > 1 && is_single(attribute) { Err(Refusal::SingleValue(attribute.to_owned())) } else { Ok(()) }
}

fn is_number(value: &[u8]) -> bool {
    let digits = value.strip_prefix(b"-").unwrap_or(value);
    !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
}

/// A value, for a message.
pub(super) fn shown(value: &[u8]) -> String {
    let text = text_of(value);
    match crate::directory::bounded::text(&text, LONGEST) {
        Cow::Borrowed(text) => text.to_owned(),
        Cow::Owned(text) => text,
    }
}
