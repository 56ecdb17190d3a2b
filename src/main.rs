//! Parse, run, map the outcome to an exit code.

use clap::Parser;
use exaudit::cli::{Cli, Command};
use exaudit::exit::Exit;
use exaudit::stop::{Ended, unless_stopped};
use exaudit::{command, output};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    output::message::start_log(cli.verbose);
    // the lab is ended that way
    let reports = !matches!(cli.command, Command::Lab(_));
    match unless_stopped(move || run(&cli)) {
        Ok(Ended::Done(code)) => code,
        Ok(Ended::Stopped(signal)) => {
            if reports {
                output::message::error(&format!("stopped by {} before the end: no report was written", signal.name()));
            }
            Exit::from(signal).into()
        }
        Err(error) => {
            output::message::error(&format!("cannot start: {error}; try again when the system is less busy"));
            Exit::Incomplete.into()
        }
    }
}

fn run(cli: &Cli) -> ExitCode {
    match command::run(cli) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::message::error(&failure.to_string());
            failure.exit().into()
        }
    }
}
