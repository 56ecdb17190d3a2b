//! `exaudit waivers`.

use super::examples;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `exaudit waivers`.
#[derive(Debug, Args)]
#[command(after_help = examples::WAIVERS)]
pub struct WaiversArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: WaiversCommand,
}

/// What to do with a file of waivers.
#[derive(Debug, Subcommand)]
pub enum WaiversCommand {
    /// Report what is wrong in a file, what has ended, and what ends soon
    Lint(WaiversLintArgs),
    /// Write a file that accepts the failures of a report, to be filled in
    Draft(DraftArgs),
}

/// `exaudit waivers lint`.
#[derive(Debug, Args)]
pub struct WaiversLintArgs {
    /// The file
    pub file: PathBuf,
    /// Add the checks in this folder
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

/// `exaudit waivers draft`.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The report (JSON)
    pub report: PathBuf,
    /// Write it to a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
