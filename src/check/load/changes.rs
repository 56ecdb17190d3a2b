//! Reading one change: the checklist for it.

use super::checks::{caution, id, kb};
use super::source::Texts;
use super::{LoadError, Problem, Source};
use crate::check::article::Article;
use crate::check::change::{Asks, Change, Names, Rehearse, Step};
use crate::check::definition::{Check, Expect};
use crate::check::nearest::nearest;
use crate::exchange::facts::Facts;
use crate::report::checklist::When;
use serde::Deserialize;
use std::path::Path;
use toml::Spanned;

/// Characters of the title of an item: what is one line of a printed page.
const LONGEST_TITLE: usize = 110;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    id: Spanned<String>,
    title: Spanned<String>,
    about: Spanned<String>,
    names: Option<Names>,
    kb: Option<Texts>,
    item: Spanned<Vec<Spanned<RawItem>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawItem {
    when: Spanned<When>,
    title: Spanned<String>,
    kb: Option<Texts>,
    caution: Option<Spanned<String>>,
    checks: Option<Texts>,
    facts: Option<Spanned<String>>,
    rehearse: Option<Spanned<Rehearse>>,
    uses: Option<Spanned<bool>>,
    manual: Option<Spanned<String>>,
}

/// Whether a text is that of a change, and not of a check: only a change has items.
pub(in crate::check) fn is_change(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[[item]]"))
}

/// Whether a file lies in a folder of changes: an operator's own holds nothing else.
pub(in crate::check) fn is_in_folder(path: &Path) -> bool {
    path.parent().and_then(Path::file_name).is_some_and(|name| name == "changes")
}

/// Reads a change whose file is called `stem.toml`.
pub(in crate::check) fn read(
    source: Source<'_>,
    stem: &str,
    articles: &[Article],
    checks: &[Check],
    known: &[Change],
) -> Result<Change, LoadError> {
    let raw: RawChange = source.parse()?;
    let id = id(source, &raw.id, stem)?;
    if let Some(other) = known.iter().find(|other| other.id == id) {
        return Err(source.problem(&raw.id.span(), Problem::Duplicate { name: id, other: other.origin.clone() }));
    }
    if raw.item.get_ref().is_empty() {
        return Err(source.problem(&raw.item.span(), Problem::Empty { key: "item" }));
    }
    let mut items: Vec<Step> = Vec::new();
    for item in raw.item.get_ref() {
        let step = step(source, item, raw.names, articles, checks)?;
        if let Some(before) = items.last().map(|last| last.when).filter(|before| *before > step.when) {
            let [now, before] = [step.when, before].map(|when| when.title().to_lowercase());
            return Err(source.problem(&item.get_ref().when.span(), Problem::Order { now, before }));
        }
        items.push(step);
    }
    Ok(Change {
        id,
        title: source.words("title", &raw.title)?,
        about: source.words("about", &raw.about)?,
        names: raw.names,
        kb: raw.kb.as_ref().map(|list| kb(source, list, articles)).transpose()?.unwrap_or_default(),
        items,
        origin: source.file.to_owned(),
    })
}

fn step(
    source: Source<'_>,
    at: &Spanned<RawItem>,
    names: Option<Names>,
    articles: &[Article],
    checks: &[Check],
) -> Result<Step, LoadError> {
    let raw = at.get_ref();
    Ok(Step {
        when: *raw.when.get_ref(),
        title: source.short_words("title", &raw.title, LONGEST_TITLE)?,
        kb: raw.kb.as_ref().map(|list| kb(source, list, articles)).transpose()?.unwrap_or_default(),
        caution: caution(source, raw.caution.as_ref())?,
        asks: asks(source, raw, names, checks)?,
    })
}

fn asks(source: Source<'_>, raw: &RawItem, names: Option<Names>, checks: &[Check]) -> Result<Asks, LoadError> {
    let needs_name = |at: std::ops::Range<usize>, key| match names {
        Some(_) => Ok(()),
        None => Err(source.problem(&at, Problem::NothingNamed { key })),
    };
    match (&raw.checks, &raw.facts, &raw.rehearse, &raw.uses, &raw.manual) {
        (Some(list), None, None, None, None) => self::checks(source, list, checks).map(Asks::Checks),
        (None, Some(word), None, None, None) => {
            let facts = Facts::named(word.get_ref()).ok_or_else(|| {
                let suggestion = nearest(word.get_ref(), Facts::all().map(Facts::word)).map(str::to_owned);
                source.problem(&word.span(), Problem::UnknownFacts { word: word.get_ref().clone(), suggestion })
            })?;
            if facts.is_of_named() {
                needs_name(word.span(), "facts = \"object\"")?;
            }
            Ok(Asks::Facts(facts))
        }
        (None, None, Some(change), None, None) => {
            needs_name(change.span(), "rehearse")?;
            Ok(Asks::Rehearse(*change.get_ref()))
        }
        (None, None, None, Some(uses), None) if *uses.get_ref() => {
            needs_name(uses.span(), "uses")?;
            Ok(Asks::Uses)
        }
        (None, None, None, None, Some(text)) => Ok(Asks::Manual(source.words("manual", text)?)),
        _ => Err(source.problem(&raw.title.span(), Problem::Answers { found: found(raw) })),
    }
}

/// The ids of checks, in their one spelling.
fn checks(source: Source<'_>, list: &Texts, known: &[Check]) -> Result<Vec<String>, LoadError> {
    source.some_words("checks", list)?;
    let one = |raw: &Spanned<String>| {
        let text = raw.get_ref();
        let Some(check) = known.iter().find(|check| check.id.eq_ignore_ascii_case(text.trim())) else {
            let suggestion = nearest(text, known.iter().map(|check| check.id.as_str())).map(str::to_owned);
            return Err(source.problem(&raw.span(), Problem::UnknownCheck { key: "checks", id: text.clone(), suggestion }));
        };
        match check.expect {
            Expect::Manual(_) => Err(source.problem(&raw.span(), Problem::ByHand { id: check.id.clone() })),
            _ => Ok(check.id.clone()),
        }
    };
    list.get_ref().iter().map(one).collect()
}

fn found(raw: &RawItem) -> String {
    let all = [
        ("checks", raw.checks.is_some()),
        ("facts", raw.facts.is_some()),
        ("rehearse", raw.rehearse.is_some()),
        ("uses", raw.uses.as_ref().is_some_and(|uses| *uses.get_ref())),
        ("manual", raw.manual.is_some()),
    ];
    let found: Vec<&str> = all.into_iter().filter_map(|(key, there)| there.then_some(key)).collect();
    if found.is_empty() { "none".to_owned() } else { found.join(", ") }
}
