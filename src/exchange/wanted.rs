//! What the checks that will judge want collected, and who watches what streams by.

use super::organization::Organization;
use super::selection::Selection;
use super::shapes::Shape;
use super::sweep::Seen;
use crate::directory::dn::Dn;
use crate::directory::entry::Entry;

/// What the checks that will judge want collected.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Attributes of the Internet Mail Services, beside the usual ones.
    pub services: Vec<String>,
    /// Attributes of the objects that references lead to.
    pub referred: Vec<String>,
    /// The configuration objects to keep, beside services and containers.
    pub configuration: Vec<&'static Selection>,
    /// Their attributes.
    pub configuration_attributes: Vec<String>,
    /// The objects to let stream by.
    pub swept: Vec<&'static Selection>,
    /// Their attributes.
    pub swept_attributes: Vec<String>,
}

impl Wanted {
    /// The same, and these attributes of services and of what they refer to.
    #[must_use]
    pub fn and(mut self, names: impl IntoIterator<Item = String>) -> Self {
        for name in names {
            add(&mut self.services, &name);
            add(&mut self.referred, &name);
        }
        self
    }

    /// Every attribute that is wanted of anything.
    pub fn all(&self) -> Vec<String> {
        let mut names = self.services.clone();
        let others = self.referred.iter().chain(&self.configuration_attributes).chain(&self.swept_attributes);
        others.for_each(|name| add(&mut names, name));
        names
    }

    /// The attributes of services and of what they refer to.
    pub fn of_services(names: &[String]) -> Self {
        Self::default().and(names.iter().cloned())
    }
}

/// Adds a name that is not there yet; names are compared without case.
pub fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        names.push(name.to_owned());
    }
}

/// Who watches what streams by while the directory is collected.
pub trait Watch {
    /// A living object of a swept selection streams by. Its classes are named.
    fn see(&mut self, entry: Entry, seen: Seen, shape: Option<Shape>);

    /// The objects to look up, now that so much is collected. It is asked again after they were, until it wants nothing new.
    fn wanted(&mut self, organization: &Organization) -> Vec<Dn>;
}

/// Watches nothing.
#[derive(Debug, Clone, Copy)]
pub struct Blind;

impl Watch for Blind {
    fn see(&mut self, _: Entry, _: Seen, _: Option<Shape>) {}

    fn wanted(&mut self, _: &Organization) -> Vec<Dn> {
        Vec::new()
    }
}
