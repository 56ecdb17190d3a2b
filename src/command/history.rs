//! `exaudit history`: what a state remembers.

use super::failure::Failure;
use super::news::read_state;
use crate::cli::HistoryArgs;
use crate::exit::Exit;
use crate::news::State;
use crate::output::{ColorChoice, Destination, Json, Shape, Style, history};
use std::io::IsTerminal;

pub(super) fn run(args: &HistoryArgs) -> Result<Exit, Failure> {
    let Some(folder) = &args.state else {
        return Err(Failure::usage("no state: give --state DIR, or a configuration file that names one (--config FILE)"));
    };
    if !State::file(folder).exists() {
        return Err(Failure::usage(format!(
            "{} holds no state of an audit: run exaudit audit --state {} first",
            folder.display(),
            folder.display()
        )));
    }
    let state = read_state(folder)?;
    let bytes = match args.format {
        Shape::Json => Json::bytes(&state).map_err(Failure::incomplete)?,
        Shape::Table => {
            let style = Style::detect(ColorChoice::Auto, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
            history::text(&state, &style).into_bytes()
        }
    };
    Destination::Stdout.write(&bytes).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}
