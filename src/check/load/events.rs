//! Reading events.toml.

use super::source::Texts;
use super::{LoadError, Problem, Source, articles};
use crate::check::article::{Sign, SignKind};
use crate::check::definition::Check;
use crate::check::nearest::nearest;
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    event: Vec<RawEvent>,
    #[serde(default)]
    error: Vec<RawError>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEvent {
    id: Spanned<u32>,
    source: Option<Spanned<String>>,
    meaning: Spanned<String>,
    kb: Texts,
    #[serde(default)]
    checks: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawError {
    code: Spanned<String>,
    meaning: Spanned<String>,
    kb: Texts,
    #[serde(default)]
    checks: Vec<Spanned<String>>,
}

/// Reads the numbers of a file and adds them to those known. The checks must all be known.
pub(in crate::check) fn read(source: Source<'_>, checks: &[Check], signs: &mut Vec<Sign>) -> Result<(), LoadError> {
    let file: File = source.parse()?;
    for raw in &file.event {
        let name = raw.source.as_ref().map(|text| source.words("source", text)).transpose()?;
        let body = Body { meaning: &raw.meaning, kb: &raw.kb, checks: &raw.checks };
        let sign = body.sign(source, checks, SignKind::Event(name), raw.id.get_ref().to_string())?;
        add(source, &raw.id.span(), sign, signs)?;
    }
    for raw in &file.error {
        let body = Body { meaning: &raw.meaning, kb: &raw.kb, checks: &raw.checks };
        let sign = body.sign(source, checks, SignKind::Error, articles::error_code(source, &raw.code)?)?;
        add(source, &raw.code.span(), sign, signs)?;
    }
    Ok(())
}

/// What events and errors have in common.
struct Body<'a> {
    meaning: &'a Spanned<String>,
    kb: &'a Texts,
    checks: &'a [Spanned<String>],
}

impl Body<'_> {
    fn sign(&self, source: Source<'_>, checks: &[Check], kind: SignKind, code: String) -> Result<Sign, LoadError> {
        source.some_words("kb", self.kb)?;
        for id in self.checks {
            if !checks.iter().any(|check| check.id == *id.get_ref()) {
                let suggestion = nearest(id.get_ref(), checks.iter().map(|check| check.id.as_str())).map(str::to_owned);
                let problem = Problem::UnknownCheck { key: "checks", id: id.get_ref().clone(), suggestion };
                return Err(source.problem(&id.span(), problem));
            }
        }
        Ok(Sign {
            kind,
            code,
            meaning: Some(source.words("meaning", self.meaning)?),
            kb: self.kb.get_ref().iter().map(|kb| articles::kb(source, kb)).collect::<Result<_, _>>()?,
            checks: source.any_words("checks", self.checks)?,
        })
    }
}

fn add(source: Source<'_>, at: &std::ops::Range<usize>, sign: Sign, signs: &mut Vec<Sign>) -> Result<(), LoadError> {
    if signs.iter().any(|known| known.kind == sign.kind && known.code == sign.code) {
        let problem = Problem::Duplicate { name: sign.to_string(), other: "the list of events".to_owned() };
        return Err(source.problem(at, problem));
    }
    signs.push(sign);
    Ok(())
}
