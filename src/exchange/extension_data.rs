//! Names inside `Extension-Data`, the octets in which property pages keep their settings.
//!
//! Each value starts with an owner tag, a NUL-ended UTF-16LE text; the rest belongs to its owner (SDK admin_5u1x). How
//! the IMS lays out its part is unknown, so nothing is parsed by assumption: names are looked for wherever they stand.
//! A hit is a candidate, no more.

use super::naming;
use crate::directory::dn::{Dn, DnKey, Rdn};
use crate::directory::filter::Shows;
use std::borrow::Cow;

/// How many distinct candidates of one object are followed.
pub const MAX_CANDIDATES: usize = 32;

/// How many beginnings of a name are looked at in one object. Where there are more, the octets are made to keep us busy.
const MAX_TRIES: usize = 256;

/// A name longer than this is no name: distinguished names end near 256 characters (Q196415).
const MAX_NAME: usize = 1024;

/// The provider UID that opens an Exchange entry id ([MS-OXCDATA] 2.2.5.2).
const PROVIDER: [u8; 16] = [0xDC, 0xA7, 0x40, 0xC8, 0xC0, 0x42, 0x10, 0x1A, 0xB4, 0xB9, 0x08, 0x00, 0x2B, 0x2F, 0xE1, 0x82];

/// A name found in the octets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The name in LDAP form.
    pub dn: Dn,
    /// Whether its characters and its end are certain: single bytes above 127 belong to a code page that nothing names,
    /// and text may stand behind a name without a mark between.
    pub certain: bool,
}

/// The distinct names in all values of an entry's `Extension-Data`, at most one more than [`MAX_CANDIDATES`]. None is
/// certain if there were more beginnings of names than are looked at.
pub fn candidates(entry: &impl Shows) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut keys: Vec<DnKey> = Vec::new();
    let mut tries = MAX_TRIES;
    for value in entry.values_of("Extension-Data") {
        scan(&octets(value), &mut tries, &mut |mut candidate| {
            candidate.certain &= ends_where_it_seems(&candidate.dn);
            let key = candidate.dn.key();
            match keys.iter().position(|known| *known == key) {
                Some(index) => found.iter_mut().skip(index).take(1).for_each(|known| known.certain |= candidate.certain),
                None => {
                    keys.push(key);
                    found.push(candidate);
                }
            }
            found.len() <= MAX_CANDIDATES
        });
    }
    if tries == 0 {
        found.iter_mut().for_each(|candidate| candidate.certain = false);
    }
    found
}

/// The wire form is unknown: raw octets, or their hexadecimal text (SDK directry_6ub8 speaks of a string encoding).
fn octets(value: &[u8]) -> Cow<'_, [u8]> {
    from_hex(value).map_or(Cow::Borrowed(value), Cow::Owned)
}

/// Whether nothing tells that other text was taken for a part of the name: a Common-Name has at most 64 characters (SDK
/// sch_attr_5smd), a whole name about 256 (Q196415), and few names hold a mark that ends one.
fn ends_where_it_seems(dn: &Dn) -> bool {
    let texts: Vec<String> = dn.rdns().iter().map(Rdn::text).collect();
    let is_plain = |text: &String| text.chars().count() <= 64 && !text.contains(['"', ';', '|', '<', '>', '=']);
    texts.iter().all(is_plain) && naming::to_legacy(dn).chars().count() <= 256
}

/// One value for evidence: its owner tag, where one can be read, and its size.
pub fn describe(value: &[u8]) -> String {
    let octets = octets(value);
    let tag = utf16(&octets);
    let named = (1..=64).contains(&tag.chars().count()) && tag.chars().all(|c| c.is_ascii_graphic() || c == ' ');
    if named { format!("{} octets, owner tag {tag:?}", octets.len()) } else { format!("{} octets", octets.len()) }
}

/// Hands on what it finds, until that says that it is enough.
fn scan(octets: &[u8], tries: &mut usize, found: &mut dyn FnMut(Candidate) -> bool) {
    let mut at = 0;
    let mut more = true;
    while more && *tries > 0 {
        let rest = octets.get(at..).unwrap_or_default();
        let Some(next) = rest.iter().position(|octet| matches!(octet, b'/' | b'c' | b'C' | 0xDC)) else { return };
        let step = name_at(rest.get(next..).unwrap_or_default(), &mut |candidate| more = found(candidate));
        *tries -= usize::from(step.is_some());
        at += next + step.unwrap_or(0).max(1);
    }
}

/// Looks for a name that starts at the first octet; how many octets it took, if something like one begins there.
fn name_at(rest: &[u8], found: &mut dyn FnMut(Candidate)) -> Option<usize> {
    let starts = |prefix: &str| rest.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix.as_bytes()));
    let wide: Vec<u8> =
        rest.chunks_exact(2).take(3).filter(|u| u.get(1) == Some(&0)).filter_map(|u| u.first().copied()).collect();
    let wide_starts = |prefix: &str| wide.eq_ignore_ascii_case(prefix.as_bytes());
    if rest.starts_with(&PROVIDER) {
        // version and type, 4 octets each, then the NUL-ended name
        let (text, certain) = narrow(rest.get(PROVIDER.len() + 8..).unwrap_or_default());
        if let Some(dn) = naming::from_legacy(&text) {
            found(Candidate { dn, certain });
        }
        return Some(PROVIDER.len() + 8);
    }
    let (text, certain, width) = if starts("/o=") || starts("cn=") {
        let (text, certain) = narrow(rest);
        (text, certain, 1)
    } else if wide_starts("/o=") || wide_starts("cn=") {
        (utf16(rest), true, 2)
    } else {
        return None;
    };
    let dn = if text.starts_with('/') { legacy_name(&text) } else { ldap_name(&text) };
    match dn {
        Some((dn, length)) => {
            found(Candidate { dn, certain });
            // another name may follow at once; in UTF-16 every counted character is at least one unit
            Some(if width == 2 { length * 2 } else { length })
        }
        None => Some(0),
    }
}

/// A legacy name of organization, site and object at the start of the text, up to where the next one starts, and its
/// length in characters.
fn legacy_name(text: &str) -> Option<(Dn, usize)> {
    let lower = text.to_ascii_lowercase();
    let end = lower.match_indices("/o=").map(|(i, _)| i).find(|&i| i > 0).unwrap_or(text.len());
    let text = text.get(..end)?;
    let dn = naming::from_legacy(text)?;
    let has = |key: &str| dn.rdns().iter().any(|rdn| rdn.is(key));
    (has("ou") && has("cn")).then(|| (dn, text.chars().count()))
}

/// An LDAP name at the start of the text: `cn=..,ou=..,o=..`, ending where the text or its syntax ends.
fn ldap_name(text: &str) -> Option<(Dn, usize)> {
    // a comma ends a name behind its organization
    let organization =
        text.to_ascii_lowercase().find("o=").filter(|&i| text.get(..i).is_some_and(|t| t.trim_end().ends_with(',')));
    let is_end = |i: usize, c: char| match c {
        ',' => organization.is_some_and(|at| i > at),
        _ => matches!(c, ';' | '"' | '\'' | '>' | ')' | '|'),
    };
    let ends = text.char_indices().filter(|&(i, c)| is_end(i, c)).map(|(i, _)| i);
    std::iter::once(text.len()).chain(ends.take(16)).find_map(|end| {
        let text = text.get(..end)?;
        let dn = Dn::parse(text.as_bytes()).ok()?;
        let count = dn.rdns().len();
        let shape = dn.rdns().iter().enumerate().all(|(i, rdn)| match count - i {
            1 => rdn.is("o"),
            2 => rdn.is("ou"),
            _ => rdn.is("cn") || rdn.is("ou"),
        });
        (count >= 3 && shape && dn.rdn().is_some_and(|rdn| rdn.is("cn"))).then(|| (dn, text.chars().count()))
    })
}

/// Octets up to a control character as text; whether the characters are certain.
fn narrow(octets: &[u8]) -> (String, bool) {
    let end = octets.iter().take(MAX_NAME).position(|&b| b < 0x20 || b == 0x7f);
    let run = octets.get(..end.unwrap_or(octets.len().min(MAX_NAME))).unwrap_or_default();
    match std::str::from_utf8(run) {
        Ok(text) => (text.to_owned(), true),
        Err(_) => (run.iter().map(|&b| char::from(b)).collect(), false),
    }
}

/// UTF-16LE units up to a control character as text.
fn utf16(octets: &[u8]) -> String {
    let units = octets.chunks_exact(2).take(MAX_NAME).filter_map(|u| <[u8; 2]>::try_from(u).ok()).map(u16::from_le_bytes);
    char::decode_utf16(units).map_while(Result::ok).take_while(|c| !c.is_control()).collect()
}

fn from_hex(text: &[u8]) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(2) || !text.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    let digits = std::str::from_utf8(text).ok()?;
    (0..digits.len()).step_by(2).map(|i| u8::from_str_radix(digits.get(i..i + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::entry::Entry;
    use proptest::prelude::*;

    const LEGACY: &str = "/o=Org/ou=Site/cn=Recipients/cn=Admin";
    const LDAP: &str = "cn=Admin,cn=Recipients,ou=Site,o=Org";

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    fn names(values: &[Vec<u8>]) -> Vec<String> {
        let mut entry = Entry::new(Dn::default());
        values.iter().for_each(|v| entry.add("Extension-Data", v.clone()));
        candidates(&entry).into_iter().map(|c| c.dn.to_string()).collect()
    }

    #[test]
    fn octets_made_to_keep_us_busy_are_soon_given_up() {
        let mut entry = Entry::new(Dn::default());
        entry.add("Extension-Data", [b"cn=".repeat(2 << 20), LEGACY.into()].concat());
        assert_eq!(candidates(&entry), []);
        let mut entry = Entry::new(Dn::default());
        entry.add("Extension-Data", [wide("tag\0"), format!("{LEGACY}\0").into(), b"cn=\0".repeat(2 << 20)].concat());
        assert_eq!(candidates(&entry).iter().map(|c| (c.dn.to_string(), c.certain)).collect::<Vec<_>>(), [(LDAP.into(), false)]);
    }

    fn entry_id(name: &str) -> Vec<u8> {
        let mut id = vec![0; 4];
        id.extend(PROVIDER);
        id.extend([1, 0, 0, 0, 0, 0, 0, 0]);
        id.extend(name.bytes());
        id.push(0);
        id
    }

    #[test]
    fn finds_a_name_wherever_it_stands() {
        let tag = |rest: Vec<u8>| [wide("owner\0"), rest].concat();
        for (what, value) in [
            ("ascii", tag(format!("{LEGACY}\0").into_bytes())),
            ("ascii after a letter", tag(format!("X{LEGACY}").into_bytes())),
            ("upper case", tag(LEGACY.to_uppercase().into_bytes())),
            ("utf-16", tag(wide(&format!("{LEGACY}\0")))),
            ("utf-16 at an odd offset", [b"x".to_vec(), wide(LEGACY)].concat()),
            ("utf-16 after a letter", wide(&format!("A{LEGACY}"))),
            ("ldap form", tag(format!("Admin={LDAP}\n").into_bytes())),
            ("ldap form in quotes", format!("\"{LDAP}\";x=y").into_bytes()),
            ("ldap form in utf-16", tag(wide(LDAP))),
            ("entry id", tag(entry_id(LEGACY))),
            ("hex text", entry_id(LEGACY).iter().map(|b| format!("{b:02x}")).collect::<String>().into_bytes()),
        ] {
            let found = names(&[value]);
            assert_eq!(found.len(), 1, "{what}: {found:?}");
            assert!(found.iter().all(|n| n.eq_ignore_ascii_case(LDAP)), "{what}: {found:?}");
        }
    }

    #[test]
    fn equal_names_are_one_and_neighbours_are_two() {
        assert_eq!(names(&[LEGACY.into(), wide(&LEGACY.to_uppercase()), LDAP.into()]).len(), 1);
        let two = format!("{LEGACY}/o=Org/ou=Site/cn=Recipients/cn=Other");
        assert_eq!(names(&[two.clone().into_bytes()]), [LDAP, "cn=Other,cn=Recipients,ou=Site,o=Org"]);
        assert_eq!(names(&[wide(&two)]).len(), 2);
    }

    #[test]
    fn takes_nothing_else_for_a_name() {
        for text in ["", "c=US;a= ;p=Org;o=Site;cn=Admin;s=x;", "/o=Org/cn=x", "/o=Org", "cn=Admin", "cn=a,o=b", "cn=x,dc=a,dc=b"]
        {
            assert_eq!(names(&[text.into()]), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn an_unknown_code_page_is_not_certain() {
        let mut entry = Entry::new(Dn::default());
        entry.add("Extension-Data", b"/o=Org/ou=S/cn=M\xfcller\0");
        assert_eq!(candidates(&entry).iter().map(|c| c.certain).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn follows_no_more_than_it_should() {
        let many: String = (0..100).map(|n| format!("/o=Org/ou=S/cn=R/cn=u{n}\0")).collect();
        assert_eq!(names(&[many.into_bytes()]).len(), MAX_CANDIDATES + 1);
    }

    proptest! {
        #[test]
        fn never_panics(octets in proptest::collection::vec(any::<u8>(), 0..600)) {
            names(&[octets]);
        }

        #[test]
        fn is_found_behind_anything(head in proptest::collection::vec(any::<u8>(), 0..64)) {
            let value = [head, b"\0\0".to_vec(), LEGACY.into()].concat();
            prop_assert!(names(&[value]).iter().any(|n| n == LDAP));
        }
    }
}
