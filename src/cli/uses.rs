//! `exaudit uses`.

use super::{SourceArgs, YesNo};
use crate::exchange::declaration::{Declaration, Hints};
use crate::output::ColorChoice;
use crate::output::uses::UsesFormat;
use clap::Args;
use std::path::PathBuf;

/// `exaudit uses`.
#[derive(Debug, Args)]
#[command(after_help = super::examples::MORE_OF_SERVERS, after_long_help = super::examples::USES)]
pub struct UsesArgs {
    /// DN, SMTP address, alias, display name, server or connector
    ///
    /// A DN in either form: cn=..,ou=SITE,o=ORGANIZATION or /o=ORGANIZATION/ou=SITE/cn=... An object that was not seen needs its DN.
    pub object: String,
    /// Where to read.
    #[command(flatten)]
    pub source: SourceArgs,
    /// table, json, dot or svg
    ///
    /// dot is for Graphviz; svg is a picture. docs/uses.md shows them.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = UsesFormat::Table, hide_possible_values = true, help_heading = "Report")]
    pub format: UsesFormat,
    /// Write to a file
    ///
    /// It is written whole or not at all.
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    pub output: Option<PathBuf>,
    /// When to use colour: auto, always or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub color: ColorChoice,
    /// The administrator mailbox, as audit --ims-admin takes it (repeatable)
    #[arg(long, value_name = "SERVER=RECIPIENT", hide_short_help = true, help_heading = "Report")]
    pub ims_admin: Vec<Declaration>,
    /// The attribute in which this site keeps the administrator mailbox
    #[arg(long, value_name = "NAME", hide_short_help = true, help_heading = "Report")]
    pub ims_admin_attribute: Option<String>,
    /// Whether this bind or export shows hidden objects: yes or no [default: detected]
    #[arg(long, value_name = "ANSWER", value_enum, hide_possible_values = true, hide_short_help = true, help_heading = "Report")]
    pub sees_hidden: Option<YesNo>,
    /// Name the checks in this folder too
    #[arg(long, value_name = "DIR", hide_short_help = true, help_heading = "Report")]
    pub checks: Option<PathBuf>,
}

impl UsesArgs {
    /// What the operator knows beforehand.
    pub fn hints(&self) -> Hints {
        Hints {
            declared: self.ims_admin.clone(),
            admin_attribute: self.ims_admin_attribute.clone(),
            sees_hidden: self.sees_hidden.map(|answer| answer == YesNo::Yes),
        }
    }
}
