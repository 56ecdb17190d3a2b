//! `exaudit collect`.

use super::SourceArgs;
use crate::exchange::declaration::{Declaration, Hints};
use clap::Args;
use std::path::PathBuf;

/// `exaudit collect`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE_OF_SERVERS, after_long_help = super::examples::COLLECT)]
pub struct CollectArgs {
    /// Where to read: a server, or the demo.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Everything this account may read, not only what checks need
    #[arg(long, help_heading = "Collection")]
    pub all: bool,
    /// Only what these checks, or folders of checks, need
    #[arg(long = "check", value_name = "ID", value_delimiter = ',', help_heading = "Collection")]
    pub only: Vec<String>,
    /// Leave out what only these checks, or folders of checks, need
    #[arg(long, value_name = "ID", value_delimiter = ',', hide_short_help = true, help_heading = "Collection")]
    pub skip: Vec<String>,
    /// Write to a file
    ///
    /// It is written whole or not at all. Without it: to standard output.
    #[arg(short, long, value_name = "FILE", help_heading = "Collection")]
    pub output: Option<PathBuf>,
    /// Look up this administrator mailbox too (repeatable)
    ///
    /// As audit --ims-admin takes it.
    #[arg(long, value_name = "SERVER=RECIPIENT", hide_short_help = true, help_heading = "Collection")]
    pub ims_admin: Vec<Declaration>,
    /// Ask for this attribute too, as audit --ims-admin-attribute does
    #[arg(long, value_name = "NAME", hide_short_help = true, help_heading = "Collection")]
    pub ims_admin_attribute: Option<String>,
    /// Ask for what the checks in this folder need too
    #[arg(long, value_name = "DIR", hide_short_help = true, help_heading = "Collection")]
    pub checks: Option<PathBuf>,
}

impl CollectArgs {
    /// What the operator knows beforehand.
    pub fn hints(&self) -> Hints {
        Hints { declared: self.ims_admin.clone(), admin_attribute: self.ims_admin_attribute.clone(), sees_hidden: None }
    }
}
