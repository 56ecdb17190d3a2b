//! `exaudit checks`: an operator's own checks.

use super::failure::Failure;
use super::perform;
use crate::check::lint::{self, Weight};
use crate::check::{Catalogue, json_schema};
use crate::cli::{ChecksCommand, LintArgs, TestArgs};
use crate::exchange::declaration::Hints;
use crate::exit::{Exit, FailOn};
use crate::output::{ColorChoice, Destination, FormatName, Json, Style, trial};
use std::io::IsTerminal;

pub(super) fn run(command: &ChecksCommand) -> Result<Exit, Failure> {
    match command {
        ChecksCommand::Lint(args) => lint(args),
        ChecksCommand::Test(args) => test(args),
        ChecksCommand::Schema => {
            let text = serde_json::to_string_pretty(&json_schema()).map_err(Failure::incomplete)? + "\n";
            print(text.as_bytes())?;
            Ok(Exit::Clean)
        }
    }
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
    let checks = lint.checks.len();
    lines.push(match (checks, errors, lint.notes.len() - errors) {
        (0, 0, _) => format!("{} holds no check: a check is a file ID.toml right in it.", args.dir.display()),
        (checks, 0, 0) => {
            let checks = counted(checks, "check");
            format!("{checks}, nothing wrong. Next: exaudit checks test {} --demo=healthy", args.dir.display())
        }
        (checks, errors, warnings) => {
            let all = [(checks, "check"), (errors, "error"), (warnings, "warning")];
            let [checks, errors, warnings] = all.map(|(number, word)| counted(number, word));
            format!("{checks} can be read; {errors}, {warnings}.")
        }
    });
    let text: Vec<String> = lines.iter().map(|line| crate::output::sanitize::visible(line) + "\n").collect();
    print(text.concat().as_bytes())?;
    Ok(if lint.fails() || checks == 0 { Exit::Usage } else { Exit::Clean })
}

fn counted(number: usize, word: &str) -> String {
    format!("{number} {word}{}", if number == 1 { "" } else { "s" })
}

fn test(args: &TestArgs) -> Result<Exit, Failure> {
    let catalogue = Catalogue::with_directory(&args.dir).map_err(Failure::usage)?;
    let own: Vec<String> = lint::lint(&args.dir).map_err(Failure::usage)?.checks;
    if own.is_empty() {
        let text = format!("{} holds no check: a check is a file ID.toml right in it", args.dir.display());
        return Err(Failure::usage(text));
    }
    let wanted: Vec<String> = if args.only.is_empty() { own } else { args.only.clone() };
    let selected = catalogue.select(&wanted, &[], &[]).map_err(Failure::usage)?;
    let report = perform::trial(&catalogue, &selected, &args.source, &Hints::default())?;
    let bytes = match args.format {
        FormatName::Json => Json::bytes(&report).map_err(Failure::incomplete)?,
        FormatName::Table => {
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
