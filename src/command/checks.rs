//! `exaudit checks`: an operator's own checks.

use super::failure::Failure;
use super::perform;
use crate::check::blank::blank;
use crate::check::lint::{self, Weight};
use crate::check::{Catalogue, LoadError, json_schema};
use crate::cli::{ChecksCommand, LintArgs, NewArgs, TestArgs};
use crate::directory::input::describe;
use crate::exchange::declaration::Hints;
use crate::exit::{Exit, FailOn};
use crate::output::{ColorChoice, Destination, Json, Shape, Style, trial};
use std::fs::File;
use std::io::{ErrorKind, IsTerminal, Write};

pub(super) fn run(command: &ChecksCommand) -> Result<Exit, Failure> {
    match command {
        ChecksCommand::New(args) => new(args),
        ChecksCommand::Lint(args) => lint(args),
        ChecksCommand::Test(args) => test(args),
        ChecksCommand::Schema => {
            let text = serde_json::to_string_pretty(&json_schema()).map_err(Failure::incomplete)? + "\n";
            print(text.as_bytes())?;
            Ok(Exit::Clean)
        }
    }
}

/// Writes the file of a new check; one that is there stays as it is.
fn new(args: &NewArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(None)?;
    let text = blank(&catalogue, &args.id).map_err(Failure::usage)?;
    let path = args.dir.join(format!("{}.toml", args.id));
    let written = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::usage(format!("{} already exists, and is left as it is; choose another id or folder", path.display()))
        }
        ErrorKind::NotFound => Failure::usage(format!("there is no folder {}; create it first", args.dir.display())),
        _ => Failure::incomplete(format!("cannot write {}: {}", path.display(), describe(&error))),
    })?;
    let (path, dir) = (path.display().to_string(), args.dir.display().to_string());
    let text = format!("{path} is written. Next: fill in what is empty in it, then exaudit checks lint {dir}");
    print((crate::output::sanitize::visible(&text) + "\n").as_bytes())?;
    Ok(Exit::Clean)
}

fn lint(args: &LintArgs) -> Result<Exit, Failure> {
    let lint = lint::lint(&args.dir).map_err(Failure::usage)?;
    let mut lines: Vec<String> = Vec::new();
    for note in &lint.notes {
        lines.push(match note.weight {
            Weight::Error => note.text.clone(),
            Weight::Warning => format!("{} (a warning)", note.text),
        });
    }
    let errors = lint.notes.iter().filter(|note| note.weight == Weight::Error).count();
    let (checks, changes) = (lint.checks.len(), lint.changes.len());
    let read = match (counted(checks, "check"), counted(changes, "change")) {
        (checks, _) if changes == 0 => checks,
        (_, changes) if checks == 0 => changes,
        (checks, changes) => format!("{checks} and {changes}"),
    };
    lines.push(match (checks + changes, errors, lint.notes.len() - errors) {
        (0, 0, _) => format!("{}.", LoadError::NoCheck { path: args.dir.clone() }),
        (_, 0, 0) => {
            let dir = args.dir.display();
            let next = match lint.changes.first() {
                Some(change) if checks == 0 => format!("exaudit checklist {change} --checks {dir} --demo=healthy"),
                _ => format!("exaudit checks test {dir} --demo=healthy"),
            };
            format!("{read}, nothing wrong. Next: {next}")
        }
        (_, errors, warnings) => {
            let [errors, warnings] = [(errors, "error"), (warnings, "warning")].map(|(number, word)| counted(number, word));
            format!("{read} can be read; {errors}, {warnings}.")
        }
    });
    let text: Vec<String> = lines.iter().map(|line| crate::output::sanitize::visible(line) + "\n").collect();
    print(text.concat().as_bytes())?;
    Ok(if lint.fails() || checks + changes == 0 { Exit::Usage } else { Exit::Clean })
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn test(args: &TestArgs) -> Result<Exit, Failure> {
    let catalogue = Catalogue::with_directory(&args.dir).map_err(Failure::usage)?;
    let own: Vec<String> = lint::lint(&args.dir).map_err(Failure::usage)?.checks;
    if own.is_empty() {
        return Err(Failure::usage(LoadError::NoCheck { path: args.dir.clone() }));
    }
    let wanted: Vec<String> = if args.only.is_empty() { own } else { args.only.clone() };
    let selected = catalogue.select(&wanted, &[], &[]).map_err(Failure::usage)?;
    let outcome = perform::trial(&catalogue, &selected, &args.source, &Hints::default());
    let report = outcome.report;
    if let Some(exit) = outcome.unread {
        return Ok(exit);
    }
    let bytes = match args.format {
        Shape::Json => Json::bytes(&report).map_err(Failure::incomplete)?,
        Shape::Table => {
            let style = Style::detect(ColorChoice::Auto, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
            trial::page(&report, &selected, &style).into_bytes()
        }
    };
    print(&bytes)?;
    Ok(Exit::of(&report, FailOn::Info, true))
}

fn print(bytes: &[u8]) -> Result<(), Failure> {
    Destination::Stdout.write(bytes).map_err(Failure::incomplete)
}
