//! Where the directory is read.

use crate::directory::csv::{Encoding, Separators};
use clap::{ArgGroup, Args};
use std::path::PathBuf;

/// Where the directory is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Source")]
#[group(skip)]
#[command(group(ArgGroup::new("where").required(true).multiple(false)))]
pub struct SourceArgs {
    /// A server: ldap://HOST[:PORT] or ldaps://HOST[:PORT].
    #[arg(short = 'H', long, value_name = "URI", group = "where")]
    pub uri: Option<String>,
    /// An export: LDIF, or a table of the Administrator program; - for standard input (repeatable: read as one directory).
    #[arg(long, value_name = "FILE", group = "where")]
    pub from: Vec<PathBuf>,
    /// The encoding of tables; told from their bytes if not given.
    #[arg(long, value_name = "NAME", requires = "from")]
    pub encoding: Option<Encoding>,
    /// What separates columns, quotes and values in tables, as characters or ASCII codes [default: 44 34 37].
    #[arg(long, value_name = "COLUMN QUOTE VALUE", requires = "from")]
    pub columns: Option<Separators>,
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
