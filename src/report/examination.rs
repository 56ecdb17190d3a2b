//! What was found of directories before any verdict: the report of `exaudit doctor`.

use super::{Target, Tool};
use crate::exchange::probe::Directory;
use serde::Serialize;

/// The schema name that it carries in JSON. It changes when a key changes meaning or goes away.
pub const EXAMINATION_SCHEMA: &str = "exaudit.doctor/1";

/// What was found of each directory. The order of the fields is the order of the keys in JSON.
#[derive(Debug, Clone, Serialize)]
pub struct Examination {
    /// [`EXAMINATION_SCHEMA`].
    pub schema: &'static str,
    /// Who wrote it.
    pub tool: Tool,
    /// When the run began, RFC 3339 in UTC.
    pub started: String,
    /// When it ended, RFC 3339 in UTC.
    pub finished: String,
    /// Whether every target is complete.
    pub complete: bool,
    /// The directories looked at, as in a report.
    pub targets: Vec<Target>,
}

impl Examination {
    /// Whether each directory is one of Exchange.
    pub fn is_of_exchange(&self) -> bool {
        let directory = |target: &Target| target.visibility.as_ref().map(|visibility| visibility.directory);
        self.targets.iter().all(|target| directory(target) == Some(Directory::Exchange))
    }
}
