//! `exaudit checks`.

use super::SourceArgs;
use crate::output::Shape;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `exaudit checks`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  exaudit checks new mail-stays-here our-checks\n  exaudit checks lint our-checks\n  exaudit checks test our-checks --demo=healthy\n  exaudit audit --demo --checks our-checks\n\ndocs/own-checks.md goes through it step by step."
)]
pub struct ChecksArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: ChecksCommand,
}

/// What to do with checks of one's own.
#[derive(Debug, Subcommand)]
pub enum ChecksCommand {
    /// Write the file of a new check, to be filled in
    New(NewArgs),
    /// Report everything that is wrong in the checks of a folder
    Lint(LintArgs),
    /// Run the checks of a folder, and show each object with its verdict
    Test(Box<TestArgs>),
    /// Print the JSON Schema of a check file, for editors
    Schema,
}

/// `exaudit checks new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// The name of the check: lower-case letters, digits and hyphens
    ///
    /// The file is called ID.toml. An existing one is left as it is.
    pub id: String,
    /// The folder to write it to
    #[arg(default_value = ".")]
    pub dir: PathBuf,
}

/// `exaudit checks lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// The folder
    pub dir: PathBuf,
}

/// `exaudit checks test`.
#[derive(Debug, Args)]
pub struct TestArgs {
    /// The folder
    pub dir: PathBuf,
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Only these checks of the folder
    #[arg(long = "check", value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Shape::Table, hide_possible_values = true)]
    pub format: Shape,
}
