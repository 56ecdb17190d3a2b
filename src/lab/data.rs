//! The directory the lab serves, in memory.

use super::log::Log;
use super::record::Record;
use super::view::View;
use super::ways::Ways;
use super::{LabError, load};
use crate::directory::dn::{Dn, DnKey};
use crate::directory::entry::Entry;
use crate::directory::text::text_of;
use crate::exchange::schema;
use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

/// The directory the lab serves.
#[derive(Debug)]
pub struct Data {
    records: Vec<Record>,
    by_name: HashMap<DnKey, Vec<usize>>,
    log: Arc<Log>,
    ways: Ways,
}

impl Data {
    /// Reads an LDIF file in the lab form (the attributes' LDAP names).
    ///
    /// # Errors
    /// [`LabError`]: unreadable, malformed (with the line), too large, without entries, or a name given twice. A
    /// tombstone may have the name of a living object (Q239639).
    pub fn load(ldif: impl BufRead) -> Result<Self, LabError> {
        let mut data = Self { records: Vec::new(), by_name: HashMap::new(), log: Arc::default(), ways: Ways::default() };
        for entry in load::entries(ldif)? {
            let record = Record::new(&complete(entry), &data.ways);
            let same_name = data.by_name.entry(record.full.dn.key()).or_default();
            let is_deleted = |record: &Record| record.full.flag("Is-Deleted");
            if same_name.iter().filter_map(|&i| data.records.get(i)).any(|other| is_deleted(other) == is_deleted(&record)) {
                return Err(LabError::Duplicate(record.full.dn.to_string()));
            }
            same_name.push(data.records.len());
            data.records.push(record);
        }
        if data.records.is_empty() {
            return Err(LabError::Empty);
        }
        Ok(data)
    }

    /// The directory as a server of these ways serves it. What a way takes from the objects does not come back under others.
    #[must_use]
    pub fn under(mut self, ways: Ways) -> Self {
        self.records = self.records.iter().map(|record| Record::new(&record.full, &ways)).collect();
        self.ways = ways;
        self
    }

    /// How it is served.
    pub(super) fn ways(&self) -> &Ways {
        &self.ways
    }

    /// The number of objects.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there is no object at all; never true for loaded data.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// What clients asked of the servers that serve this.
    pub fn log(&self) -> &Arc<Log> {
        &self.log
    }

    pub(super) fn record(&self, index: usize) -> Option<&Record> {
        self.records.get(index)
    }

    pub(super) fn records(&self) -> impl Iterator<Item = (usize, &Record)> {
        self.records.iter().enumerate()
    }

    /// The objects of this name: none, one, or a living one and its tombstones.
    pub(super) fn named(&self, dn: &Dn) -> impl Iterator<Item = (usize, &Record)> {
        let indices = self.by_name.get(&dn.key()).map_or(&[][..], Vec::as_slice);
        indices.iter().filter_map(|&index| Some((index, self.records.get(index)?)))
    }

    /// The nearest name at or above `dn` that this bind may see: the matchedDN of a noSuchObject answer.
    pub(super) fn nearest(&self, view: View, dn: &Dn) -> Dn {
        (1..=dn.rdns().len())
            .rev()
            .map(|count| dn.ancestor(count))
            .find(|above| self.named(above).any(|(_, record)| view.of(record).is_some()))
            .unwrap_or_default()
    }
}

/// The entry under the schema's spelling of the attribute names, with the attributes that follow from the name. `cn` is
/// the display name and never follows from the name (reference F: Display-Name is `cn`, Common-Name is `rdn`). That an
/// object named by `o` or `ou` has an `rdn` too is the lab's choice.
fn complete(read: Entry) -> Entry {
    let mut entry = Entry::new(read.dn.clone());
    for attribute in read.attributes() {
        let name = schema::attribute(attribute.name).map_or(attribute.name, |known| known.ldap_name);
        attribute.values.iter().for_each(|value| entry.add(name, value));
    }
    if let Some(ava) = read.dn.rdn().and_then(|rdn| rdn.0.first()) {
        for name in ["rdn", "o", "ou"] {
            if !entry.has(name) && (name == "rdn" || ava.attribute.eq_ignore_ascii_case(name)) {
                entry.add(name, ava.value.clone());
            }
        }
    }
    if !entry.has("distinguishedName") {
        entry.add("distinguishedName", read.dn.to_string());
    }
    // Every object has a class (reference B2: Object-Class is mandatory on Top), so `(objectClass=*)` selects all.
    if !entry.has("objectClass") {
        entry.add("objectClass", "Top");
    }
    // A class given by its OID is served by its name.
    if entry.texts("objectClass").any(|value| schema::class_name_of_oid(&value).is_some()) {
        return with_class_names(&entry);
    }
    entry
}

fn with_class_names(entry: &Entry) -> Entry {
    let mut named = Entry::new(entry.dn.clone());
    for attribute in entry.attributes() {
        for value in &attribute.values {
            let class = attribute.name.eq_ignore_ascii_case("objectClass").then(|| schema::class_name_of_oid(&text_of(value)));
            named.add(attribute.name, class.flatten().map_or(value, str::as_bytes));
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Data, LabError> {
        Data::load(text.as_bytes())
    }

    #[test]
    fn derives_what_follows_from_the_name_and_nothing_else() {
        let data =
            load("dn: cn=Doe\\, John,ou=S,o=O\nOBJECTCLASS: organizationalPerson\n\ndn: ou=S,o=O\nrdn: x\n").expect("loads");
        let first = &data.record(0).expect("record").full;
        assert_eq!(first.text("rdn").as_deref(), Some("Doe, John"));
        assert_eq!(first.text("distinguishedName").as_deref(), Some("cn=Doe\\, John,ou=S,o=O"));
        assert!(!first.has("cn"));
        assert_eq!(first.attributes().next().expect("an attribute").name, "objectClass");
        let second = &data.record(1).expect("record").full;
        assert_eq!(second.texts("rdn").collect::<Vec<_>>(), ["x"]);
        assert_eq!(second.text("ou").as_deref(), Some("S"));
    }

    #[test]
    fn a_tombstone_may_share_a_name_a_living_object_may_not() {
        assert!(load("dn: cn=a,o=O\n\ndn: CN=A,o=o\nIs-Deleted: TRUE\n").is_ok());
        assert!(matches!(load("dn: cn=a,o=O\n\ndn: CN=A,o=o\n"), Err(LabError::Duplicate(_))));
        assert!(matches!(load("# nothing\n"), Err(LabError::Empty)));
    }

    #[test]
    fn a_comma_inside_a_name_is_no_level() {
        let data = load("dn: cn=a\\,o=O,o=P\n").expect("loads");
        let record = data.record(0).expect("record");
        let below = |text: &str| {
            let dn = Dn::parse(text.as_bytes()).expect("dn");
            record.below(&dn, &dn.key())
        };
        assert_eq!(below("o=O,o=P"), None);
        assert_eq!(below("O=p"), Some(1));
        assert_eq!(below(""), Some(2));
        assert_eq!(below("cn=a\\,o=o,o=p"), Some(0));
    }
}
