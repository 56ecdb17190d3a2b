//! The roles of each site, and who holds them.

use super::row::Rows;
use super::{Named, seen};
use crate::exchange::naming;
use crate::exchange::questions::{Questions, Seen};

/// A role of a site: what it is called, whose attribute names its holder.
pub(super) struct Role {
    pub(super) name: &'static str,
    pub(super) holder: &'static str,
    pub(super) attribute: &'static str,
}

/// All of them (Q152959, Q152960, Q196161).
pub(super) const ROLES: [Role; 5] = [
    Role { name: "routing calculation", holder: "site-addressing", attribute: "Rid-Server" },
    Role { name: "offline address book", holder: "directory-configuration", attribute: "Off-Line-AB-Server" },
    Role { name: "site folders", holder: "store-configuration", attribute: "Site-Folder-Server" },
    Role { name: "key management", holder: "key-management", attribute: "KM-Server" },
    Role { name: "public folders of private stores", holder: "private-store", attribute: "Home-Public-Server" },
];

/// The server that a value names, by its name.
pub(super) fn server(text: &str) -> Option<String> {
    naming::from_either(text).and_then(|dn| naming::server_of(&dn)).map(|dn| dn.leaf().into_owned())
}

/// A row a role and site.
pub(super) fn rows(questions: &Questions, named: Named<'_>, rows: &mut Rows) {
    let own = named.site().map(|site| site.number());
    let mut sites: Vec<&crate::directory::dn::Dn> =
        questions.sites_seen().map(|(_, dn)| dn).filter(|dn| naming::is_site(dn)).collect();
    sites.sort_by_key(|dn| dn.leaf().to_lowercase());
    sites.retain(|dn| own.is_none_or(|own| dn.number() == own));
    for site in sites {
        let about = site.leaf().into_owned();
        for role in &ROLES {
            let holders: Vec<Seen<'_>> = seen(questions, role.holder)
                .into_iter()
                .filter(|seen| seen.site_dn().map(|dn| dn.number()) == Some(site.number()))
                .collect();
            match holders.as_slice() {
                [] => rows.add(&about, role.name, [], Some(absent(role))),
                [one] => rows.attribute(&about, role.name, one, role.attribute, holder),
                several => several.iter().for_each(|one| {
                    let at = one.server().map_or_else(|| one.dn().leaf().into_owned(), |dn| dn.leaf().into_owned());
                    rows.attribute(&format!("{about} / {at}"), role.name, one, role.attribute, holder);
                }),
            }
        }
    }
}

/// The holder as people call it; the value as it is where it names no server.
fn holder(text: String) -> String {
    server(&text).unwrap_or(text)
}

fn absent(role: &Role) -> String {
    match role.holder {
        "key-management" => "no Site Encryption Configuration that names a server was seen".into(),
        "site-addressing" => "the Site Addressing object was not seen".into(),
        "directory-configuration" => "the DS Site Configuration was not seen".into(),
        "store-configuration" => "the Information Store Site Configuration was not seen".into(),
        _ => "no private information store was seen".into(),
    }
}
