//! What a command line leaves open: taken from the environment, or else from a configuration file (docs/configuration.md).
//!
//! A key of the file, and a variable `EXAUDIT_KEY`, is the name of an option without its hyphens in front. What they say is added to
//! the command line, so it means there what it means typed, and is refused in the same words.

mod file;
mod given;
mod show;
#[cfg(test)]
mod tests;

pub use given::{Given, Origin};
pub use show::show;

use crate::cli::{Cli, Refusal, parse};
use clap::{ArgMatches, Command, CommandFactory};
use std::ffi::OsString;
use std::path::PathBuf;

/// The commands that have settings.
const COMMANDS: [&str; 6] = ["audit", "checklist", "doctor", "collect", "uses", "history"];

/// A command line, and what was added to it.
#[derive(Debug)]
pub struct Settled {
    /// What it says.
    pub cli: Cli,
    /// The settings of the command, with where each is from; none for a command without settings.
    pub given: Vec<Given>,
}

/// Reads a command line, the program's name first, and what it leaves open.
///
/// # Errors
/// [`Refusal`]: what is wrong in it, in the environment or in the file.
pub fn settle(args: impl IntoIterator<Item = OsString>, variable: impl Fn(&str) -> Option<String>) -> Result<Settled, Refusal> {
    let args: Vec<OsString> = args.into_iter().collect();
    let mut program = Cli::command();
    program.build();
    // what is wrong in what was typed is said first
    let cli = parse(args.clone())?;
    let matches = program.clone().try_get_matches_from(&args).ok();
    let chosen = matches.as_ref().and_then(ArgMatches::subcommand).filter(|(name, _)| COMMANDS.contains(name));
    let Some((name, own, command)) = chosen.and_then(|(name, own)| Some((name, own, program.find_subcommand(name)?))) else {
        return Ok(Settled { cli, given: Vec::new() });
    };
    let named = own.try_get_one::<PathBuf>("config").ok().flatten().cloned();
    let is_asked = named.is_some();
    let file = file::find(named, &variable).map_err(Refusal::Said)?;
    let mut given = given::typed(command, own);
    let audit = program.find_subcommand("audit").unwrap_or(command);
    let set = file.as_ref().map(|file| file.settings(audit)).transpose().map_err(Refusal::Said)?.unwrap_or_default();
    for setting in given::variables(command, &variable).map_err(Refusal::Said)?.into_iter().chain(set) {
        given::add(&mut given, command, setting);
    }
    let is_used = |file: &file::File| file.has_targets() && name != "history" && !names_a_source(own, &variable);
    let of_targets = file.as_ref().filter(|file| is_asked || is_used(file)).map(file::File::of_targets).unwrap_or_default();
    if let Some(file) = file.filter(is_used) {
        given.push(Given { key: "config".into(), values: vec![file.path.display().to_string()], origin: file.origin });
    }
    let mut whole = args;
    whole.extend(given.iter().filter(|given| given.is_added()).flat_map(|given| given.words(command)).map(OsString::from));
    let cli = parse(whole).map_err(|refusal| with_origin(refusal, &given))?;
    given::defaults(&mut given, command);
    given.retain(|given| given.key != "show-config");
    given.extend(of_targets);
    Ok(Settled { cli, given })
}

/// Whether the command line, or the environment in the way of OpenLDAP's clients, names what is to be read.
fn names_a_source(matches: &ArgMatches, variable: &impl Fn(&str) -> Option<String>) -> bool {
    let typed = ["uri", "from", "demo", "config"]
        .iter()
        .any(|id| matches.try_contains_id(id).unwrap_or(false) && matches.contains_id(id));
    typed || (variable("LDAPNOINIT").is_none() && variable("LDAPURI").is_some_and(|uri| !uri.trim().is_empty()))
}

/// What is refused, with where it is from if it was not typed.
fn with_origin(refusal: Refusal, given: &[Given]) -> Refusal {
    let Refusal::Said(text) = refusal else { return refusal };
    let is_named = |given: &&Given| given.is_added() && text.contains(&format!("--{}", given.key));
    Refusal::Said(match given.iter().find(is_named) {
        // a value that stands under the wrong key may be a password
        Some(given) => {
            let option = format!("--{}", given.key);
            let text = given.values.iter().fold(text, |text, value| text.replace(&format!("{option} {value}"), &option));
            format!("{}: {text}", given.origin.words())
        }
        None => text,
    })
}

/// The options of a command that may be set: what names a source is no setting.
fn settable(command: &Command) -> impl Iterator<Item = (&str, &clap::Arg)> {
    const NONE: [&str; 8] = ["help", "version", "verbose", "base", "explain-plan", "show-config", "tls-ca", "starttls"];
    command.get_arguments().filter(|arg| arg.get_help_heading() != Some("Source") && !arg.is_hide_set()).filter_map(|arg| {
        let long = arg.get_long().filter(|long| !NONE.contains(long))?;
        Some((long, arg))
    })
}
