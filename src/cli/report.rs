//! How results are written and what they mean for the exit code.

use crate::exit::FailOn;
use crate::output::ColorChoice;
use clap::Args;
use std::path::PathBuf;

/// How results are written and what they mean for the exit code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportArgs {
    /// Write to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print nothing when there is nothing to say.
    #[arg(short, long)]
    pub quiet: bool,
    /// Colour on a terminal.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Exit with 1 from this severity on.
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    pub fail_on: FailOn,
    /// Do not exit with 3 for results that could not be decided.
    #[arg(long)]
    pub no_fail_on_unknown: bool,
}
