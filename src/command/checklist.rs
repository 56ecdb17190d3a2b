//! `exaudit checklist`: one box a check, and whether to go.

use super::failure::Failure;
use super::news::News;
use super::outputs::Outputs;
use super::perform;
use crate::cli::{ChecklistArgs, ChecklistFormat};
use crate::exit::Exit;
use crate::output::checklist::{Decision, Form, Layout};
use crate::output::{Destination, Format, Style};
use std::io::IsTerminal;

pub(super) fn run(args: &ChecklistArgs) -> Result<Exit, Failure> {
    if let Some(change) = &args.change {
        return match args.source.explain_plan {
            true => super::change::plan(args, change),
            false => super::change::run(args, change),
        };
    }
    let formats = args.format.into_iter().chain(args.reports.iter().map(|wanted| wanted.format));
    if formats.into_iter().any(|format| layout(format).is_none()) {
        return Err(Failure::usage(
            "html and json are forms of the checklist of one change; exaudit audit writes both of every check",
        ));
    }
    let read: Vec<_> = args.source.files().chain(args.waivers.waivers.as_deref()).collect();
    let outputs = Outputs::of(args.report.output.as_deref(), &args.reports, &read)?;
    let news = News::open(&args.waivers, None, args.report.fail_on)?;
    let mut outcome = perform::audit(&args.source, &args.judge, args.report.quiet, None)?;
    news.tell(&mut outcome).keep(&outcome)?;
    let report = &outcome.report;
    let on_terminal = |destination: &Destination| *destination == Destination::Stdout && std::io::stdout().is_terminal();
    let format = args.format.unwrap_or(match on_terminal(&outputs.main) {
        true => ChecklistFormat::Table,
        false => ChecklistFormat::Markdown,
    });
    let is_written = outcome.is_written(&outputs.main, args.report.quiet, false);
    outputs.write(is_written.then_some(format), |format, destination| {
        let style = Style::detect(args.report.color, on_terminal(destination), |name| std::env::var(name).ok());
        let form =
            Form { layout: layout(format).unwrap_or(Layout::Text), fail_on: args.report.fail_on, passes: args.passes, style };
        form.write(report).map_err(Failure::incomplete)
    })?;
    Ok(match (outcome.unread, Decision::of(report, args.report.fail_on).exit()) {
        (Some(exit), _) => exit,
        (None, Exit::Incomplete) => Exit::of(report, args.report.fail_on, !args.report.no_fail_on_unknown),
        (None, exit) => exit,
    })
}

/// How a form of the checklist is laid out, if it is one for people to read as text.
pub(super) fn layout(format: ChecklistFormat) -> Option<Layout> {
    match format {
        ChecklistFormat::Markdown => Some(Layout::Markdown),
        ChecklistFormat::Table => Some(Layout::Text),
        ChecklistFormat::Html | ChecklistFormat::Json => None,
    }
}
