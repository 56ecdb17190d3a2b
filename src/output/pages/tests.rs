use super::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DOCS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs");
const FOLDERS: [&str; 2] = ["checks", "articles"];

/// What lies in the two folders, by path below docs/.
fn written(docs: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in FOLDERS {
        let Ok(files) = fs::read_dir(docs.join(folder)) else { continue };
        for file in files {
            let path = file.expect("file").path();
            let name = path.file_name().expect("name").to_string_lossy().into_owned();
            found.insert(format!("{folder}/{name}"), fs::read_to_string(&path).expect("text"));
        }
    }
    found
}

/// Writes what is stale or missing and takes away what is left over.
fn write(docs: &Path, pages: &BTreeMap<String, String>) {
    for folder in FOLDERS {
        fs::create_dir_all(docs.join(folder)).expect("folder");
    }
    for path in written(docs).into_keys().filter(|path| !pages.contains_key(path)) {
        fs::remove_file(docs.join(path)).expect("left over");
    }
    for (path, text) in pages {
        fs::write(docs.join(path), text).expect("page");
    }
}

/// What is wrong with the pages that lie there, a line each.
fn differences(docs: &Path, pages: &BTreeMap<String, String>) -> Vec<String> {
    let written = written(docs);
    let paths: BTreeSet<&String> = written.keys().chain(pages.keys()).collect();
    let wrong = |path: &&String| match (written.get(*path), pages.get(*path)) {
        (Some(there), Some(right)) if there.replace("\r\n", "\n") == *right => None,
        (Some(_), Some(_)) => Some(format!("docs/{path} is stale")),
        (None, _) => Some(format!("docs/{path} is missing")),
        (_, None) => Some(format!("docs/{path} is left over")),
    };
    paths.iter().filter_map(wrong).collect()
}

#[test]
#[allow(clippy::print_stderr, reason = "says what is left out")]
fn the_pages_are_those_of_the_catalogue() {
    let pages = pages(&Catalogue::embedded().expect("embedded"));
    if std::env::var_os("EXAUDIT_WRITE_DOCS").is_some() {
        write(Path::new(DOCS), &pages);
    }
    if written(Path::new(DOCS)).len() == FOLDERS.len() {
        // what `cargo package` makes has an index in each folder, and no page
        return eprintln!("LEFT OUT: the pages of checks and articles; they are not here");
    }
    let differences = differences(Path::new(DOCS), &pages);
    let first: Vec<&str> = differences.iter().map(String::as_str).take(20).collect();
    assert!(
        differences.is_empty(),
        "{} pages are not as they should be, of which\n{}\nIf the texts in checks/ are right, run \
         EXAUDIT_WRITE_DOCS=1 cargo test --lib output::pages",
        differences.len(),
        first.join("\n")
    );
}

#[test]
fn a_page_that_is_stale_missing_or_left_over_is_named() {
    let docs = tempfile::tempdir().expect("folder");
    let pages = pages(&Catalogue::embedded().expect("embedded"));
    let at = |path: &str| docs.path().join(path);
    assert_eq!(differences(docs.path(), &pages).len(), pages.len(), "all are missing");
    write(docs.path(), &pages);
    assert_eq!(differences(docs.path(), &pages), Vec::<String>::new());
    fs::write(at("checks/ims-admin-set.md"), "changed by hand").expect("write");
    fs::remove_file(at("articles/Q183178.md")).expect("remove");
    fs::write(at("checks/ims-admin-gone.md"), "of a check that is gone").expect("write");
    let expected = [
        "docs/articles/Q183178.md is missing",
        "docs/checks/ims-admin-gone.md is left over",
        "docs/checks/ims-admin-set.md is stale",
    ];
    assert_eq!(differences(docs.path(), &pages), expected);
    write(docs.path(), &pages);
    assert_eq!(differences(docs.path(), &pages), Vec::<String>::new());
}

/// From texts that stay as they are.
#[test]
fn pages_look_so() {
    let pages = pages(&crate::check::fixture::small());
    for (name, path) in [
        ("page_of_a_check", "checks/a-first.md"),
        ("page_of_an_article", "articles/Q100001.md"),
        ("index_of_checks", "checks/README.md"),
        ("index_of_articles", "articles/README.md"),
    ] {
        insta::assert_snapshot!(name, pages.get(path).expect(path));
    }
}

#[test]
fn there_is_a_page_for_each_and_every_link_leads_to_one() {
    every_page_and_link(&Catalogue::embedded().expect("embedded"));
    every_page_and_link(&crate::check::fixture::large());
}

fn every_page_and_link(catalogue: &Catalogue) {
    let pages = pages(catalogue);
    assert_eq!(pages.len(), catalogue.checks().len() + catalogue.articles().len() + FOLDERS.len());
    let mut links = 0;
    for (path, text) in &pages {
        let (folder, _) = path.split_once('/').expect("folder");
        for target in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target) {
            if target == "../../checks/README.md" {
                continue;
            }
            let leads_to = target.strip_prefix("../").map_or_else(|| format!("{folder}/{target}"), str::to_owned);
            assert!(pages.contains_key(&leads_to), "{path}: {target}");
            links += 1;
        }
    }
    assert!(links > 5 * catalogue.checks().len(), "{links}");
    for check in catalogue.checks() {
        let page = pages.get(&format!("checks/{}.md", check.id)).expect("page");
        for kb in &check.kb {
            assert!(page.contains(&format!("[{kb}](../articles/{kb}.md)")), "{}: {kb}", check.id);
        }
        for part in ["## What it looks at", "## Why", "## What to do", "## Articles"] {
            assert!(page.contains(part), "{}: {part}", check.id);
        }
        assert!(pages.get("checks/README.md").expect("index").contains(&format!("]({}.md)", check.id)), "{}", check.id);
    }
}
