//! What an audit found. Plain data: no directory, no formats.

mod change;
mod checked;
pub mod checklist;
mod examination;
mod finding;
mod fix;
mod saved;
mod summary;
mod unseen;
mod uses;
mod waiver;
mod what_if;

pub use crate::exchange::confidence::Confidence;
pub use crate::exchange::reason::Reason;
pub use change::{Change, Comparison, Ended, How, Night, Note};
pub use checked::Checked;
pub use examination::{EXAMINATION_SCHEMA, Examination};
pub use finding::{Evidence, Finding, LONGEST_NAME, Object, Place, Subject, digest, fingerprint};
pub use fix::Fix;
pub use saved::SavedError;
pub use summary::Summary;
pub use unseen::Unseen;
pub use uses::{Blind, Failing, Known, Presence, USES_SCHEMA, Use, Used, Uses};
pub use waiver::Waiver;
pub use what_if::{Shifts, Stays, Untold, WHAT_IF_SCHEMA, WhatIf};

use crate::directory::source::Kind;
use crate::exchange::chart::Chart;
use crate::exchange::probe::Visibility;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The schema name that JSON reports carry. It changes when a key changes meaning or goes away.
pub const SCHEMA: &str = "exaudit.report/2";

/// What a check says of one subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The condition holds, and what shows it was seen.
    Pass,
    /// The condition does not hold, and what shows it could have been seen.
    Fail,
    /// What would decide it was not seen.
    Unknown,
    /// A check that this one needs did not pass.
    Blocked,
    /// There is nothing of this kind to check.
    NotApplicable,
    /// A person must look.
    Manual,
}

/// How bad a failure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Works now, or in part.
    Warning,
    /// Mail stops, or is lost.
    Critical,
}

impl Verdict {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 6] = [Self::Pass, Self::Fail, Self::Unknown, Self::Blocked, Self::NotApplicable, Self::Manual];

    /// What it says, in a sentence or two.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Pass => "The condition holds, and what shows it was seen.",
            Self::Fail => "The condition does not hold, and what shows it could have been seen.",
            Self::Unknown => {
                "What would decide it was not seen: with this account, in this export, or because the reading was cut short. It is neither a \
                 pass nor a fail; the report says what would decide it."
            }
            Self::Blocked => "A check that this one needs did not pass, so this one was not judged. Fix that first.",
            Self::NotApplicable => "There is nothing of this kind to check.",
            Self::Manual => "A person must look; the check says at what.",
        }
    }

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::Blocked => "blocked",
            Self::NotApplicable => "not-applicable",
            Self::Manual => "manual",
        }
    }
}

impl Severity {
    /// All of them, the worst first.
    pub const ALL: [Self; 3] = [Self::Critical, Self::Warning, Self::Info];

    /// How bad it is, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Critical => "Mail stops, or is lost.",
            Self::Warning => "It works now, or in part.",
            Self::Info => "Worth knowing.",
        }
    }

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// The program that wrote a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Tool {
    /// `exaudit`.
    pub name: Cow<'static, str>,
    /// Its version.
    pub version: Cow<'static, str>,
}

impl Tool {
    /// This program.
    pub fn this() -> Self {
        Self { name: "exaudit".into(), version: env!("CARGO_PKG_VERSION").into() }
    }
}

/// One directory that was audited.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Target {
    /// Its name in the configuration file.
    pub name: Option<String>,
    /// What kind of source it is.
    pub source: Kind,
    /// The server's URI or the file's name.
    pub location: String,
    /// The organization's name, where it was seen.
    pub organization: Option<String>,
    /// Whether everything asked for was answered.
    pub complete: bool,
    /// What went wrong or was noticed, in sentences.
    pub problems: Vec<String>,
    /// What the connection and its bind can see; none if it was not looked at.
    pub visibility: Option<Visibility>,
    /// Attributes that were looked for and that no object of a site shows, though others of their kind are seen: taken for unset where
    /// that makes a check pass or not apply (inferred), never where it would make one fail.
    #[serde(rename = "shown-by-nobody")]
    pub shown_by_nobody: Vec<String>,
    /// What could not be seen, and what that leaves undecided.
    pub unseen: Vec<Unseen>,
    /// When the data was collected, of an export that says so: RFC 3339 in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken: Option<String>,
    /// When an audit last read all of it, RFC 3339 in UTC: this one, or an earlier one that a state tells of.
    #[serde(default, rename = "last-complete", skip_serializing_if = "Option::is_none")]
    pub last_complete: Option<String>,
    /// The organization as a chart: sites, servers, services, connectors; none if it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<Chart>,
}

impl Target {
    /// What it is called: its name, or where it is.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.location)
    }

    /// What it is called when it is compared with an earlier report: the demo is at another port each time.
    pub fn lasting_label(&self) -> &str {
        if self.source == Kind::Demo { "the demo organization" } else { self.label() }
    }

    /// Whether it was read, at least in part.
    pub fn is_read(&self) -> bool {
        self.complete || self.visibility.is_some() || self.organization.is_some()
    }

    /// A directory that was read completely, and of which nothing else is known yet.
    pub fn at(source: Kind, location: String) -> Self {
        Self {
            name: None,
            source,
            location,
            organization: None,
            complete: true,
            problems: Vec::new(),
            visibility: None,
            shown_by_nobody: Vec::new(),
            unseen: Vec::new(),
            taken: None,
            last_complete: None,
            map: None,
        }
    }

    /// One that could not be read, and why.
    pub fn unread(name: Option<String>, source: Kind, location: String, problem: String) -> Self {
        Self { name, complete: false, problems: vec![problem], ..Self::at(source, location) }
    }
}

// serde asks for a reference
#[allow(clippy::trivially_copy_pass_by_ref)]
pub(crate) fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Report {
    /// One of nothing yet.
    pub fn begun() -> Self {
        Self {
            schema: SCHEMA.into(),
            tool: Tool::this(),
            started: String::new(),
            finished: String::new(),
            complete: true,
            targets: Vec::new(),
            checks: Vec::new(),
            left_out: 0,
            summary: Summary::default(),
            results: Vec::new(),
            comparison: None,
            history: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// The outcome of one run. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: Cow<'static, str>,
    /// Who wrote it.
    pub tool: Tool,
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended, RFC 3339 in UTC.
    pub finished: String,
    /// Whether every target is complete.
    pub complete: bool,
    /// The directories audited.
    pub targets: Vec<Target>,
    /// The checks that were run.
    #[serde(default)]
    pub checks: Vec<Checked>,
    /// How many checks of the catalogue were not chosen (`--check`, `--skip`, `--kb`, `--severity`): nothing is said of what they are about.
    #[serde(default, rename = "left-out", skip_serializing_if = "is_zero")]
    pub left_out: usize,
    /// How many results of each verdict.
    pub summary: Summary,
    /// Every result, in a stable order: by target, then subject, then check.
    pub results: Vec<Finding>,
    /// What changed since another report, if it was compared with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// The audits before, and this one, if a state remembers them: the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<Night>,
    /// What else its reader must know: of accepted failures, and of what was compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
}
