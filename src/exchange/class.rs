//! What kind of object an entry is.

use super::schema;
use crate::directory::entry::Entry;
use crate::directory::filter::Shows;
use crate::directory::text::text_of;

/// The kinds of object that an administrator reference may lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A mailbox (`organizationalPerson`).
    Mailbox,
    /// A distribution list (`groupOfNames`).
    DistributionList,
    /// A custom recipient (`Remote-Address`).
    CustomRecipient,
    /// A public folder (`Public-Folder`).
    PublicFolder,
    /// Anything else: a server, a container...; with the class as the entry spells it.
    Other(String),
    /// The entry shows no class.
    Unknown,
}

impl Kind {
    /// What kind of object an entry is. The entry may list its superclasses too.
    pub fn of(entry: &impl Shows) -> Self {
        let has = |class: &str| has_class(entry, class);
        if has("organizationalPerson") {
            Self::Mailbox
        } else if has("groupOfNames") {
            Self::DistributionList
        } else if has("Remote-Address") {
            Self::CustomRecipient
        } else if has("Public-Folder") {
            Self::PublicFolder
        } else {
            most_special(entry.texts_of("objectClass").collect()).map_or(Self::Unknown, Self::Other)
        }
    }

    /// Whether an IMS may have it as administrator (Q300535: a mailbox or distribution list).
    pub fn is_mailbox_or_list(&self) -> bool {
        matches!(self, Self::Mailbox | Self::DistributionList)
    }

    /// Whether mail can be sent to it.
    pub fn is_recipient(&self) -> bool {
        !matches!(self, Self::Other(_) | Self::Unknown)
    }

    /// In words, with their article.
    pub fn words(&self) -> String {
        match self {
            Self::Mailbox => "a mailbox".into(),
            Self::DistributionList => "a distribution list".into(),
            Self::CustomRecipient => "a custom recipient".into(),
            Self::PublicFolder => "a public folder".into(),
            Self::Other(class) => format!("an object of class {class}"),
            Self::Unknown => "an object of unknown class".into(),
        }
    }
}

/// The most special of the classes of an entry: the first where `Top` comes last, as the Administrator program shows them (Q199412),
/// else the last.
fn most_special(mut classes: Vec<String>) -> Option<String> {
    let ends_with_top = classes.last().is_some_and(|last| last.eq_ignore_ascii_case("Top"));
    if ends_with_top { classes.into_iter().next() } else { classes.pop() }
}

/// Whether the entry is of a class, by its LDAP name, without case.
pub fn has_class(entry: &impl Shows, class: &str) -> bool {
    entry.values_of("objectClass").any(|value| value.eq_ignore_ascii_case(class.as_bytes()))
}

/// Whether the server gave a class of the entry as an OID.
pub fn has_unnamed_class(entry: &Entry) -> bool {
    entry.values("objectClass").any(|value| value.first().is_some_and(u8::is_ascii_digit))
}

/// Writes the LDAP name beside each class that the server gave as an OID (the schema allows it, SDK sch_cont_7x9s), so
/// that filters on `objectClass` match.
pub fn name_classes(entry: &mut Entry) {
    if !has_unnamed_class(entry) {
        return;
    }
    let oids = entry.values("objectClass").filter(|value| value.first().is_some_and(u8::is_ascii_digit));
    let names: Vec<&str> = oids.filter_map(|oid| schema::class_name_of_oid(&text_of(oid))).collect();
    for name in names {
        if !has_class(entry, name) {
            entry.add("objectClass", name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;

    fn entry(classes: &[&str]) -> Entry {
        let mut entry = Entry::new(Dn::default());
        classes.iter().for_each(|&class| entry.add("objectClass", class));
        name_classes(&mut entry);
        entry
    }

    #[test]
    fn tells_recipients_apart() {
        for (classes, expected) in [
            (&["Top", "person", "ORGANIZATIONALPERSON"][..], Kind::Mailbox),
            (&["groupOfNames"], Kind::DistributionList),
            (&["remote-address"], Kind::CustomRecipient),
            (&["person", "Public-Folder"], Kind::PublicFolder),
            (&["Top", "Computer"], Kind::Other("Computer".into())),
            (&["Computer", "device", "Top"], Kind::Other("Computer".into())),
            (&["Top"], Kind::Other("Top".into())),
            (&["1.2.840.113556.1.3.22"], Kind::Mailbox),
            (&[], Kind::Unknown),
        ] {
            assert_eq!(Kind::of(&entry(classes)), expected, "{classes:?}");
        }
    }
}
