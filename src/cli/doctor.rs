//! `exaudit doctor`.

use super::SourceArgs;
use crate::output::{ColorChoice, FormatName};
use clap::Args;
use std::path::PathBuf;

/// `exaudit doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Where to look.
    #[command(flatten)]
    pub source: SourceArgs,
    /// The form of what it says.
    #[arg(long, value_enum, default_value_t = FormatName::Table, help_heading = "Report")]
    pub format: FormatName,
    /// Write to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    pub output: Option<PathBuf>,
    /// Colour on a terminal.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto, help_heading = "Report")]
    pub color: ColorChoice,
}
