//! One check, as its text file says it.

use super::rules::Rule;
use crate::directory::filter::Filter;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::exchange::version::Version;
use crate::report::{Checked, Confidence, Fix, Reason, Severity};

/// One check: what it looks at, what it expects there, and what to tell the operator.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its name, the stem of its file.
    pub id: String,
    /// What holds when it passes, in a sentence without a full stop.
    pub title: String,
    /// The headline of a failure: what is wrong, in a few words without a full stop. None: the title stands in.
    pub fails: Option<String>,
    /// How bad a failure is.
    pub severity: Severity,
    /// The articles, `Q300535`; the first is the one that reports show. Only an operator's own check may have none.
    pub kb: Vec<String>,
    /// Pages that say more: an operator's own rules, for one.
    pub links: Vec<String>,
    /// The versions of Exchange it is for.
    pub versions: Vec<String>,
    /// The checks that must not stand in its way. One that did not pass blocks this one; a failure by a [`Lesser`] does not.
    pub needs: Vec<String>,
    /// What the condition rests on.
    pub confidence: Confidence,
    /// Why it matters.
    pub why: String,
    /// What to do.
    pub fix: Fix,
    /// What an operator sees when it fails; may be empty.
    pub symptoms: Vec<String>,
    /// What it starts from.
    pub subject: Subject,
    /// What it expects.
    pub expect: Expect,
    /// Failures that weigh less, the first that matches counts.
    pub lesser: Vec<Lesser>,
    /// The file it was read from.
    pub origin: String,
    /// A digest of its text: another one means that the check was changed.
    pub digest: String,
}

/// What a check starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The objects it is run on, one by one.
    pub each: &'static Selection,
    /// Only those that match this filter.
    pub only: Option<Filter>,
    /// The reference to the object that is judged; none: the subject itself is.
    pub follow: Option<Reference>,
}

/// A reference from a subject to another object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// The administrator mailbox of an Internet Mail Service.
    Administrator,
    /// The objects that an attribute names, by LDAP name.
    Attribute(String),
}

/// What a check expects.
#[derive(Debug, Clone)]
pub enum Expect {
    /// The judged object matches a filter (RFC 4515).
    Filter {
        /// The filter.
        filter: Filter,
        /// The reason of a failure.
        reason: Reason,
    },
    /// The reference has a value.
    Set(Reference),
    /// Every reference leads to an object that can be read, and that matches `to` if there is one. Without a reference there
    /// is nothing to resolve.
    Resolves {
        /// The reference.
        reference: Reference,
        /// What the object must match.
        to: Option<Filter>,
        /// Whether it must be of the same site: what a role of a site names.
        own_site: bool,
        /// What a person must look at where the reference has no value; none where there is nothing to say then.
        unset: Option<String>,
    },
    /// A rule decides: what a filter cannot say.
    Rule(Rule),
    /// A person must look, at this.
    Manual(String),
}

/// A failure that weighs less than the check's own severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesser {
    /// Which failing objects it is for; none for all.
    pub filter: Option<Filter>,
    /// The release from which on it is for them; none for every release. Where the servers do not tell theirs, the check's own
    /// severity stands.
    pub from: Option<Release>,
    /// The release from which on it is not for them any more.
    pub before: Option<Release>,
    /// How bad the failure is; less than the check's own.
    pub severity: Severity,
    /// What the failure rests on.
    pub confidence: Confidence,
    /// What to say of it.
    pub message: String,
    /// What to do, instead of what the check says; none if it is the same.
    pub fix: Option<Fix>,
}

impl Lesser {
    /// Whether a release decides whether it is for an object.
    pub fn is_by_release(&self) -> bool {
        self.from.is_some() || self.before.is_some()
    }

    /// Whether it is for this release.
    pub fn is_for(&self, release: Release) -> bool {
        self.from.is_none_or(|from| release >= from) && self.before.is_none_or(|before| release < before)
    }
}

impl Check {
    /// Whether it is for every release, as far as its `versions` tell.
    pub fn is_for_every_release(&self) -> bool {
        const ALL: [&str; 3] = ["4.0", "5.0", "5.5"];
        let names = |version: &str| self.versions.iter().any(|known| known == version);
        ALL.into_iter().all(names) || self.versions.iter().any(|version| version.parse::<Release>().is_err())
    }

    /// Whether it is for what a server runs; none if the server does not tell its service pack, and that counts.
    pub fn is_for(&self, running: &Version) -> Option<bool> {
        let fits = |version: &String| match version.split_once(" SP") {
            None => Some(*version == running.release),
            Some((release, _)) if release != running.release => Some(false),
            Some((_, pack)) => Some(running.service_pack? == pack.parse::<u32>().ok()?),
        };
        let all: Vec<Option<bool>> = self.versions.iter().map(fits).collect();
        if all.contains(&Some(true)) {
            return Some(true);
        }
        all.iter().all(Option::is_some).then_some(false)
    }

    /// Whether it is decided of all objects together, behind those that judge one.
    pub(super) fn is_decided_late(&self) -> bool {
        matches!(&self.expect, Expect::Rule(rule) if rule.is_about_all())
    }

    /// The folder it stands in, `ims`; none for an operator's own.
    pub fn folder(&self) -> Option<&str> {
        self.origin.strip_prefix("checks/")?.split_once('/').map(|(folder, _)| folder)
    }

    /// The headline of a failure: what is wrong, or else what should hold.
    pub fn headline(&self) -> &str {
        self.fails.as_deref().unwrap_or(&self.title)
    }

    /// What a report says of it.
    pub fn checked(&self) -> Checked {
        Checked {
            id: self.id.clone(),
            title: self.title.clone(),
            fails: self.fails.clone(),
            severity: self.severity,
            kb: self.kb.clone(),
            why: self.why.clone(),
            digest: self.digest.clone(),
        }
    }

    /// `manual` if a person must look, else `automated`.
    pub fn kind(&self) -> &'static str {
        if matches!(self.expect, Expect::Manual(_)) { "manual" } else { "automated" }
    }
}

impl Expect {
    /// The reference that it speaks of.
    pub fn reference(&self) -> Option<&Reference> {
        match self {
            Self::Set(reference) | Self::Resolves { reference, .. } => Some(reference),
            Self::Filter { .. } | Self::Rule(_) | Self::Manual(_) => None,
        }
    }
}

impl Reference {
    /// The word in check files.
    pub fn word(&self) -> &str {
        match self {
            Self::Administrator => "administrator",
            Self::Attribute(name) => name,
        }
    }

    /// What it leads to, in a few words.
    pub fn meaning(&self) -> String {
        match self {
            Self::Administrator => "its administrator mailbox".into(),
            Self::Attribute(name) => format!("what its {name} names"),
        }
    }

    /// What is not known of it, in a sentence.
    pub fn caveat(&self) -> Option<&'static str> {
        match self {
            Self::Administrator => {
                Some("No article says where the directory keeps this reference; each finding says where it was found.")
            }
            Self::Attribute(_) => None,
        }
    }
}
