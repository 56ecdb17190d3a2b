//! What searches say of an entry by nothing but its classes: found out once for all entries of the same classes, of which a
//! directory has few kinds.

use super::entry::Entry;
use super::source::Search;

/// Searches of which it is remembered, the first; a bit each.
const SEARCHES: usize = 8;
/// Kinds of entries that are remembered at a time.
const KINDS: usize = 16;
/// Entries with more bytes of classes are judged each by itself.
const LONGEST: usize = 256;

/// What was found out.
pub(super) struct ByClass {
    /// The searches that ask for nothing but classes.
    only: u8,
    known: Vec<Kind>,
    /// The kind that is forgotten next.
    oldest: usize,
    /// The classes of the entry in question, each with its length.
    classes: Vec<u8>,
}

/// Entries of the same classes.
struct Kind {
    classes: Vec<u8>,
    /// The searches that match them.
    matched: u8,
}

impl ByClass {
    pub(super) fn of(searches: &[Search]) -> Self {
        let is_class = |name: &str| name.eq_ignore_ascii_case("objectClass");
        let only = bits(searches, |search| search.filter.attributes().into_iter().all(is_class));
        Self { only, known: Vec::new(), oldest: 0, classes: Vec::new() }
    }

    /// Whether each search matches the entry; none where that must be asked of its filter.
    pub(super) fn matched(&mut self, searches: &[Search], entry: &Entry) -> impl Fn(usize) -> Option<bool> + use<> {
        let matched = self.bits(searches, entry);
        let only = if matched.is_some() { self.only } else { 0 };
        move |index| {
            let bit = bit(index).filter(|bit| only & bit != 0)?;
            matched.map(|matched| matched & bit != 0)
        }
    }

    fn bits(&mut self, searches: &[Search], entry: &Entry) -> Option<u8> {
        if self.only == 0 {
            return None;
        }
        self.classes.clear();
        for value in entry.values("objectClass") {
            self.classes.push(u8::try_from(value.len()).ok()?);
            self.classes.extend_from_slice(value);
            if self.classes.len() > LONGEST {
                return None;
            }
        }
        if let Some(kind) = self.known.iter().find(|kind| kind.classes == self.classes) {
            return Some(kind.matched);
        }
        let matched = bits(searches, |search| search.filter.matches(entry));
        let kind = Kind { classes: self.classes.clone(), matched };
        if self.known.len() < KINDS {
            self.known.push(kind);
        } else if let Some(oldest) = self.known.get_mut(self.oldest) {
            *oldest = kind;
            self.oldest = (self.oldest + 1) % KINDS;
        }
        Some(matched)
    }
}

fn bits(searches: &[Search], is: impl Fn(&Search) -> bool) -> u8 {
    searches.iter().take(SEARCHES).zip(0..).filter(|(search, _)| is(search)).fold(0, |bits, (_, index)| bits | 1 << index)
}

fn bit(index: usize) -> Option<u8> {
    (index < SEARCHES).then(|| 1 << index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;
    use crate::directory::filter::Filter;

    #[test]
    fn says_what_the_filters_say() {
        let filters =
            ["(objectClass=a)", "(|(OBJECTCLASS=a)(objectClass=bb))", "(!(objectClass=*))", "(&(objectClass=a)(cn=x))", "(&)"];
        let search = |text: &&str| Search::below(Dn::default(), Filter::parse(text).expect("a filter"), &[]);
        let searches: Vec<Search> = filters.iter().cycle().take(12).map(search).collect();
        let mut by_class = ByClass::of(&searches);
        // more kinds than are remembered, and each again
        for number in (0..40).chain(0..40) {
            let mut entry = Entry::new(Dn::default());
            [("a", 1), ("B", 2), ("bb", 4), ("c", 8)].iter().filter(|(_, bit)| number & bit != 0).for_each(|(class, _)| {
                entry.add("objectClass", class);
            });
            if number & 16 != 0 {
                entry.add("objectClass", "y".repeat(250 + number));
            }
            if number & 32 != 0 {
                entry.add("cn", "x");
            }
            let matched = by_class.matched(&searches, &entry);
            for (index, search) in searches.iter().enumerate() {
                let told = matched(index);
                assert!(told.is_none_or(|told| told == search.filter.matches(&entry)), "{number} {}", search.filter);
                assert!(told.is_some() || index >= SEARCHES || index % 5 == 3 || number & 16 != 0, "{number} {}", search.filter);
            }
        }
    }
}
