//! `exaudit man`, read by the tools for manual pages.

use super::{is_content, output, tool};
use crate::common::run::exaudit;
use std::process::Command;

#[test]
fn every_page_is_clean_and_found_by_its_name() {
    let folder = tempfile::tempdir().expect("folder");
    let dir = folder.path().join("share/man1");
    let ran = exaudit(["man", "--dir", dir.to_str().expect("text")]).run();
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
    let mut pages: Vec<_> = std::fs::read_dir(&dir).expect("folder").map(|entry| entry.expect("entry").path()).collect();
    pages.sort();
    assert!(pages.len() > 10, "{pages:?}");
    if let Some(mandoc) = tool("mandoc", "mandoc") {
        is_content(Command::new(mandoc).args(["-Tlint", "-Wwarning"]).args(&pages));
    }
    if let Some(lexgrog) = tool("lexgrog", "man-db") {
        let said = output(Command::new(lexgrog).args(&pages));
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        for page in &pages {
            let name = page.file_stem().and_then(|name| name.to_str()).expect("a name");
            assert!(said.contains(&format!("{}: \"{name} - ", page.display())), "{said}");
        }
    }
    // the same page goes to the screen
    let shown = exaudit(["man"]).run();
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert_eq!(shown.stdout, std::fs::read_to_string(dir.join("exaudit.1")).expect("page"));
    for command in ["audit", "completions", "doctor"] {
        assert!(shown.stdout.contains(&format!("exaudit\\-{command}(1)")), "{}", shown.stdout);
    }
}

#[test]
fn a_folder_that_cannot_be_is_named() {
    let folder = tempfile::tempdir().expect("folder");
    let file = folder.path().join("file");
    std::fs::write(&file, "").expect("file");
    let ran = exaudit(["man", "--dir", file.join("man1").to_str().expect("text")]).run();
    assert!(
        ran.code == 3 && ran.stderr.contains("cannot be created") && ran.stderr.lines().count() == 1,
        "{} {}",
        ran.code,
        ran.stderr
    );
}
