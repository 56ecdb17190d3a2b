//! The pages of docs/checks and docs/articles: one a check, one an article, and an index of each, from the texts that
//! `exaudit explain` shows.

mod index;

use super::explanation::{Links, markdown};
use crate::check::catalogue::Catalogue;
use crate::check::explain::explain;
use std::collections::BTreeMap;

/// Whoever edits a page is told where its text comes from.
const MADE: &str = "<!-- Made from checks/ with EXAUDIT_WRITE_DOCS=1 cargo test --lib output::pages; edit the texts there. -->\n";

/// The pages by their path below docs/, `checks/ims-admin-set.md`.
pub fn pages(catalogue: &Catalogue) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut add = |path: String, text: &str| _ = pages.insert(path, format!("{MADE}\n{text}"));
    for check in catalogue.checks() {
        if let Some(explanation) = explain(catalogue, &check.id) {
            let id = &check.id;
            let text = markdown(&explanation, &From { catalogue, folder: Folder::Checks });
            let offline = format!(
                "\n`exaudit explain {id}` says the same; `exaudit audit --demo --check {id}` shows this check alone, on the demo organization.\n"
            );
            add(format!("checks/{id}.md"), &(text + &offline));
        }
    }
    for article in catalogue.articles() {
        if let Some(explanation) = explain(catalogue, &article.kb) {
            let text = markdown(&explanation, &From { catalogue, folder: Folder::Articles });
            add(format!("articles/{}.md", article.kb), &text);
        }
    }
    add("checks/README.md".to_owned(), &index::checks(catalogue, &From { catalogue, folder: Folder::Checks }));
    add("articles/README.md".to_owned(), &index::articles(catalogue, &From { catalogue, folder: Folder::Articles }));
    pages
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Folder {
    Checks,
    Articles,
}

/// Links from a page in this folder.
struct From<'a> {
    catalogue: &'a Catalogue,
    folder: Folder,
}

impl Links for From<'_> {
    fn check(&self, id: &str) -> Option<String> {
        let check = self.catalogue.check(id)?;
        let folder = if self.folder == Folder::Checks { "" } else { "../checks/" };
        Some(format!("{folder}{}.md", check.id))
    }

    fn article(&self, kb: &str) -> Option<String> {
        let article = self.catalogue.article(kb)?;
        let folder = if self.folder == Folder::Articles { "" } else { "../articles/" };
        Some(format!("{folder}{}.md", article.kb))
    }
}

#[cfg(test)]
mod tests;
