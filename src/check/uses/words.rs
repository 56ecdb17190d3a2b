//! What an object is to those who refer to it, in words.

use crate::exchange::class::Kind;
use crate::exchange::dependents::Dependent;
use crate::exchange::ims::Ims;
use crate::exchange::naming;
use crate::exchange::questions::Seen;
use crate::exchange::selection::Selection;
use std::cell::RefCell;
use std::collections::HashMap;

/// What an attribute makes of the object that it names: what that is to the one that names it.
const ROLES: [(&str, &str); 38] = [
    ("Alt-Recipient", "alternate recipient of"),
    ("Auth-Orig", "may send to"),
    ("Bridgehead-Servers", "bridgehead server of"),
    ("Computer-Name", "server of"),
    ("DL-Mem-Reject-Perms", "list whose members may not send to"),
    ("DL-Mem-Submit-Perms", "list whose members may send to"),
    ("Domain-Def-Alt-Recip", "default alternate recipient of"),
    ("DXA-Local-Admin", "administrator of"),
    ("DXA-Remote-Client", "remote client of"),
    ("Export-Containers", "container exported by"),
    ("Extension-Data", "perhaps named in the settings of"),
    ("Folders-Container", "container for the public folders of"),
    ("Has-Full-Replica-NCs", "naming context held by"),
    ("Has-Master-NCs", "naming context mastered by"),
    ("Home-MDB", "home store of"),
    ("Home-Public-Server", "public store of the mailboxes of"),
    ("Home-Server", "home server of"),
    ("Import-Container", "container for what arrives by"),
    ("Inbound-Sites", "site that replicates in through"),
    ("INSAdmin", "news administrator of"),
    ("KM-Server", "Key Management server of"),
    ("Local-Bridge-Head", "local bridgehead server of"),
    ("manager", "manager of"),
    ("member", "member of"),
    ("Monitored-Configurations", "monitored by"),
    ("Obj-View-Containers", "container shown by"),
    ("Off-Line-AB-Containers", "in the offline address book of"),
    ("Off-Line-AB-Server", "offline address book server of"),
    ("Outbound-Sites", "site that replicates out through"),
    ("owner", "owner of"),
    ("Public-Delegates", "delegate of"),
    ("Remote-Bridge-Head", "remote bridgehead server of"),
    ("Remote-Site", "site reached through"),
    ("Responsible-Local-DXA", "DirSync service of"),
    ("Rid-Server", "routing calculation server of"),
    ("Site-Folder-Server", "site folder server of"),
    ("Supporting-Stack", "transport stack of"),
    ("Unauth-Orig", "may not send to"),
];

/// The kinds by which those who refer are counted, the narrowest first: the word of the selection, and one of them in words.
const KINDS: [(&str, &str); 25] = [
    ("ims", "Internet Mail Service"),
    ("x400-connector", "X.400 connector"),
    ("msmail-connector", "MS Mail connector"),
    ("site-connector", "site connector"),
    ("replication-connector", "directory replication connector"),
    ("connector", "connector"),
    ("server", "server"),
    ("site-addressing", "Site Addressing object"),
    ("mta-configuration", "MTA Site Configuration"),
    ("directory-configuration", "DS Site Configuration"),
    ("store-configuration", "Information Store Site Configuration"),
    ("private-store", "private store"),
    ("public-store", "public store"),
    ("system-attendant", "System Attendant"),
    ("directory-service", "directory service"),
    ("dirsync", "Directory Synchronization object"),
    ("dirsync-partner", "DirSync server or requestor"),
    ("mta", "message transfer agent"),
    ("key-management", "Site Encryption Configuration"),
    ("protocol", "protocol object"),
    ("mailbox", "mailbox"),
    ("distribution-list", "distribution list"),
    ("custom-recipient", "custom recipient"),
    ("public-folder", "public folder"),
    ("recipients-container", "recipients container"),
];

/// The kinds that a site has one object of, which is then said of the site.
const OF_A_SITE: [&str; 5] =
    ["site-addressing", "mta-configuration", "directory-configuration", "store-configuration", "key-management"];

/// The kind of each object that was told, so that it is found out once.
#[derive(Debug, Default)]
pub(super) struct Kinds(RefCell<HashMap<usize, Option<(&'static Selection, &'static str)>>>);

impl Kinds {
    /// The kind of an object, with one of it in words.
    fn of(&self, seen: &Seen<'_>) -> Option<(&'static Selection, &'static str)> {
        *self.0.borrow_mut().entry(seen.id().index()).or_insert_with(|| selection(seen))
    }
}

fn selection(seen: &Seen<'_>) -> Option<(&'static Selection, &'static str)> {
    let shown = seen.shown();
    KINDS.iter().find_map(|(word, one)| Some((Selection::named(word).filter(|kind| kind.takes(&shown))?, *one)))
}

/// What an object is, in words: "a mailbox", "a server".
pub(super) fn kind(seen: &Seen<'_>) -> String {
    match (seen.kind(), selection(seen)) {
        (Kind::Other(_), Some((_, one))) => format!("{} {one}", article(one)),
        (kind, _) => kind.words(),
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U', 'X', 'M']) && !word.starts_with("Me") {
        "an"
    } else {
        "a"
    }
}

/// What the object is to one that refers to it, and to which kind: those of which that is the same are told together.
pub(super) fn role(kinds: &Kinds, dependent: &Dependent<'_>) -> String {
    let kind = dependent.seen.and_then(|seen| kinds.of(&seen)).map_or("", |(kind, _)| kind.word());
    format!("{} {kind}", relation(kind, dependent))
}

fn relation(kind: &str, dependent: &Dependent<'_>) -> String {
    let attribute = &dependent.attribute;
    if dependent.administrator.is_some() {
        return "administrator mailbox of".into();
    }
    if attribute.eq_ignore_ascii_case("Home-MTA") {
        return match kind {
            "distribution-list" => "expansion server of",
            _ => "home MTA of",
        }
        .into();
    }
    let known = ROLES.iter().find(|(name, _)| name.eq_ignore_ascii_case(attribute));
    known.map_or_else(|| format!("named by {attribute} of"), |(_, role)| (*role).to_owned())
}

/// What the object is to those of one role, and who they are.
pub(super) fn what(kinds: &Kinds, group: &[&Dependent<'_>]) -> (String, String) {
    let [first, ..] = group else { return (String::new(), String::new()) };
    let kind = first.seen.and_then(|seen| kinds.of(&seen));
    let relation = relation(kind.map_or("", |(kind, _)| kind.word()), first);
    let several = group.len();
    let whom = match (kind, several) {
        (Some((kind, one)), 1) => the_one(kind, one, first),
        (None, 1) if first.seen.is_none() => format!("{}, which was not seen", first.by.leaf()),
        (None, 1) => first.by.leaf().into_owned(),
        (Some((kind, _)), many) if OF_A_SITE.contains(&kind.word()) => format!("{many} sites"),
        (Some((kind, _)), many) => format!("{many} {}", kind.plural()),
        (None, many) => format!("{many} objects"),
    };
    (relation, whom)
}

/// One object in words: the service on its server, the site that has but one of a kind, and otherwise kind and name.
fn the_one(kind: &Selection, one: &str, dependent: &Dependent<'_>) -> String {
    let name = dependent.by.leaf().into_owned();
    let server = dependent.seen.and_then(|seen| Ims::of(&seen.shown())).and_then(|ims| ims.server);
    let site = naming::site_name(&dependent.by);
    match (kind.word(), server, site) {
        ("ims", Some(server), _) => format!("the {one} on {server}"),
        (word, _, Some(site)) if OF_A_SITE.contains(&word) => format!("site {site}"),
        ("mta" | "private-store" | "public-store" | "system-attendant" | "directory-service", ..) => {
            let server = naming::server_of(&dependent.by);
            format!("the {one} on {}", server.map_or(name, |server| server.leaf().into_owned()))
        }
        _ => format!("the {one} {name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::reference::Refers;
    use crate::exchange::schema;

    #[test]
    fn every_attribute_of_the_schema_that_refers_has_words() {
        for known in schema::attributes().filter(|known| Refers::of(known.ldap_name) == Refers::ToObjects) {
            let has_words = ROLES.iter().any(|(name, _)| *name == known.ldap_name);
            assert!(has_words || matches!(known.ldap_name, "Home-MTA" | "Sub-Refs" | "seeAlso"), "{}", known.ldap_name);
        }
        assert!(KINDS.iter().all(|(word, _)| Selection::named(word).is_some()));
        assert!(ROLES.is_sorted_by_key(|(name, _)| name.to_lowercase()));
    }
}
