//! Reading one check.

use super::source::Texts;
use super::{LoadError, Problem, Source};
use crate::check::article::{Article, kb_number};
use crate::check::blank::is_id;
use crate::check::definition::{Check, Expect, Lesser, Reference, Subject};
use crate::check::nearest::nearest;
use crate::check::rules;
use crate::directory::filter::Filter;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{self, Confidence, Fix, Reason, Severity};
use serde::Deserialize;
use toml::Spanned;

/// Characters of a headline: it must fit into a column of a table.
pub(in crate::check) const LONGEST_HEADLINE: usize = 80;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCheck {
    id: Spanned<String>,
    title: Spanned<String>,
    fails: Option<Spanned<String>>,
    severity: Severity,
    /// An operator's own check may rest on no article.
    kb: Option<Texts>,
    /// Pages that say more.
    #[serde(default)]
    links: Vec<Spanned<String>>,
    versions: Texts,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    confidence: Confidence,
    why: Spanned<String>,
    caution: Option<Spanned<String>>,
    fix: Texts,
    #[serde(default)]
    symptoms: Vec<Spanned<String>>,
    subject: RawSubject,
    expect: Spanned<RawExpect>,
    #[serde(default)]
    lesser: Vec<RawLesser>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSubject {
    each: Spanned<String>,
    only: Option<Spanned<String>>,
    follow: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawExpect {
    filter: Option<Spanned<String>>,
    reason: Option<Spanned<FilterReason>>,
    set: Option<Spanned<String>>,
    resolves: Option<Spanned<String>>,
    to: Option<Spanned<String>>,
    site: Option<Spanned<OwnSite>>,
    unset: Option<Spanned<String>>,
    rule: Option<Spanned<String>>,
    parameters: Option<Spanned<toml::Table>>,
    manual: Option<Spanned<String>>,
}

/// Of which site the named object must be: the one word there is.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum OwnSite {
    Own,
}

/// The reasons that a filter may give; the others belong to the engine.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum FilterReason {
    NoX400,
    WrongClass,
    NotSet,
    Malformed,
    Mismatch,
    NotMet,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLesser {
    filter: Option<Spanned<String>>,
    from: Option<Spanned<String>>,
    before: Option<Spanned<String>>,
    severity: Spanned<Severity>,
    confidence: Confidence,
    message: Spanned<String>,
    caution: Option<Spanned<String>>,
    #[serde(default)]
    fix: Vec<Spanned<String>>,
}

/// A check, and the lines that are needed once all are read.
pub(in crate::check) struct ReadCheck {
    /// The check.
    pub(in crate::check) check: Check,
    /// The line of its id.
    pub(in crate::check) id_line: usize,
    /// The lines of its needs, in their order.
    pub(in crate::check) need_lines: Vec<usize>,
}

/// Reads a check whose file is called `stem.toml`.
pub(in crate::check) fn read(source: Source<'_>, stem: &str, articles: &[Article]) -> Result<ReadCheck, LoadError> {
    let raw: RawCheck = source.parse()?;
    let subject = subject(source, &raw.subject)?;
    let expect = expect(source, &raw.expect)?;
    if let (Some(follow), Expect::Set(_) | Expect::Resolves { reference: Reference::Administrator, .. }) =
        (&raw.subject.follow, &expect)
    {
        return Err(source.problem(
            &follow.span(),
            Problem::Misplaced { key: "follow", with: "filter, rule, manual or an attribute that resolves" },
        ));
    }
    let of_services = [subject.follow.as_ref(), expect.reference()].contains(&Some(&Reference::Administrator));
    if of_services && subject.each.word() != "ims" {
        return Err(source.problem(&raw.subject.each.span(), Problem::NoAdministrator));
    }
    if let (Some(follow), Expect::Rule(rule)) = (&raw.subject.follow, &expect)
        && rule.is_about_all()
    {
        return Err(source.problem(&follow.span(), Problem::Misplaced { key: "follow", with: "a rule that judges one object" }));
    }
    let check = Check {
        id: id(source, &raw.id, stem)?,
        title: source.words("title", &raw.title)?,
        fails: raw.fails.as_ref().map(|text| source.short_words("fails", text, LONGEST_HEADLINE)).transpose()?,
        severity: raw.severity,
        kb: raw.kb.as_ref().map(|list| kb(source, list, articles)).transpose()?.unwrap_or_default(),
        links: source.any_words("links", &raw.links)?,
        versions: source.some_words("versions", &raw.versions)?,
        needs: source.any_words("needs", &raw.needs)?,
        confidence: raw.confidence,
        why: source.words("why", &raw.why)?,
        fix: Fix { caution: caution(source, raw.caution.as_ref())?, steps: source.some_words("fix", &raw.fix)? },
        symptoms: source.any_words("symptoms", &raw.symptoms)?,
        subject,
        lesser: raw
            .lesser
            .iter()
            .map(|lesser| self::lesser(source, lesser, (raw.severity, raw.confidence), &expect))
            .collect::<Result<_, _>>()?,
        expect,
        origin: source.file.to_owned(),
        digest: report::digest(source.text.as_bytes()),
    };
    Ok(ReadCheck {
        check,
        id_line: source.line(&raw.id.span()),
        need_lines: raw.needs.iter().map(|need| source.line(&need.span())).collect(),
    })
}

/// Everything that is missing or empty in the text of a check: reading it ends at the first.
pub(in crate::check) fn gaps(source: Source<'_>) -> Vec<LoadError> {
    const REQUIRED: [&str; 7] = ["id", "title", "severity", "versions", "confidence", "why", "fix"];
    const KINDS: [&str; 5] = ["filter", "set", "resolves", "rule", "manual"];
    let Ok(table) = toml::from_str::<toml::Table>(source.text) else { return Vec::new() };
    let is_empty = |value: &toml::Value| match value {
        toml::Value::String(text) => text.trim().is_empty(),
        toml::Value::Array(list) => {
            list.is_empty() || list.iter().any(|text| text.as_str().is_some_and(|text| text.trim().is_empty()))
        }
        _ => false,
    };
    let of = |table: &toml::Table, key: &'static str, section: Option<&str>| match table.get(key) {
        None => Some(source.missing(key, section)),
        Some(value) if is_empty(value) => Some(source.problem_on(source.line_of(key), Problem::Empty { key })),
        Some(_) => None,
    };
    let mut gaps: Vec<LoadError> = REQUIRED.into_iter().filter_map(|key| of(&table, key, None)).collect();
    match table.get("subject").and_then(toml::Value::as_table) {
        Some(subject) => gaps.extend(of(subject, "each", Some("subject"))),
        None => gaps.push(source.missing("subject", None)),
    }
    match table.get("expect").and_then(toml::Value::as_table) {
        Some(expect) if KINDS.iter().any(|kind| expect.contains_key(*kind)) => {
            gaps.extend(expect.contains_key("filter").then(|| of(expect, "filter", Some("expect"))).flatten());
        }
        Some(_) => gaps.push(source.missing("filter", Some("expect"))),
        None => gaps.push(source.missing("expect", None)),
    }
    gaps
}

pub(super) fn caution(source: Source<'_>, raw: Option<&Spanned<String>>) -> Result<Option<String>, LoadError> {
    raw.map(|text| source.words("caution", text)).transpose()
}

fn subject(source: Source<'_>, raw: &RawSubject) -> Result<Subject, LoadError> {
    let word = raw.each.get_ref();
    let each = Selection::named(word).ok_or_else(|| {
        let suggestion = nearest(word, Selection::all().map(Selection::word)).map(str::to_owned);
        source.problem(&raw.each.span(), Problem::UnknownSelection { word: word.clone(), suggestion })
    })?;
    let only = raw.only.as_ref().map(|text| filter(source, "only", text)).transpose()?;
    let follow = raw.follow.as_ref().map(|word| reference(source, "follow", word)).transpose()?;
    Ok(Subject { each, only, follow })
}

fn reference(source: Source<'_>, key: &'static str, raw: &Spanned<String>) -> Result<Reference, LoadError> {
    let word = source.words(key, raw)?;
    if word == "administrator" {
        return Ok(Reference::Administrator);
    }
    let letters = word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if !letters || !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return Err(source.problem(&raw.span(), Problem::NotReference { word }));
    }
    Ok(Reference::Attribute(word))
}

pub(super) fn id(source: Source<'_>, raw: &Spanned<String>, stem: &str) -> Result<String, LoadError> {
    let id = source.words("id", raw)?;
    if !is_id(&id) {
        return Err(source.problem(&raw.span(), Problem::Id { id }));
    }
    if id != stem {
        return Err(source.problem(&raw.span(), Problem::IdNotFile { id, stem: stem.to_owned() }));
    }
    Ok(id)
}

pub(super) fn kb(source: Source<'_>, raw: &Texts, articles: &[Article]) -> Result<Vec<String>, LoadError> {
    source.some_words("kb", raw)?;
    let known = |raw: &Spanned<String>| {
        let text = raw.get_ref();
        let kb = kb_number(text).ok_or_else(|| source.problem(&raw.span(), Problem::NotKb { kb: text.clone() }))?;
        if articles.iter().any(|article| article.kb == kb) {
            return Ok(kb);
        }
        let suggestion = nearest(&kb, articles.iter().map(|article| article.kb.as_str())).map(str::to_owned);
        Err(source.problem(&raw.span(), Problem::UnknownArticle { kb, suggestion }))
    };
    raw.get_ref().iter().map(known).collect()
}

fn expect(source: Source<'_>, raw: &Spanned<RawExpect>) -> Result<Expect, LoadError> {
    let at = raw.span();
    let raw = raw.get_ref();
    let misplaced = |at, key, with| Err(source.problem(&at, Problem::Misplaced { key, with }));
    match (&raw.reason, &raw.parameters) {
        (Some(reason), _) if raw.filter.is_none() => return misplaced(reason.span(), "reason", "filter"),
        (_, Some(parameters)) if raw.rule.is_none() => return misplaced(parameters.span(), "parameters", "rule"),
        _ => {}
    }
    let beside = [
        ("to", raw.to.as_ref().map(Spanned::span)),
        ("site", raw.site.as_ref().map(Spanned::span)),
        ("unset", raw.unset.as_ref().map(Spanned::span)),
    ];
    if let Some((key, at)) = beside.into_iter().find_map(|(key, at)| Some((key, at?))).filter(|_| raw.resolves.is_none()) {
        return misplaced(at, key, "resolves");
    }
    match (&raw.filter, &raw.set, &raw.resolves, &raw.rule, &raw.manual) {
        (Some(text), None, None, None, None) => {
            let reason = match raw.reason.as_ref().map(|reason| *reason.get_ref()) {
                Some(FilterReason::NoX400) => Reason::NoX400,
                Some(FilterReason::WrongClass) => Reason::WrongClass,
                Some(FilterReason::NotSet) => Reason::NotSet,
                Some(FilterReason::Malformed) => Reason::Malformed,
                Some(FilterReason::Mismatch) => Reason::Mismatch,
                Some(FilterReason::NotMet) | None => Reason::NotMet,
            };
            Ok(Expect::Filter { filter: filter(source, "filter", text)?, reason })
        }
        (None, Some(word), None, None, None) => match reference(source, "set", word)? {
            Reference::Administrator => Ok(Expect::Set(Reference::Administrator)),
            // a filter says it: (NAME=*)
            Reference::Attribute(word_of) => Err(source.problem(&word.span(), Problem::SetAttribute { word: word_of })),
        },
        (None, None, Some(word), None, None) => {
            let to = raw.to.as_ref().map(|text| filter(source, "to", text)).transpose()?;
            let unset = raw.unset.as_ref().map(|text| source.words("unset", text)).transpose()?;
            let own_site = raw.site.as_ref().is_some_and(|site| matches!(site.get_ref(), OwnSite::Own));
            Ok(Expect::Resolves { reference: reference(source, "resolves", word)?, to, own_site, unset })
        }
        (None, None, None, Some(rule), None) => rules::read(source, rule, raw.parameters.as_ref()).map(Expect::Rule),
        (None, None, None, None, Some(text)) => Ok(Expect::Manual(source.words("manual", text)?)),
        _ => Err(source.problem(&at, Problem::Kinds { found: kinds(raw) })),
    }
}

fn kinds(raw: &RawExpect) -> String {
    let found: Vec<_> = [
        ("filter", raw.filter.is_some()),
        ("set", raw.set.is_some()),
        ("resolves", raw.resolves.is_some()),
        ("rule", raw.rule.is_some()),
        ("manual", raw.manual.is_some()),
    ]
    .into_iter()
    .filter_map(|(kind, there)| there.then_some(kind))
    .collect();
    if found.is_empty() { "none".to_owned() } else { found.join(", ") }
}

fn filter(source: Source<'_>, key: &'static str, raw: &Spanned<String>) -> Result<Filter, LoadError> {
    if raw.get_ref().trim().is_empty() {
        return Err(source.problem(&raw.span(), Problem::Empty { key }));
    }
    let filter = Filter::parse(raw.get_ref()).map_err(|error| source.problem(&raw.span(), Problem::Filter { key, error }))?;
    if has_extensible(&filter) {
        return Err(source.problem(&raw.span(), Problem::Extensible));
    }
    Ok(filter)
}

fn has_extensible(filter: &Filter) -> bool {
    match filter {
        Filter::And(list) | Filter::Or(list) => list.iter().any(has_extensible),
        Filter::Not(inner) => has_extensible(inner),
        Filter::Extensible(_) => true,
        _ => false,
    }
}

fn lesser(source: Source<'_>, raw: &RawLesser, own: (Severity, Confidence), expect: &Expect) -> Result<Lesser, LoadError> {
    let at = raw.filter.as_ref().or(raw.from.as_ref()).or(raw.before.as_ref()).map_or_else(|| raw.severity.span(), Spanned::span);
    if matches!(expect, Expect::Manual(_) | Expect::Set(_)) {
        return Err(source.problem(&at, Problem::Misplaced { key: "[[lesser]]", with: "filter, resolves or rule" }));
    }
    if raw.filter.is_none() && raw.from.is_none() && raw.before.is_none() {
        return Err(source.problem(&at, Problem::EmptyLesser));
    }
    let severity = *raw.severity.get_ref();
    let is_less_sure = raw.confidence == Confidence::Inferred && own.1 == Confidence::Documented;
    if severity > own.0 || (severity == own.0 && !is_less_sure) {
        return Err(source.problem(&raw.severity.span(), Problem::NotLesser));
    }
    let release = |text: &Spanned<String>| {
        let release = text.get_ref().parse::<Release>();
        release.map_err(|()| source.problem(&text.span(), Problem::NotRelease { text: text.get_ref().clone() }))
    };
    let steps = source.any_words("fix", &raw.fix)?;
    let caution = caution(source, raw.caution.as_ref())?;
    if let (Some(raw), true) = (&raw.caution, steps.is_empty()) {
        return Err(source.problem(&raw.span(), Problem::Misplaced { key: "caution", with: "fix" }));
    }
    Ok(Lesser {
        filter: raw.filter.as_ref().map(|text| filter(source, "filter", text)).transpose()?,
        from: raw.from.as_ref().map(release).transpose()?,
        before: raw.before.as_ref().map(release).transpose()?,
        severity,
        confidence: raw.confidence,
        message: source.words("message", &raw.message)?,
        fix: (!steps.is_empty()).then_some(Fix { caution, steps }),
    })
}
