//! Parse, run, map the outcome to an exit code.

use exaudit::cli::{self, Cli, Command, Refusal};
use exaudit::exit::{Exit, State};
use exaudit::stop::{Ended, unless_stopped};
use exaudit::{command, output, settings};
use std::io::IsTerminal;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut is_for_monitor = cli::is_for_monitor(std::env::args_os());
    let variable = |name: &str| std::env::var_os(name).map(|value| value.to_string_lossy().into_owned());
    is_for_monitor |= std::env::var("EXAUDIT_FORMAT").is_ok_and(|format| format == "nagios");
    let settled = match settings::settle(std::env::args_os(), variable) {
        Ok(settled) => settled,
        Err(Refusal::Shown(help)) => {
            // nobody is left to tell if its stream is gone
            _ = help.print();
            return if help.use_stderr() { Exit::Usage.into() } else { Exit::Clean.into() };
        }
        Err(Refusal::Said(text)) => return refused(&text, Exit::Usage, is_for_monitor),
    };
    if let Some(problem) = exaudit::clock::problem() {
        output::message::error(&problem);
        return Exit::Usage.into();
    }
    is_for_monitor |= settled.given.iter().any(|given| given.key == "format" && given.values == ["nagios"]);
    let cli = settled.cli;
    output::message::start_log(cli.verbose);
    if cli.shows_config() {
        let style = output::Style::detect(output::ColorChoice::Auto, std::io::stdout().is_terminal(), variable);
        return shown(&settings::show(&settled.given, variable, &style));
    }
    let is_for_report = matches!(cli.command, Command::Audit(_) | Command::Checklist(_));
    // the lab is ended that way
    let is_lab = matches!(cli.command, Command::Lab(_));
    match unless_stopped(is_for_report, move || run(&cli, is_for_monitor)) {
        Ok(Ended::Done(code)) => code,
        Ok(Ended::Stopped { by, told }) => {
            let what = if told { "" } else { ": nothing was written" };
            if !is_lab {
                output::message::error(&format!("stopped by {} before the end{what}", by.name()));
            }
            // to a monitoring system any other number is a broken plugin
            if is_for_monitor { Exit::Monitor(State::Unknown).into() } else { Exit::from(by).into() }
        }
        Err(error) => {
            let text = format!("cannot start: {error}; try again when the system is less busy");
            refused(&text, Exit::Incomplete, is_for_monitor)
        }
    }
}

fn shown(text: &str) -> ExitCode {
    match output::Destination::Stdout.write(text.as_bytes()) {
        Ok(()) => Exit::Clean.into(),
        Err(error) => {
            output::message::error(&error.to_string());
            Exit::Incomplete.into()
        }
    }
}

fn run(cli: &Cli, is_for_monitor: bool) -> ExitCode {
    match command::run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => refused(&failure.to_string(), failure.exit(), is_for_monitor),
    }
}

/// Says why there is no report. A monitoring system reads standard output, and takes 2 for an alarm.
fn refused(text: &str, exit: Exit, is_for_monitor: bool) -> ExitCode {
    if !is_for_monitor {
        output::message::error(text);
        return exit.into();
    }
    if let Err(error) = output::Destination::Stdout.write(&output::Nagios::trouble(text)) {
        output::message::error(&error.to_string());
    }
    Exit::Monitor(State::Unknown).into()
}
