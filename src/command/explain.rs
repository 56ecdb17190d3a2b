//! `exaudit explain`: a check, an article, an event or an error code, offline; or what a message may come from.

use super::failure::Failure;
use super::perform;
use crate::check::catalogue::Catalogue;
use crate::check::explain::{explain, hex_spelling, queries, suggest, symptom};
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::output::{ColorChoice, Destination, Style, explanation, matches, message};
use std::io::IsTerminal;

/// Longer lines are hard to read.
const MOST_COLUMNS: usize = 100;

pub(super) fn run(args: &ExplainArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let detected = Style::detect(ColorChoice::Never, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
    let style = Style { width: detected.width.min(MOST_COLUMNS), ..detected };
    match &args.symptom {
        Some(text) => by_symptom(&catalogue, text, &style),
        None => by_name(&catalogue, &args.what, &style),
    }
}

/// What is known is explained, whatever else was asked for; what is not known is told.
fn by_name(catalogue: &Catalogue, words: &[String], style: &Style) -> Result<Exit, Failure> {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for query in queries(catalogue, words) {
        match explain(catalogue, &query) {
            // two spellings of one thing are explained once
            Some(explanation) if known.contains(&explanation) => {}
            Some(explanation) => known.push(explanation),
            None => unknown.push(query),
        }
    }
    if known.is_empty() && unknown.is_empty() {
        return Err(Failure::usage("there is nothing to explain: name a check, an article, an event or an error code"));
    }
    if !known.is_empty() {
        Destination::Stdout.write(explanation::texts(&known, style).as_bytes()).map_err(Failure::incomplete)?;
    }
    for query in &unknown {
        let code = hex_spelling(query).filter(|code| !code.eq_ignore_ascii_case(query));
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        let hint = suggest(catalogue, query).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        message::error(&format!("unknown check, article, event or error code: {query}{code}{hint} (see exaudit list)"));
    }
    Ok(if unknown.is_empty() { Exit::Clean } else { Exit::Usage })
}

fn by_symptom(catalogue: &Catalogue, text: &str, style: &Style) -> Result<Exit, Failure> {
    let found = symptom::rank(catalogue, text);
    if found.is_empty() {
        return Err(Failure::usage(
            "nothing known here fits that text: give more of the message, its event id or its error code",
        ));
    }
    Destination::Stdout.write(matches::text(&found, style).as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}
