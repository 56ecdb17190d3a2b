//! What a symptom may lead to: checks, articles and numbers, each with its texts and what they weigh.

use super::Kind;
use crate::check::article::{Article, Sign, SignKind};
use crate::check::catalogue::Catalogue;
use crate::check::definition::{Check, Expect};
use crate::check::numbers::query_for;

/// What an operator sees weighs most, then what a thing is called, then why it happens, then what to do.
const SEEN: f64 = 2.0;
const TITLE: f64 = 1.5;
const CAUSE: f64 = 1.0;
const CURE: f64 = 0.4;
/// What is said of a check's articles and numbers, and not by the check itself.
const NEARBY: f64 = 0.8;

/// One thing, with its texts.
pub(super) struct Entry<'a> {
    pub(super) kind: Kind,
    /// A check that a person must decide.
    pub(super) manual: bool,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) texts: Vec<(f64, &'a str)>,
}

/// Everything that can be found, in the catalogue's order.
pub(super) fn entries(catalogue: &Catalogue) -> Vec<Entry<'_>> {
    let checks = catalogue.checks().iter().map(|check| of_check(catalogue, check));
    let articles = catalogue.articles().iter().map(of_article);
    // a number of which nothing is said is found in its article
    let numbers = catalogue.signs().iter().filter_map(of_number);
    checks.chain(articles).chain(numbers).collect()
}

fn of_check<'a>(catalogue: &'a Catalogue, check: &'a Check) -> Entry<'a> {
    let mut texts = vec![(TITLE, check.title.as_str()), (CAUSE, check.why.as_str())];
    texts.extend(check.symptoms.iter().map(|text| (SEEN, text.as_str())));
    texts.extend(check.fix.iter().map(|text| (CURE, text.as_str())));
    texts.extend(check.lesser.iter().map(|lesser| (NEARBY, lesser.message.as_str())));
    if let Expect::Manual(text) = &check.expect {
        texts.push((CAUSE, text));
    }
    for article in check.kb.iter().filter_map(|kb| catalogue.article(kb)) {
        texts.push((NEARBY, &article.title));
        texts.extend(article.symptoms.iter().map(|text| (NEARBY, text.as_str())));
    }
    for sign in catalogue.signs().iter().filter(|sign| sign.checks.contains(&check.id)) {
        texts.extend(sign_texts(sign).map(|text| (NEARBY, text)));
    }
    Entry { kind: Kind::Check, manual: check.kind() == "manual", name: check.id.clone(), title: check.title.clone(), texts }
}

fn of_article(article: &Article) -> Entry<'_> {
    let mut texts = vec![(TITLE, article.title.as_str())];
    texts.extend(article.symptoms.iter().map(|text| (SEEN, text.as_str())));
    texts.extend(article.summary.iter().map(|text| (CAUSE, text.as_str())));
    texts.extend(article.errors.iter().map(|code| (SEEN, code.as_str())));
    texts.extend(article.events.iter().filter_map(|event| event.source.as_deref()).map(|source| (CAUSE, source)));
    Entry { kind: Kind::Article, manual: false, name: article.kb.clone(), title: article.title.clone(), texts }
}

fn of_number(sign: &Sign) -> Option<Entry<'_>> {
    let meaning = sign.meaning.clone()?;
    let texts = sign_texts(sign).map(|text| (TITLE, text)).collect();
    let kind = if sign.kind == SignKind::Error { Kind::Error } else { Kind::Event };
    Some(Entry { kind, manual: false, name: query_for(sign), title: meaning, texts })
}

fn sign_texts(sign: &Sign) -> impl Iterator<Item = &str> {
    let source = if let SignKind::Event(source) = &sign.kind { source.as_deref() } else { None };
    [sign.code.as_str()].into_iter().chain(source).chain(sign.meaning.as_deref())
}
