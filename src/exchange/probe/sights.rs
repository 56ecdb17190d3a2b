//! What is visible, each in one word and one sentence. Not seen is not absent, and the sentence says what it may be.

use super::evidence::Evidence;
use super::inventory::Site;
use crate::directory::source::Ended;
use serde::{Deserialize, Serialize};

/// Whether something is visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One came back.
    Seen,
    /// None came back, and the search was answered whole.
    NotSeen,
    /// The server refuses this account the search.
    Refused,
    /// The search was not made, or not answered whole.
    Unknown,
}

impl State {
    /// What it means that a search brought none.
    pub(super) fn of_nothing(ended: &Ended) -> Self {
        match ended {
            Ended::Complete | Ended::NoSuchObject => Self::NotSeen,
            Ended::Denied => Self::Refused,
            Ended::OwnLimit | Ended::Referral | Ended::Refused(_) | Ended::Cut(_) => Self::Unknown,
        }
    }

    /// The word in reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Seen => "seen",
            Self::NotSeen => "not seen",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// Whether one kind of thing is visible, and what that means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Sight {
    /// The word.
    pub state: State,
    /// The sentence.
    pub means: String,
}

/// What is visible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct Sights {
    /// The objects that hold settings: servers, connectors.
    pub configuration: Sight,
    /// The attributes that come only when named.
    pub operational_attributes: Sight,
    /// The attribute in which a service keeps its own settings.
    pub extension_data: Sight,
    /// The recipients hidden from the address book.
    pub hidden_objects: Sight,
    /// The deleted objects that are kept for a while.
    pub tombstones: Sight,
}

impl Sights {
    pub(super) fn of(evidence: &Evidence, sites: &[Site]) -> Self {
        let searched = |seen: bool| match State::of_nothing(&evidence.services) {
            _ if seen => State::Seen,
            _ if !evidence.asked => State::Unknown,
            State::NotSeen => State::of_nothing(&evidence.servers),
            other => other,
        };
        let says = |state: State, seen: &str, not_seen: &str, in_file: &str| {
            let means = match state {
                State::Seen => seen,
                State::NotSeen if evidence.live => not_seen,
                State::NotSeen => in_file,
                State::Refused => {
                    "the server refuses this account the search (50): it may allow only certain containers (Q192306)"
                }
                State::Unknown if !evidence.asked => "not asked: no organization was found",
                State::Unknown => "not asked for, or not answered whole",
            };
            Sight { state, means: means.to_owned() }
        };
        let anonymous = |said, otherwise| if evidence.anonymous { said } else { otherwise };
        Self {
            configuration: says(
                searched(evidence.configuration),
                "settings of sites, servers and connectors",
                anonymous(
                    "an anonymous bind sees mail recipients only (Q156063), so no service can be audited",
                    "none was returned: there is none below this base, or this account may not see them",
                ),
                "the file holds none: it was made without them",
            ),
            operational_attributes: says(
                searched(evidence.operational),
                "attributes sent only when asked for by name",
                anonymous(
                    "an anonymous bind gets none of the attributes that come only when named",
                    "no object showed one of the attributes that come only when named",
                ),
                "the file shows none of the attributes that come only when named: the export did not name them",
            ),
            extension_data: says(
                searched(evidence.extension_data),
                "settings of the Internet Mail Service, its administrator among them (inferred)",
                "no object showed it: none has any, or this account may not see it; it must be known to find an administrator",
                "no object in the file shows it: the export did not name it, or none has any",
            ),
            hidden_objects: hidden(evidence, sites),
            tombstones: says(
                evidence.deleted(),
                "deleted objects that are not purged yet",
                "none was returned: there may be none (they are kept 30 days by default, Q239639), or this account may not see them",
                "the file holds none: there may be none, or the export was made without them",
            ),
        }
    }
}

/// In which sites hidden objects are seen. Rights are given site by site (reference section I, inferred).
fn hidden(evidence: &Evidence, sites: &[Site]) -> Sight {
    let of = |state: State| -> Vec<&str> {
        sites.iter().filter(|site| site.hidden_objects == state).map(|site| site.name.as_str()).collect()
    };
    let seen = of(State::Seen);
    let states = [State::Refused, State::Unknown, State::NotSeen];
    if !seen.is_empty() {
        let rest = states.into_iter().map(|state| (state.word(), of(state))).filter(|(_, names)| !names.is_empty());
        let rest: Vec<String> = rest.map(|(word, names)| format!("{word} in {}", listed(&names))).collect();
        let means = match rest.as_slice() {
            [] => format!("hidden mailboxes of {}", listed(&seen)),
            rest => format!("hidden mailboxes of {}; {} (there may be none)", listed(&seen), rest.join("; ")),
        };
        return Sight { state: State::Seen, means };
    }
    let state = states.into_iter().find(|&state| !of(state).is_empty()).unwrap_or_else(|| evidence.hidden_anywhere());
    let means = match state {
        State::Seen | State::NotSeen if evidence.live => {
            "none was returned: there may be none, or this account may not see them; a mailbox that is not there may only be hidden"
        }
        State::Seen | State::NotSeen => "the file holds none: there may be none, or the export was made without them",
        State::Refused => "the server refuses this account the search (50; Q192306)",
        State::Unknown if !evidence.asked => "not asked: no organization was found",
        State::Unknown => "not asked for, or not answered whole",
    };
    Sight { state, means: means.to_owned() }
}

/// `A, B, C` or `A, B, C and 9 more`.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let head = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{head} and {} more", names.len() - SHOWN) } else { head }
}
