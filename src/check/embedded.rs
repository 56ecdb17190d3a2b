//! The texts that are part of the program: every file of the folder `checks/`, kept by hand; a test compares.

/// A text and the file it comes from.
pub(super) type Text = (&'static str, &'static str);

macro_rules! texts {
    ($($path:literal),* $(,)?) => { &[$(($path, include_str!(concat!("../../", $path)))),*] };
}

/// The checks, in the order in which they are listed where `needs` leaves a choice.
pub(super) const CHECKS: &[Text] = texts![
    "checks/ims/ims-admin-set.toml",
    "checks/ims/ims-admin-exists.toml",
    "checks/ims/ims-admin-recipient.toml",
    "checks/ims/ims-admin-x400.toml",
    "checks/ims/ims-admin-repoint.toml",
];

/// The articles.
pub(super) const ARTICLES: Text = ("checks/articles.toml", include_str!("../../checks/articles.toml"));

/// The event ids and error codes.
pub(super) const EVENTS: Text = ("checks/events.toml", include_str!("../../checks/events.toml"));

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::Path;

    fn walk(folder: &Path, found: &mut BTreeSet<String>) {
        for file in std::fs::read_dir(folder).expect("folder") {
            let path = file.expect("file").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.file_name().is_some_and(|name| name != "README.md") {
                let path = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("inside");
                found.insert(path.to_string_lossy().replace('\\', "/"));
            }
        }
    }

    #[test]
    fn holds_every_file_of_the_folder() {
        let mut files = BTreeSet::new();
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("checks"), &mut files);
        let listed: BTreeSet<_> = CHECKS.iter().chain([&ARTICLES, &EVENTS]).map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, files);
    }
}
