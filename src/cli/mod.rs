//! The command line.

mod checks;
mod collect;
mod completions;
mod diff;
mod doctor;
mod examples;
mod fix;
mod history;
mod judge;
mod lab;
mod man;
mod news;
mod number;
mod refusal;
mod render;
mod report;
mod source;
mod uses;
mod waivers;
mod wanted;
mod what_if;
mod x400;

pub use checks::{ChecksArgs, ChecksCommand, LintArgs, NewArgs, TestArgs};
pub use collect::CollectArgs;
pub use completions::CompletionsArgs;
pub use diff::DiffArgs;
pub use doctor::DoctorArgs;
pub use fix::FixArgs;
pub use history::HistoryArgs;
pub use judge::{JudgeArgs, YesNo};
pub use lab::LabArgs;
pub use man::ManArgs;
pub use news::{BaselineArgs, WaiverArgs};
pub use refusal::{Refusal, is_for_monitor, parse};
pub use render::RenderArgs;
pub use report::ReportArgs;
pub use source::{BindArgs, ReachArgs, SourceArgs};
pub use uses::UsesArgs;
pub use waivers::{DraftArgs, WaiversArgs, WaiversCommand, WaiversLintArgs};
pub use wanted::{Named, Rendered, Wanted};
pub use what_if::WhatIfArgs;
pub use x400::X400Args;

use crate::exit::{Rule, Unreachable};
use crate::output::{FormatName, Shape, View};
use crate::report::Severity;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use wanted::wanted;

/// Audits Microsoft Exchange 5.5: reads its directory, never writes to it
#[derive(Debug, Parser)]
#[command(name = "exaudit", version, help_template = "{about-with-newline}{usage-heading} {usage}\n\n{all-args}{after-help}", arg_required_else_help = true, disable_help_flag = true, disable_help_subcommand = true, disable_version_flag = true, after_help = examples::START,
    after_long_help = examples::PROGRAM)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say more on standard error (-vv: every request)
    #[arg(short, long, action = clap::ArgAction::Count, global = true, hide_short_help = true)]
    pub verbose: u8,
    /// Print version
    #[arg(short = 'V', long, action = clap::ArgAction::Version, hide_short_help = true)]
    pub version: Option<bool>,
    /// Print help; -h is shorter
    #[arg(short, long, action = clap::ArgAction::Help, global = true, hide_short_help = true)]
    pub help: Option<bool>,
}

impl Cli {
    /// Whether the settings are to be shown, and nothing done.
    pub fn shows_config(&self) -> bool {
        match &self.command {
            Command::Audit(args) => args.source.show_config,
            Command::Checklist(args) => args.source.show_config,
            Command::Doctor(args) => args.source.show_config,
            Command::Collect(args) => args.source.show_config,
            Command::Uses(args) => args.source.show_config,
            Command::WhatIf(args) => args.source.show_config,
            Command::Fix(args) => args.source.show_config,
            _ => false,
        }
    }
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
    /// Show who refers to an object, before it is changed or removed
    Uses(Box<UsesArgs>),
    /// Show what a change would break and fix, before it is made
    WhatIf(Box<WhatIfArgs>),
    /// Write proven plans for what fails, without applying them
    Fix(Box<FixArgs>),
    /// Show what changed between two reports, or two exports
    Diff(Box<DiffArgs>),
    /// Show the state that audits keep: what fails, and since when
    History(HistoryArgs),
    /// Check or draft a file of accepted failures
    Waivers(WaiversArgs),
    /// Convert a saved report to other formats
    Render(Box<RenderArgs>),
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
    /// Print the completion script of a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one for each command
    // for who makes packages: a user has the pages, and the help has a screen of lines
    #[command(hide = true)]
    Man(ManArgs),
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
    /// What is accepted.
    #[command(flatten)]
    pub waivers: WaiverArgs,
    /// What to compare with.
    #[command(flatten)]
    pub baseline: BaselineArgs,
    /// table, html, json, csv, markdown, sarif ... (all: --help)
    ///
    /// table, list, json, ndjson, csv, plan, markdown, html, junit, sarif, nagios or prometheus. docs/formats.md describes them. With nagios the exit
    /// code is that of a plugin: 0 ok, 1 warning, 2 critical, 3 unknown.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = FormatName::Table, hide_possible_values = true)]
    pub format: FormatName,
    /// Write a report in this format too (repeatable)
    ///
    /// --report json=report.json --report markdown=ticket.md: one run writes them all, each whole or not at all.
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = wanted::<FormatName>, hide_short_help = true)]
    pub reports: Vec<Wanted<FormatName>>,
    /// Show the evidence and every step
    #[arg(long, conflicts_with = "all")]
    pub detail: bool,
    /// Show what passes too
    ///
    /// Formats for programs always contain every result.
    #[arg(long, hide_short_help = true)]
    pub all: bool,
    /// Nagios state of an unreadable target: unknown or critical
    #[arg(long, value_name = "STATE", value_enum, default_value_t = Unreachable::Unknown, hide_possible_values = true, hide_short_help = true)]
    pub unreachable: Unreachable,
    /// Prometheus: a sample for each failing object, which its name labels
    #[arg(long, hide_short_help = true)]
    pub name_objects: bool,
}

impl AuditArgs {
    /// How much is shown.
    pub fn view(&self) -> View {
        match (self.all, self.detail) {
            (true, _) => View::All,
            (false, true) => View::Detail,
            (false, false) if self.report.quiet => View::News,
            (false, false) => View::Digest,
        }
    }

    /// What counts for the outcome.
    pub fn rule(&self) -> Rule {
        let ReportArgs { fail_on, no_fail_on_unknown, .. } = self.report;
        Rule { fail_on, excuses_unknown: no_fail_on_unknown, unreachable: self.unreachable }
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
    /// A change; without it: every check
    ///
    /// Such as delete-mailbox or apply-service-pack; --list shows them.
    #[arg(value_name = "CHANGE", help_heading = "Checks", conflicts_with_all = ["only", "skip", "kb", "severity", "passes"])]
    pub change: Option<String>,
    /// List the changes
    #[arg(long, help_heading = "Checks", conflicts_with_all = ["change", "where"])]
    pub list: bool,
    /// The object that is changed
    ///
    /// A DN, in the form of LDAP or of Exchange (/o=ORG/ou=SITE/cn=Recipients/cn=ALIAS), an SMTP address, an alias or a display name.
    #[arg(
        long,
        value_name = "OBJECT",
        help_heading = "Checks",
        requires = "change",
        conflicts_with = "server",
        hide_short_help = true
    )]
    pub object: Option<String>,
    /// The server that is changed: its name, or its distinguished name
    #[arg(long, value_name = "SERVER", help_heading = "Checks", requires = "change", hide_short_help = true)]
    pub server: Option<String>,
    /// How to report.
    #[command(flatten)]
    pub report: ReportArgs,
    /// What is accepted.
    #[command(flatten)]
    pub waivers: WaiverArgs,
    /// markdown or table; of a change html or json too
    ///
    /// Without it: a table on a terminal, Markdown elsewhere.
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub format: Option<ChecklistFormat>,
    /// Write the checklist in this format too (repeatable)
    #[arg(long = "report", value_name = "FORMAT=FILE", value_parser = wanted::<ChecklistFormat>, hide_short_help = true)]
    pub reports: Vec<Wanted<ChecklistFormat>>,
    /// List every pass, not only how many there are
    #[arg(long, hide_short_help = true)]
    pub passes: bool,
}

/// The forms of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChecklistFormat {
    /// For a ticket or a wiki.
    Markdown,
    /// For a terminal.
    Table,
    /// One page for a browser, to be printed: of a change.
    Html,
    /// For programs: of a change.
    Json,
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
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Shape::Table, hide_possible_values = true)]
    pub format: Shape,
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
