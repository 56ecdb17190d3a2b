//! `exaudit render`: other forms of a saved report. No directory is read.

use super::checklist::layout;
use super::failure::Failure;
use super::outputs::Outputs;
use crate::cli::{RenderArgs, Rendered};
use crate::exit::{Exit, Rule, State};
use crate::output::checklist::{Form, Layout};
use crate::output::{Destination, Format, FormatName, Manner, Style, View};
use crate::report::{Report, SavedError};
use std::io::IsTerminal;

pub(super) fn run(args: &RenderArgs) -> Result<Exit, Failure> {
    let outputs = Outputs::of(args.output.as_deref(), &args.reports, &[&args.saved])?;
    let report = match args.saved.as_os_str() == "-" {
        true => Report::read_from(std::io::stdin().lock(), &args.saved),
        false => Report::read(&args.saved),
    };
    let report = report.map_err(|error| match error {
        // it is there, and cannot be had: that is not the command line's fault
        SavedError::Unreadable { .. } if !error.is_absent() => Failure::incomplete(error),
        error => Failure::usage(error),
    })?;
    let rule = Rule { fail_on: args.fail_on, excuses_unknown: args.no_fail_on_unknown, unreachable: args.unreachable };
    let view = match (args.all, args.detail) {
        (true, _) => View::All,
        (false, true) => View::Detail,
        (false, false) => View::Digest,
    };
    // who names files, and nothing else, wants these
    let is_shown = args.format.is_some() || args.output.is_some() || args.reports.is_empty();
    let main = args.format.unwrap_or_default();
    outputs.write(is_shown.then_some(main), |format, destination| {
        let on_terminal = *destination == Destination::Stdout && std::io::stdout().is_terminal();
        let style = Style::detect(args.color, on_terminal, |name| std::env::var(name).ok());
        let form: Box<dyn Format> = match format {
            Rendered::Report(format) => format.format(&Manner { style, view, rule, names: args.name_objects }),
            Rendered::Checklist(format) => {
                Box::new(Form { layout: layout(format).unwrap_or(Layout::Text), fail_on: rule.fail_on, passes: args.all, style })
            }
        };
        form.write(&report).map_err(Failure::incomplete)
    })?;
    Ok(match main {
        Rendered::Report(FormatName::Nagios) => Exit::Monitor(State::of(&report, &rule)),
        _ => Exit::Clean,
    })
}
