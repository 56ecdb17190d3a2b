//! `exaudit render`.

use super::wanted::{Rendered, Wanted, form, wanted};
use crate::exit::{FailOn, Unreachable};
use crate::output::ColorChoice;
use clap::Args;
use std::path::PathBuf;

/// `exaudit render`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE, after_long_help = super::examples::RENDER)]
pub struct RenderArgs {
    /// The report, as --format json wrote it; - is standard input
    #[arg(value_name = "REPORT")]
    pub saved: PathBuf,
    /// table, html, json, csv, markdown, checklist ... (all: --help)
    ///
    /// table, list, json, ndjson, csv, plan, markdown, html, junit, sarif, nagios, prometheus, and the checklist as Markdown (checklist) or for a
    /// terminal (checklist-table). docs/formats.md describes them. Without it: a table, or only what --report names.
    #[arg(long, value_name = "FORMAT", value_parser = form::<Rendered>(), hide_possible_values = true)]
    pub format: Option<Rendered>,
    /// Write it to a file
    ///
    /// It is written whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write it in this format too (repeatable)
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = wanted::<Rendered>)]
    pub reports: Vec<Wanted<Rendered>>,
    /// Show the evidence and every step
    #[arg(long, conflicts_with = "all")]
    pub detail: bool,
    /// Show what passes too
    #[arg(long)]
    pub all: bool,
    /// A failure of at least this severity counts: critical, warning, info, new or never
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Warning, hide_possible_values = true)]
    pub fail_on: FailOn,
    /// Undecided results do not count
    #[arg(long)]
    pub no_fail_on_unknown: bool,
    /// Nagios state of an unreadable target: unknown or critical
    #[arg(long, value_name = "STATE", value_enum, default_value_t = Unreachable::Unknown, hide_possible_values = true, hide_short_help = true)]
    pub unreachable: Unreachable,
    /// Prometheus: a sample for each failing object, which its name labels
    #[arg(long, hide_short_help = true)]
    pub name_objects: bool,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true)]
    pub color: ColorChoice,
}
