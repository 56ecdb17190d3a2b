//! One directory entry as it came: a name and its attributes, values as bytes in the server's order.

mod values;

pub use values::Values;

use super::asked::Asked;
use super::dn::Dn;
use super::filter::Shows;
use super::text::text_of;
use super::whole::is_true;

/// One directory entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its distinguished name.
    pub dn: Dn,
    attributes: Vec<(String, Vec<Vec<u8>>)>,
    /// What was asked for when it came, where that is known of this entry alone.
    asked: Option<Asked>,
    /// Names of the attributes of which the source said that more values are there than came.
    partial: Vec<String>,
}

/// One attribute with all its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// The name as the server or file spells it, without options such as `;binary`.
    pub name: &'a str,
    /// The values in the order they came; none is empty.
    pub values: Values<'a>,
}

impl Entry {
    /// An entry without attributes yet.
    pub fn new(dn: Dn) -> Self {
        Self { dn, attributes: Vec::new(), asked: None, partial: Vec::new() }
    }

    /// Adds one value. An attribute with options counts as its base attribute, names are compared without case, a
    /// second block of the same attribute is merged into the first, and a zero-length value is dropped.
    pub fn add(&mut self, name: &str, value: impl AsRef<[u8]>) {
        let (name, value) = (base_name(name), value.as_ref());
        if value.is_empty() {
            return;
        }
        match self.attributes.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, values)) => values.push(value.to_vec()),
            None => self.attributes.push((name.to_owned(), vec![value.to_vec()])),
        }
    }

    /// Adds the values of one block, as [`Entry::add`] does one.
    pub fn add_all(&mut self, name: &str, values: impl IntoIterator<Item = Vec<u8>>) {
        values.into_iter().for_each(|value| self.add(name, value));
    }

    /// Notes that of this attribute only a part of the values came.
    pub fn came_in_part(&mut self, name: &str) {
        if !self.is_partial(name) {
            self.partial.push(base_name(name).to_owned());
        }
    }

    /// The names of the attributes of which only a part of the values came.
    pub fn partial(&self) -> &[String] {
        &self.partial
    }

    /// Whether only a part of the attribute's values came: the source said that there are more.
    pub fn is_partial(&self, name: &str) -> bool {
        self.partial.iter().any(|partial| partial.eq_ignore_ascii_case(base_name(name)))
    }

    /// Notes what was asked for when this entry came, and nothing else was.
    pub fn was_asked_for(&mut self, asked: Asked) {
        self.asked = Some(asked);
    }

    /// What was asked for when it came, where that is known of this entry alone.
    pub fn asked(&self) -> Option<&Asked> {
        self.asked.as_ref()
    }

    /// The attributes in the order they first came.
    pub fn attributes(&self) -> impl ExactSizeIterator<Item = Attribute<'_>> {
        self.attributes.iter().map(|(name, values)| Attribute { name, values: Values::of(values) })
    }

    /// The values of an attribute; none if it did not come back.
    pub fn values(&self, name: &str) -> Values<'_> {
        let known = self.attributes.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        Values::of(known.map_or(&[], |(_, values)| values))
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

    /// Whether a Boolean attribute is true (see [`is_true`]). Absent is false.
    pub fn flag(&self, name: &str) -> bool {
        self.values(name).any(is_true)
    }

    /// Leaves only the attributes that are to be kept.
    pub fn retain(&mut self, mut keep: impl FnMut(&str) -> bool) {
        self.attributes.retain(|(name, _)| keep(name));
    }

    /// Adds what another answer shows of the same object and this one does not.
    pub fn join(&mut self, other: &Self) {
        for attribute in other.attributes() {
            let fresh: Vec<&[u8]> =
                attribute.values.filter(|value| !self.values(attribute.name).any(|own| own == *value)).collect();
            fresh.into_iter().for_each(|value| self.add(attribute.name, value));
        }
    }
}

impl Shows for Entry {
    fn name(&self) -> Dn {
        self.dn.clone()
    }

    fn values_of<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]> {
        self.values(name)
    }
}

/// Whether the options of an attribute description say that not all of its values follow: `member;range=0-499`. `0-*` is all of
/// them.
pub fn is_partial_range(description: &str) -> bool {
    let mut options = description.split(';').skip(1);
    let range = options.find_map(|option| option.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("range")));
    range.is_some_and(|(_, range)| range.trim() != "0-*")
}

/// About how many bytes an entry takes in memory.
impl Entry {
    /// What it holds, and for each piece the words that point to it.
    pub fn weight(&self) -> usize {
        let values = self.attributes.iter().map(|(name, values)| {
            let bytes: usize = values.iter().map(|value| value.len() + size_of::<Vec<u8>>()).sum();
            name.len() + 48 + bytes
        });
        100 + self.dn.weight() + values.sum::<usize>()
    }
}

/// The attribute description without its options: `cn;lang-de` is `cn`.
pub fn base_name(description: &str) -> &str {
    description.split(';').next().unwrap_or(description)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_one_attribute_stand_together_whatever_its_case_and_options() {
        let mut entry = Entry::new(Dn::of([("o", "Org")]));
        for (name, value) in [("cn", "a"), ("CN;lang-de", "b"), ("sn", ""), ("uid", "x"), ("cn", "c")] {
            entry.add(name, value);
        }
        assert_eq!(entry.values("Cn"), ["a", "b", "c"]);
        assert_eq!((entry.has("sn"), entry.attributes().len()), (false, 2));
        entry.came_in_part("member;range=0-9");
        assert!(entry.is_partial("Member") && !entry.is_partial("cn"));
    }
}
