//! The attributes that are known to have been asked for when an entry came.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The attributes that are known to have been asked for; names are compared without case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asked(Arc<BTreeMap<String, String>>);

impl Asked {
    /// These attributes.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        Self(Arc::new(names.into_iter().map(|name| (name.to_ascii_lowercase(), name.to_owned())).collect()))
    }

    /// Whether the attribute is one of them.
    pub fn names(&self, attribute: &str) -> bool {
        self.0.contains_key(&attribute.to_ascii_lowercase())
    }

    /// The names, as they are spelled.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.values().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_and_keep_their_spelling() {
        let asked = Asked::of(["objectClass", "Is-Deleted"]);
        assert!(asked.names("OBJECTCLASS") && !asked.names("cn"));
        assert_eq!(asked.iter().collect::<Vec<_>>(), ["Is-Deleted", "objectClass"]);
    }
}
