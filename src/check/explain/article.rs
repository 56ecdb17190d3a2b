//! What there is to say of a Knowledge Base article.

use super::{Block, Explanation, Section, covered_by};
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;

/// Explains an article by its number in the one spelling, `Q300535`. None if no text here names it.
pub(super) fn explain(catalogue: &Catalogue, kb: &str) -> Option<Explanation> {
    match catalogue.article(kb) {
        Some(article) => Some(described(catalogue, article)),
        None => only_named(catalogue, kb),
    }
}

fn described(catalogue: &Catalogue, article: &Article) -> Explanation {
    let mut about = format!("Exchange {}.", article.versions.join(", "));
    if let Some(version) = &article.fixed {
        about.push_str(&format!(" Fixed in {version}."));
    }
    if let Some(date) = &article.modified {
        about.push_str(&format!(" Last modified {date}."));
    }
    let events = article.events.iter().map(|event| Block::Item(format!("Event {event}")));
    let errors = article.errors.iter().map(|code| Block::Item(format!("Error {code}")));
    let mut sections = vec![
        Section::new("", [Block::Text(about)]),
        Section::new("What you may see", article.symptoms.iter().cloned().map(Block::Item)),
        Section::new("What it says", article.summary.iter().cloned().map(Block::Item)),
        Section::new("Events and errors", events.chain(errors)),
        covered_by(catalogue, catalogue.citing(&article.kb).into_iter().map(|check| &check.id)),
    ];
    sections.retain(|section| !section.blocks.is_empty());
    Explanation { heading: format!("{}: {}", article.kb, article.title), sections }
}

/// An article that only the list of events names.
fn only_named(catalogue: &Catalogue, kb: &str) -> Option<Explanation> {
    let signs: Vec<_> = catalogue.signs().iter().filter(|sign| sign.kb.iter().any(|named| named == kb)).collect();
    if signs.is_empty() {
        return None;
    }
    let line = |(sign, meaning): (&dyn std::fmt::Display, Option<&String>)| match meaning {
        Some(meaning) => Block::Item(format!("{sign}: {meaning}")),
        None => Block::Item(sign.to_string()),
    };
    let named = signs.iter().map(|sign| line((sign, sign.meaning.as_ref())));
    let sections = vec![
        Section::new("", [Block::Text("This article is not described here; it is named for these numbers.".to_owned())]),
        Section::new("Events and errors", named),
        covered_by(catalogue, []),
    ];
    Some(Explanation { heading: kb.to_owned(), sections })
}
