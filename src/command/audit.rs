//! `exaudit audit`: the report, as a table or as JSON.

use super::failure::Failure;
use super::perform;
use crate::cli::AuditArgs;
use crate::exit::Exit;
use crate::output::{Destination, FormatName, Style};
use std::io::IsTerminal;

pub(super) fn run(args: &AuditArgs) -> Result<Exit, Failure> {
    let destination = Destination::of(args.report.output.as_deref());
    destination.check().map_err(Failure::incomplete)?;
    let outcome = perform::audit(&args.source, &args.judge, args.report.quiet)?;
    let report = &outcome.report;
    if outcome.is_written(&destination, args.report.quiet, args.format != FormatName::Table) {
        let on_terminal = destination == Destination::Stdout && std::io::stdout().is_terminal();
        let style = Style::detect(args.report.color, on_terminal, |name| std::env::var(name).ok());
        let bytes = args.format.format(style, args.view()).write(report).map_err(Failure::incomplete)?;
        destination.write(&bytes).map_err(Failure::incomplete)?;
    }
    Ok(outcome.unread.unwrap_or_else(|| Exit::of(report, args.report.fail_on, !args.report.no_fail_on_unknown)))
}
