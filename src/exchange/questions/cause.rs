//! Why something is not known: data, not text. Reports group by them, and the doctor tells them before any verdict.

use crate::directory::bounded;
use crate::directory::dn::Dn;
use crate::exchange::reason::Reason;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Mutex;

/// What stood in the way of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Cause {
    /// Nobody asked for the attribute, as far as the source shows.
    NotAsked {
        /// The attribute.
        attribute: String,
    },
    /// It was asked for, and this bind does not see attributes of its kind there.
    NotVisible {
        /// The attribute.
        attribute: String,
        /// The site.
        site: Option<String>,
    },
    /// No object of the site shows the attribute, though this bind sees others of its kind: most likely nobody has it, but it may be
    /// withheld by itself.
    ShownByNobody {
        /// The attribute.
        attribute: String,
        /// The site.
        site: Option<String>,
    },
    /// It is not replicated between sites, and no server of that site was asked.
    NotReplicated {
        /// The attribute.
        attribute: String,
        /// The site.
        site: String,
    },
    /// Only a part of the values came.
    InPart {
        /// The object.
        object: String,
        /// The attribute.
        attribute: String,
    },
    /// Several records of one name contradict each other.
    Ambiguous {
        /// The object.
        object: String,
        /// In what; none: in whether it is deleted.
        attribute: Option<String>,
    },
    /// No hidden object of that site was seen: one that is not there may be hidden.
    Hidden {
        /// The site.
        site: String,
    },
    /// The server answers the read of an object with success and without it.
    Withheld {
        /// The object.
        object: String,
    },
    /// The container that would hold something was not seen.
    ContainerUnseen {
        /// The container.
        container: String,
    },
    /// Nothing of that site was seen.
    SiteUnseen {
        /// The site; none if its name is not known.
        site: Option<String>,
    },
    /// The configuration of these sites was not seen; of no site, if there is none here.
    ConfigurationUnseen {
        /// The sites.
        sites: Vec<String>,
    },
    /// The bind may not search there, or read that (LDAP result 50).
    Denied {
        /// What.
        what: String,
    },
    /// The server points elsewhere for it (LDAP result 10).
    Referred {
        /// The object.
        object: String,
    },
    /// What would show it was cut short, or not answered.
    Cut {
        /// What was cut, and how, in words.
        how: String,
    },
    /// A value cannot be read.
    Unreadable {
        /// The object.
        object: String,
        /// The attribute.
        attribute: String,
        /// The value, bounded.
        value: String,
    },
    /// What a rule must know cannot be told from what was read; in words.
    Untold {
        /// The reason, from the closed list.
        #[serde(skip)]
        reason: UntoldReason,
        /// The words.
        what: String,
    },
}

/// Reasons of the causes that are told in words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum UntoldReason {
    /// The release is not known, or an attribute is not visible. A saved report leaves the reason to its result.
    #[default]
    NotVisible,
    /// Nothing names what is looked for.
    NoPointer,
    /// Something was not asked for.
    NotRequested,
    /// Another site.
    OtherSite,
    /// Several, of which one counts.
    Ambiguous,
}

/// What is said of an object for which nobody looked, and of a kind of objects.
const NOT_LOOKED_UP: &str = " was not looked up";
const NOT_SEARCHED: &str = "nobody searched for all ";

/// Characters of a name or a value in a cause: what is beyond is left out, and that is said.
const LONGEST: usize = 1000;
/// Sites that a cause names; the others are counted. An organization of 4.0 holds 212 (Q166578).
const MOST_SITES: usize = 250;

impl Cause {
    /// The same, with names and values no longer than can be read.
    fn shortened(mut self) -> Self {
        if let Self::ConfigurationUnseen { sites } = &mut self
            && let more @ 2.. = sites.len().saturating_sub(MOST_SITES)
        {
            sites.truncate(MOST_SITES);
            sites.push(format!("{more} other sites"));
        }
        let texts = match &mut self {
            Self::NotAsked { attribute } => vec![attribute],
            Self::NotVisible { attribute, site } | Self::ShownByNobody { attribute, site } => {
                std::iter::once(attribute).chain(site).collect()
            }
            Self::NotReplicated { attribute, site } => vec![attribute, site],
            Self::InPart { object, attribute } => vec![object, attribute],
            Self::Ambiguous { object, attribute } => std::iter::once(object).chain(attribute).collect(),
            Self::Hidden { site } => vec![site],
            Self::Withheld { object } | Self::Referred { object } => vec![object],
            Self::ContainerUnseen { container } => vec![container],
            Self::SiteUnseen { site } => site.iter_mut().collect(),
            Self::ConfigurationUnseen { sites } => sites.iter_mut().collect(),
            Self::Denied { what } | Self::Untold { what, .. } => vec![what],
            Self::Cut { how } => vec![how],
            Self::Unreadable { object, attribute, value } => vec![object, attribute, value],
        };
        for text in texts {
            if let Cow::Owned(short) = bounded::text(text, LONGEST) {
                *text = short;
            }
        }
        self
    }

    /// The reason of a result that it leaves undecided.
    pub fn reason(&self) -> Reason {
        match self {
            Self::NotAsked { .. } => Reason::NotRequested,
            Self::NotVisible { .. } | Self::ShownByNobody { .. } | Self::NotReplicated { .. } => Reason::NotVisible,
            Self::InPart { .. } | Self::Cut { .. } => Reason::Truncated,
            Self::Ambiguous { .. } => Reason::Ambiguous,
            Self::Hidden { .. } | Self::Withheld { .. } => Reason::HiddenUnseen,
            Self::ContainerUnseen { .. } => Reason::ContainerUnreadable,
            Self::SiteUnseen { .. } | Self::Referred { .. } => Reason::OtherSite,
            Self::ConfigurationUnseen { .. } => Reason::ConfigUnreadable,
            Self::Denied { .. } => Reason::AccessDenied,
            Self::Unreadable { .. } => Reason::NoPointer,
            Self::Untold { reason, .. } => match reason {
                UntoldReason::NotVisible => Reason::NotVisible,
                UntoldReason::NoPointer => Reason::NoPointer,
                UntoldReason::NotRequested => Reason::NotRequested,
                UntoldReason::OtherSite => Reason::OtherSite,
                UntoldReason::Ambiguous => Reason::Ambiguous,
            },
        }
    }

    /// The attribute that it is about, if it is about one that was not shown.
    pub fn attribute(&self) -> Option<&str> {
        match self {
            Self::NotAsked { attribute }
            | Self::NotVisible { attribute, .. }
            | Self::ShownByNobody { attribute, .. }
            | Self::NotReplicated { attribute, .. } => Some(attribute),
            _ => None,
        }
    }

    /// That something was cut short.
    pub fn cut(how: impl Into<String>) -> Self {
        Self::Cut { how: how.into() }
    }

    /// That nobody looked for an object.
    pub fn not_looked_up(dn: &Dn) -> Self {
        Self::cut(format!("{dn}{NOT_LOOKED_UP}"))
    }

    /// That nobody searched for all objects of a kind.
    pub fn not_searched(plural: &str) -> Self {
        Self::cut(format!("{NOT_SEARCHED}{plural} here"))
    }

    /// Whether it is that nobody looked, for an object or for all of a kind.
    pub fn is_of_no_look(&self) -> bool {
        matches!(self, Self::Cut { how } if how.ends_with(NOT_LOOKED_UP) || how.starts_with(NOT_SEARCHED))
    }

    /// That the container of an object was not seen.
    pub fn container(dn: &Dn) -> Self {
        Self::ContainerUnseen { container: dn.to_string() }
    }

    /// Which of several causes is told first: what ended the reading, then what nobody asked for, then what was not seen.
    fn rank(&self) -> u8 {
        match self {
            Self::Cut { .. } | Self::Denied { .. } => 0,
            Self::Ambiguous { .. } | Self::Unreadable { .. } | Self::Untold { .. } => 1,
            Self::NotAsked { .. } | Self::InPart { .. } => 2,
            Self::NotVisible { .. } | Self::ConfigurationUnseen { .. } | Self::ContainerUnseen { .. } => 3,
            Self::SiteUnseen { .. } | Self::Referred { .. } => 4,
            Self::Hidden { .. } | Self::Withheld { .. } => 5,
            Self::ShownByNobody { .. } => 6,
            Self::NotReplicated { .. } => 7,
        }
    }
}

/// The number of a cause in one audit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CauseId(u32);

/// Several causes, by number; a bounded set.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Causes(Vec<CauseId>);

/// Causes that one answer holds; more are of the same making.
const MOST: usize = 32;

impl Causes {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// One after the other.
    pub fn iter(&self) -> impl Iterator<Item = CauseId> {
        self.0.iter().copied()
    }

    /// Adds one.
    pub fn add(&mut self, cause: CauseId) {
        if let Err(at) = self.0.binary_search(&cause)
            && self.0.len() < MOST
        {
            self.0.insert(at, cause);
        }
    }

    /// These, but for the others.
    #[must_use]
    pub fn without(&self, others: &Self) -> Self {
        Self(self.iter().filter(|cause| !others.0.contains(cause)).collect())
    }

    /// All that stands in the way of what is asked of each of these.
    pub fn of_all<T: Sync>(items: &[T], ask: impl Fn(&T) -> Self + Sync + Send) -> Self {
        items.par_iter().map(ask).reduce(Self::default, |all, more| if more.is_empty() { all } else { all.and(&more) })
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        other.iter().for_each(|cause| self.add(cause));
        self
    }
}

impl From<CauseId> for Causes {
    fn from(cause: CauseId) -> Self {
        Self(vec![cause])
    }
}

/// The causes of one audit, each kept once.
#[derive(Debug, Default)]
pub(super) struct Interned(Mutex<Table>);

#[derive(Debug, Default)]
struct Table {
    all: Vec<Cause>,
    known: HashMap<Cause, CauseId>,
}

/// Causes that are told apart; what is beyond is told as one.
const MOST_TOLD: usize = 100_000;

impl Interned {
    /// The number of a cause.
    pub(super) fn note(&self, cause: Cause) -> CauseId {
        let cause = cause.shortened();
        let mut table = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let cause = match table.all.len() < MOST_TOLD || table.known.contains_key(&cause) {
            true => cause,
            false => Cause::cut("there are too many different causes to tell them apart"),
        };
        if let Some(known) = table.known.get(&cause) {
            return *known;
        }
        let id = CauseId(u32::try_from(table.all.len()).unwrap_or(u32::MAX));
        table.all.push(cause.clone());
        table.known.insert(cause, id);
        id
    }

    /// The causes by the reason that they are, the one that is told first at the start.
    pub(super) fn by_reason(&self, causes: &Causes) -> Vec<Causes> {
        let mut parts: Vec<(Reason, Causes)> = Vec::new();
        for cause in self.told(causes) {
            let (reason, id) = (cause.reason(), self.note(cause));
            match parts.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, part)) => part.add(id),
                None => parts.push((reason, id.into())),
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// The attributes that nobody shows, as far as they were asked about.
    pub(super) fn shown_by_nobody(&self) -> Vec<String> {
        let table = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let attribute = |cause: &Cause| match cause {
            Cause::ShownByNobody { attribute, .. } => Some(attribute.clone()),
            _ => None,
        };
        let names: std::collections::BTreeSet<String> = table.all.iter().filter_map(attribute).collect();
        names.into_iter().collect()
    }

    /// The causes, the one that is told first at the start. The order does not depend on which thread met which first.
    pub(super) fn told(&self, causes: &Causes) -> Vec<Cause> {
        let table = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut told: Vec<Cause> = causes.iter().filter_map(|id| table.all.get(id.0 as usize).cloned()).collect();
        told.sort_by(|one, other| (one.rank(), one).cmp(&(other.rank(), other)));
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cause_is_about_is_no_longer_than_can_be_read() {
        let interned = Interned::default();
        let long = || "x".repeat(100_000);
        for cause in [
            Cause::cut(long()),
            Cause::Ambiguous { object: long(), attribute: Some(long()) },
            Cause::ConfigurationUnseen { sites: vec![long()] },
        ] {
            let id = interned.note(cause.clone());
            assert_eq!(interned.note(cause), id, "it is the same one");
            let told = format!("{:?}", interned.told(&id.into()));
            assert!(told.len() < 3 * LONGEST && told.contains("characters left out"), "{}", told.len());
        }
    }
}
