//! `exaudit diff`.

use super::{JudgeArgs, examples};
use crate::output::{ColorChoice, Shape};
use clap::Args;
use std::path::PathBuf;

/// `exaudit diff`.
#[derive(Debug, Args)]
#[command(after_help = examples::MORE, after_long_help = examples::DIFF)]
pub struct DiffArgs {
    /// The earlier report (JSON), or an earlier export
    pub old: PathBuf,
    /// The later report, or a later export; both exports are audited in the same way
    pub new: PathBuf,
    /// What to judge in exports.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// table or json
    ///
    /// JSON is the later report, with what changed in it.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Shape::Table, hide_possible_values = true)]
    pub format: Shape,
    /// Write it to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true)]
    pub color: ColorChoice,
}
