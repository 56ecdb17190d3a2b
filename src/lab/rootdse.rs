//! The root entry.
//!
//! What the root entry of Exchange 5.5 holds is unknown: no dump of one was found (reference D3, H3). This one is made for
//! the lab from what the server is documented to speak: protocol versions 2 and 3 (SDK directry_1tpw), paged results (SDK
//! directry_11gs), and one naming context per site and per configuration container beside the organization (reference A).

use super::PAGED_RESULTS;
use super::data::Data;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;

/// Builds the root entry. Every client may read it, bound or not (SDK directry_1tpw).
pub(super) fn of(data: &Data) -> Entry {
    if data.ways().active_directory {
        return of_active_directory();
    }
    let mut root = Entry::new(Dn::default());
    root.add("objectClass", "Top");
    let living = || data.records().map(|(_, record)| record).filter(|record| !record.full.flag("Is-Deleted"));
    let named = |attribute: &'static str, depth: usize| {
        let of_depth = living().map(|record| &record.full.dn).filter(move |dn| dn.rdns().len() == depth);
        of_depth.filter(move |dn| dn.rdn().is_some_and(|rdn| rdn.is(attribute)))
    };
    for organization in named("o", 1) {
        root.add("namingContexts", organization.to_string());
        for site in named("ou", 2).filter(|site| site.is_within(organization)) {
            root.add("namingContexts", site.to_string());
            let is_configuration = |dn: &&Dn| dn.is_within(site) && dn.rdn().is_some_and(|rdn| rdn.text() == "Configuration");
            for configuration in named("cn", 3).filter(is_configuration) {
                root.add("namingContexts", configuration.to_string());
            }
        }
    }
    root.add("supportedLDAPVersion", "2");
    root.add("supportedLDAPVersion", "3");
    root.add("supportedControl", PAGED_RESULTS);
    root
}

/// The root entry of a Windows 2000 domain controller, which has port 389 where Exchange runs beside it (Q224447). The
/// attributes are those of [MS-ADTS] 3.1.1.3.2; the domain is invented.
fn of_active_directory() -> Entry {
    let mut root = Entry::new(Dn::default());
    let domain = "DC=lab,DC=example,DC=com";
    let configuration = format!("CN=Configuration,{domain}");
    let schema = format!("CN=Schema,{configuration}");
    for (name, value) in [
        ("namingContexts", schema.as_str()),
        ("namingContexts", &configuration),
        ("namingContexts", domain),
        ("defaultNamingContext", domain),
        ("rootDomainNamingContext", domain),
        ("configurationNamingContext", &configuration),
        ("schemaNamingContext", &schema),
        ("dsServiceName", &format!("CN=NTDS Settings,CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,{configuration}")),
        ("dnsHostName", "dc1.lab.example.com"),
        ("supportedLDAPVersion", "3"),
        ("supportedLDAPVersion", "2"),
        ("supportedControl", PAGED_RESULTS),
    ] {
        root.add(name, value);
    }
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Ways;

    #[test]
    fn the_organization_comes_first_then_each_site_with_its_configuration() {
        let text = "dn: cn=Configuration,ou=S,o=O\n\ndn: ou=S,o=O\n\ndn: ou=T,o=O\n\ndn: o=O\n\ndn: cn=Recipients,ou=S,o=O\n";
        let root = of(&Data::load(text.as_bytes()).expect("loads"));
        let contexts: Vec<_> = root.texts("namingContexts").collect();
        assert_eq!(contexts, ["o=O", "ou=S,o=O", "cn=Configuration,ou=S,o=O", "ou=T,o=O"]);
        assert_eq!(root.texts("supportedLDAPVersion").collect::<Vec<_>>(), ["2", "3"]);
    }

    #[test]
    fn active_directory_names_its_domain_and_no_organization() {
        let data = Data::load(&b"dn: o=O\n"[..]).expect("loads");
        let root = of(&data.under(Ways { active_directory: true, ..Ways::default() }));
        assert_eq!(root.text("defaultNamingContext").as_deref(), Some("DC=lab,DC=example,DC=com"));
        assert!(root.texts("namingContexts").all(|context| context.ends_with("DC=com")));
    }
}
