//! How results are written and what they mean for the exit code.

use crate::exit::FailOn;
use crate::output::ColorChoice;
use clap::Args;
use std::path::PathBuf;

/// How results are written and what they mean for the exit code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportArgs {
    /// Write the report to a file
    ///
    /// It is written whole or not at all, whatever the audit finds.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print nothing on the screen if nothing is wrong; with --state or --baseline, if nothing is new
    #[arg(short, long, hide_short_help = true)]
    pub quiet: bool,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true)]
    pub color: ColorChoice,
    /// Exit 1 if a check of at least this severity fails: critical, warning, info, new or never
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Warning, hide_possible_values = true, hide_short_help = true)]
    pub fail_on: FailOn,
    /// Do not exit 3 because something could not be decided
    #[arg(long, hide_short_help = true)]
    pub no_fail_on_unknown: bool,
}
