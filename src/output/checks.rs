//! The list of checks, a line each, and the list of articles, a few lines each, for people: within the width.

use super::Style;
use super::paint::{self, paint};
use super::wrap::{width, wrap};
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;
use crate::check::change::Change;
use crate::check::definition::Check;
use std::collections::HashSet;

/// An id as long as this moves the columns of its own line only.
const WIDEST_ID: usize = 30;
/// The severity is shown where it leaves the title so much.
const ROOM_BESIDE_SEVERITY: usize = 30;
/// Another column beside the id and the title is shown where it leaves the title so much.
const ROOM_BESIDE_MORE: usize = 40;
/// A title that has less is left out.
const LEAST_TITLE: usize = 20;

/// The chosen checks by what they are about, a line each, and how many there are.
pub fn checks(catalogue: &Catalogue, chosen: &[&Check], style: &Style) -> String {
    let mut lines = Vec::new();
    for group in catalogue.groups() {
        let of_group: Vec<&Check> =
            group.checks.into_iter().filter(|check| chosen.iter().any(|other| other.id == check.id)).collect();
        if of_group.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(&style.safe(&format!("{} ({})", group.title, group.folder)), style.width));
        let ids = of_group.iter().map(|check| width(&check.id)).filter(|id| *id <= WIDEST_ID).max().unwrap_or_default();
        lines.extend(of_group.into_iter().map(|check| one_check(check, ids, style)));
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let count = match (chosen.len(), catalogue.checks().len()) {
        (some, all) if some < all => format!("{some} of {all} checks."),
        _ => how_many(catalogue),
    };
    lines.extend(wrap(&count, style.width));
    lines.join("\n") + "\n"
}

/// The changes, a line each: what is changed, and what must be named.
pub fn changes(catalogue: &Catalogue, style: &Style) -> String {
    let ids = catalogue.changes().iter().map(|change| width(&change.id)).filter(|id| *id <= WIDEST_ID).max().unwrap_or_default();
    let line = |change: &Change| {
        let begin = format!("{}{}  ", change.id, " ".repeat(ids.saturating_sub(width(&change.id))));
        let option = change.names.map(|names| format!(" ({})", names.option())).unwrap_or_default();
        let room = style.width.saturating_sub(width(&begin));
        if room < LEAST_TITLE {
            return change.id.clone();
        }
        format!("{begin}{}", cut(&style.safe(&format!("{}{option}", change.title)), room, style))
    };
    let lines: Vec<String> = catalogue.changes().iter().map(line).collect();
    lines.join("\n") + "\n"
}

/// The line of a check: what it finds. The id is never cut, so that it can be copied; `explain` shows what a text loses.
fn one_check(check: &Check, ids: usize, style: &Style) -> String {
    let mut line = format!("  {}{}", check.id, " ".repeat(ids.saturating_sub(width(&check.id))));
    let articles = match check.kb.as_slice() {
        [] => String::new(),
        [only] => only.clone(),
        [first, others @ ..] => format!("{first} +{}", others.len()),
    };
    // the id of this line may be longer than the column: all lines have the same columns
    let (mut used, beyond) = (ids + 2, width(&check.id).saturating_sub(ids));
    let columns = [
        (format!("{:<8}", check.severity.word()), ROOM_BESIDE_SEVERITY, Some(check.severity)),
        (format!("{articles:<11}"), ROOM_BESIDE_MORE, None),
        (format!("{:<9}", check.kind()), ROOM_BESIDE_MORE, None),
    ];
    for (column, room, severity) in columns {
        if used + 2 + column.len() + 2 + room <= style.width {
            used += 2 + column.len();
            let painted = severity.filter(|_| style.colour).map(|severity| paint(paint::of(severity), &column));
            line += &format!("  {}", painted.unwrap_or(column));
        }
    }
    let room = style.width.saturating_sub(used + beyond + 2);
    if room >= LEAST_TITLE {
        line += &format!("  {}", cut(&style.safe(check.fails.as_deref().unwrap_or(&check.title)), room, style));
    }
    line.trim_end().to_owned()
}

/// A text that shows where it was cut.
fn cut(text: &str, room: usize, style: &Style) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mark = if style.unicode { "\u{2026}" } else { "..." };
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept) + width(mark) > room {
            kept.pop();
            break;
        }
    }
    format!("{}{mark}", kept.trim_end())
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

    fn all(catalogue: &Catalogue, style: &Style) -> String {
        checks(catalogue, &catalogue.checks().iter().collect::<Vec<_>>(), style)
    }

    #[test]
    fn lists_fit_the_width() {
        let small = fixture::small();
        insta::assert_snapshot!("checks_at_80", all(&small, &style(80)));
        insta::assert_snapshot!("checks_at_120", all(&small, &style(120)));
        insta::assert_snapshot!("checks_at_40", all(&small, &style(40)));
        insta::assert_snapshot!("articles_at_60", articles(&small, &style(60)));
        for catalogue in [small, fixture::large(), Catalogue::embedded().expect("embedded")] {
            let widest_id = catalogue.checks().iter().map(|check| check.id.len()).max().unwrap_or_default();
            for columns in (20..=200).filter(|columns| columns % 10 < 2) {
                for text in [all(&catalogue, &style(columns)), articles(&catalogue, &style(columns))] {
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
    fn every_check_takes_one_line_and_all_are_counted() {
        let large = fixture::large();
        for columns in [40, 80, 130] {
            let text = all(&large, &style(columns));
            for check in large.checks() {
                let of_check = text.lines().filter(|line| line.split_whitespace().next() == Some(&check.id));
                assert_eq!(of_check.count(), 1, "{}", check.id);
            }
            // five folders: a heading and a blank line each, and the lines at the end
            let heads = text.lines().filter(|line| !line.starts_with("  ")).count();
            assert_eq!(text.lines().count(), 75 + heads, "{text}");
        }
        assert!(all(&large, &style(80)).ends_with("\n75 automated and 0 manual checks over 150 articles.\n"));
        let articles = articles(&large, &style(80));
        assert!(articles.ends_with("\n250 articles are described; checks cite 150 of them.\n"));
        assert_eq!(articles.matches("no check\n").count(), 100);
    }

    #[test]
    fn some_are_counted_against_all() {
        let catalogue = Catalogue::embedded().expect("embedded");
        let chosen = catalogue.select(&["ims".into()], &[], &[]).expect("a folder");
        let text = checks(&catalogue, &chosen, &style(80));
        assert_eq!(text.lines().count(), chosen.len() + 3, "{text}");
        assert!(text.ends_with(&format!("\n{} of {} checks.\n", chosen.len(), catalogue.checks().len())), "{text}");
    }

    #[test]
    fn what_a_text_hides_is_shown() {
        let hostile = include_str!("../../checks/ims/ims-admin-repoint.toml")
            .replace("id = \"ims-admin-repoint\"", "id = \"own\"")
            .replace("If event 4071 persists", "Evil \u{202e}");
        let catalogue = Catalogue::with_text("own.toml", &hostile).expect("a check");
        let text = all(&catalogue, &style(80));
        assert!(text.contains("Evil \\u{202e}") && !text.contains('\u{202e}'), "{text}");
    }
}
