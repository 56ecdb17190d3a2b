//! The indexes of the pages.

use crate::check::catalogue::Catalogue;
use crate::check::explain::only_named;
use crate::output::checks::{by_number, how_many};
use crate::output::explanation::{Links, link};
use crate::output::sanitize::{cell, markdown as safe};

/// The checks by what they are about.
pub(super) fn checks(catalogue: &Catalogue, links: &dyn Links) -> String {
    let mut page = format!("# Checks\n\n{}\n", safe(&how_many(catalogue)));
    page.push_str("The format of a check: [checks/README.md](../../checks/README.md).\n");
    for group in catalogue.groups() {
        page.push_str(&format!("\n## {}\n\n", safe(&group.title)));
        page.push_str(
            "| Check | Severity | Kind | Looks at | What holds when it passes | Articles |\n|---|---|---|---|---|---|\n",
        );
        for check in group.checks {
            let articles: Vec<String> = check.kb.iter().map(|kb| link(kb, links.article(kb))).collect();
            page.push_str(&format!(
                "| {} | {} | {} | {} | {} | {} |\n",
                link(&check.id, links.check(&check.id)),
                check.severity.word(),
                check.kind(),
                cell(check.subject.each.meaning()),
                cell(&check.title),
                articles.join(" ")
            ));
        }
    }
    page
}

/// The articles by number, and those that are only named.
pub(super) fn articles(catalogue: &Catalogue, links: &dyn Links) -> String {
    let mut page = "# Articles of the Microsoft Knowledge Base\n\nWhat they say, in our own words; titles are as published.\n\n\
                    | Article | Title | Exchange | Fixed in | Checks |\n|---|---|---|---|---|\n"
        .to_owned();
    for article in by_number(catalogue) {
        let checks: Vec<String> =
            catalogue.citing(&article.kb).into_iter().map(|check| link(&check.id, links.check(&check.id))).collect();
        page.push_str(&format!(
            "| {} | {} | {} | {} | {} |\n",
            link(&article.kb, links.article(&article.kb)),
            cell(&article.title),
            cell(&article.versions.join(", ")),
            cell(article.fixed.as_deref().unwrap_or_default()),
            checks.join(", ")
        ));
    }
    let named = only_named(catalogue);
    if !named.is_empty() {
        page.push_str("\n## Only named\n\nNot described yet; `exaudit explain` says what names them.\n\n");
        page.push_str(&named.join(", "));
        page.push('\n');
    }
    page
}
