//! LDAP search filters (RFC 4515): reading, writing, and evaluating over an entry in memory.

mod compare;
mod parse;

pub use compare::equal as same_text;

use super::dn::Dn;
use super::text::text_of;
use super::whole::is_true;
use std::fmt;

/// What an entry shows, wherever it stands.
pub trait Shows {
    /// Its name.
    fn name(&self) -> Dn;

    /// The values of an attribute by its name, in any case; none if it did not come back.
    fn values_of<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]>;

    /// Whether the attribute came back with a value.
    fn shows(&self, name: &str) -> bool {
        self.values_of(name).next().is_some()
    }

    /// The values as text (see [`text_of`]).
    fn texts_of(&self, name: &str) -> impl Iterator<Item = String> {
        self.values_of(name).map(text_of)
    }

    /// Whether a Boolean attribute is true (see [`is_true`]). Absent is false.
    fn is_set(&self, name: &str) -> bool {
        self.values_of(name).any(is_true)
    }
}

impl<T: Shows> Shows for &T {
    fn name(&self) -> Dn {
        (**self).name()
    }

    fn values_of<'s>(&'s self, name: &str) -> impl Iterator<Item = &'s [u8]> {
        (**self).values_of(name)
    }
}

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

    /// Whether an entry matches, as it is shown. What did not come back does not match; an extensible match is undefined, and
    /// undefined is no match, negated or not.
    pub fn matches(&self, entry: &impl Shows) -> bool {
        self.told(entry) == Some(true)
    }

    fn told(&self, entry: &impl Shows) -> Option<bool> {
        let list = |filters: &[Self], decisive: bool| {
            let mut so_far = Some(!decisive);
            for filter in filters {
                match filter.told(entry) {
                    Some(told) if told == decisive => return Some(decisive),
                    Some(_) => {}
                    None => so_far = None,
                }
            }
            so_far
        };
        match self {
            Self::And(all) => list(all, false),
            Self::Or(any) => list(any, true),
            Self::Not(inner) => inner.told(entry).map(|matched| !matched),
            // every object has a class, whether it was shown or not (RFC 4512 section 3.3)
            Self::Present(attribute) if attribute.eq_ignore_ascii_case("objectClass") => Some(true),
            Self::Extensible(_) => None,
            Self::Present(name)
            | Self::Equal(name, _)
            | Self::Substrings(name, _)
            | Self::AtLeast(name, _)
            | Self::AtMost(name, _) => Some(entry.values_of(name).any(|value| self.fits(value))),
        }
    }

    /// Whether a value of the attribute that an item speaks of fits it. A list of items fits none.
    pub fn fits(&self, value: &[u8]) -> bool {
        match self {
            Self::Present(_) => true,
            Self::Equal(_, expected) => compare::equal(value, expected),
            Self::Substrings(_, parts) => parts.matches(value),
            Self::AtLeast(_, bound) => compare::order(value, bound).is_ge(),
            Self::AtMost(_, bound) => compare::order(value, bound).is_le(),
            Self::And(_) | Self::Or(_) | Self::Not(_) | Self::Extensible(_) => false,
        }
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
    use crate::directory::entry::Entry;

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
    fn refuses_what_is_no_filter() {
        for text in ["", "cn=x", "(cn=x", "(=x)", "(cn=(x)", "(cn=\\2)", "(cn=a**b)", "(cn=x)(sn=y)", "(!)"] {
            assert!(Filter::parse(text).is_err(), "{text}");
        }
        assert!(Filter::parse(&"(!".repeat(100_000)).is_err());
    }
}
