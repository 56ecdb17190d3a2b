//! `exaudit history`: what a state remembers.

use super::failure::Failure;
use super::news::read_state;
use crate::cli::HistoryArgs;
use crate::exit::Exit;
use crate::news::State;
use crate::output::{ColorChoice, Destination, Json, Shape, Style, history};
use std::io::IsTerminal;

pub(super) fn run(args: &HistoryArgs) -> Result<Exit, Failure> {
    if !State::file(&args.state).exists() {
        return Err(Failure::usage(format!(
            "{} remembers no audit: run exaudit audit --state {} first",
            args.state.display(),
            args.state.display()
        )));
    }
    let state = read_state(&args.state)?;
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
