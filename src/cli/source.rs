//! Where the directory is read, and how.

use super::number::{seconds, whole};
use crate::directory::csv::{Encoding, Separators};
use crate::lab::Demo;
use clap::{ArgAction, ArgGroup, Args};
use std::path::PathBuf;
use std::time::Duration;

/// Where the directory is read.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Source")]
#[group(skip)]
#[command(group(ArgGroup::new("where").multiple(false)))]
pub struct SourceArgs {
    /// Server: ldap://HOST[:PORT] or ldaps://HOST[:PORT]
    ///
    /// The port is needed where it is not 389 (ldaps: 636). Give it several times to read several servers side by side. Without
    /// it, LDAPURI in the environment names the server.
    #[arg(short = 'H', long, value_name = "URI", group = "where")]
    pub uri: Vec<String>,
    /// Export: LDIF, or a table of Admin.exe
    ///
    /// The Administrator program writes such tables. - is standard input. Give it several times to read several files as one directory.
    #[arg(long, value_name = "FILE", group = "where")]
    pub from: Vec<PathBuf>,
    /// The encoding of tables [default: detected]
    #[arg(long, value_name = "NAME", requires = "from", conflicts_with_all = ["uri", "demo", "config"], hide_short_help = true)]
    pub encoding: Option<Encoding>,
    /// What separates columns, quotes and values in tables [default: detected]
    ///
    /// As characters or ASCII codes, such as '59 34 37'.
    #[arg(long, value_name = "SEPARATORS", requires = "from", conflicts_with_all = ["uri", "demo", "config"], hide_short_help = true)]
    pub columns: Option<Separators>,
    /// Built-in demo: example, healthy or everything
    ///
    /// It is read over real LDAP, from a server on this machine.
    #[arg(long, group = "where", value_name = "NAME", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "example", hide_possible_values = true)]
    pub demo: Option<Demo>,
    /// The servers and exports that a file names
    ///
    /// docs/configuration.md describes the file.
    #[arg(long, value_name = "FILE", group = "where", hide_short_help = true)]
    pub config: Option<PathBuf>,
    /// Only this target of the configuration file (repeatable)
    #[arg(long, value_name = "NAME", conflicts_with_all = ["uri", "from", "demo"], hide_short_help = true)]
    pub target: Vec<String>,
    /// Print the settings and where each is from, and do nothing else
    #[arg(long, hide_short_help = true)]
    pub show_config: bool,
    /// Print the searches that would be sent, as ldapsearch lines, and send nothing
    #[arg(long, hide_short_help = true)]
    pub explain_plan: bool,
    /// Accepted as ldapsearch users type it, without effect: binds are always simple.
    #[arg(short = 'x', hide = true, action = ArgAction::Count)]
    pub simple_bind: u8,
    /// Accepted as ldapsearch users type it (`-LLL`), without effect.
    #[arg(short = 'L', hide = true, action = ArgAction::Count)]
    pub plain_ldif: u8,
    /// Who asks.
    #[command(flatten)]
    pub bind: BindArgs,
    /// Where to start.
    #[command(flatten)]
    pub reach: ReachArgs,
}

impl SourceArgs {
    /// The files that are read.
    pub fn files(&self) -> impl Iterator<Item = &std::path::Path> {
        let more = [&self.config, &self.bind.password_file, &self.reach.tls_ca].into_iter().flatten();
        self.from.iter().chain(more).map(PathBuf::as_path)
    }
}

/// Name and password.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Source")]
pub struct BindArgs {
    /// Account, cn=ACCOUNT,cn=DOMAIN,cn=admin
    ///
    /// The ,cn=admin at its end asks the server for hidden and deleted objects too. Without an account the bind is anonymous.
    #[arg(short = 'D', long, value_name = "DN", conflicts_with_all = ["from", "demo", "config"])]
    pub bind_dn: Option<String>,
    /// Ask for the password
    #[arg(short = 'W', long, conflicts_with_all = ["password_file", "password_stdin", "credential", "from", "demo", "config"], requires = "bind_dn")]
    pub ask_password: bool,
    /// Read the password from a file
    ///
    /// One line break at its end is dropped. EXAUDIT_PASSWORD in the environment works too.
    #[arg(short = 'y', long, value_name = "FILE", conflicts_with_all = ["password_stdin", "credential", "from", "demo", "config"], requires = "bind_dn")]
    pub password_file: Option<PathBuf>,
    /// Read the password from standard input
    #[arg(long, conflicts_with_all = ["credential", "from", "demo", "config"], requires = "bind_dn", hide_short_help = true)]
    pub password_stdin: bool,
    /// Read the password from a systemd credential (LoadCredential=NAME:FILE)
    ///
    /// The credential exaudit.password is looked for anyway.
    #[arg(long, value_name = "NAME", requires = "bind_dn", conflicts_with_all = ["from", "demo", "config"], hide_short_help = true)]
    pub credential: Option<String>,
    /// Let the password travel in clear text
    ///
    /// To another machine, that is. The admin view needs that (Q185475). For trusted segments only.
    #[arg(long, requires = "bind_dn", conflicts_with_all = ["from", "demo", "config"], hide_short_help = true)]
    pub allow_plaintext_password: bool,
    /// Refused on purpose: a password on the command line is seen by everyone on the machine.
    #[arg(short = 'w', hide = true, value_name = "PASSWORD")]
    pub password_argument: Option<String>,
}

/// How a server is reached, and how gently.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Connection")]
pub struct ReachArgs {
    /// Where to start [default: found from the server]
    ///
    /// LDAPBASE in the environment works too.
    #[arg(short = 'b', long, value_name = "DN", conflicts_with = "config", hide_short_help = true)]
    pub base: Option<String>,
    /// Ask for StartTLS; -ZZ: go no further without it
    #[arg(short = 'Z', long = "starttls", action = ArgAction::Count, conflicts_with_all = ["from", "demo", "config"], hide_short_help = true)]
    pub start_tls: u8,
    /// Trust the certificates in this PEM file instead of the system's
    ///
    /// Certificates of authorities, or the server's own. LDAPTLS_CACERT in the environment works too.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "demo", "config"], hide_short_help = true)]
    pub tls_ca: Option<PathBuf>,
    /// Time limit of one answer, in seconds [default: 30]
    #[arg(long, value_name = "SECONDS", conflicts_with = "from", value_parser = whole::<u64>(1..=86400, "seconds"), allow_negative_numbers = true, hide_short_help = true)]
    pub timeout: Option<u64>,
    /// Total time limit per target, in seconds [default: 600]
    #[arg(long, value_name = "SECONDS", conflicts_with = "from", value_parser = whole::<u64>(1..=604800, "seconds"), allow_negative_numbers = true, hide_short_help = true)]
    pub deadline: Option<u64>,
    /// Entries per page; 0: no paging [default: 99]
    ///
    /// The limit of an Exchange server is 100.
    #[arg(long, value_name = "ENTRIES", conflicts_with = "from", value_parser = whole::<u32>(0..=100_000, "entries"), allow_negative_numbers = true, hide_short_help = true)]
    pub page_size: Option<u32>,
    /// Pause between requests, in seconds, such as 0.5 [default: none]
    #[arg(long, value_name = "SECONDS", conflicts_with = "from", value_parser = seconds, allow_negative_numbers = true, hide_short_help = true)]
    pub pace: Option<Duration>,
    /// Reads of single objects under way at a time, for servers that can take it [default: 1]
    #[arg(long, value_name = "REQUESTS", conflicts_with_all = ["pace", "from"], value_parser = whole::<u8>(1..=64, "requests"), allow_negative_numbers = true, hide_short_help = true)]
    pub pipeline: Option<u8>,
    /// Memory for the directory, in MiB [default: 2048]
    ///
    /// Anything beyond that is left out, and the report says so.
    #[arg(long, value_name = "MIB", value_parser = whole::<u16>(1..=4095, "MiB"), allow_negative_numbers = true, hide_short_help = true)]
    pub max_directory: Option<u16>,
    /// Largest message accepted from a server, in MiB [default: 16]
    #[arg(long, value_name = "MIB", conflicts_with = "from", value_parser = whole::<u16>(1..=256, "MiB"), allow_negative_numbers = true, hide_short_help = true)]
    pub max_message: Option<u16>,
}
