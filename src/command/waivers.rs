//! `exaudit waivers`: the files that say which failures somebody accepts.

use super::failure::Failure;
use super::news::{read_ledger, unreadable};
use super::outputs::refuse;
use super::perform;
use crate::check::nearest::{did_you_mean, nearest};
use crate::cli::{DraftArgs, WaiversCommand, WaiversLintArgs};
use crate::clock;
use crate::exit::Exit;
use crate::output::{Destination, draft, sanitize};
use crate::report::Report;

pub(super) fn run(command: &WaiversCommand) -> Result<Exit, Failure> {
    match command {
        WaiversCommand::Lint(args) => lint(args),
        WaiversCommand::Draft(args) => write_draft(args),
    }
}

fn lint(args: &WaiversLintArgs) -> Result<Exit, Failure> {
    let ledger = read_ledger(&args.file)?;
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let ids = || catalogue.checks().iter().map(|check| check.id.as_str());
    if let Some((line, id)) = ledger.checks().find(|(_, id)| !ids().any(|known| known == *id)) {
        let hint = did_you_mean(nearest(id, ids()));
        return Err(Failure::usage(format!("{}:{line}: there is no check {id}{hint}", args.file.display())));
    }
    let notes = ledger.notes(clock::today());
    let mut lines: Vec<String> = notes.into_iter().map(|note| note.text).collect();
    lines.push(match ledger.len() {
        1 => "1 waiver, well formed.".to_owned(),
        count => format!("{count} waivers, well formed."),
    });
    let text: String = lines.iter().map(|line| sanitize::visible(line) + "\n").collect();
    Destination::Stdout.write(text.as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

fn write_draft(args: &DraftArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.output.as_deref());
    refuse(destination.path().into_iter(), &[&args.report])?;
    destination.check().map_err(Failure::incomplete)?;
    let report = Report::read(&args.report).map_err(|error| unreadable(&error))?;
    destination.write(draft(&report).as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}
