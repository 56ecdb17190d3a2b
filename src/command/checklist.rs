//! `exaudit checklist`: one box a check, and whether to go.

use super::failure::Failure;
use super::news::News;
use super::perform;
use crate::cli::{BaselineArgs, ChecklistArgs, ChecklistFormat};
use crate::exit::Exit;
use crate::output::checklist::{Checklist, Layout};
use crate::output::{Destination, Style};
use std::io::IsTerminal;

pub(super) fn run(args: &ChecklistArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.report.output.as_deref());
    destination.check().map_err(Failure::incomplete)?;
    let news = News::open(&args.waivers, &BaselineArgs::default(), args.report.fail_on)?;
    let mut outcome = perform::audit(&args.source, &args.judge, args.report.quiet, None)?;
    news.tell(&mut outcome).keep(&outcome)?;
    let report = &outcome.report;
    let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
    let style = Style::detect(args.report.color, on_terminal, |name| std::env::var(name).ok());
    let layout = match args.format {
        Some(ChecklistFormat::Markdown) => Layout::Markdown,
        Some(ChecklistFormat::Table) => Layout::Text,
        None if on_terminal => Layout::Text,
        None => Layout::Markdown,
    };
    let checklist = Checklist::of(report, args.report.fail_on, layout, args.passes, &style);
    if outcome.is_written(&destination, args.report.quiet, false) {
        destination.write(checklist.text.as_bytes()).map_err(Failure::incomplete)?;
    }
    Ok(match (outcome.unread, checklist.decision.exit()) {
        (Some(exit), _) => exit,
        (None, Exit::Incomplete) => Exit::of(report, args.report.fail_on, !args.report.no_fail_on_unknown),
        (None, exit) => exit,
    })
}
