//! Reading articles.toml.

use super::source::Texts;
use super::{LoadError, Problem, Source};
use crate::check::article::{Article, Event, kb_number};
use crate::check::numbers::is_code_name;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    article: Vec<RawArticle>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawArticle {
    kb: Spanned<String>,
    title: Spanned<String>,
    versions: Texts,
    fixed: Option<Spanned<String>>,
    modified: Option<Spanned<String>>,
    summary: Texts,
    #[serde(default)]
    symptoms: Vec<Spanned<String>>,
    #[serde(default)]
    events: Vec<Spanned<Event>>,
    #[serde(default)]
    errors: Vec<Spanned<String>>,
    #[serde(default = "yes")]
    covered: bool,
}

/// Most articles are cited by the checks that find their fault.
fn yes() -> bool {
    true
}

/// Reads the articles of a file and adds them to those known.
pub(in crate::check) fn read(source: Source<'_>, articles: &mut Vec<Article>) -> Result<(), LoadError> {
    for raw in source.parse::<File>()?.article {
        let article = article(source, &raw)?;
        if articles.iter().any(|known| known.kb == article.kb) {
            let problem = Problem::Duplicate { name: article.kb, other: "the list of articles".to_owned() };
            return Err(source.problem(&raw.kb.span(), problem));
        }
        articles.push(article);
    }
    Ok(())
}

fn article(source: Source<'_>, raw: &RawArticle) -> Result<Article, LoadError> {
    let optional = |key, text: &Option<Spanned<String>>| text.as_ref().map(|text| source.words(key, text)).transpose();
    for event in &raw.events {
        if let Some(text) = &event.get_ref().source {
            source.words_at("source", &event.span(), text)?;
        }
    }
    Ok(Article {
        kb: kb(source, &raw.kb)?,
        title: source.words("title", &raw.title)?,
        versions: source.some_words("versions", &raw.versions)?,
        fixed: optional("fixed", &raw.fixed)?,
        modified: optional("modified", &raw.modified)?,
        summary: source.some_words("summary", &raw.summary)?,
        symptoms: source.any_words("symptoms", &raw.symptoms)?,
        events: raw.events.iter().map(|event| event.get_ref().clone()).collect(),
        errors: raw.errors.iter().map(|code| error_code(source, code)).collect::<Result<_, _>>()?,
        covered: raw.covered,
    })
}

/// An article number in its one spelling.
pub(super) fn kb(source: Source<'_>, raw: &Spanned<String>) -> Result<String, LoadError> {
    kb_number(raw.get_ref()).ok_or_else(|| source.problem(&raw.span(), Problem::NotKb { kb: raw.get_ref().clone() }))
}

/// An error code: decimal digits, or `0x` and hexadecimal ones, in lower case; or a name such as `DS_E_BUSY`, in upper case.
pub(super) fn error_code(source: Source<'_>, raw: &Spanned<String>) -> Result<String, LoadError> {
    if is_code_name(raw.get_ref()) {
        return Ok(raw.get_ref().to_ascii_uppercase());
    }
    let code = raw.get_ref().to_ascii_lowercase();
    let fits = match code.strip_prefix("0x") {
        Some(digits) => !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit()),
        None => !code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()),
    };
    if fits { Ok(code) } else { Err(source.problem(&raw.span(), Problem::NotErrorCode { code })) }
}
