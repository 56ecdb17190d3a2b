//! Where the directory is read, and how.

use crate::directory::csv::{Encoding, Separators};
use crate::lab::Demo;
use clap::{ArgGroup, Args};
use std::path::PathBuf;
use std::time::Duration;

/// Where the directory is read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Source")]
#[group(skip)]
#[command(group(ArgGroup::new("where").multiple(false)))]
pub struct SourceArgs {
    /// A server: ldap://HOST or ldaps://HOST, with :PORT where it is not 389 or 636 (repeatable: they are audited side by
    /// side). LDAPURI in the environment serves too.
    #[arg(short = 'H', long, value_name = "URI", group = "where")]
    pub uri: Vec<String>,
    /// An export: LDIF, or a table of the Administrator program; - for standard input (repeatable: read as one directory).
    #[arg(long, value_name = "FILE", group = "where")]
    pub from: Vec<PathBuf>,
    /// The encoding of tables; told from their bytes if not given.
    #[arg(long, value_name = "NAME", requires = "from")]
    pub encoding: Option<Encoding>,
    /// What separates columns, quotes and values in tables, as characters or ASCII codes, such as 59 34 37; told
    /// from the header if not given (quotes and values: 34 37).
    #[arg(long, value_name = "COLUMN QUOTE VALUE", requires = "from")]
    pub columns: Option<Separators>,
    /// A built-in demo organization, over real LDAP on loopback: example, healthy, everything.
    #[arg(long, group = "where", value_name = "NAME", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "example", hide_possible_values = true)]
    pub demo: Option<Demo>,
    /// The servers and exports that this file names (docs/configuration.md).
    #[arg(long, value_name = "FILE", group = "where")]
    pub config: Option<PathBuf>,
    /// Of the file's targets, only this one (repeatable).
    #[arg(long, value_name = "NAME", requires = "config")]
    pub target: Vec<String>,
    /// Print the searches that would be sent, as ldapsearch lines, and send nothing.
    #[arg(long)]
    pub explain_plan: bool,
    /// Who asks.
    #[command(flatten)]
    pub bind: BindArgs,
    /// Where to start.
    #[command(flatten)]
    pub reach: ReachArgs,
}

/// Name and password.
#[derive(Debug, Args)]
#[command(next_help_heading = "Bind")]
pub struct BindArgs {
    /// Bind as this DN (cn=ACCOUNT,cn=DOMAIN; with ,cn=admin appended to see hidden objects); anonymous without.
    #[arg(short = 'D', long, value_name = "DN", conflicts_with_all = ["from", "demo", "config"])]
    pub bind_dn: Option<String>,
    /// Ask for the password on the terminal.
    #[arg(short = 'W', long, conflicts_with_all = ["password_file", "password_stdin", "credential"], requires = "bind_dn")]
    pub ask_password: bool,
    /// Read the password from a file; one line break at its end is dropped.
    #[arg(short = 'y', long, value_name = "FILE", conflicts_with_all = ["password_stdin", "credential"], requires = "bind_dn")]
    pub password_file: Option<PathBuf>,
    /// Read the password from standard input. EXAUDIT_PASSWORD in the environment serves too.
    #[arg(long, conflicts_with = "credential", requires = "bind_dn")]
    pub password_stdin: bool,
    /// Read the password from this systemd credential (LoadCredential=NAME:...); exaudit.password is looked for anyway.
    #[arg(long, value_name = "NAME", requires = "bind_dn")]
    pub credential: Option<String>,
    /// Send the password in clear text to another machine: the admin view needs that (Q185475). For trusted segments only.
    #[arg(long, requires = "bind_dn")]
    pub allow_plaintext_password: bool,
    /// Refused on purpose: a password on the command line is seen by everyone on the machine.
    #[arg(short = 'w', hide = true, value_name = "PASSWORD")]
    pub password_argument: Option<String>,
}

/// How a server is reached, and how gently.
#[derive(Debug, Args)]
#[command(next_help_heading = "Connection")]
pub struct ReachArgs {
    /// Where to start; found from the server if not given. LDAPBASE in the environment serves too.
    #[arg(short = 'b', long, value_name = "DN", conflicts_with = "config")]
    pub base: Option<String>,
    /// Ask for StartTLS; -ZZ: go no further without it.
    #[arg(short = 'Z', long = "starttls", action = clap::ArgAction::Count, conflicts_with_all = ["from", "demo", "config"])]
    pub start_tls: u8,
    /// Trust the certificates in this PEM file, of authorities or the server's own, instead of the system's. LDAPTLS_CACERT serves too.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "demo", "config"])]
    pub tls_ca: Option<PathBuf>,
    /// Seconds to wait for one answer [default: 30].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86400))]
    pub timeout: Option<u64>,
    /// Seconds for the whole run, each target for itself [default: 600].
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=604800))]
    pub deadline: Option<u64>,
    /// Entries a page; below the server's limit of 100 (0: no paging) [default: 99].
    #[arg(long, value_name = "ENTRIES", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub page_size: Option<u32>,
    /// Pause so many seconds between requests, such as 0.5 [default: none].
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub pace: Option<Duration>,
    /// Reads of single objects under way at a time, for servers that can take it [default: 1].
    #[arg(long, value_name = "REQUESTS", conflicts_with = "pace", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub pipeline: Option<u8>,
    /// MiB that the directory may take in memory; what is beyond is left out, and the report says so [default: 2048].
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=4095))]
    pub max_directory: Option<u16>,
    /// MiB of the longest message that is accepted from a server [default: 16].
    #[arg(long, value_name = "MIB", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub max_message: Option<u16>,
}

/// Seconds, perhaps with a fraction.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Some(seconds)
        .filter(|seconds| (0.0..=3600.0).contains(seconds))
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "not between 0 and 3600 seconds".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_fractions_and_bounds() {
        assert_eq!(seconds("0.25"), Ok(Duration::from_millis(250)));
        assert_eq!(seconds("0"), Ok(Duration::ZERO));
        for text in ["", "x", "-1", "NaN", "inf", "1e300", "3601"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
