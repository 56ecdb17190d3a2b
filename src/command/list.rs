//! `exaudit list`: the checks, in the order they are judged.

use super::failure::Failure;
use super::perform;
use crate::check::definition::Check;
use crate::cli::ListArgs;
use crate::exit::Exit;
use crate::output::{ColorChoice, Destination, FormatName, Style, listing};
use crate::report::Severity;
use serde::Serialize;
use std::io::IsTerminal;

/// A check in the JSON list; the order of the fields is the order of the keys.
#[derive(Serialize)]
struct Row<'a> {
    id: &'a str,
    title: &'a str,
    severity: Severity,
    kind: &'static str,
    kb: &'a [String],
    versions: &'a [String],
    needs: &'a [String],
}

pub(super) fn run(args: &ListArgs) -> Result<Exit, Failure> {
    let catalogue = perform::catalogue(args.checks.as_deref())?;
    let text = match args.format {
        FormatName::Json => {
            let rows: Vec<Row<'_>> = catalogue.checks().iter().map(row).collect();
            serde_json::to_string_pretty(&rows).map_err(Failure::incomplete)? + "\n"
        }
        FormatName::Table => {
            let rows = catalogue.checks().iter().map(|check| {
                let articles = check.kb.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                [check.id.clone(), check.severity.word().into(), check.kind().into(), check.title.clone(), articles]
            });
            let style = Style::detect(ColorChoice::Never, std::io::stdout().is_terminal(), |name| std::env::var(name).ok());
            listing::table(["Check", "Severity", "Kind", "What holds when it passes", "KB"], rows, &style)
        }
    };
    Destination::Stdout.write(text.as_bytes()).map_err(Failure::incomplete)?;
    Ok(Exit::Clean)
}

fn row(check: &Check) -> Row<'_> {
    Row {
        id: &check.id,
        title: &check.title,
        severity: check.severity,
        kind: check.kind(),
        kb: &check.kb,
        versions: &check.versions,
        needs: &check.needs,
    }
}
