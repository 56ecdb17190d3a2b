//! The changes that a command line asks for: files first, then those that are short enough to be typed.

use crate::cli::WhatIfArgs;
use crate::command::failure::Failure;
use crate::directory::change::{Action, Change, Step, What};
use crate::directory::dn::Dn;
use crate::directory::encoding::to_utf8;
use crate::directory::input::{Input, OpenError};
use crate::directory::ldif;
use crate::exchange::admin_export::Imported;
use crate::exchange::admin_import;
use crate::exchange::identify::identify;
use crate::exchange::questions::Questions;
use crate::exchange::rehearse::deletion;
use crate::exchange::schema;
use std::path::{Path, PathBuf};

/// Attributes that a note names.
const MOST_UNKNOWN: usize = 10;
/// Bytes of a file of changes.
const MOST: usize = 256 << 20;

/// A file of changes.
pub(super) enum File {
    /// Change records: they say all.
    Ldif(Vec<Change>),
    /// A table to import: what its rows do depends on what is there.
    Table(Imported),
}

/// Reads the files, before anything is asked of a server.
///
/// # Errors
/// What cannot be read, or is wrong with a line.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<File>, Failure> {
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<File, Failure> {
    let input = Input::read(path, MOST).map_err(|error: OpenError| match error.is_absent() {
        true => Failure::Absent(error.to_string()),
        false => Failure::incomplete(error),
    })?;
    let name = input.name;
    if let Some(cut) = input.cut {
        return Err(Failure::incomplete(format!("{name}: {cut}; an incomplete change is not applied")));
    }
    let wrong = |error: &dyn std::fmt::Display| Failure::usage(format!("{name}: {error}"));
    if !is_ldif(&input.bytes) {
        return Imported::read(input.bytes, &name).map(File::Table).map_err(|error| wrong(&error));
    }
    let text = to_utf8(input.bytes).map_err(|error| wrong(&error))?;
    ldif::changes(&text, &name).map(File::Ldif).map_err(|error| wrong(&error))
}

/// Whether a file begins as LDIF does: with a name, a version or a comment. An empty one holds no change.
fn is_ldif(bytes: &[u8]) -> bool {
    let start = crate::directory::encoding::Encoding::detect(bytes).lossy(bytes.get(..4096).unwrap_or(bytes));
    let first = start.lines().map(str::trim_end).find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_none_or(|line| {
        let begin = line.split(':').next().unwrap_or_default();
        line.contains(':') && ["dn", "version"].iter().any(|word| begin.eq_ignore_ascii_case(word))
    })
}

/// The attributes that the changes touch: they are asked for, so that it is known what they hold.
///
/// # Errors
/// Usage: `--set` without a value.
pub(super) fn attributes(files: &[File], set: &[String]) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = Vec::new();
    for file in files {
        match file {
            File::Ldif(changes) => {
                let steps = changes.iter().flat_map(|change| match &change.what {
                    What::Modify(steps) => steps.as_slice(),
                    _ => &[],
                });
                names.extend(steps.map(|step| step.attribute.clone()));
            }
            File::Table(table) => names.extend(table.attributes()),
        }
    }
    for pair in set.chunks(2) {
        names.push(assignment(pair)?.1.to_owned());
    }
    names.sort_unstable_by_key(|name| name.to_ascii_lowercase());
    names.dedup_by(|one, other| one.eq_ignore_ascii_case(other));
    Ok(names)
}

/// Object, attribute and value of a `--set`.
fn assignment(pair: &[String]) -> Result<(&str, &str, &str), Failure> {
    let [object, text] = pair else { return Err(Failure::usage("--set takes an object and ATTR=VALUE")) };
    match text.split_once('=').map(|(name, value)| (name.trim(), value)) {
        Some((name, value)) if ldif::is_name(name) => Ok((object, name, value)),
        _ => Err(Failure::usage(format!("--set {object:?} {text:?}: write ATTR=VALUE; ATTR= clears it"))),
    }
}

/// What is asked for.
#[derive(Default)]
pub(super) struct Asked {
    /// The changes, in their order.
    pub(super) changes: Vec<Change>,
    /// The same in words; an object that goes with all below it is one.
    pub(super) words: Vec<String>,
    /// What is told of them.
    pub(super) notes: Vec<String>,
}

/// All changes.
///
/// # Errors
/// Usage: an object that is named is none, or several.
pub(super) fn all(args: &WhatIfArgs, files: Vec<File>, questions: &Questions) -> Result<Asked, Failure> {
    let (mut changes, mut unknown) = (Vec::new(), Vec::new());
    for file in files {
        match file {
            File::Ldif(own) => changes.extend(own),
            File::Table(table) => {
                unknown.extend(table.unknown().iter().cloned());
                changes.extend(admin_import::changes(&table, questions).map_err(Failure::usage)?);
            }
        }
    }
    let named =
        |option: &str, text: &str| identify(questions, text).map_err(|error| Failure::usage(format!("{option}: {error}")));
    let mut words: Vec<String> = changes.iter().map(Change::words).collect();
    for text in &args.delete {
        let dn = named("--delete", text)?;
        let own = deletion(questions, &dn, "--delete");
        words.push(match own.len() - 1 {
            0 => format!("delete {dn}"),
            1 => format!("delete {dn}, and the object below it"),
            more => format!("delete {dn}, and the {more} objects below it"),
        });
        changes.extend(own);
    }
    let typed = changes.len();
    for text in &args.rename {
        changes.push(rename(text)?);
    }
    for pair in args.set.chunks(2) {
        let (object, attribute, value) = assignment(pair)?;
        set(&mut changes, named("--set", object)?, attribute, value);
    }
    words.extend(changes.iter().skip(typed).map(Change::words));
    let declared = args.set_ims_admin.iter();
    words.extend(declared.map(|set| format!("make {} the administrator mailbox on {}", set.recipient, set.server)));
    let written = changes.iter().flat_map(|change| match &change.what {
        What::Modify(steps) => steps.iter().map(|step| step.attribute.clone()).collect(),
        What::Add(values) => values.iter().map(|(name, _)| name.clone()).collect(),
        What::Delete | What::Rename { .. } => Vec::new(),
    });
    let is_known =
        |name: &String| schema::is_published(name) || questions.is_shown(name) || ["rdn", "Home-Server"].contains(&name.as_str());
    unknown.extend(written.filter(|name| !is_known(name)));
    unknown.sort_unstable();
    unknown.dedup();
    unknown.truncate(MOST_UNKNOWN);
    let notes = notes(&changes, args, &unknown);
    Ok(Asked { changes, words, notes })
}

/// Sets an attribute, or adds a value to what is set of it already.
fn set(changes: &mut Vec<Change>, dn: Dn, attribute: &str, value: &str) {
    let values = if value.is_empty() { Vec::new() } else { vec![value.as_bytes().to_vec()] };
    let of_the_same = |change: &&mut Change| change.from == "--set" && change.dn.number() == dn.number();
    if let Some(Change { what: What::Modify(steps), .. }) = changes.iter_mut().find(of_the_same) {
        match steps.iter_mut().find(|step| step.attribute.eq_ignore_ascii_case(attribute)) {
            Some(step) => step.values.extend(values),
            None => steps.push(Step { action: Action::Replace, attribute: attribute.to_owned(), values }),
        }
        return;
    }
    let step = Step { action: Action::Replace, attribute: attribute.to_owned(), values };
    changes.push(Change { dn, what: What::Modify(vec![step]), from: "--set".into() });
}

/// A new name: the first sign on both sides of which a name stands parts the two.
fn rename(text: &str) -> Result<Change, Failure> {
    let names = text.match_indices('=').filter_map(|(at, _)| {
        let (old, new) = (text.get(..at)?, text.get(at + 1..)?);
        let (old, new) = (Dn::parse(old.as_bytes()).ok()?, Dn::parse(new.as_bytes()).ok()?);
        (!old.is_empty() && !new.is_empty()).then_some((old, new))
    });
    let Some((old, new)) = names.into_iter().next() else {
        return Err(Failure::usage(format!("--rename {text:?}: write the whole old DN, a =, and the whole new DN")));
    };
    let above = new.parent();
    let superior = (above.number() != old.parent().number()).then_some(above);
    let Some(rdn) = new.rdn().cloned() else { return Err(Failure::usage("--rename: the new DN is empty")) };
    Ok(Change { dn: old, what: What::Rename { rdn, deletes_old: true, superior }, from: "--rename".into() })
}

/// What is told of the changes themselves.
fn notes(changes: &[Change], args: &WhatIfArgs, unknown: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    if !unknown.is_empty() {
        notes.push(format!(
            "The published schema has no attribute {}; a directory refuses one that its own schema does not have (of an import, Q184532).",
            unknown.join(", ")
        ));
    }
    if changes.is_empty() && args.set_ims_admin.is_empty() {
        notes.push("The input contains no change.".to_owned());
    }
    if changes.iter().any(|change| matches!(change.what, What::Rename { .. })) {
        notes.push(
            "No document that exaudit knows describes a server of Exchange 5.5 that renames an object. Names in other objects are left as \
             they are."
                .to_owned(),
        );
    }
    notes
}
