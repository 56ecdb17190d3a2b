//! What is known of how a record came to be: from which file of several, and which attributes were asked for.
//!
//! Absent is not missing. That an attribute did not come back means something only where it was asked for, and who can
//! say so differs: a search that named it, a table with its column, the header of an export. A plain file says nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

/// The attributes that are known to have been asked for; names are compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked(Arc<BTreeSet<String>>);

impl Asked {
    /// These attributes.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(Arc::new(names.into_iter().map(str::to_ascii_lowercase).collect()))
    }

    /// Whether the attribute is one of them.
    pub fn names(&self, attribute: &str) -> bool {
        self.0.contains(&attribute.to_ascii_lowercase())
    }

    /// Whether all of these are among them.
    pub fn covers(&self, names: &[String]) -> bool {
        names.iter().all(|name| self.names(name))
    }

    /// These without those that `leave_out` tells of.
    #[must_use]
    pub fn without(&self, leave_out: impl Fn(&str) -> bool) -> Self {
        Self::of(self.iter().filter(|name| !leave_out(name)))
    }

    /// The names, in lower case.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Both together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        if Arc::ptr_eq(&self.0, &other.0) || other.0.is_subset(&self.0) {
            return self.clone();
        }
        Self(Arc::new(self.0.union(&other.0).cloned().collect()))
    }
}

/// One record of an object: several files of one audit may each hold one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// Which of several files it is from; 0 for a server.
    pub file: usize,
    /// What was asked for; none where nobody says.
    pub asked: Option<Asked>,
    /// What this record showed, where the entry holds more than that.
    pub(super) shown: Option<Vec<String>>,
}

impl Part {
    /// Whether the attribute was asked for; none where nobody says.
    pub fn asked_for(&self, attribute: &str) -> Option<bool> {
        self.asked.as_ref().map(|asked| asked.names(attribute))
    }

    /// Takes in another record from the same file.
    pub(super) fn join(&mut self, other: &Self) {
        self.asked = match (self.asked.take(), &other.asked) {
            (Some(own), Some(more)) => Some(own.and(more)),
            (own, more) => own.or_else(|| more.clone()),
        };
        if let (Some(own), Some(more)) = (&mut self.shown, &other.shown) {
            own.extend(more.iter().cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case() {
        let asked = Asked::of(["objectClass", "Is-Deleted"]);
        assert!(asked.names("OBJECTCLASS") && !asked.names("cn"));
        assert!(asked.covers(&["is-deleted".into()]) && !asked.covers(&["cn".into()]));
        let both = asked.and(&Asked::of(["cn"]));
        assert!(both.names("cn") && both.names("is-deleted"));
    }

    #[test]
    fn where_nobody_says_nothing_is_known() {
        let mut part = Part::default();
        assert_eq!(part.asked_for("cn"), None);
        part.join(&Part { asked: Some(Asked::of(["cn"])), ..Part::default() });
        assert_eq!((part.asked_for("cn"), part.asked_for("sn")), (Some(true), Some(false)));
    }
}
