//! The attributes that are known to have been asked for when an entry came.

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

    /// The names, in lower case.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
