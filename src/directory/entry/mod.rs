//! One directory entry as it was read: a name and its attributes, values as bytes in the server's order.

mod fields;
mod layout;
mod spare;
mod values;

pub(in crate::directory) use fields::{Fields, Piece};
pub(in crate::directory) use layout::Layout;
pub(in crate::directory) use spare::Spare;
pub use values::{Attribute, Attributes, Values};

use super::asked::{Asked, Part};
use super::dn::Dn;
use super::text::text_of;
use std::collections::HashSet;

/// One directory entry.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its distinguished name.
    pub dn: Dn,
    fields: Fields,
    part: Part,
    /// Descriptions (`member;range=0-499`) under which a part of an attribute's values came, which are left out.
    partial: Vec<String>,
    /// Records of the same object in other files.
    more: Vec<Part>,
}

impl Entry {
    /// An entry without attributes yet.
    pub fn new(dn: Dn) -> Self {
        Self::with_fields(dn, Fields::default())
    }

    /// An entry of attributes that were read already.
    pub(in crate::directory) fn with_fields(dn: Dn, fields: Fields) -> Self {
        Self { dn, fields, part: Part::default(), partial: Vec::new(), more: Vec::new() }
    }

    /// Adds one value. An attribute with options counts as its base attribute, names are compared without case, a
    /// second block of the same attribute is merged into the first, and a zero-length value is dropped.
    pub fn add(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let value = value.as_ref();
        if !value.is_empty() {
            self.fields.add(base_name(name), value);
        }
    }

    /// Adds the values of one block, as [`Entry::add`] does one.
    pub fn add_all(&mut self, name: &str, values: impl IntoIterator<Item = Vec<u8>>) {
        values.into_iter().for_each(|value| self.add(name, value));
    }

    /// Notes that only a part of an attribute's values came, under this description (`member;range=0-499`). A part proves nothing
    /// of the whole, so its values are left out, and the attribute counts as not asked for.
    pub fn came_in_part(&mut self, description: &str) {
        if !self.came_only_in_part(description) {
            self.partial.push(description.to_owned());
        }
        self.was_asked_for(self.part.asked.clone().unwrap_or_default());
    }

    /// Whether a part of the attribute's values came, which was left out.
    pub fn came_only_in_part(&self, name: &str) -> bool {
        self.partial.iter().any(|description| base_name(description).eq_ignore_ascii_case(base_name(name)))
    }

    /// The descriptions under which only a part of the values came.
    pub fn partial(&self) -> &[String] {
        &self.partial
    }

    /// The attributes in the order they first came.
    pub fn attributes(&self) -> Attributes<'_> {
        Attributes::of(&self.fields)
    }

    /// The values of an attribute; none if it did not come back.
    #[inline]
    pub fn values(&self, name: &str) -> Values<'_> {
        self.fields.values(name)
    }

    /// Where an attribute stands among those that came back: the same for entries of one [layout](Self::layout), and for others
    /// of the same [names](Self::write_names).
    pub fn place(&self, name: &str) -> Option<usize> {
        self.fields.place(name)
    }

    /// The values of the attribute that stands there.
    #[inline]
    pub fn values_at(&self, place: usize) -> Values<'_> {
        self.fields.attribute(place).map_or(Values::none(), |attribute| attribute.values)
    }

    /// Whether the attribute came back with a value.
    pub fn has(&self, name: &str) -> bool {
        !self.values(name).is_empty()
    }

    /// The values as text (see [`text_of`]).
    pub fn texts(&self, name: &str) -> impl Iterator<Item = String> + '_ {
        self.values(name).map(text_of)
    }

    /// The first value as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.values(name).first().map(text_of)
    }

    /// Whether a Boolean attribute is `TRUE` (`1` in an Admin.exe export). Absent is false.
    pub fn flag(&self, name: &str) -> bool {
        self.values(name).iter().any(|v| v.eq_ignore_ascii_case(b"TRUE") || v == b"1")
    }

    /// Notes which attributes were asked for when this record came; those of which a part came were not asked for in full.
    pub fn was_asked_for(&mut self, asked: Asked) {
        let in_part = |name: &str| self.came_only_in_part(name);
        self.part.asked = Some(if self.partial.is_empty() { asked } else { asked.without(in_part) });
    }

    /// Notes which of several files this record is from.
    pub fn is_from(&mut self, file: usize) {
        self.part.file = file;
    }

    /// The records that this entry was joined from, one a file.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        std::iter::once(&self.part).chain(&self.more)
    }

    /// Writes what the entry shows, not what it holds: the names of its attributes as they are spelled, in their order. Two
    /// entries of which this is the same show the same attributes.
    pub fn write_names(&self, into: &mut Vec<u8>) {
        self.fields.layout().write_names(into);
    }

    /// A number that all entries of a source have which show the same attributes in the same order, if they have one.
    #[inline]
    pub fn layout(&self) -> Option<u32> {
        self.fields.layout().number()
    }

    /// The record that this entry is; none where it was joined from several.
    pub fn sole_part(&self) -> Option<&Part> {
        (self.more.is_empty() && self.part.shown.is_none()).then_some(&self.part)
    }

    /// The names of the attributes that one of its records showed.
    pub fn shown_by<'a>(&'a self, part: &'a Part) -> Box<dyn Iterator<Item = &'a str> + 'a> {
        match &part.shown {
            Some(names) => Box::new(names.iter().map(String::as_str)),
            None => Box::new(self.attributes().map(|attribute| attribute.name)),
        }
    }

    /// Joins what is known of how two records came to be.
    fn join_parts(&mut self, other: &Self) {
        if self.more.is_empty() && other.more.is_empty() && self.part.file == other.part.file && self.part.shown.is_none() {
            return self.part.join(&other.part);
        }
        let names: Vec<String> = self.attributes().map(|attribute| attribute.name.to_owned()).collect();
        for part in std::iter::once(&mut self.part).chain(&mut self.more) {
            part.shown.get_or_insert_with(|| names.clone());
        }
        for part in other.parts() {
            let mut part = part.clone();
            part.shown.get_or_insert_with(|| other.attributes().map(|attribute| attribute.name.to_owned()).collect());
            match std::iter::once(&mut self.part).chain(&mut self.more).find(|own| own.file == part.file) {
                Some(own) => own.join(&part),
                None => self.more.push(part),
            }
        }
    }

    /// About what it takes in memory, bytes: what it holds, and for each piece the words that point to it.
    pub fn weight(&self) -> usize {
        let partial: usize = self.partial.iter().map(|name| name.len() + size_of::<String>()).sum();
        100 + self.dn.weight() + self.fields.held() + partial
    }

    /// Lets go of room that nothing stands in: it is kept.
    pub fn shrink(&mut self) {
        self.dn.shrink();
        self.fields.shrink();
    }

    /// Adds what another record of the same object shows and this one does not.
    pub fn join(&mut self, other: &Self) {
        self.join_parts(other);
        other.partial.iter().for_each(|name| self.came_in_part(name));
        for attribute in other.attributes() {
            // a set: both may hold a hundred thousand
            let mut known: HashSet<&[u8]> = self.values(attribute.name).collect();
            let fresh: Vec<&[u8]> = attribute.values.filter(|value| known.insert(value)).collect();
            fresh.into_iter().for_each(|value| self.add(attribute.name, value));
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.fields.take_room(self.dn.take_room()).give();
    }
}

/// Two entries are equal that say the same, wherever it stands in their memory.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        let same_parts = self.part == other.part && self.more == other.more;
        let same_values = self.attributes() == other.attributes() && self.partial == other.partial;
        same_parts && self.dn == other.dn && same_values
    }
}

impl Eq for Entry {}

/// The attribute description without its options: `cn;lang-de` is `cn`.
pub fn base_name(description: &str) -> &str {
    description.split(';').next().unwrap_or(description)
}

/// Whether an attribute description says that only a part of the values came with it: `member;range=0-499`. All of them are
/// `range=0-*` (draft-kashi-incremental).
pub fn is_partial_range(description: &str) -> bool {
    let mut options = description.split(';').skip(1);
    let range = options.find_map(|option| option.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("range")));
    range.is_some_and(|(_, range)| range.trim() != "0-*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_a_part_unless_it_is_all() {
        for (description, expected) in [
            ("member", false),
            ("member;lang-de", false),
            ("member;range=0-*", false),
            ("member;range=0-0", true),
            ("member;Range=0-499", true),
            ("member;binary;range=500-*", true),
            ("member;range=", true),
            ("member;range", false),
        ] {
            assert_eq!(is_partial_range(description), expected, "{description}");
        }
    }

    #[test]
    fn what_came_in_part_stays_so_when_records_are_joined() {
        let mut first = Entry::new(Dn::default());
        first.add("member", "a");
        let mut second = first.clone();
        second.came_in_part("Member;range=0-0");
        assert_ne!(first, second);
        first.was_asked_for(Asked::of(["cn"]));
        first.join(&second);
        assert_eq!(first.partial(), ["Member;range=0-0"]);
    }

    #[test]
    fn what_came_in_part_was_not_asked_for_in_full() {
        let asked = |entry: &Entry| ["member", "cn"].map(|name| entry.parts().next().and_then(|part| part.asked_for(name)));
        let mut entry = Entry::new(Dn::default());
        entry.came_in_part("Member;range=0-0");
        assert_eq!(asked(&entry), [Some(false), Some(false)], "nor is anything else known of a file that does not say");
        entry.was_asked_for(Asked::of(["member", "cn"]));
        assert_eq!(asked(&entry), [Some(false), Some(true)]);
    }

    #[test]
    fn merges_blocks_keeps_order_drops_empty_values() {
        let mut entry = Entry::new(Dn::default());
        entry.add("otherMailbox", "SMTP$b");
        entry.add("cn;lang-de", "Name");
        entry.add("OTHERMAILBOX", b"\xff");
        entry.add("otherMailbox", "");
        assert_eq!(entry.values("othermailbox"), [b"SMTP$b".to_vec(), b"\xff".to_vec()]);
        assert_eq!(entry.text("CN").as_deref(), Some("Name"));
        assert_eq!(entry.texts("otherMailbox").last().as_deref(), Some("ÿ"));
        assert!(!entry.has("sn"));
    }

    #[test]
    fn joins_large_records_at_once() {
        let mut entry = Entry::new(Dn::default());
        entry.add_all("cn", (0..100_000).map(|n: u32| n.to_string().into_bytes()));
        let mut other = entry.clone();
        other.add("cn", "one more");
        entry.join(&other);
        assert_eq!(entry.values("cn").len(), 100_001);
    }

    #[test]
    fn joins_two_records_of_one_object() {
        let mut first = Entry::new(Dn::default());
        first.add("cn", "a");
        let mut second = Entry::new(Dn::default());
        second.add("CN", "a");
        second.add("uid", "b");
        second.add("cn", "c");
        second.add("cn", "c");
        first.join(&second);
        assert_eq!(first.values("cn"), [b"a", b"c"]);
        assert!(first.has("uid"));
        assert_eq!(first.parts().count(), 1, "of one file");
    }

    #[test]
    fn knows_which_file_showed_what() {
        let mut first = Entry::new(Dn::default());
        first.add("cn", "a");
        let mut second = Entry::new(Dn::default());
        second.add("uid", "b");
        second.is_from(1);
        second.was_asked_for(Asked::of(["uid", "mail"]));
        first.join(&second);
        first.join(&second);
        let parts: Vec<_> = first.parts().map(|part| (part.file, part.asked_for("mail"))).collect();
        assert_eq!(parts, [(0, None), (1, Some(true))]);
        let shown: Vec<Vec<&str>> = first.parts().map(|part| first.shown_by(part).take(1).collect()).collect();
        assert_eq!(shown, [["cn"], ["uid"]]);
    }
}
