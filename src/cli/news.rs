//! What is news: failures that somebody accepts, and what was known before.

use clap::Args;
use std::path::PathBuf;

/// Which failures somebody accepts.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub struct WaiverArgs {
    /// A file of failures that are accepted for a while (docs/news.md)
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    pub waivers: Option<PathBuf>,
    /// Accept no failure
    #[arg(long, conflicts_with = "waivers", hide_short_help = true)]
    pub no_waivers: bool,
}

/// What was known before.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Report")]
pub struct BaselineArgs {
    /// Compare with this report (JSON): show what is new, and since when the rest fails
    ///
    /// It is never written, unless --update-baseline is given.
    #[arg(long, value_name = "FILE", conflicts_with = "state", hide_short_help = true)]
    pub baseline: Option<PathBuf>,
    /// Write this report over the baseline, if it is complete
    #[arg(long, requires = "baseline", hide_short_help = true)]
    pub update_baseline: bool,
    /// Keep state in this folder from audit to audit: show what is new, and since when the rest fails
    ///
    /// With --quiet only news is printed. exaudit history shows the state.
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    pub state: Option<PathBuf>,
}
