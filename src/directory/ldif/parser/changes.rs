//! Change records (RFC 2849 `ldif-changes`): what is to be done to a directory, in the order in which it stands.

use super::{Line, Parser, Piecewise};
use crate::directory::change::{Action, Change, Step, What};
use crate::directory::dn::{Dn, Rdn};
use crate::directory::entry::base_name;
use crate::directory::ldif::error::{LdifError, excerpt};
use crate::directory::ldif::limits::Limits;
use crate::directory::whole::SharedNames;

/// Changes that one file may hold.
const MOST: usize = 1_000_000;

/// Reads the change records of a text; `name` is its file's, for messages.
///
/// # Errors
/// [`LdifError`] at the first thing that is wrong: a half of a change is none.
pub(in crate::directory::ldif) fn changes(text: &[u8], name: &str, limits: Limits) -> Result<Vec<Change>, LdifError> {
    let names = SharedNames::default();
    let start = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let piece = Piecewise { start, end: text.len(), lines: 0, buffer: 0, decoded: 1 };
    let mut parser = Parser::of(text, piece, &names, limits);
    let mut changes = Vec::new();
    while let Some(line) = parser.told()? {
        if line.separates() {
            continue;
        }
        let field = parser.field(&line)?;
        if field.is("version") {
            let version = field.value(64, false)?;
            if version.trim_ascii() != b"1" {
                return Err(LdifError::Version { line: line.number, version: excerpt(&version) });
            }
            continue;
        }
        if !field.is("dn") {
            return Err(LdifError::NoDn { line: line.number, name: field.shown() });
        }
        if changes.len() == MOST {
            return Err(LdifError::TooMany { line: line.number, what: "changes", limit: MOST });
        }
        changes.push(parser.change(&line, name)?);
    }
    Ok(changes)
}

/// What is wrong with a change record.
fn wrong(line: u64, what: impl Into<String>) -> LdifError {
    LdifError::Change { line, what: what.into() }
}

/// A line of a record: the name before the colon, and the value behind it.
struct Told {
    line: u64,
    name: String,
    value: Vec<u8>,
}

impl<'a> Parser<'a> {
    /// The next line that is no comment, whether or not it separates two records.
    fn told(&mut self) -> Result<Option<Line<'a>>, LdifError> {
        loop {
            match self.line()? {
                Some(line) if line.is_comment() => {}
                other => return Ok(other),
            }
        }
    }

    /// The change whose record begins with this line.
    fn change(&mut self, first: &Line<'a>, name: &str) -> Result<Change, LdifError> {
        let at_end = self.parsed.unterminated && self.is_last();
        let dn = self.field(first)?.value(self.limits.dn, at_end)?;
        let dn = Dn::parse(&dn).map_err(|source| LdifError::BadDn { line: first.number, source })?;
        let mut lines = Vec::new();
        let (mut bytes, mut last) = (first.text.len(), first.number);
        while let Some(line) = self.told()? {
            if line.separates() {
                break;
            }
            bytes = bytes.saturating_add(line.text.len());
            self.budget(bytes, lines.len() + 1, line.number)?;
            last = line.number;
            if *line.text == *b"-" {
                lines.push(Told { line: line.number, name: "-".into(), value: Vec::new() });
                continue;
            }
            let at_end = self.parsed.unterminated && self.is_last();
            let field = self.field(&line)?;
            if field.is("dn") {
                return Err(LdifError::SecondDn { line: line.number });
            }
            lines.push(Told { line: line.number, name: field.name.to_owned(), value: field.value(self.limits.value, at_end)? });
        }
        let what = what(lines, last)?;
        Ok(Change { dn, what, from: format!("{name}: line {}", first.number) })
    }
}

/// What the lines of a record behind its dn say is to be done.
fn what(lines: Vec<Told>, last: u64) -> Result<What, LdifError> {
    let mut lines = lines.into_iter();
    let Some(first) = lines.next() else {
        return Err(wrong(last, "the record ends after its dn; say what to do, such as changetype: delete"));
    };
    if base_name(&first.name).eq_ignore_ascii_case("control") {
        return Err(wrong(first.line, "a control is asked for, which cannot be rehearsed; leave it out"));
    }
    if !first.name.eq_ignore_ascii_case("changetype") {
        let text = "the record does not say what to do; a line changetype: add, modify, delete or modrdn must follow the dn";
        return Err(wrong(first.line, text));
    }
    let kind = first.value.trim_ascii().to_ascii_lowercase();
    match kind.as_slice() {
        b"add" => add(lines, last),
        b"modify" => modify(lines, last),
        b"delete" => match lines.next() {
            Some(more) => Err(wrong(more.line, "more lines follow changetype: delete; an empty line must separate two records")),
            None => Ok(What::Delete),
        },
        b"modrdn" | b"moddn" => rename(lines, last),
        _ => Err(wrong(first.line, format!("changetype {:?} is not known; add, modify, delete and modrdn are", excerpt(&kind)))),
    }
}

fn add(lines: impl Iterator<Item = Told>, last: u64) -> Result<What, LdifError> {
    let mut values: Vec<(String, Vec<Vec<u8>>)> = Vec::new();
    for Told { line, name, value } in lines {
        if name == "-" {
            return Err(wrong(line, "a - ends a step of a modification, and this record adds an object"));
        }
        let name = base_name(&name);
        match values.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, values)) => values.push(value),
            None => values.push((name.to_owned(), vec![value])),
        }
    }
    if values.is_empty() { Err(wrong(last, "the object to be added has no attributes")) } else { Ok(What::Add(values)) }
}

fn modify(lines: impl Iterator<Item = Told>, last: u64) -> Result<What, LdifError> {
    let mut steps: Vec<Step> = Vec::new();
    let mut open: Option<Step> = None;
    for Told { line, name, value } in lines {
        if name == "-" {
            steps.extend(Some(open.take().ok_or_else(|| wrong(line, "a - ends no step"))?));
            continue;
        }
        match &mut open {
            Some(step) if step.attribute.eq_ignore_ascii_case(base_name(&name)) => step.values.push(value),
            Some(step) => {
                let (other, own) = (excerpt(name.as_bytes()), excerpt(step.attribute.as_bytes()));
                return Err(wrong(line, format!("a value of {other} in a step that is about {own}; a line - ends a step")));
            }
            None => {
                let action = match name.to_ascii_lowercase().as_str() {
                    "add" => Action::Add,
                    "delete" => Action::Delete,
                    "replace" => Action::Replace,
                    _ => return Err(wrong(line, "a step begins with add:, delete: or replace: and the name of an attribute")),
                };
                open = Some(Step { action, attribute: attribute(&value, line)?, values: Vec::new() });
            }
        }
    }
    // ldapmodify takes a last step without its -
    steps.extend(open);
    let empty = steps.iter().find(|step| step.action == Action::Add && step.values.is_empty());
    match empty {
        Some(step) => Err(wrong(last, format!("no value of {} to add is given", step.attribute))),
        None if steps.is_empty() => Err(wrong(last, "the record modifies nothing")),
        None => Ok(What::Modify(steps)),
    }
}

fn attribute(value: &[u8], line: u64) -> Result<String, LdifError> {
    let text = std::str::from_utf8(value.trim_ascii()).ok().map(base_name);
    let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    text.filter(is_name).map(str::to_owned).ok_or_else(|| LdifError::BadName { line, name: excerpt(value) })
}

fn rename(lines: impl Iterator<Item = Told>, last: u64) -> Result<What, LdifError> {
    let (mut rdn, mut deletes_old, mut superior) = (None, None, None);
    for Told { line, name, value } in lines {
        let dn = || Dn::parse(&value).map_err(|source| LdifError::BadDn { line, source });
        match name.to_ascii_lowercase().as_str() {
            "newrdn" if rdn.is_none() => match dn()?.rdns() {
                [one] => rdn = Some(Rdn(one.0.clone())),
                _ => return Err(wrong(line, "newrdn is one relative name, such as cn=Name")),
            },
            "deleteoldrdn" if deletes_old.is_none() => match value.trim_ascii() {
                b"0" => deletes_old = Some(false),
                b"1" => deletes_old = Some(true),
                _ => return Err(wrong(line, "deleteoldrdn is 0 or 1")),
            },
            "newsuperior" if superior.is_none() => superior = Some(dn()?),
            _ => return Err(wrong(line, "newrdn, deleteoldrdn and newsuperior, each once, say how an object is renamed")),
        }
    }
    match (rdn, deletes_old) {
        (Some(rdn), Some(deletes_old)) => Ok(What::Rename { rdn, deletes_old, superior }),
        (None, _) => Err(wrong(last, "newrdn is missing: the new relative name")),
        (_, None) => Err(wrong(last, "deleteoldrdn is missing: 1 takes the old name from the object, 0 leaves it as a value")),
    }
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
