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
    "ims-address-space-useless",
    "ims-inbound-only-routes",
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
    "connector-computer-name",
    "connector-no-address-space",
    "address-space-local-bad-syntax",
    "address-space-third-party-org-terms",
    "x400-cstar-without-connected-site",
    "address-space-ou2",
    "gateway-space-of-x400",
    "x400-space-two-costs",
    "connector-size-limits-inconsistent",
    "ims-size-limit-replication",
    "connector-restricted-by-list",
    "ims-admin-extension-missing",
    "ims-admin-extension-version",
    "connector-extension-missing",
    "extension-name-inherited",
    "other-extension-version",
    "proxy-generator-version",
    "x400-connector-stack-name",
    "x400-connectors-one-address",
    "x400-exchange-contents",
    "x400-mapi-forwarding",
    "mta-password-not-passed",
    "dirsync-object-no-x400",
    "dxa-local-admin-dangling",
    "responsible-local-dxa",
    "dirsync-without-msmail",
    "msmail-site-address-prmd",
    "dxa-admin-copy-on",
    "dirsync-orphan-system-recipient",
    "legacy-dead-letter-recipient",
    "msmail-admin-unset",
    "freebusy-connector-admin",
    "newsfeed-admin-dangling",
];

const X400: &[Text] = texts!["x400":
    "recipient-no-x400",
    "dl-no-x400",
    "recipient-x400-malformed",
    "recipient-x400-no-type",
    "system-attendant-no-x400",
    "directory-service-no-x400",
    "private-store-no-x400",
    "public-store-no-x400",
];

const SITE: &[Text] = texts!["site":
    "gateway-proxy-x400",
    "gateway-proxy-smtp",
    "gateway-proxy-ms",
    "disabled-gateway-proxy",
    "generator-without-site-address",
    "site-address-without-generator",
    "site-proxy-space-overlap",
    "site-proxy-space-overflow",
    "site-space-foreign",
    "x400-space-shared",
    "connected-site-address",
    "smtp-template-dots",
    "smtp-address-dots",
    "notes-address-spaces",
    "system-attendant-notes",
    "site-name-characters",
    "site-name-colon",
    "site-name-prefix",
    "site-display-name",
    "routing-recalc-always",
    "one-off-template-missing",
];

const RECIPIENTS: &[Text] = texts!["recipients":
    "duplicate-proxy",
    "recipient-no-proxies",
    "mailbox-no-smtp-address",
    "alt-recipient-exists",
    "alt-recipient-x400",
    "alt-recipient-loop",
    "alt-recipient-restrictions",
    "alt-recipient-no-out-of-office",
    "dl-expansion-server",
    "dl-owner",
    "dl-owner-other-site",
    "dl-too-many-members",
    "restriction-accept-lists",
    "restriction-reject-lists",
    "restriction-accept-senders",
    "restriction-reject-senders",
    "restriction-accept-custom",
    "restriction-reject-custom",
    "mailbox-home-set",
    "mailbox-home-mdb",
    "mailbox-home-one-server",
    "mailbox-no-content-types",
    "object-extended-characters",
    "dn-too-long",
    "addresses-too-long",
    "telephone-number-too-long",
    "certificate-subject-too-long",
    "alias-with-space-or-comma",
    "alias-with-quotes",
    "alias-duplicate",
    "recipient-created-twice",
    "custom-recipient-csi",
    "address-book-views",
];

const DIRECTORY: &[Text] = texts!["directory":
    "system-attendant-home-mdb",
    "routing-calc-server",
    "site-folder-server",
    "private-store-public-server",
    "public-folder-affinity",
    "oab-server",
    "oab-many-smtp-domains",
    "replication-bridgehead-local",
    "replication-bridgehead-remote",
    "replication-schedule-always",
    "bridgehead-store-prohibit-send",
    "too-many-sites",
    "tombstone-lifetime",
    "tombstone-lifetime-differs",
    "site-name-special-characters",
    "km-server",
    "templates-container-empty",
    "orphaned-replica",
    "usn-changed-in-future",
];

const LDAP: &[Text] = texts!["ldap":
    "ldap-build",
    "ldap-service-pack",
    "ldap-hotfix",
    "ldap-anonymous",
    "ldap-port",
    "ldap-port-domain-controller",
    "ldap-clear-text",
];

const CHANGES: &[Text] = texts!["changes":
    "pre-ims-install",
    "pre-admin-mailbox-change",
    "pre-x400-cleanup",
    "pre-service-pack",
    "pre-join-or-move-server",
    "pre-server-removal",
    "pre-connector-removal",
    "post-address-space-change",
    "pre-second-domain",
    "manual-service-account",
    "manual-registry-names",
    "manual-raw-mode-hygiene",
];

/// The checks, folder by folder, in the order in which they are listed where `needs` leaves a choice.
pub(super) const CHECKS: [&[Text]; 8] = [IMS, CONNECTORS, X400, SITE, RECIPIENTS, DIRECTORY, LDAP, CHANGES];

/// The changes that have a checklist of their own, in the order in which they are listed.
pub(super) const CHECKLISTS: &[Text] = texts!["changes":
    "install-ims",
    "reinstall-ims",
    "add-second-domain",
    "remove-connector",
    "delete-mailbox",
    "move-mailbox",
    "apply-service-pack",
    "move-server",
    "remove-server",
    "remove-site",
    "change-site-address",
    "remove-key-management",
    "raw-mode-edit",
    "upgrade-to-2000",
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
        let listed: BTreeSet<_> = CHECKS
            .into_iter()
            .flatten()
            .chain(CHECKLISTS)
            .chain([&ARTICLES, &EVENTS])
            .map(|(path, _)| (*path).to_owned())
            .collect();
        assert_eq!(listed, files);
    }
}
