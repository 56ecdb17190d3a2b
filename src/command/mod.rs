//! One file a subcommand.

mod audit;
mod change;
mod checklist;
mod checks;
mod collect;
mod completions;
mod diff;
mod doctor;
mod explain;
mod failure;
mod fix;
mod history;
mod lab;
mod list;
mod man;
mod named;
mod news;
mod outputs;
mod perform;
mod plan;
mod reading;
mod render;
mod side_by_side;
mod source;
mod targets;
mod uses;
mod waivers;
mod what_if;
mod x400;

pub use failure::Failure;

use crate::cli::{Cli, Command};
use crate::exit::Exit;

/// Runs a command.
///
/// # Errors
/// [`Failure`], which knows its exit code.
pub fn run(cli: &Cli) -> Result<Exit, Failure> {
    match &cli.command {
        Command::Audit(args) if args.source.explain_plan => plan::audit(&args.source, &args.judge),
        Command::Checklist(args) if args.list => change::list(args),
        Command::Checklist(args) if args.source.explain_plan && args.change.is_none() => plan::audit(&args.source, &args.judge),
        Command::Audit(args) => audit::run(args),
        Command::Doctor(args) if args.source.explain_plan => plan::doctor(&args.source),
        Command::Doctor(args) => doctor::run(args, cli.verbose > 0),
        Command::Checklist(args) => checklist::run(args),
        Command::Diff(args) => diff::run(args),
        Command::History(args) => history::run(args),
        Command::Waivers(args) => waivers::run(&args.command),
        Command::WhatIf(args) => what_if::run(args),
        Command::Fix(args) => fix::run(args),
        Command::Render(args) => render::run(args),
        Command::Collect(args) if args.source.explain_plan => plan::collect(args),
        Command::Collect(args) => collect::run(args),
        Command::Uses(args) if args.source.explain_plan => plan::uses(args),
        Command::Uses(args) => uses::run(args),
        Command::List(args) => list::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Checks(args) => checks::run(&args.command),
        Command::X400(args) => x400::run(args),
        Command::Lab(args) => lab::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    }
}
