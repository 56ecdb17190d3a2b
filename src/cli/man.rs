//! `exaudit man`.

use clap::Args;
use std::path::PathBuf;

/// `exaudit man`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MAN)]
pub struct ManArgs {
    /// Write every page into this folder instead: the program's, and one for each command
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
