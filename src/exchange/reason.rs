//! Why a verdict is what it is: a closed list that scripts may rely on. docs/reasons.md explains each word.

use serde::{Serialize, Serializer};
use std::fmt;

/// Why a verdict is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reason {
    /// pass: the condition holds.
    Met,
    /// manual: only a person can look.
    ByHand,
    /// unknown: the attribute was not asked for, as far as the source shows.
    NotRequested,
    /// unknown: this bind does not see attributes of that kind here.
    NotVisible,
    /// fail: the operator says the field is empty.
    DeclaredEmpty,
    /// fail: the service keeps no settings, so it has no administrator either (inferred).
    NotConfigured,
    /// unknown: settings are there, but no name was found in them.
    NoPointer,
    /// unknown: the declared name fits several objects.
    Ambiguous,
    /// unknown: the settings hold several names, and none leads to a recipient.
    AmbiguousCandidates,
    /// unknown: nothing answers to the declared name.
    DeclaredNotFound,
    /// fail: the object does not exist.
    Dangling,
    /// fail: the object is deleted.
    Tombstone,
    /// unknown: it may exist and be hidden from this bind.
    HiddenUnseen,
    /// unknown: the container that would hold it cannot be read.
    ContainerUnreadable,
    /// unknown: nothing of its site is in the collection.
    OtherSite,
    /// unknown: the server refuses this bind the object.
    AccessDenied,
    /// fail: it is of a class that cannot serve.
    WrongClass,
    /// fail: it has no X.400 address.
    NoX400,
    /// fail: something that must be set is not.
    NotSet,
    /// fail: a value is not of the form that it must have.
    Malformed,
    /// fail: two values that must agree do not.
    Mismatch,
    /// fail: several objects have what only one may have.
    Duplicate,
    /// fail: references go round in a circle.
    Circle,
    /// fail: there are more, or it is longer, than is good.
    TooMany,
    /// fail: one address space lies in another.
    Overlap,
    /// fail: the version is one that the fault is known of.
    Version,
    /// fail: a condition of another check does not hold.
    NotMet,
    /// unknown: the search that would decide it was cut or failed.
    Truncated,
    /// not-applicable: there is no Internet Mail Service.
    NoIms,
    /// not-applicable: there is nothing of this kind.
    NoneSeen,
    /// not-applicable: the object does not have what would be checked.
    Unset,
    /// unknown: the configuration objects cannot be read.
    ConfigUnreadable,
    /// blocked: this check did not pass.
    Needs(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Met => "met",
            Self::ByHand => "by-hand",
            Self::NotRequested => "not-requested",
            Self::NotVisible => "not-visible",
            Self::DeclaredEmpty => "declared-empty",
            Self::NotConfigured => "not-configured",
            Self::NoPointer => "no-pointer",
            Self::Ambiguous => "ambiguous",
            Self::AmbiguousCandidates => "ambiguous-candidates",
            Self::DeclaredNotFound => "declared-not-found",
            Self::Dangling => "dangling",
            Self::Tombstone => "tombstone",
            Self::HiddenUnseen => "hidden-unseen",
            Self::ContainerUnreadable => "container-unreadable",
            Self::OtherSite => "other-site",
            Self::AccessDenied => "access-denied",
            Self::WrongClass => "wrong-class",
            Self::NoX400 => "no-x400",
            Self::NotSet => "not-set",
            Self::Malformed => "malformed",
            Self::Mismatch => "mismatch",
            Self::Duplicate => "duplicate",
            Self::Circle => "circle",
            Self::TooMany => "too-many",
            Self::Overlap => "overlap",
            Self::Version => "version",
            Self::NotMet => "not-met",
            Self::Truncated => "truncated",
            Self::NoIms => "no-ims",
            Self::NoneSeen => "none-seen",
            Self::Unset => "unset",
            Self::ConfigUnreadable => "config-unreadable",
            Self::Needs(check) => return write!(f, "needs:{check}"),
        })
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
