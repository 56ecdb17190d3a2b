//! The texts that are part of the program: every file of the folder `checks/`, kept by hand; a test compares.

/// A text and the file it comes from.
pub(super) type Text = (&'static str, &'static str);

macro_rules! texts {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$((
            concat!("checks/", $folder, "/", $name, ".toml"),
            include_str!(concat!("../../checks/", $folder, "/", $name, ".toml")),
        )),*]
    };
}

const IMS: &[Text] = texts!["ims":
    "ims-admin-set",
    "ims-admin-exists",
    "ims-admin-recipient",
    "ims-admin-x400",
    "ims-admin-repoint",
    "ims-admin-x400-uppercase",
    "ims-admin-x400-malformed",
    "ims-admin-x400-has-cn",
    "ims-admin-proxy-set-incomplete",
    "ims-admin-home",
    "ims-admin-home-mta",
    "ims-admin-forwards-mail",
    "ims-admin-postmaster-shadow",
    "ims-no-address-space",
    "ims-address-space-blank",
    "ims-address-space-foreign-type",
    "ims-site-scope-misread",
    "ims-server-missing",
    "ims-server-no-private-store",
    "ims-object-damaged",
    "ims-domain-routing-unparsable",
    "ims-settings-length-limits",
    "smtp-open-relay",
];

const CONNECTORS: &[Text] = texts!["connectors":
    "connector-home-mta",
];

const X400: &[Text] = texts!["x400":
    "recipient-no-x400",
];

const SITE: &[Text] = texts!["site":
    "gateway-proxy-ms",
    "site-proxy-space-overflow",
];

const RECIPIENTS: &[Text] = texts!["recipients":
    "duplicate-proxy",
    "alt-recipient-exists",
];

const DIRECTORY: &[Text] = texts!["directory":];

const LDAP: &[Text] = texts!["ldap":
    "ldap-build",
];

const CHANGES: &[Text] = texts!["changes":];

/// The checks, folder by folder, in the order in which they are listed where `needs` leaves a choice.
pub(super) const CHECKS: [&[Text]; 8] = [IMS, CONNECTORS, X400, SITE, RECIPIENTS, DIRECTORY, LDAP, CHANGES];

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
        let listed: BTreeSet<_> =
            CHECKS.into_iter().flatten().chain([&ARTICLES, &EVENTS]).map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, files);
    }
}
