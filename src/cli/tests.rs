use super::*;
use clap::CommandFactory;

/// Every command with its path, as it is after parsing began.
fn commands() -> Vec<(String, clap::Command)> {
    fn add(path: &str, command: &clap::Command, all: &mut Vec<(String, clap::Command)>) {
        let path = format!("{path} {}", command.get_name()).trim().to_owned();
        command.get_subcommands().filter(|sub| sub.get_name() != "help").for_each(|sub| add(&path, sub, all));
        all.push((path, command.clone()));
    }
    let mut root = Cli::command().term_width(80);
    root.build();
    let mut all = Vec::new();
    add("", &root, &mut all);
    all
}

#[test]
fn the_short_help_fits_a_screen() {
    for (path, mut command) in commands() {
        let text = command.render_help().to_string();
        assert!(text.lines().count() <= 23, "{path}: {} lines and a prompt\n{text}", text.lines().count());
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{path}:\n{text}");
    }
}

#[test]
fn the_long_help_names_every_option_and_has_examples() {
    for (path, mut command) in commands() {
        let text = command.render_long_help().to_string();
        let shown = command.get_arguments().filter(|arg| !arg.is_hide_set());
        for long in shown.filter_map(clap::Arg::get_long) {
            assert!(text.contains(&format!("--{long}")), "{path}: --{long}\n{text}");
        }
        assert!(
            text.contains("Examples:") || path.starts_with("exaudit checks ") || path.starts_with("exaudit waivers "),
            "{path}:\n{text}"
        );
    }
}

/// An example is pasted as it stands: a command, or what continues one behind a backslash; a line deeper than that explains it.
#[test]
fn every_example_can_be_pasted() {
    for (path, mut command) in commands() {
        let text = command.render_long_help().to_string();
        let Some((_, rest)) = text.split_once("Examples:\n") else { continue };
        let (mut continues, mut example) = (false, String::new());
        for line in rest.lines().take_while(|line| !line.trim().is_empty()) {
            let is_command = line.starts_with("  exaudit ");
            let is_words = line.starts_with("      ") && !line.trim_start().starts_with('-');
            assert!(is_command != continues && line.starts_with("  ") || is_words && !continues, "{path}: {line}\n{rest}");
            if is_command || continues {
                example = if is_command { line.trim().to_owned() } else { format!("{example} {}", line.trim()) };
                continues = example.ends_with('\\');
                example = example.trim_end_matches('\\').trim_end().to_owned();
            }
            let quotes = example.matches('\'').count();
            assert!(continues || quotes % 2 == 0, "{path}: {example}");
        }
        assert!(!continues, "{path}: {rest}");
    }
}

#[test]
fn every_value_has_a_name_in_words_and_every_text_is_idiomatic() {
    for (path, command) in commands() {
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty() && !help.ends_with('.'), "{path}: {}: {help}", arg.get_id());
            let takes_a_value = arg.get_action().takes_values();
            for name in arg.get_value_names().filter(|_| takes_a_value).unwrap_or_default() {
                assert!(!name.contains(['_', '-']) && name.to_uppercase() == name.as_str(), "{path}: {name}");
            }
        }
    }
}
