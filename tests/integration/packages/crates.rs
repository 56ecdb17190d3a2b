//! What `cargo package` would take along: all that the program is built from, and little else.

use super::output;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// 3.2 MiB when this was written, 856 KiB compressed; 4.1 MiB with the checklists of changes.
const LARGEST: u64 = 5 * 1024 * 1024;

fn list() -> BTreeSet<PathBuf> {
    let ran = output(Command::new(env!("CARGO")).args(["package", "--list", "--allow-dirty", "--offline", "--locked"]));
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).expect("names").lines().map(PathBuf::from).collect()
}

/// The files that the code includes by name; those of a macro are of checks/, of which each is looked for.
fn included(list: &BTreeSet<PathBuf>) -> BTreeSet<PathBuf> {
    let mut found = BTreeSet::new();
    for file in list.iter().filter(|path| path.extension().is_some_and(|end| end == "rs")) {
        let text = std::fs::read_to_string(file).expect("a source file");
        for name in text.split("include_str!(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let mut path = file.parent().expect("a folder").to_owned();
            for part in Path::new(name).components() {
                match part {
                    Component::ParentDir => _ = path.pop(),
                    part => path.push(part),
                }
            }
            found.insert(path);
        }
    }
    found
}

fn below(folder: &Path, all: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() { below(&path, all) } else { all.push(path) }
    }
}

#[test]
fn the_package_of_cargo_is_whole_and_small() {
    let list = list();
    let mut needed = Vec::new();
    for folder in ["src", "checks"] {
        below(Path::new(folder), &mut needed);
    }
    let included = included(&list);
    assert!(included.len() > 10, "{included:?}");
    needed.extend(included);
    let own =
        ["Cargo.lock", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE", "docs/servers.md", "docs/scheduling.md"];
    needed.extend(own.map(PathBuf::from));
    let missing: Vec<_> = needed.iter().filter(|path| !list.contains(*path)).collect();
    assert!(missing.is_empty(), "Cargo.toml excludes what is needed: {missing:?}");

    let surplus: Vec<_> = list.iter().filter(|path| path.starts_with("tests") || path.starts_with(".ci")).collect();
    assert!(surplus.is_empty(), "{surplus:?}");
    // cargo makes the others itself
    let sizes = list.iter().filter_map(|path| std::fs::metadata(path).ok()).map(|file| file.len());
    let size: u64 = sizes.sum();
    assert!(size <= LARGEST, "{size} bytes");
}
