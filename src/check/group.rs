//! The checks by the folder that they lie in, which is what they are about.

use super::catalogue::Catalogue;
use super::definition::Check;
use std::path::Path;

/// The checks of one folder, in the catalogue's order.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    /// The folder's name, `ims`; a path for an operator's own.
    pub folder: String,
    /// What it is about, in a few words.
    pub title: String,
    /// Its checks.
    pub checks: Vec<&'a Check>,
}

/// What the folders are about.
const TITLES: [(&str, &str); 8] = [
    ("ims", "Internet Mail Service"),
    ("x400", "X.400 addresses and the site's addressing"),
    ("connectors", "Connectors and their address spaces"),
    ("recipients", "Recipients and distribution lists"),
    ("site", "Sites, servers and replication"),
    ("directory", "Directory replication and the roles of a site"),
    ("ldap", "LDAP, and what this audit rests on"),
    ("changes", "Before and after changes"),
];

impl Catalogue {
    /// The checks by folder: those of the program as they come first in the catalogue, then an operator's own.
    pub fn groups(&self) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for check in self.checks() {
            let (folder, title) = folder_of(check);
            match groups.iter_mut().find(|group| group.folder == folder) {
                Some(group) => group.checks.push(check),
                None => groups.push(Group { folder, title, checks: vec![check] }),
            }
        }
        groups
    }
}

/// The folder of a check, and what it is about.
pub(crate) fn folder_of(check: &Check) -> (String, String) {
    let Some(folder) = check.folder() else {
        let parent = Path::new(&check.origin).parent().unwrap_or(Path::new("")).display().to_string();
        return (parent.clone(), format!("Your own, from {parent}"));
    };
    let title = TITLES.iter().find(|(known, _)| *known == folder).map_or(folder, |(_, title)| title);
    (folder.to_owned(), title.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_folder_says_what_it_is_about() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let groups = catalogue.groups();
        assert_eq!(groups.iter().map(|group| group.checks.len()).sum::<usize>(), catalogue.checks().len());
        for group in &groups {
            assert!(TITLES.iter().any(|(folder, title)| group.folder == *folder && group.title == *title), "{group:?}");
        }
        assert_eq!(groups.first().map(|group| group.folder.as_str()), Some("ims"));
    }

    #[test]
    fn an_operators_own_stand_apart() {
        let own = include_str!("../../checks/ims/ims-admin-repoint.toml").replace("ims-admin-repoint", "own-repoint");
        let folder = tempfile::tempdir().expect("folder");
        std::fs::write(folder.path().join("own-repoint.toml"), own).expect("file");
        let catalogue = Catalogue::with_directory(folder.path()).expect("own");
        let groups = catalogue.groups();
        let last = groups.last().expect("a group");
        assert_eq!(last.title, format!("Your own, from {}", folder.path().display()));
        assert_eq!(last.checks.iter().map(|check| check.id.as_str()).collect::<Vec<_>>(), ["own-repoint"]);
    }
}
