//! What the checks that will judge need: which objects, which of their attributes, and which names are to be followed. The plan is
//! made before anything is read.

use super::selection::Selection;
use crate::directory::filter::Filter;
use crate::directory::whole::EntryRef;

/// References that are followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// Of the objects of this selection.
    pub each: &'static Selection,
    /// Only of those that match.
    pub only: Option<Filter>,
    /// By this attribute.
    pub attribute: String,
}

impl Followed {
    /// Whether the references of an object are of interest. One that does not show everything that decides it may be.
    pub fn may_be_of(&self, entry: &EntryRef<'_>) -> bool {
        let may_match = |only: &Filter| {
            let shows = |name: &&str| entry.values(name).next().is_some();
            only.matches(entry) || !only.attributes().iter().all(shows)
        };
        self.each.takes(entry) && self.only.as_ref().is_none_or(may_match)
    }
}

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
    /// The references that are followed.
    pub followed: Vec<Followed>,
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

    /// Whether objects are judged, or looked for, that may be hidden from the address book: recipients, and what runs on a server,
    /// which has addresses too.
    pub fn of_hidden(&self) -> bool {
        let may_be_hidden =
            |each: &&Selection| matches!(each.word(), "mta" | "private-store" | "public-store" | "system-attendant");
        !self.recipients.is_empty() || self.configuration.iter().any(may_be_hidden)
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
