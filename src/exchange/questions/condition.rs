//! Conditions: LDAP filters (RFC 4515), asked about an entry in three values.
//!
//! The attribute names are looked up once. Whether an entry shows an attribute is a bit, which nearly always decides.

use super::absence::Absence;
use super::cause::Cause;
use super::seen::Seen;
use super::truth::{Ground, Truth};
use super::{Causes, Questions};
use crate::directory::filter::Filter;
use crate::directory::whole::Name;

/// A filter that is asked about many entries of one directory.
#[derive(Debug, Clone)]
pub struct Condition(Node);

#[derive(Debug, Clone)]
enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Item(Box<Item>),
    /// A match by rule, which nothing evaluates.
    Never,
}

#[derive(Debug, Clone)]
struct Item {
    attribute: String,
    name: Option<Name>,
    filter: Filter,
    kind: Kind,
}

/// What an item asks about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Plain,
    /// The class of an object.
    Class,
    /// What the name of an object tells.
    Name,
    /// An address of a type, in one of the places of addresses.
    Address(String),
}

impl Condition {
    /// A filter, for entries of this directory.
    pub fn of(filter: &Filter, questions: &Questions) -> Self {
        Self(node(filter, questions))
    }

    /// Whether an entry matches.
    pub fn holds(&self, seen: &Seen<'_>) -> Truth {
        self.0.holds(seen)
    }
}

fn node(filter: &Filter, questions: &Questions) -> Node {
    match filter {
        Filter::And(all) => Node::And(all.iter().map(|one| node(one, questions)).collect()),
        Filter::Or(any) => Node::Or(any.iter().map(|one| node(one, questions)).collect()),
        Filter::Not(inner) => Node::Not(Box::new(node(inner, questions))),
        Filter::Extensible(_) => Node::Never,
        Filter::Present(attribute)
        | Filter::Equal(attribute, _)
        | Filter::Substrings(attribute, _)
        | Filter::AtLeast(attribute, _)
        | Filter::AtMost(attribute, _) => Node::Item(Box::new(Item {
            attribute: attribute.clone(),
            name: questions.directory.name(attribute),
            kind: kind_of(filter, attribute),
            filter: filter.clone(),
        })),
    }
}

fn kind_of(filter: &Filter, attribute: &str) -> Kind {
    let is = |name: &str| attribute.eq_ignore_ascii_case(name);
    if is("objectClass") {
        return Kind::Class;
    }
    if is("rdn") || is("distinguishedName") {
        return Kind::Name;
    }
    if is("textEncodedORAddress") {
        return Kind::Address("X400".into());
    }
    if is("mail") || is("rfc822Mailbox") {
        return Kind::Address("SMTP".into());
    }
    if !Questions::is_address_place(attribute) {
        return Kind::Plain;
    }
    // `X400$...`, `X400:...`: the type that a value must begin with
    let begins: &[u8] = match filter {
        Filter::Equal(_, value) => value,
        Filter::Substrings(_, parts) => parts.initial.as_deref().unwrap_or_default(),
        _ => &[],
    };
    let separator = if is("otherMailbox") { b'$' } else { b':' };
    match begins.iter().position(|byte| *byte == separator).and_then(|at| begins.get(..at)) {
        Some(kind) => Kind::Address(String::from_utf8_lossy(kind).to_ascii_uppercase()),
        None => Kind::Plain,
    }
}

impl Node {
    fn holds(&self, seen: &Seen<'_>) -> Truth {
        match self {
            Self::And(all) => list(all, seen, false),
            // either holds where not all fail
            Self::Or(any) => !list(any, seen, true),
            Self::Not(inner) => !inner.holds(seen),
            Self::Item(item) => item.holds(seen),
            Self::Never => {
                let cause = Cause::cut("a match by rule (RFC 4515 extensible match) is not evaluated");
                Truth::Open(seen.questions().cause(cause))
            }
        }
    }
}

/// All of them, each negated if asked so. What decides surely ends the asking.
fn list(nodes: &[Node], seen: &Seen<'_>, negated: bool) -> Truth {
    let mut so_far = Truth::Yes(Ground::documented());
    for node in nodes {
        let one = node.holds(seen);
        let one = if negated { !one } else { one };
        if matches!(&one, Truth::No(ground) if *ground == Ground::documented()) {
            return one;
        }
        so_far = so_far.and(one);
    }
    so_far
}

impl Item {
    fn holds(&self, seen: &Seen<'_>) -> Truth {
        let Some(name) = self.name else { return self.unknown(seen) };
        if !seen.entry.shown().has(name) {
            return self.not_shown(seen, name);
        }
        match self.kind {
            Kind::Class if matches!(self.filter, Filter::Present(_)) => Truth::Yes(Ground::documented()),
            Kind::Class => Truth::of(self.class(seen)),
            Kind::Name => Truth::of(seen.entry.held(name).any(|value| self.filter.fits(value))),
            _ => seen.values_of(name).any(|value| self.filter.fits(value)),
        }
    }

    fn class(&self, seen: &Seen<'_>) -> bool {
        match &self.filter {
            Filter::Equal(_, class) => std::str::from_utf8(class).is_ok_and(|class| seen.has_class(class)),
            filter => seen.entry.values("objectClass").any(|value| filter.fits(value)),
        }
    }

    fn not_shown(&self, seen: &Seen<'_>, name: Name) -> Truth {
        match &self.kind {
            // every object has a class, whether it was shown or not (RFC 4512 section 3.3)
            Kind::Class if matches!(self.filter, Filter::Present(_)) => Truth::Yes(Ground::documented()),
            // the name counts, whether or not it came back as an attribute
            Kind::Name => match seen.told_by_name(&self.attribute) {
                Some(value) => Truth::of(self.filter.fits(&value)),
                None => Truth::of(false),
            },
            Kind::Address(kind) => match seen.has_address(kind) {
                // it stands in another place: this one is asked about by itself
                Truth::Yes(_) => self.absent(seen, name),
                other => other,
            },
            Kind::Plain | Kind::Class => self.absent(seen, name),
        }
    }

    fn absent(&self, seen: &Seen<'_>, name: Name) -> Truth {
        match seen.questions().absence(seen, name) {
            Absence::Unset(ground) => Truth::No(ground),
            Absence::Open(causes) => Truth::Open(causes),
        }
    }

    /// Nobody shows an attribute of this name, and nobody asked for it.
    fn unknown(&self, seen: &Seen<'_>) -> Truth {
        match self.kind {
            Kind::Class if matches!(self.filter, Filter::Present(_)) => Truth::Yes(Ground::documented()),
            Kind::Name => Truth::of(seen.told_by_name(&self.attribute).is_some_and(|value| self.filter.fits(&value))),
            _ => {
                let causes: Causes = seen.questions().cause(Cause::NotAsked { attribute: self.attribute.clone() });
                Truth::Open(causes)
            }
        }
    }
}
