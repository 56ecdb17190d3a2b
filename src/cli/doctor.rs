//! `exaudit doctor`.

use super::SourceArgs;
use crate::output::{ColorChoice, ListFormat};
use clap::Args;
use std::path::PathBuf;

/// `exaudit doctor`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE_OF_SERVERS, after_long_help = super::examples::DOCTOR)]
pub struct DoctorArgs {
    /// Where to look.
    #[command(flatten)]
    pub source: SourceArgs,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Table, hide_possible_values = true, help_heading = "Report")]
    pub format: ListFormat,
    /// Write to a file
    ///
    /// It is written whole or not at all.
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    pub output: Option<PathBuf>,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub color: ColorChoice,
}
