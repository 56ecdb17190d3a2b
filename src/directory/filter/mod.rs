//! LDAP search filters (RFC 4515): reading, writing, and evaluating over an entry in memory.

mod compare;
mod parse;

use super::entry::Entry;
use std::fmt;

/// A search filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// `(&...)`; empty is true.
    And(Vec<Filter>),
    /// `(|...)`; empty is false.
    Or(Vec<Filter>),
    /// `(!...)`.
    Not(Box<Filter>),
    /// `(attribute=*)`.
    Present(String),
    /// `(attribute=value)`, and `~=`, which Exchange treats as equality (SDK directry_0rzo).
    Equal(String, Vec<u8>),
    /// `(attribute=initial*any*final)`.
    Substrings(String, Substrings),
    /// `(attribute>=value)`.
    AtLeast(String, Vec<u8>),
    /// `(attribute<=value)`.
    AtMost(String, Vec<u8>),
    /// `(attribute:rule:=value)`: kept as written, never evaluated.
    Extensible(String),
}

/// The parts of a substring assertion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Substrings {
    /// What the value starts with.
    pub initial: Option<Vec<u8>>,
    /// What it holds, in this order.
    pub any: Vec<Vec<u8>>,
    /// What it ends with.
    pub last: Option<Vec<u8>>,
}

/// Why a text is not a filter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an LDAP filter (RFC 4515): {reason} at character {at}")]
pub struct FilterError {
    /// What is wrong.
    pub reason: &'static str,
    /// Position, counted from 1.
    pub at: usize,
}

impl Filter {
    /// Reads a filter.
    ///
    /// # Errors
    /// [`FilterError`] with the position.
    pub fn parse(text: &str) -> Result<Self, FilterError> {
        parse::filter(text)
    }

    /// `(attribute=value)`.
    pub fn equal(attribute: &str, value: &str) -> Self {
        Self::Equal(attribute.to_owned(), value.as_bytes().to_vec())
    }

    /// `(attribute=*)`.
    pub fn present(attribute: &str) -> Self {
        Self::Present(attribute.to_owned())
    }

    /// `(|(objectClass=a)(objectClass=b)...)`.
    pub fn any_class(classes: &[&str]) -> Self {
        Self::Or(classes.iter().map(|class| Self::equal("objectClass", class)).collect())
    }

    /// Whether the entry matches. What did not come back with the entry does not match; an extensible match is
    /// undefined, and undefined is no match.
    pub fn matches(&self, entry: &Entry) -> bool {
        self.told(entry, &mut |_| true, false) == Some(true)
    }

    /// Three-valued evaluation: `None` is "cannot be told". `proven_absent` is asked about each attribute that did not
    /// come back with the entry: may its absence be taken for "not set"?
    pub fn evaluate(&self, entry: &Entry, proven_absent: &mut dyn FnMut(&str) -> bool) -> Option<bool> {
        self.told(entry, proven_absent, true)
    }

    /// The same where the answer does not depend on what did not come back; nothing is asked.
    pub fn certain(&self, entry: &Entry) -> Option<bool> {
        self.told(entry, &mut |_| false, false)
    }

    /// The same where the answer does not depend on values either, but those of `objectClass`: it is the same for every entry that
    /// shows the same attributes and is of the same classes.
    pub fn certain_by_names(&self, entry: &Entry) -> Option<bool> {
        self.joined(&|item| match item {
            Self::Present(_) => item.certain(entry),
            Self::Equal(name, _) if name.eq_ignore_ascii_case("objectClass") => item.certain(entry),
            _ => None,
        })
    }

    /// What [`Filter::matches`] says, where that does not depend on values: it is the same for every entry that shows the same
    /// attributes.
    pub fn matched_by_names(&self, entry: &Entry) -> Option<bool> {
        self.joined(&|item| match item {
            Self::Present(_) => Some(item.matches(entry)),
            Self::Equal(name, _) | Self::Substrings(name, _) | Self::AtLeast(name, _) | Self::AtMost(name, _) => {
                (!entry.has(name)).then_some(false)
            }
            _ => None,
        })
    }

    /// What follows from what is said of each item.
    fn joined(&self, told: &dyn Fn(&Self) -> Option<bool>) -> Option<bool> {
        let list = |filters: &[Self], decisive: bool| {
            let all = || filters.iter().map(|filter| filter.joined(told));
            match all().any(|one| one == Some(decisive)) {
                true => Some(decisive),
                false => all().all(|one| one.is_some()).then_some(!decisive),
            }
        };
        match self {
            Self::And(all) => list(all, false),
            Self::Or(any) => list(any, true),
            Self::Not(inner) => inner.joined(told).map(|matched| !matched),
            item => told(item),
        }
    }

    /// The same as [`Filter::evaluate`]; `whole` asks about every attribute, though the answer may be known before.
    fn told(&self, entry: &Entry, proven_absent: &mut dyn FnMut(&str) -> bool, whole: bool) -> Option<bool> {
        let mut item = |attribute: &str, test: &dyn Fn(&[u8]) -> bool| {
            let mut values = entry.values(attribute);
            if values.is_empty() { proven_absent(attribute).then_some(false) } else { Some(values.any(test)) }
        };
        match self {
            Self::And(all) => Self::list(all, false, entry, proven_absent, whole),
            Self::Or(any) => Self::list(any, true, entry, proven_absent, whole),
            Self::Not(inner) => inner.told(entry, proven_absent, whole).map(|matched| !matched),
            // every object has a class, whether it was shown or not (RFC 4512 section 3.3)
            Self::Present(attribute) if attribute.eq_ignore_ascii_case("objectClass") => Some(true),
            Self::Present(attribute) => item(attribute, &|_| true),
            Self::Equal(attribute, value) => item(attribute, &|v| compare::equal(v, value)),
            Self::Substrings(attribute, parts) => item(attribute, &|v| parts.matches(v)),
            Self::AtLeast(attribute, value) => item(attribute, &|v| compare::order(v, value).is_ge()),
            Self::AtMost(attribute, value) => item(attribute, &|v| compare::order(v, value).is_le()),
            Self::Extensible(_) => None,
        }
    }

    /// A list is what one of its filters is that is `decisive`; unknown if none is and one is unknown.
    fn list(
        filters: &[Self],
        decisive: bool,
        entry: &Entry,
        proven_absent: &mut dyn FnMut(&str) -> bool,
        whole: bool,
    ) -> Option<bool> {
        let mut result = Some(!decisive);
        for filter in filters {
            match filter.told(entry, proven_absent, whole) {
                Some(told) if told == decisive && !whole => return Some(decisive),
                Some(told) if told == decisive => result = Some(decisive),
                None if result != Some(decisive) => result = None,
                _ => {}
            }
        }
        result
    }

    /// The attributes the filter speaks of, each once, as written.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_attributes(true, &mut names);
        names
    }

    /// The attributes the filter compares with a value, each once, as written: a test for presence is no comparison.
    pub fn comparisons(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.collect_attributes(false, &mut names);
        names
    }

    fn collect_attributes<'a>(&'a self, presence: bool, names: &mut Vec<&'a str>) {
        match self {
            Self::And(list) | Self::Or(list) => list.iter().for_each(|f| f.collect_attributes(presence, names)),
            Self::Not(inner) => inner.collect_attributes(presence, names),
            Self::Present(_) if !presence => {}
            Self::Present(name)
            | Self::Equal(name, _)
            | Self::Substrings(name, _)
            | Self::AtLeast(name, _)
            | Self::AtMost(name, _) => {
                if !names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
                    names.push(name);
                }
            }
            Self::Extensible(_) => {}
        }
    }
}

/// Writes the filter as RFC 4515 text that [`Filter::parse`] reads back.
impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, sign: &str, filters: &[Self]| {
            write!(f, "({sign}")?;
            filters.iter().try_for_each(|filter| write!(f, "{filter}"))?;
            f.write_str(")")
        };
        match self {
            Self::And(all) => list(f, "&", all),
            Self::Or(any) => list(f, "|", any),
            Self::Not(inner) => write!(f, "(!{inner})"),
            Self::Present(name) => write!(f, "({name}=*)"),
            Self::Equal(name, value) => write!(f, "({name}={})", escape(value)),
            Self::AtLeast(name, value) => write!(f, "({name}>={})", escape(value)),
            Self::AtMost(name, value) => write!(f, "({name}<={})", escape(value)),
            Self::Substrings(name, parts) => {
                write!(f, "({name}={}*", parts.initial.as_deref().map(escape).unwrap_or_default())?;
                parts.any.iter().try_for_each(|part| write!(f, "{}*", escape(part)))?;
                write!(f, "{})", parts.last.as_deref().map(escape).unwrap_or_default())
            }
            Self::Extensible(text) => write!(f, "({text})"),
        }
    }
}

fn escape(value: &[u8]) -> String {
    let special = |c: char| matches!(c, '(' | ')' | '*' | '\\') || c.is_control();
    match std::str::from_utf8(value) {
        Ok(text) => text
            .chars()
            .map(|c| if special(c) { c.to_string().bytes().map(|b| format!("\\{b:02x}")).collect() } else { c.to_string() })
            .collect(),
        Err(_) => value.iter().map(|b| format!("\\{b:02x}")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::dn::Dn;

    fn entry() -> Entry {
        let mut entry = Entry::new(Dn::default());
        entry.add("objectClass", "organizationalPerson");
        entry.add("otherMailbox", "x400$c=US;a= ;p=Org;");
        entry.add("Deliv-Cont-Length", "900");
        entry.add("cn", "Ünï*code (x)");
        entry
    }

    #[test]
    fn writes_back_what_it_read() {
        for text in [
            "(cn=*)",
            "(&(objectClass=person)(!(Is-Deleted=TRUE)))",
            "(|)",
            "(cn=a*b*c)",
            "(cn=*b*)",
            "(cn=a\\2ab\\28\\29)",
            "(n>=5)",
            "(n<=5)",
            "(cn:caseExactMatch:=x)",
            "(cn=\\ff)",
        ] {
            assert_eq!(Filter::parse(text).expect(text).to_string(), text);
        }
    }

    #[test]
    fn matches_like_the_directory() {
        for (text, expected) in [
            ("(OTHERMAILBOX=X400$*)", true),
            ("(otherMailbox=x400$c=us;a=;*)", false),
            ("(otherMailbox=x400$c=us;a= ;*)", true),
            ("(Deliv-Cont-Length>=1000)", false),
            ("(Deliv-Cont-Length<=1000)", true),
            ("(cn=ünï\\2acode \\28x\\29)", true),
            ("(cn=*code*)", true),
            ("(!(sn=*))", true),
            ("(cn:x:=y)", false),
            ("(!(cn:x:=y))", false),
            ("(&)", true),
            ("(!(objectClass=*))", false),
            ("(|)", false),
        ] {
            assert_eq!(Filter::parse(text).expect(text).matches(&entry()), expected, "{text}");
        }
    }

    #[test]
    fn absent_is_not_missing() {
        let filter = Filter::parse("(|(textEncodedORAddress=*)(otherMailbox=SMTP$*))").expect("filter");
        assert_eq!(filter.evaluate(&entry(), &mut |_| false), None);
        assert_eq!(filter.evaluate(&entry(), &mut |_| true), Some(false));
        let both = Filter::parse("(&(sn=*)(cn=x))").expect("filter");
        assert_eq!(both.evaluate(&entry(), &mut |_| false), Some(false));
        assert_eq!((filter.certain(&entry()), both.certain(&entry())), (None, Some(false)));
    }

    #[test]
    fn refuses_what_is_no_filter() {
        for text in ["", "cn=x", "(cn=x", "(=x)", "(cn=(x)", "(cn=\\2)", "(cn=a**b)", "(cn=x)(sn=y)", "(!)"] {
            assert!(Filter::parse(text).is_err(), "{text}");
        }
        assert!(Filter::parse(&"(!".repeat(100_000)).is_err());
    }
}
