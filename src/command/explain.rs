//! `exaudit explain`: a check, an article, an event or an error code, offline; or what a message may come from.

use super::failure::Failure;
use super::perform;
use crate::check::catalogue::Catalogue;
use crate::check::explain::{explain, hex_spelling, is_sentence, is_text, is_word, queries, suggest, symptom};
use crate::cli::ExplainArgs;
use crate::exit::Exit;
use crate::output::{ColorChoice, Destination, Style, explanation, matches, message};
use std::io::IsTerminal;

/// Where a text has nothing in common with ours.
const NOTHING_FITS: &str = "nothing known here matches that text: give more of the message, its event id or its error code";
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

/// What is known is explained, whatever else was asked for. Where something else is a sentence, the whole text is looked up as a
/// symptom; what is not known otherwise is told.
fn by_name(catalogue: &Catalogue, words: &[String], style: &Style) -> Result<Exit, Failure> {
    let text = words.join(" ");
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for query in queries(catalogue, words) {
        match explain(catalogue, &query) {
            Some(explanation) => known.push((query, explanation)),
            None => unknown.push(query),
        }
    }
    if known.is_empty() && unknown.is_empty() {
        return Err(Failure::usage(
            "there is nothing to explain: name a check, an article, an event, an error code or a word of the report, or say what you see",
        ));
    }
    let is_text = is_text(catalogue, words);
    if is_text {
        // its words are no names, and a number may count something
        unknown.clear();
        known.retain(|(query, _)| !is_word(query) && (!is_digits(query) || symptom::gives_code(&text, query)));
    }
    let (sentences, unknown): (Vec<_>, Vec<_>) = unknown.into_iter().partition(|query| is_sentence(query));
    let is_text = is_text || !sentences.is_empty();
    let found = if is_text { symptom::rank(catalogue, &text) } else { Vec::new() };
    // two spellings of one thing are explained once
    let mut explanations = Vec::new();
    for (_, explanation) in known {
        if !explanations.contains(&explanation) {
            explanations.push(explanation);
        }
    }
    let mut shown = explanation::texts(&explanations, style);
    if !shown.is_empty() && !found.is_empty() {
        shown.push_str(&explanation::rule(style));
    }
    shown.push_str(&matches::text(&found, style));
    if !shown.is_empty() {
        Destination::Stdout.write(shown.as_bytes()).map_err(Failure::incomplete)?;
    }
    if is_text && found.is_empty() && shown.is_empty() {
        message::error(NOTHING_FITS);
    }
    for query in &unknown {
        let code = hex_spelling(query).filter(|code| !code.eq_ignore_ascii_case(query));
        let code = code.map(|code| format!(" ({code})")).unwrap_or_default();
        let hint = suggest(catalogue, query).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        message::error(&format!("unknown check, article, event or error code: {query}{code}{hint} (see exaudit list)"));
    }
    let all = unknown.is_empty() && !shown.is_empty();
    Ok(if all { Exit::Clean } else { Exit::Usage })
}

fn is_digits(query: &str) -> bool {
    query.bytes().all(|byte| byte.is_ascii_digit())
}

fn by_symptom(catalogue: &Catalogue, text: &str, style: &Style) -> Result<Exit, Failure> {
    let found = symptom::rank(catalogue, text);
    if found.is_empty() {
        return Err(Failure::usage(NOTHING_FITS));
    }
    Destination::Stdout.write(matches::text(&found, style).as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}
