//! `exaudit list`: the checks in the order they are judged, or the articles behind them.

use super::failure::Failure;
use super::perform;
use crate::check::article::Article;
use crate::check::catalogue::Catalogue;
use crate::check::definition::Check;
use crate::check::group::folder_of;
use crate::cli::ListArgs;
use crate::exit::Exit;
use crate::output::{ColorChoice, Destination, Json, ListFormat, Style, checks};
use crate::report::{Confidence, Severity};
use serde::Serialize;
use std::io::IsTerminal;

/// No title is longer.
const WIDEST: usize = 500;

/// A check in the JSON list; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct CheckRow<'a> {
    id: &'a str,
    title: &'a str,
    fails: Option<&'a str>,
    severity: Severity,
    kind: &'static str,
    kb: &'a [String],
    versions: &'a [String],
    needs: &'a [String],
    subject: &'static str,
    confidence: Confidence,
    folder: String,
}

/// An article in the JSON list.
#[derive(Serialize)]
struct ArticleRow<'a> {
    kb: &'a str,
    title: &'a str,
    versions: &'a [String],
    fixed: Option<&'a str>,
    modified: Option<&'a str>,
    checks: Vec<&'a str>,
}

pub(super) fn run(args: &ListArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let chosen = catalogue.select(&args.only, &[], &args.kb).map_err(Failure::usage)?;
    let chosen = Catalogue::at_least(chosen, args.severity).map_err(Failure::usage)?;
    let bytes = match args.format {
        ListFormat::Json if args.articles => Json::bytes(
            &checks::by_number(&catalogue).into_iter().map(|article| article_row(&catalogue, article)).collect::<Vec<_>>(),
        ),
        ListFormat::Json => Json::bytes(&chosen.iter().copied().map(check_row).collect::<Vec<_>>()),
        ListFormat::Table => {
            let on_terminal = std::io::stdout().is_terminal();
            let mut style = Style::detect(ColorChoice::Auto, on_terminal, |name| std::env::var(name).ok());
            if args.articles {
                return print(checks::articles(&catalogue, &style).as_bytes());
            }
            // what another program reads is not cut
            if !on_terminal && std::env::var_os("COLUMNS").is_none() {
                style.width = WIDEST;
            }
            Ok(checks::checks(&catalogue, &chosen, &style).into_bytes())
        }
    };
    print(&bytes.map_err(Failure::incomplete)?)
}

fn print(bytes: &[u8]) -> Result<Exit, Failure> {
    Destination::Stdout.write(bytes).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

fn check_row(check: &Check) -> CheckRow<'_> {
    CheckRow {
        id: &check.id,
        title: &check.title,
        fails: check.fails.as_deref(),
        severity: check.severity,
        kind: check.kind(),
        kb: &check.kb,
        versions: &check.versions,
        needs: &check.needs,
        subject: check.subject.each.word(),
        confidence: check.confidence,
        folder: folder_of(check).0,
    }
}

fn article_row<'a>(catalogue: &'a Catalogue, article: &'a Article) -> ArticleRow<'a> {
    ArticleRow {
        kb: &article.kb,
        title: &article.title,
        versions: &article.versions,
        fixed: article.fixed.as_deref(),
        modified: article.modified.as_deref(),
        checks: catalogue.citing(&article.kb).into_iter().map(|check| check.id.as_str()).collect(),
    }
}
