//! Parse, run, map the outcome to an exit code.

use clap::Parser;
use exaudit::cli::Cli;
use exaudit::{command, output};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    output::message::start_log(cli.verbose);
    match command::run(&cli) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            output::message::error(&failure.to_string());
            failure.exit().into()
        }
    }
}
