//! An address that was read: its terms, how two compare, and how Exchange would write it.

use super::judge::Found;
use super::key::Key;
use std::fmt;

/// One term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// What it says.
    pub key: Key,
    /// The type of a domain-defined attribute; empty for every other key.
    pub kind: String,
    /// The value; blanks around it are gone, and several within it are one. An ADMD can be a single blank.
    pub value: String,
}

/// An address that is not broken; its terms stand in canonical order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    terms: Vec<Term>,
}

impl Address {
    pub(super) fn from_terms(mut terms: Vec<Term>) -> Self {
        // domain-defined attributes keep the order they have among themselves
        terms.sort_by_key(|term| term.key);
        Self { terms }
    }

    /// The terms in canonical order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The value of a term by its key, as in `p` or `dda:SMTP`, without case.
    pub fn term(&self, key: &str) -> Option<&str> {
        let is = |term: &&Term| match key.split_once(':') {
            Some((dda, kind)) => {
                term.key == Key::DomainDefined && dda.eq_ignore_ascii_case("dda") && same_value(&term.kind, kind)
            }
            None => term.key != Key::DomainDefined && term.key.text().eq_ignore_ascii_case(key),
        };
        self.terms.iter().find(is).map(|term| term.value.as_str())
    }

    /// The first term, in canonical order, that a site's address or an address space has and this address has not, or has with
    /// another value. Only what routes counts: `c` to `ou4` (Q179927).
    pub fn outside(&self, space: &Self) -> Option<Key> {
        let routes = |term: &&Term| term.key <= Key::Unit4;
        let differs = |term: &&Term| self.term(term.key.text()).is_none_or(|value| !same_value(value, &term.value));
        space.terms.iter().filter(routes).find(differs).map(|term| term.key)
    }

    /// Whether this is the same address: the same terms with values that X.400 takes for equal.
    pub fn is_same(&self, other: &Self) -> bool {
        self.comparison() == other.comparison()
    }

    /// The address as a text that is equal for the same address: lower case, `//` in a domain-defined attribute as `/`
    /// (a store that takes `/` for a separator needs the pair, Q156355).
    pub fn comparison(&self) -> String {
        let mut terms: Vec<String> = self.terms.iter().map(Term::comparison).collect();
        terms.sort_unstable();
        terms.concat()
    }
}

impl Term {
    pub(super) fn of(found: &Found<'_>) -> Self {
        let value = if found.value == " " { " ".to_owned() } else { squeezed(found.value) };
        Self { key: found.key, kind: squeezed(found.kind), value }
    }

    fn comparison(&self) -> String {
        let mut text = self.to_string().to_ascii_lowercase();
        // articles print the blank ADMD of a country in both forms, `a= ;` and `a=;`: that they are one is inferred
        if self.value == " " {
            text = text.replace("= ;", "=;");
        }
        if self.key == Key::DomainDefined {
            text = text.replace("//", "/");
        }
        text
    }
}

/// `key=value;`
impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key.text())?;
        if self.key == Key::DomainDefined {
            write!(f, ":{}", self.kind)?;
        }
        write!(f, "={};", self.value)
    }
}

/// As Exchange would write it: canonical order, keys in lower case, a `;` at the end.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.terms.iter().try_for_each(|term| term.fmt(f))
    }
}

/// Whether X.400 takes two values for equal: case does not matter, nor blanks around them or more than one within (X.402
/// clause 18; Q108732). An ADMD of one blank is not an empty one.
pub fn same_value(one: &str, other: &str) -> bool {
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect::<Vec<_>>();
    one.is_empty() == other.is_empty() && words(one) == words(other)
}

/// Several blanks as one, none around.
fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
