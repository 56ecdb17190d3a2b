//! Explanations of a check, an article, an event, an error code or a word of the report, all from the same texts.

mod article;
mod check;
mod mentions;
mod number;
mod query;
pub mod symptom;
mod word;

pub use super::numbers::hex_spelling;
pub use mentions::only_named;
pub use query::{is_sentence, is_text, queries};
pub use word::is_word;

use super::article::kb_number;
use super::catalogue::Catalogue;
use super::nearest::nearest;
use super::numbers::{is_announcement, query_for};

/// What there is to say of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What is explained, and its title.
    pub heading: String,
    /// What there is to say, part by part.
    pub sections: Vec<Section>,
}

/// A part of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title; empty for what stands right below the heading.
    pub title: String,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Sentences.
    Text(String),
    /// An item of a list.
    Item(String),
    /// A step, numbered within its section.
    Step(String),
    /// Text to copy: never broken.
    Code(String),
    /// An item of a list: a check.
    Check {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// An item of a list: an article.
    Article {
        /// Its number.
        kb: String,
        /// Its title; none if it is not described here.
        title: Option<String>,
    },
}

/// Explains a check id, an article number (`Q300535`, `300535`), an event (`4071`, `MSExchangeIMC 4071`), a source of events
/// an error code (`0xc002041d`, `1067`), or a word of the report (`unknown`, `ims`, `Extension-Data`). None if nothing of that name is known; see [`suggest`].
pub fn explain(catalogue: &Catalogue, text: &str) -> Option<Explanation> {
    if let Some(check) = catalogue.check(text) {
        return Some(check::explain(catalogue, check));
    }
    if let Some(kb) = kb_number(text)
        && let Some(explanation) = article::explain(catalogue, &kb)
    {
        return Some(explanation);
    }
    if let Some(explanation) = number::explain(catalogue, text) {
        return Some(explanation);
    }
    let (word, source) = (word::explain(catalogue, text), number::of_source(catalogue, text));
    match (word, source) {
        // `mta` is a selection and a source
        (Some(mut word), Some(source)) => {
            let events = source.sections.into_iter().map(|section| Section { title: source.heading.clone(), ..section });
            word.sections.extend(events);
            Some(word)
        }
        (word, source) => word.or(source),
    }
}

/// The known name nearest to one that is not known: a check, an article, an event or an error code. An event that another
/// source logs is near.
pub fn suggest(catalogue: &Catalogue, text: &str) -> Option<String> {
    let last = text.split_whitespace().rfind(|word| !is_announcement(word)).unwrap_or_default();
    if let Some(sign) = catalogue.signs_named(last).first() {
        return Some(query_for(sign));
    }
    let checks = catalogue.checks().iter().map(|check| check.id.as_str());
    let articles = catalogue.articles().iter().map(|article| article.kb.as_str());
    let signs = catalogue.signs().iter().map(|sign| sign.code.as_str());
    let words = word::all().map(|word| -> &str { word });
    let asked = kb_number(text).or_else(|| hex_spelling(last)).unwrap_or_else(|| text.to_owned());
    nearest(&asked, checks.chain(articles).chain(signs).chain(words)).map(str::to_owned)
}

impl Section {
    fn new(title: &str, blocks: impl IntoIterator<Item = Block>) -> Self {
        Self { title: title.to_owned(), blocks: blocks.into_iter().collect() }
    }
}

/// A list of articles by number and title; an article that is not described says so.
fn articles<'a>(catalogue: &Catalogue, kbs: impl IntoIterator<Item = &'a String>) -> Section {
    let item = |kb: &String| {
        let title = catalogue.article(kb).map(|article| article.title.clone());
        Block::Article { kb: kb.clone(), title }
    };
    Section::new("Articles", kbs.into_iter().map(item))
}

/// A list of checks by id and title.
fn checks<'a>(catalogue: &Catalogue, title: &str, ids: impl IntoIterator<Item = &'a String>) -> Section {
    let known = ids.into_iter().filter_map(|id| catalogue.check(id));
    Section::new(title, known.map(|check| Block::Check { id: check.id.clone(), title: check.title.clone() }))
}

/// The checks that cover a thing, or that none does.
fn covered_by<'a>(catalogue: &Catalogue, ids: impl IntoIterator<Item = &'a String>) -> Section {
    let mut section = checks(catalogue, "Covered by", ids);
    if section.blocks.is_empty() {
        section.blocks.push(Block::Text("No check covers this yet.".to_owned()));
    }
    section
}

#[cfg(test)]
mod tests;
