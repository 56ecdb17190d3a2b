//! From the library's raw tree to an [`Entry`]: values as bytes in the server's order, names that are not UTF-8 kept.

use super::error::tame;
use crate::directory::dn::Dn;
use crate::directory::entry::{Entry, is_partial_range};
use crate::directory::text::text_of;
use ldap3::asn1::{PL, StructureTag};

/// One part of the answer to a search.
#[derive(Debug, PartialEq, Eq)]
pub enum Part {
    /// An entry.
    Entry(Entry),
    /// Where else the server would have the client look (a continuation reference); the URIs.
    Reference(Vec<String>),
    /// Something to ignore.
    Other,
}

/// Reads a search result entry or reference (RFC 4511 sections 4.5.2 and 4.5.3).
///
/// # Errors
/// What is wrong with it.
pub fn part(tag: StructureTag) -> Result<Part, &'static str> {
    match tag.id {
        4 => entry(tag).map(Part::Entry),
        19 => {
            let uris = constructed(tag).ok_or("a reference is malformed")?;
            Ok(Part::Reference(uris.into_iter().filter_map(primitive).map(|uri| tame(&text_of(&uri))).collect()))
        }
        _ => Ok(Part::Other),
    }
}

fn entry(tag: StructureTag) -> Result<Entry, &'static str> {
    let mut parts = constructed(tag).ok_or("an entry is malformed")?.into_iter();
    let name = parts.next().and_then(primitive).ok_or("an entry has no name")?;
    let attributes = parts.next().and_then(constructed).ok_or("an entry has no attribute list")?;
    let mut entry = Entry::new(Dn::parse_lossy(&name));
    for attribute in attributes {
        let mut parts = constructed(attribute).ok_or("an attribute is malformed")?.into_iter();
        let name = parts.next().and_then(primitive).ok_or("an attribute has no type")?;
        let name = text_of(&name);
        let values = parts.next().and_then(constructed).ok_or("an attribute has no values")?;
        // the values are those of the attribute; that they are not all must outlive the option
        if is_partial_range(&name) {
            entry.came_in_part(&name);
        }
        let values: Option<Vec<Vec<u8>>> = values.into_iter().map(primitive).collect();
        entry.add_all(&name, values.ok_or("a value is malformed")?);
    }
    Ok(entry)
}

fn constructed(tag: StructureTag) -> Option<Vec<StructureTag>> {
    match tag.payload {
        PL::C(parts) => Some(parts),
        PL::P(_) => None,
    }
}

fn primitive(tag: StructureTag) -> Option<Vec<u8>> {
    match tag.payload {
        PL::P(content) => Some(content),
        PL::C(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::asn1::{TagClass, parse_tag};
    use proptest::prelude::*;

    fn p(content: &[u8]) -> StructureTag {
        StructureTag { class: TagClass::Universal, id: 4, payload: PL::P(content.to_vec()) }
    }

    fn c(id: u64, parts: Vec<StructureTag>) -> StructureTag {
        StructureTag { class: TagClass::Universal, id, payload: PL::C(parts) }
    }

    #[test]
    fn keeps_order_and_bytes_and_merges_blocks() {
        let block = |name: &[u8], values: &[&[u8]]| c(16, vec![p(name), c(17, values.iter().map(|v| p(v)).collect())]);
        let blocks =
            vec![block(b"otherMailbox", &[b"SMTP$\xe9", b"a"]), block(b"cn", &[b"x"]), block(b"OTHERMAILBOX", &[b"b", b""])];
        let Ok(Part::Entry(entry)) = part(c(4, vec![p(b"cn=M\xfcller,o=O"), c(16, blocks)])) else { panic!("an entry") };
        assert_eq!(entry.dn.to_string(), "cn=M\\FCller,o=O");
        assert_eq!(entry.values("otherMailbox"), [b"SMTP$\xe9".to_vec(), b"a".to_vec(), b"b".to_vec()]);
        assert_eq!(part(c(19, vec![p(b"ldap://x/")])), Ok(Part::Reference(vec!["ldap://x/".into()])));
        assert_eq!(part(c(25, vec![])), Ok(Part::Other));
        assert_eq!(part(c(4, vec![p(b"")])), Err("an entry has no attribute list"));
    }

    proptest! {
        #[test]
        fn survives_any_tree(bytes in proptest::collection::vec(prop_oneof![Just(0x30_u8), Just(4), 0..16_u8, any::<u8>()], 0..80)) {
            if let Ok((_, mut tag)) = parse_tag(&bytes) {
                tag.id = 4;
                let _ = part(tag);
            }
        }
    }
}
