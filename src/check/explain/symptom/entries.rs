//! What a symptom may lead to: checks, articles and numbers, each with its texts and what they weigh.

use super::Kind;
use crate::check::article::{Article, Sign, SignKind};
use crate::check::catalogue::Catalogue;
use crate::check::definition::{Check, Expect};
use crate::check::numbers::query_for;
use std::borrow::Cow;

/// What an operator sees and what a thing is called weigh most, then why it happens, then what to do.
const SEEN: f64 = 2.0;
const TITLE: f64 = 2.0;
/// A number is found by itself before what cites it.
const OWN_NUMBER: f64 = 4.0;
/// What a number means, in a sentence that may name several causes.
const MEANING: f64 = 1.5;
const CAUSE: f64 = 1.0;
const CURE: f64 = 0.4;
/// What is said of a check's articles and numbers, and not by the check itself.
const NEARBY: f64 = 0.8;

/// One thing, with its texts.
pub(super) struct Entry<'a> {
    pub(super) kind: Kind,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) texts: Vec<(f64, Cow<'a, str>)>,
}

/// Everything that can be found, in the catalogue's order.
pub(super) fn entries(catalogue: &Catalogue) -> Vec<Entry<'_>> {
    let checks = catalogue.checks().iter().map(|check| of_check(catalogue, check));
    let articles = catalogue.articles().iter().map(|article| of_article(catalogue, article));
    // a number of which nothing is said is found in its article
    let numbers = catalogue.signs().iter().filter_map(of_number);
    checks.chain(articles).chain(numbers).collect()
}

fn of_check<'a>(catalogue: &'a Catalogue, check: &'a Check) -> Entry<'a> {
    let mut texts: Vec<(f64, Cow<'a, str>)> = vec![(TITLE, check.title.as_str().into()), (CAUSE, check.why.as_str().into())];
    texts.extend(check.fails.iter().map(|text| (TITLE, text.as_str().into())));
    texts.extend(check.symptoms.iter().map(|text| (SEEN, text.as_str().into())));
    texts.extend(check.fix.steps.iter().map(|text| (CURE, text.as_str().into())));
    texts.extend(check.lesser.iter().map(|lesser| (NEARBY, lesser.message.as_str().into())));
    if let Expect::Manual(text) = &check.expect {
        texts.push((CAUSE, text.as_str().into()));
    }
    for article in check.kb.iter().filter_map(|kb| catalogue.article(kb)).filter(|article| article.covered) {
        texts.push((NEARBY, article.title.as_str().into()));
        texts.extend(article.symptoms.iter().map(|text| (NEARBY, text.as_str().into())));
    }
    for sign in catalogue.signs().iter().filter(|sign| sign.checks.contains(&check.id)) {
        texts.extend(sign_texts(sign).map(|text| (NEARBY, text)));
    }
    Entry { kind: Kind::Check, name: check.id.clone(), title: check.title.clone(), texts }
}

fn of_article<'a>(catalogue: &'a Catalogue, article: &'a Article) -> Entry<'a> {
    let mut texts: Vec<(f64, Cow<'a, str>)> = vec![(TITLE, article.title.as_str().into())];
    texts.extend(article.symptoms.iter().map(|text| (SEEN, text.as_str().into())));
    texts.extend(article.summary.iter().map(|text| (CAUSE, text.as_str().into())));
    // the numbers alone: what they mean may be another article's fault
    for sign in catalogue.signs().iter().filter(|sign| sign.kb.contains(&article.kb)) {
        texts.push((SEEN, query_for(sign).into()));
    }
    Entry { kind: Kind::Article, name: article.kb.clone(), title: article.title.clone(), texts }
}

fn of_number(sign: &Sign) -> Option<Entry<'_>> {
    let meaning = sign.meaning.clone()?;
    let texts = vec![(OWN_NUMBER, query_for(sign).into()), (MEANING, meaning.clone().into())];
    let kind = if sign.kind == SignKind::Error { Kind::Error } else { Kind::Event };
    Some(Entry { kind, name: query_for(sign), title: meaning, texts })
}

/// The number as a text names it, with its source, and what it means.
fn sign_texts(sign: &Sign) -> impl Iterator<Item = Cow<'_, str>> {
    [query_for(sign).into()].into_iter().chain(sign.meaning.as_deref().map(Cow::Borrowed))
}
