//! The form in which an object comes, where the documents leave it open or servers differ.

use super::ways::{Classes, Ways};
use crate::directory::entry::Entry;
use crate::exchange::{naming, schema};

/// The object in the form of these ways.
pub(super) fn of(entry: &Entry, ways: &Ways) -> Entry {
    let mut shaped = Entry::new(entry.dn.clone());
    for attribute in entry.attributes() {
        let known = schema::attribute(attribute.name);
        if known.is_some_and(|known| known.local_to_site() && is_elsewhere(entry, ways)) {
            continue;
        }
        let name = if ways.odd_case { odd_case(attribute.name) } else { attribute.name.to_owned() };
        if attribute.name.eq_ignore_ascii_case("objectClass") {
            classes(entry, ways.classes).into_iter().for_each(|class| shaped.add(&name, class));
            continue;
        }
        let octets = ways.hex_octets && known.is_some_and(|known| known.syntax == schema::Syntax::Octet);
        for value in &attribute.values {
            let version = version_text(attribute.name, value, ways);
            shaped.add(&name, version.unwrap_or_else(|| if octets { hex(value) } else { value.to_vec() }));
        }
    }
    shaped
}

/// Attributes with heuristics 1 are not replicated between sites (SDK directry_2mbd): a server has them of its own site's
/// objects only.
fn is_elsewhere(entry: &Entry, ways: &Ways) -> bool {
    let site = naming::site_name(&entry.dn);
    ways.site.as_ref().zip(site).is_some_and(|(own, site)| !own.eq_ignore_ascii_case(&site))
}

/// A service pack rewrites the version text of the server (Q278518). Other texts, which an administrator may have written,
/// stay as they are.
fn version_text(name: &str, value: &[u8], ways: &Ways) -> Option<Vec<u8>> {
    let is_version = name.eq_ignore_ascii_case("serialNumber") && value.starts_with(b"Version ");
    ways.service_pack.filter(|_| is_version).map(|release| release.serial_number().as_bytes().to_vec())
}

/// Hexadecimal text, upper case. That octet strings may come so is read from "a string encoding of the binary" (SDK
/// directry_6ub8); the form is the lab's guess.
fn hex(value: &[u8]) -> Vec<u8> {
    value.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).collect()
}

/// Upper case for lower and the reverse. Names are compared without case (reference D15).
fn odd_case(name: &str) -> String {
    let odd = |c: char| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() };
    name.chars().map(odd).collect()
}

/// The values of objectClass. The schema says: the class, and optionally those above it (SDK sch_cont_7x9s); which of the
/// two a server shows is not known. The class of the object is taken to be the one with the most above it.
fn classes(entry: &Entry, which: Classes) -> Vec<Vec<u8>> {
    let all = entry.values("objectClass").to_vec();
    let depth = |class: &[u8]| schema::superclasses(&crate::directory::text::text_of(class)).len();
    let Some(own) = all.iter().rev().max_by_key(|class| depth(class)) else { return Vec::new() };
    match which {
        Classes::AsWritten => all,
        Classes::One => vec![own.clone()],
        Classes::Chain => {
            let above = schema::superclasses(&crate::directory::text::text_of(own));
            std::iter::once(own.clone()).chain(above.iter().map(|class| class.ldap_name.as_bytes().to_vec())).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::lab::ServicePack;

    fn entry() -> Entry {
        let mut entry = Entry::new(Dn::of([("cn", "a"), ("cn", "Recipients"), ("ou", "S"), ("o", "O")]));
        for (name, value) in [
            ("objectClass", "Top"),
            ("objectClass", "organizationalPerson"),
            ("Extension-Data", "/o=\u{1}"),
            ("Protocol-Settings", "x"),
            ("serialNumber", "Version 5.5 (Build 2653.23: Service Pack 4)"),
            ("serialNumber", "ours"),
        ] {
            entry.add(name, value);
        }
        entry
    }

    fn shaped(ways: &[&str]) -> Entry {
        of(&entry(), &Ways::of(None, ways.iter().map(|way| way.parse().expect("way"))))
    }

    #[test]
    fn the_default_changes_nothing() {
        assert_eq!(of(&entry(), &Ways::default()), entry());
    }

    #[test]
    fn octets_become_text_and_nothing_else_does() {
        let entry = shaped(&["hex-octets"]);
        assert_eq!(entry.text("Extension-Data").as_deref(), Some("2F6F3D01"));
        assert_eq!(entry.text("Protocol-Settings").as_deref(), Some("x"));
    }

    #[test]
    fn classes_as_one_or_as_a_chain() {
        let values = |way| shaped(&[way]).texts("objectClass").collect::<Vec<_>>();
        assert_eq!(values("class=one"), ["organizationalPerson"]);
        assert_eq!(values("class=chain"), ["organizationalPerson", "person", "Top"]);
    }

    #[test]
    fn names_in_odd_case() {
        let entry = shaped(&["odd-case"]);
        assert_eq!(entry.attributes().map(|a| a.name).next(), Some("OBJECTcLASS"));
        assert!(entry.has("Extension-Data"));
    }

    #[test]
    fn what_is_not_replicated_is_missing_elsewhere() {
        assert!(shaped(&["site=s"]).has("Protocol-Settings"));
        let elsewhere = shaped(&["site=T"]);
        assert!(!elsewhere.has("Protocol-Settings") && elsewhere.has("Extension-Data"));
    }

    #[test]
    fn the_version_is_that_of_the_service_pack() {
        let entry = of(&entry(), &Ways::of(Some(ServicePack::Sp3), []));
        let texts: Vec<String> = entry.texts("serialNumber").collect();
        assert_eq!(texts, ["Version 5.5 (Build 2650.24: Service Pack 3)", "ours"]);
    }
}
