//! `exaudit audit`: the report, in as many forms as are wanted.

use super::failure::Failure;
use super::news::News;
use super::outputs::Outputs;
use super::perform;
use crate::cli::AuditArgs;
use crate::exit::{self, Exit, Rule, Unreachable};
use crate::news::State;
use crate::output::{Destination, FormatName, Manner, Style};
use std::io::IsTerminal;
use std::path::Path;

pub(super) fn run(args: &AuditArgs) -> Result<Exit, Failure> {
    // the folder of a state is made, and reports may go into it
    let news = News::open(&args.waivers, Some(&args.baseline), args.report.fail_on);
    let mut read: Vec<&Path> =
        args.source.files().chain(args.waivers.waivers.as_deref()).chain(args.baseline.baseline.as_deref()).collect();
    let state = args.baseline.state.as_deref().map(State::file);
    read.extend(state.as_deref());
    let outputs = Outputs::of(args.report.output.as_deref(), &args.reports, &read)?;
    let (news, mut outcome) = match news {
        Ok(news) => {
            let outcome = perform::audit(&args.source, &args.judge, args.report.quiet, news.known())?;
            (news, outcome)
        }
        // a file gets a report whatever comes
        Err(failure) => (News::default(), perform::not_begun(&args.source, &failure)),
    };
    let kept = news.tell(&mut outcome);
    let report = &outcome.report;
    let is_for_monitor = args.format == FormatName::Nagios;
    let rule = match outcome.unread {
        // the command line was wrong: no server is down
        Some(Exit::Usage) => Rule { unreachable: Unreachable::Unknown, ..args.rule() },
        _ => args.rule(),
    };
    // a plugin that prints nothing is broken
    let is_written = is_for_monitor || outcome.is_written(&outputs.main, args.report.quiet, args.format.is_for_programs());
    outputs.write(is_written.then_some(args.format), |format, destination| {
        let on_terminal = *destination == Destination::Stdout && std::io::stdout().is_terminal();
        let style = Style::detect(args.report.color, on_terminal, |name| std::env::var(name).ok());
        let manner = Manner { style, view: args.view(), rule, names: args.name_objects };
        format.format(&manner).write(report).map_err(Failure::incomplete)
    })?;
    kept.keep(&outcome)?;
    Ok(match outcome.unread {
        _ if is_for_monitor => Exit::Monitor(exit::State::of(report, &rule)),
        Some(exit) => exit,
        None => Exit::of(report, rule.fail_on, !rule.excuses_unknown),
    })
}
