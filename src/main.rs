//! Parse, run, map the outcome to an exit code.

use exaudit::cli::{self, Cli, Command, Refusal};
use exaudit::exit::Exit;
use exaudit::stop::{Ended, unless_stopped};
use exaudit::{command, output};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match cli::parse(std::env::args_os()) {
        Ok(cli) => cli,
        Err(Refusal::Shown(help)) => {
            // nobody is left to tell if its stream is gone
            _ = help.print();
            return if help.use_stderr() { Exit::Usage.into() } else { Exit::Clean.into() };
        }
        Err(Refusal::Said(text)) => {
            output::message::error(&text);
            return Exit::Usage.into();
        }
    };
    if let Some(problem) = exaudit::clock::problem() {
        output::message::error(&problem);
        return Exit::Usage.into();
    }
    output::message::start_log(cli.verbose);
    let is_for_report = matches!(cli.command, Command::Audit(_) | Command::Checklist(_));
    // the lab is ended that way
    let is_lab = matches!(cli.command, Command::Lab(_));
    match unless_stopped(is_for_report, move || run(&cli)) {
        Ok(Ended::Done(code)) => code,
        Ok(Ended::Stopped { by, told }) => {
            let what = if told { "" } else { ": nothing was written" };
            if !is_lab {
                output::message::error(&format!("stopped by {} before the end{what}", by.name()));
            }
            Exit::from(by).into()
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
