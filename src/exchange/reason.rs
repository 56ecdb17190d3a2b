//! Why a verdict is what it is: a closed list that scripts may rely on. [`WORDS`] explains each.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;

/// A word of the list, as docs/reasons.md and `exaudit explain` tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// The verdict that it stands behind, `unknown`.
    pub verdict: &'static str,
    /// The word; `needs:CHECK` stands for each check.
    pub word: &'static str,
    /// What was seen.
    pub seen: &'static str,
}

const fn says(verdict: &'static str, word: &'static str, seen: &'static str) -> Word {
    Word { verdict, word, seen }
}

/// All words, in the order in which they are told.
pub static WORDS: [Word; 33] = [
    says("pass", "met", "the condition holds"),
    says("fail", "declared-empty", "the operator says that the field is empty (--ims-admin 'SERVER=')"),
    says(
        "fail",
        "not-configured",
        "the service has no Extension-Data, although it was requested and attributes of its kind are visible (inferred)",
    ),
    says("fail", "dangling", "the object does not exist: its container is readable, and hidden objects of its site are visible"),
    says("fail", "tombstone", "the object is deleted (Is-Deleted TRUE)"),
    says("fail", "wrong-class", "the object is not a mailbox or distribution list"),
    says("fail", "no-x400", "the object has no X.400 address, and other recipients show theirs"),
    says("fail", "not-set", "something that must be set is not, and such settings are visible"),
    says("fail", "malformed", "a value does not have the required form"),
    says("fail", "mismatch", "two values that must agree do not"),
    says("fail", "duplicate", "several objects have what only one may have"),
    says("fail", "circle", "references form a circle"),
    says("fail", "too-many", "there are too many values, or a value is too long"),
    says("fail", "overlap", "one address space is part of another"),
    says("fail", "version", "the release is known to have the fault"),
    says("fail", "not-met", "the condition of the check does not hold"),
    says(
        "unknown",
        "not-requested",
        "nothing in the export shows that the attribute was requested, or whether the object is deleted",
    ),
    says("unknown", "not-visible", "this bind does not see the attribute, or nobody shows it"),
    says(
        "unknown",
        "no-pointer",
        "there are settings, but no name of a recipient was recognized in them; or a reference cannot be read as a name",
    ),
    says("unknown", "ambiguous", "the declared name fits several recipients, or several records of one name differ"),
    says("unknown", "ambiguous-candidates", "the settings hold several names, and none leads to a mailbox or distribution list"),
    says("unknown", "declared-not-found", "no visible recipient has the declared name"),
    says("unknown", "hidden-unseen", "the object was not found, but it may be hidden from this bind"),
    says("unknown", "container-unreadable", "the container that would hold the object cannot be read either"),
    says("unknown", "other-site", "nothing of the object's site was read, or the server refers elsewhere"),
    says("unknown", "access-denied", "the server denies this bind the object, or the search for the services (50)"),
    says("unknown", "truncated", "the search that would decide it was cut or failed, or a collected export does not record it"),
    says(
        "unknown",
        "config-unreadable",
        "no service is visible, and no Connections container, or not that of every site: an anonymous bind, or an export without them",
    ),
    says("blocked", "needs:CHECK", "CHECK did not pass"),
    says("not-applicable", "no-ims", "a Connections container is readable, and it has no Internet Mail Service"),
    says(
        "not-applicable",
        "none-seen",
        "there are no such objects; for objects selected by an attribute: none shows it, and attributes of its kind are visible (inferred)",
    ),
    says("not-applicable", "unset", "the object does not have the attribute to be checked"),
    says("manual", "by-hand", "only a person can look"),
];

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
    /// fail: one address space is part of another.
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

impl Reason {
    /// All but [`Reason::Needs`], of which there is one for each check.
    const PLAIN: [Self; 32] = [
        Self::Met,
        Self::ByHand,
        Self::NotRequested,
        Self::NotVisible,
        Self::DeclaredEmpty,
        Self::NotConfigured,
        Self::NoPointer,
        Self::Ambiguous,
        Self::AmbiguousCandidates,
        Self::DeclaredNotFound,
        Self::Dangling,
        Self::Tombstone,
        Self::HiddenUnseen,
        Self::ContainerUnreadable,
        Self::OtherSite,
        Self::AccessDenied,
        Self::WrongClass,
        Self::NoX400,
        Self::NotSet,
        Self::Malformed,
        Self::Mismatch,
        Self::Duplicate,
        Self::Circle,
        Self::TooMany,
        Self::Overlap,
        Self::Version,
        Self::NotMet,
        Self::Truncated,
        Self::NoIms,
        Self::NoneSeen,
        Self::Unset,
        Self::ConfigUnreadable,
    ];

    /// The reason that is written so; none if it is none of the list.
    pub fn named(word: &str) -> Option<Self> {
        match word.strip_prefix("needs:") {
            Some(check) => Some(Self::Needs(check.to_owned())),
            None => Self::PLAIN.into_iter().find(|reason| reason.to_string() == word),
        }
    }
}

impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Self::named(&word).ok_or_else(|| de::Error::custom(format_args!("{word:?} is not a reason that this version knows")))
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that [`Reason`] can be written as, from the code that writes them.
    #[test]
    fn every_word_is_explained() {
        let code = include_str!("reason.rs").split("impl fmt::Display for Reason").nth(1).expect("the code that writes them");
        let code = code.split("impl Serialize").next().expect("its end");
        let written: Vec<&str> = code.split("=> \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let told: Vec<&str> = WORDS.iter().map(|told| told.word).filter(|word| *word != "needs:CHECK").collect();
        assert_eq!(written.len(), told.len());
        for word in written {
            assert!(told.contains(&word), "{word}");
            assert_eq!(Reason::named(word).map(|reason| reason.to_string()).as_deref(), Some(word));
        }
        assert!(WORDS.iter().all(|told| !told.seen.ends_with('.') && !told.seen.contains(['|', '`'])));
    }
}
