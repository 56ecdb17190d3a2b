//! What was known before an audit: what failed, what was undecided, since when, and with which checks and what view.

use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::report::{Finding, LONGEST_NAME, Reason, Report, Severity, Target, Verdict, digest};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What was known before an audit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// When the last audit began, RFC 3339 in UTC; none if there was none.
    pub started: Option<String>,
    /// The directories.
    pub targets: Vec<Before>,
    /// The checks that were run, each with the digest of its text.
    pub checks: BTreeMap<String, String>,
    /// What failed or was undecided.
    pub open: Vec<Open>,
    /// The notes that were told.
    pub noted: BTreeSet<String>,
}

/// A directory as it was seen before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Before {
    /// What reports call it.
    pub label: String,
    /// The organization's name, where it was seen.
    pub organization: Option<String>,
    /// When all of it was last read, RFC 3339 in UTC.
    pub last_complete: Option<String>,
    /// Since when it could not be read; none if it could the last time.
    #[serde(default)]
    pub unread: Option<String>,
    /// Whether all of it was read the last time that it was read.
    #[serde(default)]
    pub complete: bool,
    /// Whether its name is one that an operator gave it.
    #[serde(default)]
    pub named: bool,
    /// Since when no audit looked at it; none if the last one did.
    #[serde(default)]
    pub absent: Option<String>,
    /// Where the audit started, RFC 4514.
    #[serde(default)]
    pub base: Option<String>,
    /// What was visible, `hidden objects` → `seen`.
    pub view: BTreeMap<String, String>,
    /// The checks of which not every failure was told by itself.
    pub cut: BTreeSet<String>,
}

/// Something that failed, or was undecided. It is told apart from others by its check and its object, not by its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Open {
    /// The index of the directory.
    pub target: usize,
    /// The check.
    pub check: String,
    /// The same for the same check and object in every report.
    pub key: String,
    /// The headline of its failure.
    pub title: String,
    /// How bad the failure is, or would be.
    pub severity: Severity,
    /// Why.
    pub reason: Reason,
    /// The object, RFC 4514; none where it is about several.
    pub subject: Option<String>,
    /// The server of the object.
    pub server: Option<String>,
    /// Its site.
    pub site: Option<String>,
    /// When it began to fail; none if it was never seen to.
    pub failed: Option<String>,
    /// When it began to be undecided; none if it is decided.
    pub undecided: Option<String>,
    /// Whether the failure was accepted.
    pub accepted: bool,
    /// When it was last seen so.
    pub last: String,
}

impl Known {
    /// What a report tells. What it says of how long something fails is kept.
    pub fn of(report: &Report) -> Self {
        let mut known = Self { started: Some(report.started.clone()), ..Self::default() };
        known.checks = report.checks.iter().map(|check| (check.id.clone(), check.digest.clone())).collect();
        known.noted = report.notes.iter().map(|note| note.id.clone()).collect();
        known.targets = report.targets.iter().enumerate().map(|(index, target)| Before::of(report, index, target)).collect();
        let mut keys = BTreeSet::new();
        // a failure first: it says more than what is undecided about the same object
        for verdict in [Verdict::Fail, Verdict::Unknown] {
            for finding in report.results.iter().filter(|finding| finding.verdict == verdict && !finding.rest) {
                if keys.insert((finding.target, key(finding))) {
                    known.open.push(Open::of(finding, &report.started));
                }
            }
        }
        known
    }
}

impl Before {
    /// How a directory is seen in a report.
    pub(super) fn of(report: &Report, index: usize, target: &Target) -> Self {
        let is_rest = |finding: &&Finding| finding.target == index && finding.rest;
        Self {
            label: target.lasting_label().to_owned(),
            organization: target.organization.clone(),
            last_complete: target.last_complete.clone(),
            unread: (!target.is_read()).then(|| report.started.clone()),
            complete: target.complete,
            named: target.name.is_some(),
            absent: None,
            base: target.visibility.as_ref().and_then(|visibility| visibility.base.clone()),
            view: view(target),
            cut: report.results.iter().filter(is_rest).map(|finding| finding.check.clone()).collect(),
        }
    }
}

/// What is visible in a directory, in the words that a reader is told.
fn view(target: &Target) -> BTreeMap<String, String> {
    let Some(visibility) = &target.visibility else { return BTreeMap::new() };
    let sees = &visibility.sees;
    [
        ("the configuration", &sees.configuration),
        ("operational attributes", &sees.operational_attributes),
        ("Extension-Data", &sees.extension_data),
        ("hidden objects", &sees.hidden_objects),
    ]
    .map(|(what, sight)| (what.to_owned(), sight.state.word().to_owned()))
    .into()
}

impl Open {
    /// What a report says of one, that began now unless it says since when.
    pub(super) fn of(finding: &Finding, now: &str) -> Self {
        let began = || Some(finding.since.clone().unwrap_or_else(|| now.to_owned()));
        let fails = finding.verdict == Verdict::Fail;
        Self {
            target: finding.target,
            check: finding.check.clone(),
            key: key(finding),
            title: finding.headline().to_owned(),
            severity: finding.severity,
            reason: finding.reason.clone(),
            subject: finding.subject.as_ref().map(|subject| shown(&subject.dn)),
            server: finding.subject.as_ref().and_then(|subject| subject.server.clone()),
            site: finding.subject.as_ref().and_then(|subject| subject.site.clone()),
            failed: if fails { began() } else { None },
            undecided: if fails { None } else { began() },
            accepted: finding.waiver.is_some(),
            last: now.to_owned(),
        }
    }
}

/// A name as a report has it.
fn shown(dn: &Dn) -> String {
    bounded::text(&dn.to_string(), LONGEST_NAME).into_owned()
}

/// The same for the same check and object in every report: a name that was shortened in one is compared as it was shortened.
pub(super) fn key(finding: &Finding) -> String {
    let subject = finding.subject.as_ref().map(|subject| {
        let text = subject.dn.to_string();
        match bounded::text(&text, LONGEST_NAME) {
            std::borrow::Cow::Borrowed(_) => subject.dn.key(),
            std::borrow::Cow::Owned(short) => Dn::parse_lossy(short.as_bytes()).key(),
        }
    });
    digest(format!("{}\n{}", finding.check, subject.as_ref().map_or("", |key| key.as_str())).as_bytes())
}
