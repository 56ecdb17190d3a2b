//! The command line.

mod checks;
mod collect;
mod doctor;
mod examples;
mod judge;
mod lab;
mod number;
mod refusal;
mod report;
mod source;
mod x400;

pub use checks::{ChecksArgs, ChecksCommand, LintArgs, NewArgs, TestArgs};
pub use collect::CollectArgs;
pub use doctor::DoctorArgs;
pub use judge::{JudgeArgs, YesNo};
pub use lab::LabArgs;
pub use refusal::{Refusal, parse};
pub use report::ReportArgs;
pub use source::{BindArgs, ReachArgs, SourceArgs};
pub use x400::X400Args;

use crate::output::{FormatName, ListFormat, View};
use crate::report::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Audits the configuration of Microsoft Exchange 5.5: reads its directory, never writes to it
#[derive(Debug, Parser)]
#[command(name = "exaudit", version, arg_required_else_help = true, disable_help_flag = true, after_help = examples::START,
    after_long_help = examples::PROGRAM)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say more on standard error (-vv: every request)
    #[arg(short, long, action = clap::ArgAction::Count, global = true, hide_short_help = true)]
    pub verbose: u8,
    /// Print help; -h is shorter
    #[arg(short, long, action = clap::ArgAction::Help, global = true, hide_short_help = true)]
    pub help: Option<bool>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit a directory and report what is wrong
    Audit(Box<AuditArgs>),
    /// Show what a connection and its account can see, before an audit
    Doctor(Box<DoctorArgs>),
    /// Audit a directory and print a checklist for a change board
    Checklist(Box<ChecklistArgs>),
    /// Save the directory data an audit needs to an LDIF file
    Collect(Box<CollectArgs>),
    /// List the checks, or the articles behind them
    List(ListArgs),
    /// Explain a check, an article, an event, an error code or a message
    Explain(ExplainArgs),
    /// Write and test checks of your own
    Checks(ChecksArgs),
    /// Validate X.400 addresses, one or a list
    X400(X400Args),
    /// Run an Exchange-like LDAP server to try things out
    Lab(LabArgs),
}

/// `exaudit audit`.
#[derive(Debug, Args)]
#[command(after_help = examples::MORE_OF_SERVERS, after_long_help = examples::AUDIT)]
pub struct AuditArgs {
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What to judge.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// How to report.
    #[command(flatten)]
    pub report: ReportArgs,
    /// table, json or html
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FormatName::Table, hide_possible_values = true)]
    pub format: FormatName,
    /// Show the evidence and every step
    #[arg(long, conflicts_with = "all")]
    pub detail: bool,
    /// Show what passes too
    ///
    /// JSON always holds every result.
    #[arg(long, hide_short_help = true)]
    pub all: bool,
}

impl AuditArgs {
    /// How much is shown.
    pub fn view(&self) -> View {
        match (self.all, self.detail) {
            (true, _) => View::All,
            (false, true) => View::Detail,
            (false, false) => View::Digest,
        }
    }
}

/// `exaudit checklist`.
#[derive(Debug, Args)]
#[command(after_help = examples::MORE_OF_SERVERS, after_long_help = examples::CHECKLIST)]
pub struct ChecklistArgs {
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What to judge.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// How to report.
    #[command(flatten)]
    pub report: ReportArgs,
    /// markdown or table
    ///
    /// Without it: a table on a terminal, Markdown elsewhere.
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub format: Option<ChecklistFormat>,
    /// List every pass, not only how many there are
    #[arg(long)]
    pub passes: bool,
}

/// The forms of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChecklistFormat {
    /// For a ticket or a wiki.
    Markdown,
    /// For a terminal.
    Table,
}

/// `exaudit list`.
#[derive(Debug, Args)]
#[command(after_help = examples::LIST)]
pub struct ListArgs {
    /// Only these checks, or folders of checks: ims,x400
    #[arg(long = "check", value_name = "ID", value_delimiter = ',', conflicts_with = "articles")]
    pub only: Vec<String>,
    /// Only the checks that cite this article, such as Q300535
    #[arg(long, value_name = "ARTICLE", value_delimiter = ',', conflicts_with = "articles")]
    pub kb: Vec<String>,
    /// Only checks of this severity, or worse
    #[arg(long, value_name = "SEVERITY", value_enum, hide_possible_values = true, conflicts_with = "articles")]
    pub severity: Option<Severity>,
    /// List the articles instead, each with the checks that cite it
    #[arg(long)]
    pub articles: bool,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ListFormat::Table, hide_possible_values = true)]
    pub format: ListFormat,
    /// Add the checks in this folder
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

/// `exaudit explain`.
#[derive(Debug, Args)]
#[command(after_help = examples::MORE, after_long_help = examples::EXPLAIN)]
pub struct ExplainArgs {
    /// Check ids, articles (Q300535), events (4071, MSExchangeMTA 178), error codes (0xc002041d), words of the report, or what you see
    #[arg(required_unless_present = "symptom", num_args = 1.., allow_negative_numbers = true)]
    pub what: Vec<String>,
    /// Find what may cause a message, or what you observe
    #[arg(long, value_name = "TEXT", conflicts_with = "what", allow_hyphen_values = true)]
    pub symptom: Option<String>,
    /// Add the checks in this folder
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

#[cfg(test)]
mod tests;
