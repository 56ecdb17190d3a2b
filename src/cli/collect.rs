//! `exaudit collect`.

use super::SourceArgs;
use crate::exchange::declaration::{Declaration, Hints};
use clap::Args;
use std::path::PathBuf;

/// `exaudit collect`.
#[derive(Debug, Args)]
pub struct CollectArgs {
    /// Where to read: a server, or the demo.
    #[command(flatten)]
    pub source: SourceArgs,
    /// Collect everything that this bind may read, not only what the checks need.
    #[arg(long, help_heading = "Collection")]
    pub all: bool,
    /// Collect only what this check, or those of this folder, need (repeatable).
    #[arg(long = "check", value_name = "ID", help_heading = "Collection")]
    pub only: Vec<String>,
    /// Do not collect what only this check, or those of this folder, need (repeatable).
    #[arg(long, value_name = "ID", help_heading = "Collection")]
    pub skip: Vec<String>,
    /// Write to a file, whole or not at all.
    #[arg(short, long, value_name = "FILE", help_heading = "Collection")]
    pub output: Option<PathBuf>,
    /// Look up this administrator mailbox too, as `audit --ims-admin` does (repeatable).
    #[arg(long, value_name = "SERVER=RECIPIENT", help_heading = "Collection")]
    pub ims_admin: Vec<Declaration>,
    /// Ask for this attribute too, as `audit --ims-admin-attribute` does.
    #[arg(long, value_name = "NAME", help_heading = "Collection")]
    pub ims_admin_attribute: Option<String>,
    /// Ask for the attributes of the checks in this folder too.
    #[arg(long, value_name = "DIR", help_heading = "Collection")]
    pub checks: Option<PathBuf>,
}

impl CollectArgs {
    /// What the operator knows beforehand.
    pub fn hints(&self) -> Hints {
        Hints { declared: self.ims_admin.clone(), admin_attribute: self.ims_admin_attribute.clone(), sees_hidden: None }
    }
}
