//! The command line.

use crate::exchange::declaration::Declaration;
use crate::exit::FailOn;
use crate::output::{ColorChoice, FormatName};
use clap::{ArgGroup, Args, Parser, Subcommand, ValueEnum};
use std::net::SocketAddr;
use std::path::PathBuf;

/// Audits the configuration of Microsoft Exchange 5.5: reads its directory, never writes to it.
#[derive(Debug, Parser)]
#[command(
    name = "exaudit",
    version,
    arg_required_else_help = true,
    after_help = "Examples:\n  exaudit audit --demo\n  exaudit audit -H ldap://exchange1 -D 'cn=auditor,cn=DOMAIN,cn=admin' -W\n  \
                  exaudit audit --from org.ldif --format json --output report.json\n  exaudit explain 4071\n\nExit codes: 0 clean, 1 \
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
    /// Audit a directory and print a checklist for a change board.
    Checklist(Box<ChecklistArgs>),
    /// List the checks.
    List(ListArgs),
    /// Explain a check, an article (Q300535), an event (4071) or an error code (0xc002041d).
    Explain(ExplainArgs),
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
    /// Show every result, not only those that need attention (JSON always holds all).
    #[arg(long)]
    pub all: bool,
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

/// Where the directory is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Source")]
#[group(skip)]
#[command(group(ArgGroup::new("where").required(true).multiple(false)))]
pub struct SourceArgs {
    /// A server: ldap://HOST[:PORT] or ldaps://HOST[:PORT].
    #[arg(short = 'H', long, value_name = "URI", group = "where")]
    pub uri: Option<String>,
    /// An LDIF file, or - for standard input.
    #[arg(long, value_name = "FILE", group = "where")]
    pub from: Option<PathBuf>,
    /// The built-in demo organization, over real LDAP on loopback.
    #[arg(long, group = "where")]
    pub demo: bool,
    /// Bind as this DN (cn=ACCOUNT,cn=DOMAIN; with ,cn=admin appended to see hidden objects); anonymous without.
    #[arg(short = 'D', long, value_name = "DN", requires = "uri")]
    pub bind_dn: Option<String>,
    /// Ask for the password on the terminal.
    #[arg(short = 'W', long, conflicts_with_all = ["password_file", "password_stdin"], requires = "bind_dn")]
    pub ask_password: bool,
    /// Read the password from a file; one line break at its end is dropped.
    #[arg(short = 'y', long, value_name = "FILE", conflicts_with = "password_stdin", requires = "bind_dn")]
    pub password_file: Option<PathBuf>,
    /// Read the password from standard input. EXAUDIT_PASSWORD in the environment serves too.
    #[arg(long, requires = "bind_dn")]
    pub password_stdin: bool,
    /// Refused on purpose: a password on the command line is seen by everyone on the machine.
    #[arg(short = 'w', hide = true, value_name = "PASSWORD")]
    pub password_argument: Option<String>,
    /// Where to start; found from the server if not given.
    #[arg(short = 'b', long, value_name = "DN")]
    pub base: Option<String>,
    /// Ask for StartTLS; -ZZ: go no further without it.
    #[arg(short = 'Z', long = "starttls", action = clap::ArgAction::Count, requires = "uri")]
    pub start_tls: u8,
    /// Trust the certificate authorities in this PEM file instead of the system's.
    #[arg(long, value_name = "FILE", requires = "uri")]
    pub tls_ca: Option<PathBuf>,
    /// Seconds to wait for one answer.
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=86400))]
    pub timeout: u64,
    /// Seconds for the whole run.
    #[arg(long, value_name = "SECONDS", default_value_t = 600, value_parser = clap::value_parser!(u64).range(1..=604800))]
    pub deadline: u64,
    /// Entries a page; below the server's limit of 100 (0: no paging).
    #[arg(long, value_name = "ENTRIES", default_value_t = 99, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub page_size: u32,
}

/// What is judged, and what the operator knows beforehand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Checks")]
pub struct JudgeArgs {
    /// Run only this check (repeatable).
    #[arg(long = "check", value_name = "ID")]
    pub only: Vec<String>,
    /// Leave this check out (repeatable).
    #[arg(long, value_name = "ID")]
    pub skip: Vec<String>,
    /// Run only the checks that cite this article (repeatable).
    #[arg(long, value_name = "Q300535")]
    pub kb: Vec<String>,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
    /// The administrator mailbox as the Admin program shows it: SERVER is a computer name or the DN of the IMS, RECIPIENT a
    /// DN, alias, SMTP address or display name, or empty (repeatable).
    #[arg(long, value_name = "SERVER=RECIPIENT")]
    pub ims_admin: Vec<Declaration>,
    /// The attribute in which this site keeps the administrator mailbox.
    #[arg(long, value_name = "NAME")]
    pub ims_admin_attribute: Option<String>,
    /// Whether this bind or export shows hidden objects; told from what came back if not given.
    #[arg(long, value_enum)]
    pub sees_hidden: Option<YesNo>,
    /// Count no failure that rests on an inference.
    #[arg(long)]
    pub strict: bool,
}

/// How results are written and what they mean for the exit code.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub struct ReportArgs {
    /// Write to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Print nothing when there is nothing to say.
    #[arg(short, long)]
    pub quiet: bool,
    /// Colour on a terminal.
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Exit with 1 from this severity on.
    #[arg(long, value_enum, default_value_t = FailOn::Warning)]
    pub fail_on: FailOn,
    /// Do not exit with 3 for results that could not be decided.
    #[arg(long)]
    pub no_fail_on_unknown: bool,
}

/// The forms of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ChecklistFormat {
    /// For a ticket or a wiki.
    Markdown,
    /// For a terminal.
    Table,
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}

/// `exaudit list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// The form of the list.
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    pub format: FormatName,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

/// `exaudit explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// A check id, an article (Q300535), an event (4071) or an error code (0xc002041d).
    #[arg(required = true, num_args = 1..)]
    pub what: Vec<String>,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
}

/// `exaudit lab`.
#[derive(Debug, Args)]
pub struct LabArgs {
    /// The loopback address to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:3890")]
    pub listen: SocketAddr,
    /// Serve this LDIF file instead of the demo organization.
    #[arg(long, value_name = "FILE")]
    pub data: Option<PathBuf>,
}
