//! `exaudit checklist`: one box a check, and whether to go.

use super::failure::Failure;
use super::perform;
use crate::cli::{ChecklistArgs, ChecklistFormat};
use crate::exit::Exit;
use crate::output::checklist::{Checklist, Layout};
use crate::output::{self, Destination, Style};
use std::io::IsTerminal;

pub(super) fn run(args: &ChecklistArgs) -> Result<Exit, Failure> {
    let report = perform::audit(&args.source, &args.judge, args.report.quiet)?;
    let destination = Destination::of(args.report.output.as_deref());
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let style = Style::detect(args.report.color, on_terminal, |name| std::env::var(name).ok());
    let layout = match args.format {
        Some(ChecklistFormat::Markdown) => Layout::Markdown,
        Some(ChecklistFormat::Table) => Layout::Text,
        None if on_terminal => Layout::Text,
        None => Layout::Markdown,
    };
    let checklist = Checklist::of(&report, args.report.fail_on, layout, &style);
    if !args.report.quiet || output::is_news(&report) {
        destination.write(checklist.text.as_bytes()).map_err(Failure::incomplete)?;
    }
    Ok(match checklist.decision.exit() {
        Exit::Incomplete => Exit::of(&report, args.report.fail_on, !args.report.no_fail_on_unknown),
        exit => exit,
    })
}
