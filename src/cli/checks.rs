//! `exaudit checks`.

use super::SourceArgs;
use crate::output::FormatName;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `exaudit checks`.
#[derive(Debug, Args)]
pub struct ChecksArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ChecksCommand,
}

/// What to do with checks of one's own.
#[derive(Debug, Subcommand)]
pub enum ChecksCommand {
    /// Say everything that is wrong in the checks of a folder, with file and line.
    Lint(LintArgs),
    /// Run the checks of a folder on an export, a server or a demo, and show each object that they select with its verdict.
    Test(Box<TestArgs>),
    /// Print the JSON Schema of a check file, for editors.
    Schema,
}

/// `exaudit checks lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// The folder.
    pub dir: PathBuf,
}

/// `exaudit checks test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The folder.
    pub dir: PathBuf,
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Only this check of the folder (repeatable).
    #[arg(long = "check", value_name = "ID")]
    pub only: Vec<String>,
    /// The form of the results.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    pub format: FormatName,
}
