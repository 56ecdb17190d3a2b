//! What searches say of an entry by nothing but its classes: found out once for all entries of the same classes, of which a
//! directory has few kinds. Of a search for one of many classes, or something else, only that else is asked of each.

use super::dn::Dn;
use super::entry::Entry;
use super::filter::Filter;
use super::source::Search;

/// Searches of which it is remembered, the first; a bit each.
const SEARCHES: usize = 8;
/// Kinds of entries that are remembered at a time.
const KINDS: usize = 64;
/// Entries with more bytes of classes are judged each by itself.
const LONGEST: usize = 256;

/// What was found out.
pub(super) struct ByClass {
    /// What each search asks for beside classes.
    others: Vec<Others>,
    known: Vec<Option<Kind>>,
    /// The classes of the entry in question, each with its length.
    classes: Vec<u8>,
}

/// What a search asks for beside classes.
#[derive(Clone)]
enum Others {
    /// Nothing.
    None,
    /// An entry that has not one of its classes must match this.
    Else(Filter),
    /// Its classes alone say nothing.
    All,
}

/// Entries of the same classes, and of the same attributes where that can be told.
struct Kind {
    layout: Option<u32>,
    classes: Vec<u8>,
    /// The searches that match them.
    matched: u8,
    /// What is left to be asked of them.
    others: Vec<Others>,
}

impl ByClass {
    pub(super) fn of(searches: &[Search]) -> Self {
        let others = searches.iter().take(SEARCHES).map(|search| Others::of(&search.filter)).collect();
        Self { others, known: (0..KINDS).map(|_| None).collect(), classes: Vec::new() }
    }

    /// Whether each search matches the entry; none where that must be asked of its filter.
    pub(super) fn matched<'a>(&'a mut self, searches: &[Search], entry: &'a Entry) -> impl Fn(usize) -> Option<bool> + use<'a> {
        let kind = self.kind(searches, entry);
        move |index| {
            let kind = kind?;
            let by_class = kind.matched & bit(index)? != 0;
            match kind.others.get(index)? {
                Others::None => Some(by_class),
                Others::Else(filter) => Some(by_class || filter.matches(entry)),
                Others::All => None,
            }
        }
    }

    fn kind(&mut self, searches: &[Search], entry: &Entry) -> Option<&Kind> {
        self.classes.clear();
        for value in entry.values("objectClass") {
            self.classes.push(u8::try_from(value.len()).ok()?);
            self.classes.extend_from_slice(value);
            if self.classes.len() > LONGEST {
                return None;
            }
        }
        let layout = entry.layout();
        let sum = || self.classes.iter().map(|byte| usize::from(*byte)).sum();
        let place = self.known.get_mut(layout.map_or_else(sum, |layout| layout as usize) % KINDS)?;
        if !place.as_ref().is_some_and(|kind| kind.layout == layout && kind.classes == self.classes) {
            // as of an entry that shows nothing else
            let mut bare = Entry::new(Dn::default());
            entry.values("objectClass").for_each(|class| bare.add("objectClass", class));
            // what else a search asks for may match what shows nothing
            let of_classes = |filter: &Filter| is_of_classes(filter) && filter.matches(&bare);
            let matched = bits(searches, |search| match &search.filter {
                Filter::Or(any) => any.iter().any(of_classes),
                filter => of_classes(filter),
            });
            let others = self.others.iter().map(|others| if layout.is_some() { others.of_names(entry) } else { others.clone() });
            *place = Some(Kind { layout, classes: self.classes.clone(), matched, others: others.collect() });
        }
        place.as_ref()
    }
}

impl Others {
    fn of(filter: &Filter) -> Self {
        match filter {
            filter if is_of_classes(filter) => Self::None,
            Filter::Or(any) => {
                let others: Vec<Filter> = any.iter().filter(|one| !is_of_classes(one)).cloned().collect();
                if others.len() < any.len() { Self::Else(Filter::Or(others)) } else { Self::All }
            }
            _ => Self::All,
        }
    }
}

impl Others {
    /// What is left of it for entries that show the same attributes.
    fn of_names(&self, entry: &Entry) -> Self {
        match self {
            Self::Else(Filter::Or(any)) => {
                let may_match = |filter: &&Filter| filter.matched_by_names(entry) != Some(false);
                let left: Vec<Filter> = any.iter().filter(may_match).cloned().collect();
                if left.is_empty() { Self::None } else { Self::Else(Filter::Or(left)) }
            }
            others => others.clone(),
        }
    }
}

/// Whether a filter asks for nothing but classes.
fn is_of_classes(filter: &Filter) -> bool {
    filter.attributes().into_iter().all(|name| name.eq_ignore_ascii_case("objectClass"))
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

    /// The same entry from a file, so that its attributes have a number.
    fn numbered(entry: &Entry) -> Entry {
        let mut text = Vec::from(*b"dn: o=x\n");
        for attribute in entry.attributes() {
            for value in attribute.values {
                text.extend([attribute.name.as_bytes(), b": ", value, b"\n"].concat());
            }
        }
        text.push(b'\n');
        let padded = [b"dn: o=y\n\n", text.as_slice()].concat();
        match crate::directory::ldif::entries(padded.as_slice()).nth(1) {
            Some(Ok(crate::directory::ldif::Record::Entry(entry))) if entry.layout().is_some() => entry,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn says_what_the_filters_say() {
        let filters = [
            "(objectClass=a)",
            "(|(OBJECTCLASS=a)(cn=x)(objectClass=bb)(!(cn=*)))",
            "(!(objectClass=*))",
            "(&(objectClass=a)(cn=x))",
            "(&)",
        ];
        let search = |text: &&str| Search::below(Dn::default(), Filter::parse(text).expect("a filter"), &[]);
        let searches: Vec<Search> = filters.iter().cycle().take(12).map(search).collect();
        let mut by_class = ByClass::of(&searches);
        // more kinds than are remembered, and each again
        for number in (0..128).chain(0..128) {
            let mut entry = Entry::new(Dn::default());
            [("a", 1), ("B", 2), ("bb", 4), ("c", 8)].iter().filter(|(_, bit)| number & bit != 0).for_each(|(class, _)| {
                entry.add("objectClass", class);
            });
            if number & 16 != 0 {
                entry.add("objectClass", "y".repeat(250 + number));
            }
            if number & 32 != 0 {
                entry.add("cn", if number & 8 != 0 { "x" } else { "y" });
            }
            let entry = if number & 64 != 0 { numbered(&entry) } else { entry };
            let matched = by_class.matched(&searches, &entry);
            for (index, search) in searches.iter().enumerate() {
                let told = matched(index);
                assert!(told.is_none_or(|told| told == search.filter.matches(&entry)), "{number} {}", search.filter);
                assert!(told.is_some() || index >= SEARCHES || index % 5 == 3 || number & 16 != 0, "{number} {}", search.filter);
            }
        }
    }
}
