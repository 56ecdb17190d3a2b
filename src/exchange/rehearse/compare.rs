//! Whether two directories are the same, object by object: that a change and the way back leave nothing behind.

use super::matching::is_name;
use crate::directory::dn::Dn;
use crate::directory::whole::{Directory, EntryRef};
use crate::exchange::questions::Questions;
use std::collections::BTreeSet;

/// The first object in which a directory differs from the one that is asked; values are compared as sets, names as names.
pub fn difference(questions: &Questions, other: &Directory) -> Option<Dn> {
    let one = questions.directory();
    let missing = other.entries().find(|entry| one.find(&entry.dn()).is_none());
    let differs = |entry: &EntryRef<'_>| other.find(&entry.dn()).is_none_or(|twin| !is_same(*entry, twin));
    missing.or_else(|| one.entries().find(differs)).map(|entry| entry.dn())
}

fn is_same(one: EntryRef<'_>, other: EntryRef<'_>) -> bool {
    let names: BTreeSet<String> =
        one.attribute_names().into_iter().chain(other.attribute_names()).map(str::to_ascii_lowercase).collect();
    one.is_deleted() == other.is_deleted() && names.iter().all(|name| values(one, name) == values(other, name))
}

fn values(entry: EntryRef<'_>, attribute: &str) -> BTreeSet<Vec<u8>> {
    let names = is_name(attribute);
    let form = |value: &[u8]| match Dn::parse(value) {
        Ok(dn) if names => dn.key().as_str().as_bytes().to_vec(),
        _ => value.to_vec(),
    };
    entry.values(attribute).map(form).collect()
}
