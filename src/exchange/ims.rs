//! The Internet Mail Service objects.

use super::class::has_class;
use super::naming;
use crate::directory::dn::Dn;
use crate::directory::filter::Shows;

/// Bytes of the name of a server: that of a computer has 15 characters, and what is much longer is none.
const LONGEST_SERVER: usize = 255;

/// One Internet Mail Service (the Internet Mail Connector of 4.0).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ims {
    /// Its distinguished name.
    pub dn: Dn,
    /// The name of its site.
    pub site: Option<String>,
    /// Computer-Name, or else the text in parentheses of its name.
    pub server: Option<String>,
    /// Every name its server goes by, for declarations.
    pub server_names: Vec<String>,
}

impl Ims {
    /// Reads an IMS from its entry; none if the entry is something else, or deleted.
    ///
    /// An IMS is of class Mail-Gateway and named `Internet Mail Connector (SERVER)` (Q306308, Q253619), or carries the
    /// Extension-Name `SMTP` (inferred from Q147929). X.400 and MS Mail connectors are of subclasses of Mail-Gateway.
    pub fn of(entry: &impl Shows) -> Option<Self> {
        let gateway = has_class(entry, "Mail-Gateway") && !has_class(entry, "X400-Link") && !has_class(entry, "Mail-Connector");
        let dn = entry.name();
        let in_parentheses = server_in_name(&dn);
        let extension = entry.values_of("Extension-Name").any(|v| v.eq_ignore_ascii_case(b"SMTP"));
        if !gateway || entry.is_set("Is-Deleted") || (in_parentheses.is_none() && !extension) {
            return None;
        }
        let names = entry.texts_of("Computer-Name").chain(in_parentheses);
        let server_names: Vec<String> = names.filter(|name| name.len() <= LONGEST_SERVER).collect();
        Some(Self { site: naming::site_name(&dn), dn, server: server_names.first().cloned(), server_names })
    }

    /// Whether this is the service of `server`, a computer name.
    pub fn is_on(&self, server: &str) -> bool {
        self.server_names.iter().any(|name| name.eq_ignore_ascii_case(server))
    }
}

/// Whether a name is that of an IMS, whatever the class of the object.
pub fn has_ims_name(dn: &Dn) -> bool {
    server_in_name(dn).is_some()
}

/// The server in the name of an IMS: the text in parentheses.
pub fn server_in_name(dn: &Dn) -> Option<String> {
    // a look at the start of the name is enough for nearly all
    let start: &[u8] = b"cn=Internet Mail ";
    let plain = dn.plain().map(str::as_bytes);
    if plain.is_some_and(|text| !text.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))) {
        return None;
    }
    let name = dn.leaf();
    ["Internet Mail Connector", "Internet Mail Service"].into_iter().find_map(|prefix| {
        let head = name.get(..prefix.len())?;
        let rest = name.get(prefix.len()..)?.trim();
        let server = rest.strip_prefix('(')?.strip_suffix(')')?.trim();
        (head.eq_ignore_ascii_case(prefix) && !server.is_empty()).then(|| server.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::entry::Entry;

    fn entry(rdn: &str, attributes: &[(&str, &str)]) -> Entry {
        let dn = Dn::of([("cn", rdn), ("cn", "Connections"), ("cn", "Configuration"), ("ou", "Site"), ("o", "Org")]);
        let mut entry = Entry::new(dn);
        attributes.iter().for_each(|&(name, value)| entry.add(name, value));
        entry
    }

    #[test]
    fn recognizes_an_ims_and_nothing_else() {
        let gateway = ("objectClass", "Mail-Gateway");
        for (rdn, attributes, expected) in [
            ("Internet Mail Connector (SRV)", vec![gateway], Some("SRV")),
            ("INTERNET MAIL SERVICE (srv)", vec![gateway], Some("srv")),
            ("Internet Mail Connector (SRV)", vec![gateway, ("Computer-Name", "OTHER")], Some("OTHER")),
            ("Gateway", vec![gateway, ("Extension-Name", "smtp"), ("Computer-Name", "A")], Some("A")),
            ("Gateway", vec![gateway], None),
            ("Internet Mail Connector (SRV)", vec![("objectClass", "Container")], None),
            ("Internet Mail Connector (SRV)", vec![gateway, ("objectClass", "X400-Link")], None),
            ("Internet Mail Connector (SRV)", vec![gateway, ("objectClass", "Mail-Connector")], None),
            ("Internet Mail Connector (SRV)", vec![gateway, ("Is-Deleted", "TRUE")], None),
        ] {
            let ims = Ims::of(&entry(rdn, &attributes));
            assert_eq!(ims.as_ref().and_then(|i| i.server.as_deref()), expected, "{rdn} {attributes:?}");
        }
        let ims = Ims::of(&entry("Internet Mail Connector (SRV)", &[gateway, ("Computer-Name", "PC")])).expect("ims");
        assert!(ims.is_on("srv") && ims.is_on("pc") && !ims.is_on("x"));
        assert_eq!(ims.site.as_deref(), Some("Site"));
    }
}
