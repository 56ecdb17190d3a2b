//! What there is to say of a Knowledge Base article.

use super::{Block, Explanation, Section, covered_by, mentions};
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;
use crate::check::caution;

/// Explains an article by its number in the one spelling, `Q300535`. None if nothing here names it.
pub(super) fn explain(catalogue: &Catalogue, kb: &str) -> Option<Explanation> {
    let article = catalogue.article(kb);
    let numbers = numbers(catalogue, kb);
    let named_by = mentions::named_by(catalogue, kb);
    let (heading, mut sections) = match article {
        Some(article) => (format!("{kb}: {}", article.title), facts(article)),
        None if numbers.blocks.is_empty() && named_by.blocks.is_empty() => return None,
        None => {
            let says = "This article is not described here; only what names it is known.";
            (kb.to_owned(), vec![Section::new("", [Block::Text(says.to_owned())])])
        }
    };
    let covering: Vec<&String> = catalogue.covered_by(kb).into_iter().map(|check| &check.id).collect();
    // a check that names the article has something to say on it, so that the reader need not be told that there is none
    let is_named_by_a_check = named_by.blocks.iter().any(|block| matches!(block, Block::Check { .. }));
    sections.push(numbers);
    let changes = changes(catalogue, kb);
    if !covering.is_empty() || (!is_named_by_a_check && changes.blocks.is_empty()) {
        sections.push(covered_by(catalogue, covering));
    }
    sections.push(changes);
    sections.push(named_by);
    sections.retain(|section| !section.blocks.is_empty());
    Some(Explanation { heading, sections })
}

fn facts(article: &Article) -> Vec<Section> {
    let mut about = format!("Exchange {}.", article.versions.join(", "));
    if let Some(version) = &article.fixed {
        about.push_str(&format!(" Fixed in {version}."));
    }
    if let Some(date) = &article.modified {
        about.push_str(&format!(" Last modified {date}."));
    }
    let caution = article.summary.iter().any(|sentence| caution::advises_harm(sentence));
    let caution = caution.then(|| Block::Text(caution::OF_ARTICLES.into()));
    vec![
        Section::new("", [Block::Text(about)]),
        Section::new("What you may see", article.symptoms.iter().cloned().map(Block::Item)),
        Section::new("What it says", caution.into_iter().chain(article.summary.iter().cloned().map(Block::Item))),
    ]
}

/// The changes whose checklists rest on the article.
fn changes(catalogue: &Catalogue, kb: &str) -> Section {
    let citing = catalogue.changes().iter().filter(|change| change.cites(kb));
    Section::new("Checklists", citing.map(|change| Block::Item(format!("exaudit checklist {}: {}", change.id, change.title))))
}

/// The numbers that lead to the article: those it names, and those of the list of events.
fn numbers(catalogue: &Catalogue, kb: &str) -> Section {
    let signs = catalogue.signs().iter().filter(|sign| sign.kb.iter().any(|named| named == kb));
    let item = |sign: &crate::check::article::Sign| match &sign.meaning {
        Some(meaning) => Block::Item(format!("{sign}: {meaning}")),
        None => Block::Item(sign.to_string()),
    };
    Section::new("Events and errors", signs.map(item))
}
