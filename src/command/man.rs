//! `exaudit man`: the manual pages, from the same texts as `--help`.

use super::failure::Failure;
use crate::cli::{Cli, ManArgs};
use crate::exit::Exit;
use crate::output::Destination;
use clap::builder::Resettable;
use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

/// The day of the release. A page is the same whenever it is made; a test holds this against CHANGELOG.md.
const DATE: &str = "2026-11-30";

pub(super) fn run(args: &ManArgs) -> Result<Exit, Failure> {
    let pages = pages().map_err(Failure::incomplete)?;
    match &args.dir {
        None => {
            // the program's own comes first
            let page = pages.into_iter().next().unwrap_or_default();
            Destination::Stdout.write(&page.text).map_err(Failure::incomplete)?;
        }
        Some(dir) => {
            std::fs::create_dir_all(dir).map_err(|error| Failure::making(dir, &error))?;
            for page in pages {
                Destination::File(dir.join(page.name)).write(&page.text).map_err(Failure::incomplete)?;
            }
        }
    }
    Ok(Exit::Clean)
}

/// A page and the name of its file.
#[derive(Default)]
struct Page {
    name: String,
    text: Vec<u8>,
}

/// Every page, the program's first.
fn pages() -> std::io::Result<Vec<Page>> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let mut pages = Vec::new();
    add(&program, &mut pages)?;
    Ok(pages)
}

fn add(command: &Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
    let after = command.get_after_long_help().or_else(|| command.get_after_help()).map(ToString::to_string);
    let is_program = pages.is_empty();
    let whole = command.clone().mut_args(told).after_help(Resettable::Reset).after_long_help(Resettable::Reset);
    let whole = whole.subcommand_help_heading("COMMANDS").subcommand_value_name("COMMAND");
    let source = concat!("exaudit ", env!("CARGO_PKG_VERSION"));
    let man = Man::new(whole).date(DATE).source(source).manual("exaudit");
    let name = man.get_filename();
    let mut text = Vec::new();
    man.render(&mut text)?;
    text.extend(sections(&after.unwrap_or_default()).to_roff().bytes());
    if !is_program {
        let mut see = Roff::new();
        see.control("SH", ["SEE ALSO"]).text([bold("exaudit"), roman("(1)")]);
        text.extend(see.to_roff().bytes());
    }
    pages.push(Page { name, text });
    command.get_subcommands().filter(|sub| !sub.is_hide_set()).try_for_each(|sub| add(sub, pages))
}

/// An option with all that is said of it as one paragraph: a page leaves out what the short help hides, and takes no blank line.
fn told(arg: Arg) -> Arg {
    let Some(help) = arg.get_long_help().or_else(|| arg.get_help()).map(ToString::to_string) else { return arg };
    arg.long_help(help.replace("\n\n", ". "))
}

/// What stands below the help, as sections: examples as they are, the rest as text.
fn sections(after: &str) -> Roff {
    let mut page = Roff::new();
    for part in after.split("\n\n").filter(|part| !part.is_empty()) {
        match part.split_once(':') {
            Some((title, lines)) if lines.starts_with('\n') => {
                page.control("SH", [title.to_uppercase().as_str()]).control("nf", []);
                lines.lines().skip(1).for_each(|line| _ = page.text([roman(line)]));
                page.control("fi", []);
            }
            Some(("Exit codes", codes)) => {
                page.control("SH", ["EXIT STATUS"]).text([roman(codes.trim())]);
            }
            _ => {
                page.control("PP", []).text([roman(part)]);
            }
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_that_of_the_newest_release() {
        let changes = std::fs::read_to_string("CHANGELOG.md").expect("CHANGELOG.md");
        let dated =
            changes.lines().find_map(|line| line.strip_prefix("## [")?.split_once("] - ").map(|(_, date)| date.to_owned()));
        // no release yet: the pages have a date all the same
        assert!(dated.is_none_or(|date| date == DATE), "CHANGELOG.md has another date than the manual pages: {DATE}");
    }

    #[test]
    fn every_command_has_a_page_and_every_option_its_text() {
        let pages = pages().expect("pages");
        let names: Vec<&str> = pages.iter().map(|page| page.name.as_str()).collect();
        assert_eq!(names.first(), Some(&"exaudit.1"));
        for name in ["exaudit-audit.1", "exaudit-checks-new.1", "exaudit-completions.1"] {
            assert!(names.contains(&name), "{names:?}");
        }
        let text = |name: &str| {
            let page = pages.iter().find(|page| page.name == name).expect(name);
            String::from_utf8(page.text.clone()).expect("text").replace("\\-", "-")
        };
        let audit = text("exaudit-audit.1");
        // hidden in the short help, and without a longer one
        assert!(audit.contains("Print nothing on the screen if nothing is wrong"), "{audit}");
        assert!(audit.contains("\n.SH EXAMPLES\n") && audit.contains("\n.SH \"EXIT STATUS\"\n"), "{audit}");
        assert!(!audit.contains("Refused on purpose") && !audit.contains("--password-argument"), "{audit}");
    }
}
