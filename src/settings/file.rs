//! The configuration file: where it is, and what its section `[audit]` sets.

use super::given::{Given, Origin, takes_value};
use super::settable;
use crate::check::{nearest, toml_words};
use crate::directory::input::describe;
use clap::{Arg, Command};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use toml::{Spanned, Value};

/// The name of the file in the folders where it is looked for.
const NAME: &str = "exaudit.toml";
/// A longer file is not read, bytes.
const LONGEST: u64 = 1 << 20;

/// What is read of the file here; the rest is read with the targets.
#[derive(Deserialize)]
struct Raw {
    #[serde(default)]
    audit: BTreeMap<Spanned<String>, Spanned<Value>>,
    targets: Option<BTreeMap<String, BTreeMap<Spanned<String>, Value>>>,
}

/// A configuration file.
pub(super) struct File {
    /// Where it is.
    pub(super) path: PathBuf,
    /// What named it.
    pub(super) origin: Origin,
    /// Its targets, by name.
    targets: Option<BTreeMap<String, BTreeMap<Spanned<String>, Value>>>,
    text: String,
    audit: BTreeMap<Spanned<String>, Spanned<Value>>,
}

/// The file that the command line or `EXAUDIT_CONFIG` names, or the first that stands where such files stand.
///
/// # Errors
/// What is wrong in it. A named file that cannot be read is told with its targets.
pub(super) fn find(named: Option<PathBuf>, variable: &impl Fn(&str) -> Option<String>) -> Result<Option<File>, String> {
    if let Some(path) = named {
        return read(&path, Origin::Line);
    }
    if let Some(path) = variable("EXAUDIT_CONFIG").filter(|path| !path.is_empty()) {
        return match read(Path::new(&path), Origin::Variable("EXAUDIT_CONFIG".into()))? {
            None => Err(format!("EXAUDIT_CONFIG names {path}, which cannot be read; correct or unset it")),
            file => Ok(file),
        };
    }
    for path in places(variable) {
        if let Some(file) = read(&path, Origin::File(path.clone(), 1))? {
            return Ok(Some(file));
        }
    }
    Ok(None)
}

/// Where the file is looked for, in this order (XDG Base Directory Specification; `%APPDATA%` on Windows).
pub(super) fn places(variable: &impl Fn(&str) -> Option<String>) -> Vec<PathBuf> {
    let set = |name: &str| variable(name).filter(|text| !text.is_empty()).map(PathBuf::from);
    let own = set("XDG_CONFIG_HOME").filter(|path| path.is_absolute()).or_else(|| set("HOME").map(|home| home.join(".config")));
    let folders = [own, set("APPDATA")].into_iter().flatten().map(|folder| folder.join("exaudit"));
    let of_all =
        if cfg!(unix) { Some(PathBuf::from("/etc/exaudit")) } else { set("PROGRAMDATA").map(|folder| folder.join("exaudit")) };
    folders.chain(of_all).map(|folder| folder.join(NAME)).collect()
}

fn read(path: &Path, origin: Origin) -> Result<Option<File>, String> {
    let mut text = String::new();
    let opened = std::fs::File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    match opened {
        Ok(_) => {}
        // one that was named is told with its targets
        Err(error) if error.kind() == std::io::ErrorKind::NotFound || origin == Origin::Line => return Ok(None),
        // the home of another account, as a service may have it
        Err(_) if path.parent().is_none_or(|folder| folder.metadata().is_err()) => return Ok(None),
        Err(error) => return Err(format!("cannot read {}: {}; correct it or move it away", path.display(), describe(&error))),
    }
    // what is wrong beside the section is told where the targets are read
    let raw: Raw = match toml_words::read(&text) {
        Ok(raw) => raw,
        Err(_) if origin == Origin::Line => return Ok(None),
        Err((line, problem)) => return Err(format!("{}:{line}: {problem}", path.display())),
    };
    Ok(Some(File { path: path.to_owned(), origin, targets: raw.targets, text, audit: raw.audit }))
}

impl File {
    /// What it sets; the keys are options of `audit`.
    ///
    /// # Errors
    /// A key that is none, or a value that none takes, with its line.
    pub(super) fn settings(&self, audit: &Command) -> Result<Vec<Given>, String> {
        let options: BTreeMap<&str, &Arg> = settable(audit).collect();
        let mut found = Vec::new();
        for (key, value) in &self.audit {
            let line = toml_words::line_number(&self.text, key.span().start);
            let wrong = |problem: String| format!("{}:{line}: {problem}", self.path.display());
            let name = key.get_ref().as_str();
            let Some(arg) = options.get(name) else {
                let hint = nearest::did_you_mean(nearest::nearest(name, options.keys().copied()));
                return Err(wrong(format!("[audit] has no key `{name}`{hint} (its keys are options of exaudit audit --help)")));
            };
            let values = self.values(arg, value.get_ref()).map_err(|problem| wrong(format!("{name}: {problem}")))?;
            if !values.is_empty() {
                found.push(Given { key: name.to_owned(), values, origin: Origin::File(self.path.clone(), line) });
            }
        }
        Ok(found)
    }

    /// Whether it names targets.
    pub(super) fn has_targets(&self) -> bool {
        self.targets.is_some()
    }

    /// What it says of its targets, to be shown: it holds no password.
    pub(super) fn of_targets(&self) -> Vec<Given> {
        let mut found = Vec::new();
        for (target, keys) in self.targets.iter().flatten() {
            for (key, value) in keys {
                let line = toml_words::line_number(&self.text, key.span().start);
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                let key = format!("{target}: {}", key.get_ref());
                found.push(Given { key, values: vec![value], origin: Origin::File(self.path.clone(), line) });
            }
        }
        found
    }

    fn values(&self, arg: &Arg, value: &Value) -> Result<Vec<String>, String> {
        match (takes_value(arg), value) {
            (false, Value::Boolean(true)) => Ok(vec!["true".into()]),
            (false, Value::Boolean(false)) => Ok(Vec::new()),
            (false, _) => Err("true or false is expected, without quotation marks".into()),
            (true, Value::Array(list)) if matches!(arg.get_action(), clap::ArgAction::Append) => {
                list.iter().map(|value| self.one(arg, value)).collect()
            }
            (true, value) => self.one(arg, value).map(|value| vec![value]),
        }
    }

    /// One value as it is typed. Relative file names start at the folder of the file.
    fn one(&self, arg: &Arg, value: &Value) -> Result<String, String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => number.to_string(),
            _ => return Err("a text or a number is expected".into()),
        };
        let folder = self.path.parent().unwrap_or(Path::new(""));
        let within = |file: &str| if file == "-" { file.to_owned() } else { folder.join(file).display().to_string() };
        let kind = arg.get_value_names().and_then(|names| names.first()).map(|name| name.as_str());
        Ok(match (kind, text.split_once('=')) {
            (Some("FILE" | "DIR"), _) => within(&text),
            (Some("FORMAT=FILE"), Some((format, file))) => format!("{format}={}", within(file)),
            _ => text,
        })
    }
}
