//! `exaudit what-if`.

use super::{JudgeArgs, SourceArgs};
use crate::exchange::declaration::Declaration;
use crate::exit::FailOn;
use crate::output::{ColorChoice, Shape};
use clap::{ArgGroup, Args};
use std::path::PathBuf;

/// `exaudit what-if`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE_OF_SERVERS, after_long_help = super::examples::WHAT_IF)]
#[command(override_usage = "exaudit what-if [OPTIONS] CHANGE...")]
#[command(group = ArgGroup::new("changes").required(true).multiple(true))]
pub struct WhatIfArgs {
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// What to judge.
    #[command(flatten)]
    pub judge: JudgeArgs,
    /// LDIF change records, or a table to import
    ///
    /// LDIF as ldapmodify takes it (RFC 2849), or a table as Directory Import of the Administrator program takes it. Give it several times
    /// to make several changes, one after the other. The options below follow the files, in this order.
    #[arg(long, value_name = "FILE", group = "changes", help_heading = "Change")]
    pub change: Vec<PathBuf>,
    /// Delete an object, and all below it
    ///
    /// By its DN, alias, address, display name, or the name of a server or connector. Repeatable.
    #[arg(long, value_name = "OBJECT", group = "changes", help_heading = "Change")]
    pub delete: Vec<String>,
    /// Give an object another name: DN=DN
    #[arg(long, value_name = "DN=DN", group = "changes", help_heading = "Change", hide_short_help = true)]
    pub rename: Vec<String>,
    /// Set an attribute; ATTR= clears it
    ///
    /// Repeat it with the same object and attribute to set several values.
    #[arg(long, value_names = ["OBJECT", "ATTR=VALUE"], num_args = 2, group = "changes", help_heading = "Change")]
    pub set: Vec<String>,
    /// Set an administrator mailbox
    ///
    /// As the Internet Mail tab of the service sets it. SERVER and NAME are given as for --ims-admin.
    #[arg(long, value_name = "SERVER=NAME", group = "changes", help_heading = "Change")]
    pub set_ims_admin: Vec<Declaration>,
    /// Save the directory as it would be, as LDIF
    #[arg(long, value_name = "FILE", help_heading = "Report", hide_short_help = true)]
    pub write: Option<PathBuf>,
    /// table or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Shape::Table, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub format: Shape,
    /// Write the report to a file
    ///
    /// It is written whole or not at all.
    #[arg(short, long, value_name = "FILE", hide_short_help = true, help_heading = "Report")]
    pub output: Option<PathBuf>,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub color: ColorChoice,
    /// Exit 1 if the change causes a failure of at least this severity: critical, warning, info or never
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = FailOn::Info, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub fail_on: FailOn,
}
