//! One setting, and where it is from.

use super::settable;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::path::PathBuf;

/// Where a setting is from. The first that says something counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Line,
    /// A variable of the environment.
    Variable(String),
    /// A file, and the line in it.
    File(PathBuf, usize),
    /// Nothing says anything.
    Default,
}

impl Origin {
    /// It in words.
    pub fn words(&self) -> String {
        match self {
            Self::Line => "the command line".into(),
            Self::Variable(name) => name.clone(),
            Self::File(path, line) => format!("{}:{line}", path.display()),
            Self::Default => "default".into(),
        }
    }
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The option, without its hyphens.
    pub key: String,
    /// Its values; `true` of an option without one.
    pub values: Vec<String>,
    /// Where it is from.
    pub origin: Origin,
}

impl Given {
    /// Whether it was not typed.
    pub(super) fn is_added(&self) -> bool {
        matches!(self.origin, Origin::Variable(_) | Origin::File(..))
    }

    /// The words that say it on a command line.
    pub(super) fn words(&self, command: &Command) -> Vec<String> {
        let takes_value = self.key == "config" || option(command, &self.key).is_some_and(takes_value);
        match takes_value {
            true => self.values.iter().map(|value| format!("--{}={value}", self.key)).collect(),
            false if self.values == ["false"] => Vec::new(),
            false => vec![format!("--{}", self.key)],
        }
    }
}

/// What is written by an audit is its own: another command would write over it, or has other formats.
fn is_for(command: &Command, key: &str) -> bool {
    command.get_name() == "audit" || !["output", "report", "format"].contains(&key)
}

/// What was typed.
pub(super) fn typed(command: &Command, matches: &ArgMatches) -> Vec<Given> {
    let typed = command.get_arguments().filter_map(|arg| {
        let id = arg.get_id().as_str();
        let long = arg.get_long()?;
        if matches.try_contains_id(id).is_err() || matches.value_source(id) != Some(ValueSource::CommandLine) {
            return None;
        }
        let raw = matches.try_get_raw(id).ok().flatten();
        let values = match takes_value(arg) {
            true => raw.into_iter().flatten().map(|value| value.to_string_lossy().into_owned()).collect(),
            false => vec!["true".to_owned()],
        };
        Some(Given { key: long.to_owned(), values, origin: Origin::Line })
    });
    typed.collect()
}

/// What the environment says, as `EXAUDIT_KEY`.
///
/// # Errors
/// What is wrong with a variable.
pub(super) fn variables(command: &Command, variable: &impl Fn(&str) -> Option<String>) -> Result<Vec<Given>, String> {
    let mut found = Vec::new();
    for (key, arg) in settable(command).filter(|(key, _)| is_for(command, key)) {
        let name = format!("EXAUDIT_{}", key.to_uppercase().replace('-', "_"));
        let Some(text) = variable(&name).filter(|text| !text.trim().is_empty()) else { continue };
        let values = match (takes_value(arg), text.as_str()) {
            (true, _) => vec![text],
            (false, "1" | "true" | "yes") => vec!["true".into()],
            // it silences what the file says
            (false, "0" | "false" | "no") => vec!["false".into()],
            (false, _) => return Err(format!("{name}: it must be true or false")),
        };
        found.push(Given { key: key.to_owned(), values, origin: Origin::Variable(name) });
    }
    Ok(found)
}

/// Adds a setting, unless the command does not know it, or something that was said before says this, or excludes it.
pub(super) fn add(given: &mut Vec<Given>, command: &Command, setting: Given) {
    let Some(arg) = option(command, &setting.key).filter(|_| is_for(command, &setting.key)) else { return };
    let excludes = |one: &Arg, other: &Arg| command.get_arg_conflicts_with(one).iter().any(|arg| arg.get_id() == other.get_id());
    let rank = |origin: &Origin| match origin {
        Origin::Line => 0,
        Origin::Variable(_) => 1,
        Origin::File(..) => 2,
        Origin::Default => 3,
    };
    let stands_before = |other: &&Given| {
        let other_arg = option(command, &other.key);
        let excluded = other_arg.is_some_and(|other| excludes(arg, other) || excludes(other, arg));
        rank(&other.origin) < rank(&setting.origin) && (other.key == setting.key || excluded)
    };
    if !given.iter().any(|other| stands_before(&other)) {
        given.push(setting);
    }
}

/// What holds where nobody says anything.
pub(super) fn defaults(given: &mut Vec<Given>, command: &Command) {
    for (key, arg) in settable(command) {
        let values: Vec<String> = arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        if takes_value(arg) && !values.is_empty() && !given.iter().any(|given| given.key == key) {
            given.push(Given { key: key.to_owned(), values, origin: Origin::Default });
        }
    }
}

fn option<'a>(command: &'a Command, key: &str) -> Option<&'a Arg> {
    command.get_arguments().find(|arg| arg.get_long() == Some(key))
}

/// Whether an option has a value.
pub(super) fn takes_value(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::Set | ArgAction::Append)
}
