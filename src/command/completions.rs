//! `exaudit completions`: what a shell needs to complete the command line.

use super::failure::Failure;
use crate::cli::{Cli, CompletionsArgs};
use crate::exit::Exit;
use crate::output::Destination;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

pub(super) fn run(args: &CompletionsArgs) -> Result<Exit, Failure> {
    Destination::Stdout.write(&script(args.shell)).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

/// The script for a shell.
fn script(shell: Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut shown(&Cli::command()), "exaudit", &mut bytes);
    bytes
}

/// A command as its help shows it. The scripts would offer hidden options too: a password on the command line, of all things.
fn shown(command: &Command) -> Command {
    let mut own = Command::new(command.get_name().to_owned())
        .disable_help_flag(command.is_disable_help_flag_set())
        .disable_version_flag(command.is_disable_version_flag_set())
        .args(command.get_arguments().filter(|arg| !arg.is_hide_set()).cloned())
        .subcommands(command.get_subcommands().filter(|sub| !sub.is_hide_set()).map(shown));
    if let Some(about) = command.get_about() {
        own = own.about(about.clone());
    }
    match command.get_version() {
        Some(version) => own.version(version.to_owned()),
        None => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn hidden_options_are_not_offered() {
        for shell in Shell::value_variants() {
            let text = String::from_utf8(script(*shell)).expect("text");
            assert!(text.contains("completions") && text.contains("password-file"), "{shell}");
            assert!(!text.contains("password_argument") && !text.contains("Refused on purpose"), "{shell}:\n{text}");
            // -w is the whole word in the lists of bash
            assert!(!text.split_whitespace().any(|word| word.trim_matches(['"', '\'']) == "-w"), "{shell}");
        }
    }
}
