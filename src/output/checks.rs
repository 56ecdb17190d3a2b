//! The list of checks, and the list of articles, for people: a line or two each, within the width.

use super::Style;
use super::wrap::{width, wrap};
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;
use crate::check::definition::Check;
use std::collections::HashSet;

/// An id as long as this moves the columns of its own line only.
const WIDEST_ID: usize = 36;
/// A title beside the columns needs so much; otherwise it stands below them.
const LEAST_TITLE: usize = 32;

/// The checks by what they are about, and how many there are.
pub fn checks(catalogue: &Catalogue, style: &Style) -> String {
    let ids = catalogue.checks().iter().map(|check| width(&check.id)).filter(|id| *id <= WIDEST_ID).max().unwrap_or_default();
    let mut lines = Vec::new();
    for group in catalogue.groups() {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&style.safe(&format!("{} ({})", group.title, group.folder)), style.width));
        for check in group.checks {
            one_check(check, ids, style, &mut lines);
        }
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(wrap(&how_many(catalogue), style.width));
    lines.join("\n") + "\n"
}

fn one_check(check: &Check, ids: usize, style: &Style, lines: &mut Vec<String>) {
    let blanks = " ".repeat(ids.saturating_sub(width(&check.id)));
    let (severity, kind) = (check.severity.word(), check.kind());
    let articles = match check.kb.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, others @ ..] => format!("{first} +{}", others.len()),
    };
    let columns = format!("  {}{blanks}  {severity:<8}  {kind:<9}  {articles:<11}", check.id);
    let title = style.safe(&check.title);
    let beside = style.width.saturating_sub(width(&columns) + 2);
    if beside >= LEAST_TITLE {
        let margin = " ".repeat(width(&columns));
        let mut lead = columns;
        for line in wrap(&title, beside) {
            lines.push(format!("{lead}  {line}"));
            lead.clone_from(&margin);
        }
        return;
    }
    // The id is never cut, so that it can be copied; the rest moves below it where the line is too short.
    let columns = columns.trim_end().to_owned();
    if width(&columns) <= style.width {
        lines.push(columns);
    } else {
        lines.push(format!("  {}", check.id));
        let rest = format!("{severity}, {kind}, {articles}");
        lines.extend(indented(&rest, style));
    }
    lines.extend(indented(&title, style));
}

/// The articles that are described, by number, each with the checks that cite it; and how many there are.
pub fn articles(catalogue: &Catalogue, style: &Style) -> String {
    let mut lines = Vec::new();
    for article in by_number(catalogue) {
        let title = wrap(&style.safe(&article.title), style.width.saturating_sub(article.kb.len() + 2));
        for (line, at) in title.iter().zip(0_usize..) {
            let lead = if at == 0 { article.kb.clone() } else { " ".repeat(article.kb.len()) };
            lines.push(format!("{lead}  {line}"));
        }
        let ids: Vec<&str> = catalogue.citing(&article.kb).into_iter().map(|check| check.id.as_str()).collect();
        lines.extend(indented(if ids.is_empty() { "no check".to_owned() } else { ids.join(", ") }.as_str(), style));
    }
    let cited = catalogue.articles().iter().filter(|article| !catalogue.citing(&article.kb).is_empty()).count();
    let count = catalogue.articles().len();
    if count > 0 {
        lines.push(String::new());
    }
    let are = if count == 1 { "article is" } else { "articles are" };
    lines.extend(wrap(&format!("{count} {are} described; checks cite {cited} of them."), style.width));
    lines.join("\n") + "\n"
}

/// The articles that are described, the lowest number first.
pub fn by_number(catalogue: &Catalogue) -> Vec<&Article> {
    let mut articles: Vec<&Article> = catalogue.articles().iter().collect();
    articles.sort_by_key(|article| (article.kb.len(), &article.kb));
    articles
}

fn indented(text: &str, style: &Style) -> Vec<String> {
    wrap(text, style.width.saturating_sub(6)).into_iter().map(|line| format!("      {line}")).collect()
}

/// How many checks of each kind there are, and how many articles they cite.
pub fn how_many(catalogue: &Catalogue) -> String {
    let manual = catalogue.checks().iter().filter(|check| check.kind() == "manual").count();
    let automated = catalogue.checks().len() - manual;
    let cited: HashSet<&String> = catalogue.checks().iter().flat_map(|check| &check.kb).collect();
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let cited = cited.len();
    format!("{automated} automated and {manual} manual check{} over {cited} article{}.", s(manual), s(cited))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::fixture;

    fn style(width: usize) -> Style {
        Style { width, colour: false, unicode: false, interactive: false }
    }

    #[test]
    fn lists_fit_the_width() {
        let small = fixture::small();
        insta::assert_snapshot!("checks_at_80", checks(&small, &style(80)));
        insta::assert_snapshot!("checks_at_120", checks(&small, &style(120)));
        insta::assert_snapshot!("checks_at_40", checks(&small, &style(40)));
        insta::assert_snapshot!("articles_at_60", articles(&small, &style(60)));
        for catalogue in [small, fixture::large(), Catalogue::embedded().expect("embedded")] {
            let widest_id = catalogue.checks().iter().map(|check| check.id.len()).max().unwrap_or_default();
            for columns in (20..=200).filter(|columns| columns % 10 < 2) {
                for text in [checks(&catalogue, &style(columns)), articles(&catalogue, &style(columns))] {
                    for line in text.lines() {
                        // an id is never cut
                        assert!(width(line) <= columns.max(widest_id + 2), "{columns}: {line}");
                        assert!(width(line) <= columns || line.trim().starts_with(|c: char| c.is_ascii_lowercase()), "{line}");
                    }
                }
            }
        }
    }

    #[test]
    fn every_check_takes_a_line_or_two_and_all_are_counted() {
        let large = fixture::large();
        let at = |columns| checks(&large, &style(columns));
        for check in large.checks() {
            assert_eq!(at(80).lines().filter(|line| line.split_whitespace().next() == Some(&check.id)).count(), 1);
        }
        // five folders: a heading and a blank line each, and the line at the end
        assert_eq!(at(80).lines().count(), 75 * 2 + 5 * 2 + 1);
        assert_eq!(at(130).lines().count(), 75 + 5 * 2 + 1);
        assert!(at(80).ends_with("\n75 automated and 0 manual checks over 150 articles.\n"));
        let articles = articles(&large, &style(80));
        assert!(articles.ends_with("\n250 articles are described; checks cite 150 of them.\n"));
        assert_eq!(articles.matches("no check\n").count(), 100);
    }

    #[test]
    fn what_a_text_hides_is_shown() {
        let hostile = include_str!("../../checks/ims/ims-admin-repoint.toml")
            .replace("id = \"ims-admin-repoint\"", "id = \"own\"")
            .replace("If event 4071 persists", "Evil \u{202e}");
        let catalogue = Catalogue::with_text("own.toml", &hostile).expect("a check");
        let text = checks(&catalogue, &style(80));
        assert!(text.contains("Evil \\u{202e}") && !text.contains('\u{202e}'), "{text}");
    }
}
