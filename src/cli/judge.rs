//! What is judged, and what the operator knows beforehand.

use super::number::whole;
use crate::exchange::declaration::{Declaration, Hints};
use crate::report::Severity;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is judged, and what the operator knows beforehand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Checks")]
pub struct JudgeArgs {
    /// Only these checks, or folders of checks: ims,x400
    ///
    /// Ids, or the folders ims, connectors, x400, site, recipients, directory, ldap and changes; with commas, or repeated. exaudit
    /// list shows them.
    #[arg(long = "check", value_name = "ID", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Leave these checks, or folders of checks, out
    #[arg(long, value_name = "ID", value_delimiter = ',', hide_short_help = true)]
    pub skip: Vec<String>,
    /// Only the checks that cite this article, such as Q300535
    #[arg(long, value_name = "ARTICLE", value_delimiter = ',', hide_short_help = true)]
    pub kb: Vec<String>,
    /// Only checks of this severity, or worse
    #[arg(long, value_name = "SEVERITY", value_enum, hide_possible_values = true)]
    pub severity: Option<Severity>,
    /// Add the checks in this folder (docs/own-checks.md)
    #[arg(long, value_name = "DIR", hide_short_help = true)]
    pub checks: Option<PathBuf>,
    /// Use only the checks in this folder, and in the folders in it
    #[arg(long, value_name = "DIR", conflicts_with = "checks", hide_short_help = true)]
    pub only_checks: Option<PathBuf>,
    /// The administrator mailbox, as the Administrator program shows it (repeatable)
    ///
    /// SERVER is a computer name, or the DN of the Internet Mail Service. RECIPIENT is a DN, an alias, an SMTP address or a display
    /// name, or empty if the field is.
    #[arg(long, value_name = "SERVER=RECIPIENT", hide_short_help = true)]
    pub ims_admin: Vec<Declaration>,
    /// The attribute in which this site keeps the administrator mailbox
    #[arg(long, value_name = "NAME", hide_short_help = true)]
    pub ims_admin_attribute: Option<String>,
    /// Whether this bind or export shows hidden objects: yes or no [default: detected]
    #[arg(long, value_name = "ANSWER", value_enum, hide_possible_values = true, hide_short_help = true)]
    pub sees_hidden: Option<YesNo>,
    /// Failures per check that are listed one by one; the rest is counted
    ///
    /// Other results: a tenth of that.
    #[arg(long, value_name = "RESULTS", default_value_t = 10_000, value_parser = whole::<u64>(1..=1_000_000, "results"), allow_negative_numbers = true, hide_short_help = true)]
    pub max_results: u64,
    /// Do not count inferred failures
    #[arg(long, hide_short_help = true)]
    pub strict: bool,
}

impl JudgeArgs {
    /// What the operator knows beforehand.
    pub fn hints(&self) -> Hints {
        Hints {
            declared: self.ims_admin.clone(),
            admin_attribute: self.ims_admin_attribute.clone(),
            sees_hidden: self.sees_hidden.map(|answer| answer == YesNo::Yes),
        }
    }
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    /// Yes.
    Yes,
    /// No.
    No,
}
