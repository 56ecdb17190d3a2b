//! `exaudit explain`: a check, an article, an event or an error code, offline.

use super::failure::Failure;
use super::perform;
use crate::check::explain::{explain, suggest};
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::output::{ColorChoice, Destination, Style};
use std::io::IsTerminal;

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let what = args.what.join(" ");
    let Some(explanation) = explain(&catalogue, &what) else {
        let hint = suggest(&catalogue, &what).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        return Err(Failure::usage(format!(
            "{what:?} is no check, article, event or error code that is known here{hint} (see `exaudit list`)"
        )));
    };
    let style = Style::detect(ColorChoice::Never, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
    Destination::Stdout.write(explanation.to_text(style.width.min(100)).as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}
