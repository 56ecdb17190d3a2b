//! The export line of docs/exports.md, run as an operator would.

use exaudit::lab::{self, LabHandle};
use std::path::Path;
use std::process::Command;

/// The line as the page has it.
fn written() -> String {
    let page = std::fs::read_to_string("docs/exports.md").expect("docs/exports.md");
    let line = page.lines().find(|line| line.trim_start().starts_with("ldapsearch -x -o")).expect("the line");
    line.trim().to_owned()
}

/// What the line exports from the lab; none where there is no ldapsearch, which is said.
pub fn export(from: &LabHandle, organization: &str) -> Option<Vec<u8>> {
    let places = ["/usr/bin/ldapsearch", "/usr/local/bin/ldapsearch"];
    let Some(ldapsearch) = places.into_iter().find(|place| Path::new(place).exists()) else {
        eprintln!("LEFT OUT: the export line of docs/exports.md; install Debian's ldap-utils to run it");
        return None;
    };
    let line = written()
        .replace("ldapsearch", ldapsearch)
        .replace("ldap://SERVER", &from.uri())
        .replace("cn=ACCOUNT,cn=DOMAIN,cn=admin", lab::ADMIN_DN)
        .replace("-W", &format!("-w {}", lab::PASSWORD))
        .replace("o=ORGANIZATION", &format!("o={organization}"));
    let folder = tempfile::tempdir().expect("folder");
    let made = Command::new("sh").arg("-c").arg(&line).current_dir(folder.path()).env("LDAPNOINIT", "1").status();
    assert!(made.expect("sh runs").success(), "{line}");
    Some(std::fs::read(folder.path().join("org.ldif")).expect("the export"))
}
