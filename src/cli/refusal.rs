//! What is wrong with a command line, as one line: clap finds it, and this says it as the rest of the program speaks.

use super::Cli;
use crate::lab::Demo;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, ValueEnum};
use std::ffi::OsString;
use std::path::Path;

/// Why a command line leads to no work.
#[derive(Debug)]
pub enum Refusal {
    /// Help or the version was asked for, or is all that can be said: clap prints it.
    Shown(Box<clap::Error>),
    /// What is wrong, and what to do.
    Said(String),
}

/// Reads a command line, the program's name first.
///
/// # Errors
/// [`Refusal`].
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Cli, Refusal> {
    let args = with_help_asked_for(args.into_iter().collect());
    let typed = Typed { words: args.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect() };
    Cli::try_parse_from(args).map_err(|error| match said(&error, &typed) {
        Some(text) => Refusal::Said(text),
        None => Refusal::Shown(Box::new(error)),
    })
}

/// `exaudit help COMMAND` is `exaudit COMMAND --help`, and no command of its own: the help has a screen of lines.
fn with_help_asked_for(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|word| word == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

/// Whether the arguments ask for the output of a plugin. A monitoring system takes the number of bad usage for an alarm, so that is
/// looked for before anything is understood.
pub fn is_for_monitor(args: impl IntoIterator<Item = OsString>) -> bool {
    let words: Vec<OsString> = args.into_iter().skip(1).collect();
    let follows = words.iter().zip(words.iter().skip(1)).any(|(option, value)| option == "--format" && value == "nagios");
    follows || words.iter().any(|word| word == "--format=nagios")
}

/// Where the directory is read: only one of them.
const SOURCES: [&str; 4] = ["--uri", "--from", "--demo", "--config"];

/// What an option needs beside it, by what is missing.
const NEEDED: [(&str, &str); 2] = [
    ("--bind-dn", "a password needs the account that it is for; add -D DN"),
    ("--from", "--encoding and --columns describe a table; add --from FILE"),
];

fn said(error: &clap::Error, typed: &Typed) -> Option<String> {
    let first = |kind| texts(error, kind).into_iter().next();
    let option = first(ContextKind::InvalidArg).map(|text| name_of(&text).to_owned()).unwrap_or_default();
    let value = first(ContextKind::InvalidValue).unwrap_or_default();
    let text = match error.kind() {
        ErrorKind::DisplayHelp => return typed.host_for_help(),
        ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::UnknownArgument => {
            typed.unknown(&first(ContextKind::InvalidArg).unwrap_or_default(), first(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let word = first(ContextKind::InvalidSubcommand).unwrap_or_default();
            let hint = first(ContextKind::SuggestedSubcommand).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            format!("there is no command {word}{hint} (see {} --help)", typed.command())
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals if value.is_empty() => match texts(error, ContextKind::ValidValue) {
            known if known.is_empty() => format!("{} needs a value: {}", typed.name(&option), typed.with_value(&option)),
            known => format!("{} needs a value: {}", typed.name(&option), one_of(&known)),
        },
        ErrorKind::InvalidValue => {
            let hint = first(ContextKind::SuggestedValue).map(|value| format!("; did you mean {value}?")).unwrap_or_default();
            let known = one_of(&texts(error, ContextKind::ValidValue));
            format!("{}{value}: it must be {known}{hint}", typed.before_value(&option))
        }
        ErrorKind::ValueValidation => {
            let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("{}{value}: {why}", typed.before_value(&option))
        }
        ErrorKind::MissingRequiredArgument => {
            let missing = texts(error, ContextKind::InvalidArg);
            let known = NEEDED.iter().find(|(name, _)| missing.iter().any(|text| name_of(text) == *name));
            match known {
                Some((_, advice)) => (*advice).to_owned(),
                None => {
                    let names: Vec<&str> =
                        missing.iter().map(|text| text.trim_start_matches('<').trim_end_matches(['.', '>'])).collect();
                    let names: Vec<String> = names.iter().map(|name| name.replace(['<', '>'], "")).collect();
                    let command = typed.command();
                    let own = command.trim_start_matches("exaudit ");
                    format!("{own} needs {} (see {command} --help)", names.join(" and "))
                }
            }
        }
        ErrorKind::ArgumentConflict => typed.conflict(&option, &texts(error, ContextKind::PriorArg)),
        // clap's own first line, without its label
        _ => error.to_string().lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned(),
    };
    Some(text)
}

/// The texts of one kind that clap tells about an error.
fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(list)) => list.clone(),
        _ => Vec::new(),
    }
}

/// `--from` of `--from <FILE>`, `--demo` of `--demo[=<NAME>]`, `--starttls` of `--starttls...`.
fn name_of(text: &str) -> &str {
    let name = text.split([' ', '[', '=']).next().unwrap_or(text).trim_end_matches("...");
    if name.is_empty() { text } else { name }
}

fn one_of(values: &[String]) -> String {
    match values {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The words behind the program's name, as they were typed.
struct Typed {
    words: Vec<String>,
}

impl Typed {
    /// The command, `exaudit audit`, as far as it is one.
    fn command(&self) -> String {
        let mut command = Cli::command();
        let mut name = "exaudit".to_owned();
        for word in self.words.iter().filter(|word| !word.starts_with('-')) {
            let Some(found) = command.find_subcommand(word).cloned() else { break };
            name = format!("{name} {word}");
            command = found;
        }
        name
    }

    /// The option of this long name, by its command.
    fn option(&self, long: &str) -> Option<clap::Arg> {
        self.of(&self.command(), long)
    }

    /// The option of a command that is written so: `--demo`, `--demo=healthy` or `-H`.
    fn of(&self, path: &str, word: &str) -> Option<clap::Arg> {
        let mut command = Cli::command();
        command.build();
        for name in path.split(' ').skip(1) {
            command = command.find_subcommand(name).cloned()?;
        }
        let name = name_of(word);
        let is = |arg: &&clap::Arg| match name.strip_prefix("--") {
            Some(long) => arg.get_long() == Some(long),
            None => name.strip_prefix('-').is_some_and(|short| arg.get_short().map(String::from).as_deref() == Some(short)),
        };
        command.get_arguments().find(is).cloned()
    }

    /// Whether what is to be read is named.
    fn names_a_source(&self) -> bool {
        self.words.iter().any(|word| SOURCES.contains(&name_of(word)) || word.starts_with("-H"))
    }

    /// An option as it was typed: `-H` or `--uri`.
    fn name(&self, long: &str) -> String {
        let short = self.option(long).and_then(|arg| arg.get_short());
        let as_long = self.words.iter().any(|word| name_of(word) == long);
        match short {
            Some(short) if !as_long => format!("-{short}"),
            _ => long.to_owned(),
        }
    }

    /// What stands before a value: the option; nothing before one that stands alone.
    fn before_value(&self, option: &str) -> String {
        if option.starts_with('<') || option.starts_with('[') { String::new() } else { format!("{} ", self.name(option)) }
    }

    /// An option and the name of its value.
    fn with_value(&self, long: &str) -> String {
        let values: Vec<String> = self
            .option(long)
            .into_iter()
            .flat_map(|arg| arg.get_value_names().unwrap_or_default().to_vec())
            .map(|v| v.to_string())
            .collect();
        format!("{} {}", self.name(long), values.join(" "))
    }

    fn has(&self, long: &str) -> bool {
        self.option(long).is_some()
    }

    /// `-h HOST`, as old clients of LDAP take it; `-h` alone is help.
    fn host_for_help(&self) -> Option<String> {
        let at = self.words.iter().position(|word| word.starts_with("-h"))?;
        let glued = self.words.get(at)?.strip_prefix("-h").filter(|host| host.len() > 1);
        let host = glued.or_else(|| self.words.get(at + 1).map(String::as_str).filter(|next| !next.starts_with('-')))?;
        let before_command = self.words.iter().take(at).all(|word| word.starts_with('-'));
        if before_command || !self.has("--uri") {
            return None;
        }
        Some(format!("-h is help here, not the host: use -H {}", uri_of(host, self.port())))
    }

    /// What follows `-p`.
    fn port(&self) -> Option<&str> {
        let at = self.words.iter().position(|word| word.starts_with("-p"))?;
        let glued = self.words.get(at)?.strip_prefix("-p").filter(|port| !port.is_empty());
        glued.or_else(|| self.words.get(at + 1).map(String::as_str))
    }

    /// What follows an option, in a word of its own.
    fn value_behind(&self, names: [&str; 2]) -> Option<&str> {
        let at = self.words.iter().position(|word| names.contains(&word.as_str()))?;
        self.words.get(at + 1).map(String::as_str)
    }

    /// A word that means nothing where it stands.
    fn unknown(&self, word: &str, near: Option<String>) -> String {
        let serves = self.has("--uri");
        if serves && word == "-p" {
            if let Some(text) = self.host_for_help() {
                return text;
            }
            let host = self.value_behind(["-H", "--uri"]).map_or("HOST", |uri| uri.rsplit("://").next().unwrap_or(uri));
            return format!("there is no -p: the port is part of the URI, -H {}", uri_of(host, self.port().or(Some("PORT"))));
        }
        if serves && word.contains("://") {
            return format!("{word} needs an option: use -H {word}");
        }
        if let Some(name) =
            self.words.iter().zip(self.words.iter().skip(1)).find_map(|(option, next)| {
                (option == "--demo" && next == word && serves && !word.starts_with('-')).then_some(next)
            })
        {
            let known = Demo::value_variants().iter().filter_map(ValueEnum::to_possible_value);
            let far = |known: &str| strsim::damerau_levenshtein(known, &name.to_lowercase());
            let near =
                known.map(|value| value.get_name().to_owned()).min_by_key(|known| far(known)).filter(|known| far(known) < 4);
            let near = near.unwrap_or_else(|| "NAME".into());
            return format!("--demo {name}: the name of a demo follows an equals sign, --demo={near}");
        }
        if self.command() == "exaudit" && self.of("exaudit audit", word).is_some() {
            return format!("{word} is an option of a command: exaudit audit {}", self.words.join(" "));
        }
        if word.starts_with('-') {
            let hint = near.map(|name| format!("; did you mean {name}?")).unwrap_or_default();
            return format!("there is no option {word}{hint} (see {} --help)", self.command());
        }
        if serves && (Path::new(word).is_file() || [".ldif", ".ldf", ".csv"].iter().any(|ending| word.ends_with(ending))) {
            return format!("{word} needs an option: use --from {word}");
        }
        if serves && !self.names_a_source() && is_host(word) {
            return format!("{word} needs an option: use -H ldap://{word}");
        }
        if self.command() == "exaudit history" {
            return format!("{word} needs an option: use --state {word}");
        }
        format!("unexpected argument: {word} (see {} --help)", self.command())
    }

    /// Options that exclude each other.
    fn conflict(&self, option: &str, others: &[String]) -> String {
        let Some(other) = others.first().map(|other| name_of(other)).filter(|other| *other != option) else {
            return format!("{} is given twice; give it once", self.name(option));
        };
        // what depends on the source comes first, whichever clap names so
        let (option, other) =
            if SOURCES.contains(&option) && !SOURCES.contains(&other) { (other, option) } else { (option, other) };
        let together = format!("{} cannot be used with {}", self.name(option), self.name(other));
        let (sources, rest): (Vec<&str>, Vec<&str>) = [option, other].into_iter().partition(|name| SOURCES.contains(name));
        match (sources.as_slice(), rest.as_slice()) {
            ([_, _], _) => format!("{together}: choose one source: -H, --from, --config or --demo"),
            (_, ["--target"]) => format!("{together}: it chooses from a file of targets, --config FILE"),
            (["--config"], [_]) => format!("{together}: write it into the section of its target (docs/configuration.md)"),
            (["--from"], [rest]) => format!("{together}: {} applies to servers only; leave it out", self.name(rest)),
            (["--demo"], [rest]) => format!("{together}: the demo needs none; leave {} out", self.name(rest)),
            (["--uri"], [rest]) => format!("{together}: a server sends no table; leave {} out", self.name(rest)),
            _ => format!("{together}: give only one of them"),
        }
    }
}

/// Whether a word may be the name of a host, or its address, perhaps with a port.
fn is_host(word: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || ['.', '-', ':', '_'].contains(&c);
    word.starts_with(|c: char| c.is_ascii_alphanumeric()) && word.chars().all(inner)
}

/// The URI of a host and a port as old clients take them; the port of TLS makes it `ldaps`.
fn uri_of(host: &str, port: Option<&str>) -> String {
    let host = if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.to_owned() };
    match port {
        None | Some("389") => format!("ldap://{host}"),
        Some("636") => format!("ldaps://{host}"),
        Some(port) => format!("ldap://{host}:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(line: &[&str]) -> String {
        match parse(["exaudit"].iter().chain(line).map(OsString::from)) {
            Ok(_) => "accepted".into(),
            Err(Refusal::Shown(_)) => "help".into(),
            Err(Refusal::Said(text)) => text,
        }
    }

    #[test]
    fn help_is_help_and_a_host_behind_it_is_a_mistake() {
        for line in [&["help"][..], &["help", "audit"], &["help", "checks", "lint"]] {
            assert_eq!(refused(line), "help", "{line:?}");
        }
        for line in [&["-h"][..], &["audit", "-h"], &["audit", "--demo", "-h"], &["-h", "audit"], &["explain", "-h", "4071"], &[]]
        {
            assert_eq!(refused(line), "help", "{line:?}");
        }
        for (line, uri) in [
            (&["audit", "-h", "exchange1"][..], "ldap://exchange1"),
            (&["audit", "-h", "exchange1", "-p", "390", "-x"], "ldap://exchange1:390"),
            (&["doctor", "-x", "-p389", "-hexchange1"], "ldap://exchange1"),
            (&["checks", "test", "ours", "-h", "exchange1", "-p", "636"], "ldaps://exchange1"),
            (&["collect", "-h", "::1", "-p", "390"], "ldap://[::1]:390"),
        ] {
            let text = refused(line);
            assert!(text.ends_with(&format!("use -H {uri}")), "{line:?}: {text}");
        }
    }

    #[test]
    fn a_plugin_is_known_before_its_arguments_are_understood() {
        let of = |line: &[&str]| is_for_monitor(["exaudit"].iter().chain(line).map(OsString::from));
        assert!(of(&["audit", "--format", "nagios", "--nonsense"]) && of(&["--format=nagios"]));
        assert!(!of(&["audit", "--format", "json", "nagios"]) && !of(&["audit", "--report", "nagios=a"]));
    }

    #[test]
    fn what_ldapsearch_users_type_is_accepted() {
        for line in
            [&["audit", "-x", "-LLL", "-H", "ldap://a"][..], &["doctor", "-xLLL", "--demo"], &["collect", "-L", "-x", "--demo"]]
        {
            assert_eq!(refused(line), "accepted", "{line:?}");
        }
    }
}
