//! `exaudit history`.

use super::examples;
use crate::output::Shape;
use clap::Args;
use std::path::PathBuf;

/// `exaudit history`.
#[derive(Debug, Args)]
#[command(after_help = examples::HISTORY)]
pub struct HistoryArgs {
    /// The folder in which audits keep their state
    #[arg(long, value_name = "DIR")]
    pub state: Option<PathBuf>,
    /// A configuration file that names it
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Shape::Table, hide_possible_values = true)]
    pub format: Shape,
}
