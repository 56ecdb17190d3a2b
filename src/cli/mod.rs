//! The command line.

mod checks;
mod collect;
mod doctor;
mod judge;
mod lab;
mod report;
mod source;
mod x400;

pub use checks::{ChecksArgs, ChecksCommand, LintArgs, TestArgs};
pub use collect::CollectArgs;
pub use doctor::DoctorArgs;
pub use judge::{JudgeArgs, YesNo};
pub use lab::LabArgs;
pub use report::ReportArgs;
pub use source::{BindArgs, ReachArgs, SourceArgs};
pub use x400::X400Args;

use crate::output::{FormatName, View};
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Audits the configuration of Microsoft Exchange 5.5: reads its directory, never writes to it.
#[derive(Debug, Parser)]
#[command(
    name = "exaudit",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  exaudit doctor --demo\n  exaudit audit --demo\n  exaudit audit -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W --allow-plaintext-password\n  \
                  exaudit audit --from org.ldif --format json --output report.json\n  exaudit explain 4071\n  exaudit x400 'c=US;a= ;p=Org;o=Site;s=Surname;'\n\nExit codes: 0 clean, 1 \
                  findings, 2 usage or configuration, 3 could not complete or could not decide."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say more on standard error (-vv: every request).
    #[arg(short, long, action = clap::ArgAction::Count, global = true)]
    pub verbose: u8,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Audit a directory and report what it finds.
    Audit(Box<AuditArgs>),
    /// Tell what a connection and its bind can see, before any verdict.
    Doctor(Box<DoctorArgs>),
    /// Audit a directory and print a checklist for a change board.
    Checklist(Box<ChecklistArgs>),
    /// Write what an audit reads of a directory to an LDIF file, for an audit elsewhere.
    Collect(Box<CollectArgs>),
    /// List the checks.
    List(ListArgs),
    /// Explain checks, articles (Q300535), events (4071), error codes (0xc002041d), or what a message may come from.
    Explain(ExplainArgs),
    /// Check, try out and describe checks of your own.
    Checks(ChecksArgs),
    /// Judge X.400 addresses, before they are typed in or as they stand in a list.
    X400(X400Args),
    /// Run an Exchange-like LDAP server for trying things out.
    Lab(LabArgs),
}

/// `exaudit audit`.
#[derive(Debug, Args)]
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
    /// The form of the report.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    pub format: FormatName,
    /// Show each result that needs attention, with evidence and every step of the fix.
    #[arg(long, conflicts_with = "all")]
    pub detail: bool,
    /// Show every result, what passes too (JSON always holds all).
    #[arg(long)]
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
    /// Markdown, or a table; a table on a terminal unless said otherwise.
    #[arg(long, value_enum)]
    pub format: Option<ChecklistFormat>,
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
pub struct ListArgs {
    /// List the articles, each with the checks that cite it.
    #[arg(long)]
    pub articles: bool,
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    pub format: FormatName,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

/// `exaudit explain`.
#[derive(Debug, Args)]
#[command(
    after_help = "Several things may be named at once. A check id and an article number are one each; an event id or an error \
                        code ends one, and the words before it belong to it:\n  exaudit explain ims-admin-x400 Q300535\n  exaudit \
                        explain 4071 event 178 MSExchangeMTA 3150 error 1067 c1030b3a\n  exaudit explain --symptom 'the service did \
                        not respond to the start or control request'\n\nHexadecimal codes are read with and without 0x. Exit \
                        codes: 0 all of it is known, 2 something is not."
)]
pub struct ExplainArgs {
    /// Check ids, articles (Q300535), events (4071, MSExchangeMTA 178), error codes (0xc002041d), sources (MSExchangeMTA).
    #[arg(required_unless_present = "symptom", num_args = 1..)]
    pub what: Vec<String>,
    /// Find what a message, or a description of what happens, may come from.
    #[arg(long, value_name = "TEXT", conflicts_with = "what", allow_hyphen_values = true)]
    pub symptom: Option<String>,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}
