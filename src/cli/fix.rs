//! `exaudit fix`.

use super::{JudgeArgs, SourceArgs};
use crate::output::ColorChoice;
use clap::Args;
use std::path::PathBuf;

/// `exaudit fix`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE_OF_SERVERS, after_long_help = super::examples::FIX)]
pub struct FixArgs {
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What to judge.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// Write the plans to this folder, new or empty
    ///
    /// For each check an LDIF change file and an import table, a rollback for each, and plan.md. Nothing is applied.
    #[arg(long, value_name = "DIR", required = true, help_heading = "Plan")]
    pub plan: PathBuf,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true, help_heading = "Plan")]
    pub color: ColorChoice,
}
