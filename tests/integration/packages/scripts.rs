//! The scripts that make and try packages, and the notices of what is linked in.

use super::{is_content, output, tool};
use std::process::Command;

#[test]
fn the_scripts_are_clean() {
    if let Some(shellcheck) = tool("shellcheck", "shellcheck") {
        let scripts = ["tests/run", ".ci/run", "tests/estates", "tests/packages/deb", "tests/packages/windows"];
        let examples = ["audit-all", "slurm.sbatch"].map(|name| format!("docs/examples/estates/{name}"));
        is_content(Command::new(shellcheck).args(scripts).args(examples));
    }
}

/// What the package for Debian takes from the source is there; the rest is made by tests/packages/deb.
#[test]
fn what_the_package_for_debian_takes_is_there() {
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").expect("Cargo.toml").parse().expect("TOML");
    let script = std::fs::read_to_string("tests/packages/deb").expect("the script");
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().expect("assets");
    assert!(assets.len() > 5, "{assets:?}");
    for asset in assets {
        let source = asset[0].as_str().expect("a path");
        let made = source.strip_prefix("target/packages/").and_then(|rest| rest.split(['/', '.']).next());
        let is_there = match made {
            Some(name) => script.contains(&format!("$made/{name}")),
            None if source.starts_with("target/") => source == "target/release/exaudit",
            None => std::path::Path::new(source.trim_end_matches("/*.md")).exists(),
        };
        assert!(is_there, "{source}");
    }
}

#[test]
fn every_crate_that_is_linked_in_has_a_notice() {
    let Some(python) = tool("python3", "python3") else { return };
    let ran = output(Command::new(python).arg("tests/packages/notices").env("CARGO", env!("CARGO")));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let notices = String::from_utf8(ran.stdout).expect("text");
    let lock: toml::Table = std::fs::read_to_string("Cargo.lock").expect("Cargo.lock").parse().expect("TOML");
    let version = |name: &str| {
        let mut packages = lock["package"].as_array().expect("packages").iter();
        let found = packages.find(|one| one["name"].as_str() == Some(name)).expect(name);
        found["version"].as_str().expect("text").to_owned()
    };
    let manifest: toml::Table = std::fs::read_to_string("Cargo.toml").expect("Cargo.toml").parse().expect("TOML");
    for name in manifest["dependencies"].as_table().expect("dependencies").keys() {
        assert!(notices.contains(&format!("\n{name} ")), "no notice of {name}");
    }
    // the one that asks for more than its notice: where its licence and its source are
    let proto = format!("\nldap3_proto {}: MPL-2.0\n", version("ldap3_proto"));
    let (_, rest) = notices.split_once(&proto).expect("ldap3_proto");
    let said: String = rest.lines().take_while(|line| line.starts_with("    ")).collect();
    assert!(said.contains("https://www.mozilla.org/MPL/2.0/") && said.contains("/ldap3_proto/"), "{said}");
    // a macro, a tool for tests, and a crate for Windows alone
    assert!(!notices.contains("\nserde_derive ") && !notices.contains("\nproptest "));
    assert!(notices.contains("\nwindows-sys "), "Windows is left out");
}
