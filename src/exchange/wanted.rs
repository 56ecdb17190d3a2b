//! What the checks that will judge need: which objects, which of their attributes, and which names are to be followed. The plan is
//! made before anything is read.

use super::selection::Selection;

/// What the checks that will judge need.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Attributes of the Internet Mail Services, beside the usual ones.
    pub services: Vec<String>,
    /// Attributes of the objects that references lead to.
    pub referred: Vec<String>,
    /// The configuration objects, beside services and containers.
    pub configuration: Vec<&'static Selection>,
    /// Their attributes.
    pub configuration_attributes: Vec<String>,
    /// The recipients.
    pub recipients: Vec<&'static Selection>,
    /// Their attributes.
    pub recipient_attributes: Vec<String>,
    /// The references that are followed: of the objects of a selection, by an attribute.
    pub followed: Vec<(&'static Selection, String)>,
    /// The references of objects that references led to.
    pub followed_on: Vec<String>,
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
        let others = self.referred.iter().chain(&self.configuration_attributes).chain(&self.recipient_attributes);
        others.for_each(|name| add(&mut names, name));
        names
    }
}

/// Adds a name that is not there yet; names are compared without case.
pub fn add(names: &mut Vec<String>, name: &str) {
    if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
        names.push(name.to_owned());
    }
}
