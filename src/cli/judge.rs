//! What is judged, and what the operator knows beforehand.

use crate::exchange::declaration::{Declaration, Hints};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What is judged, and what the operator knows beforehand.
#[derive(Debug, Args)]
#[command(next_help_heading = "Checks")]
pub struct JudgeArgs {
    /// Run only this check, or those of this folder: ims, connectors, x400, site, recipients, directory, ldap, changes
    /// (repeatable).
    #[arg(long = "check", value_name = "ID")]
    pub only: Vec<String>,
    /// Leave this check, or those of this folder, out (repeatable).
    #[arg(long, value_name = "ID")]
    pub skip: Vec<String>,
    /// Run only the checks that cite this article (repeatable).
    #[arg(long, value_name = "Q300535")]
    pub kb: Vec<String>,
    /// Add the checks in this folder.
    #[arg(long, value_name = "DIR")]
    pub checks: Option<PathBuf>,
    /// Use the checks in this folder, and in the folders in it, instead of those of the program.
    #[arg(long, value_name = "DIR", conflicts_with = "checks")]
    pub only_checks: Option<PathBuf>,
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
    /// Results of one check that are told one by one; the rest is counted.
    #[arg(long, value_name = "RESULTS", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub max_results: u64,
    /// Count no failure that rests on an inference.
    #[arg(long)]
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
