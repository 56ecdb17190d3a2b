//! Faults on purpose: what a broken, overloaded or hostile server may do to a client in the middle of a real conversation.
//!
//! Up to the fault everything is answered as the lab always does. A fault is named `NAME` or `NAME@PHASE`, and comes once
//! in a connection unless its description says otherwise.

mod armed;
mod entries;
mod flood;
mod malformed;
mod moment;
mod pages;
mod phase;
mod refusals;
mod script;
mod sequence;
mod transport;
mod wire;

pub(super) use armed::Armed;
pub use phase::Phase;

use moment::Moment;
use script::Script;
use std::fmt;
use std::str::FromStr;

/// One fault of the closed list.
#[derive(Debug)]
struct Known {
    name: &'static str,
    /// What it does, in a line.
    says: &'static str,
    /// Where in the conversation it can come; the first unless one is named.
    phases: &'static [Phase],
    /// Whether it comes again with every search of a subtree that follows.
    again: bool,
    /// What is sent in place of the right answer.
    deed: fn(Moment) -> Script,
}

impl Known {
    const fn once(name: &'static str, phases: &'static [Phase], deed: fn(Moment) -> Script, says: &'static str) -> Self {
        Self { name, says, phases, again: false, deed }
    }

    const fn again(name: &'static str, phases: &'static [Phase], deed: fn(Moment) -> Script, says: &'static str) -> Self {
        Self { name, says, phases, again: true, deed }
    }
}

/// All faults, in the order in which they are shown.
fn known() -> impl Iterator<Item = &'static Known> {
    let lists =
        [transport::KNOWN, refusals::KNOWN, sequence::KNOWN, malformed::KNOWN, pages::KNOWN, entries::KNOWN, flood::KNOWN];
    lists.into_iter().flatten()
}

/// A fault and where it comes.
#[derive(Debug, Clone, Copy)]
pub struct Fault {
    known: &'static Known,
    phase: Phase,
}

impl Fault {
    /// Every fault at every phase it has.
    pub fn all() -> impl Iterator<Item = Self> {
        known().flat_map(|known| known.phases.iter().map(move |&phase| Self { known, phase }))
    }

    /// Its name, without the phase.
    pub fn name(&self) -> &'static str {
        self.known.name
    }

    /// What it does, in a line.
    pub fn says(&self) -> &'static str {
        self.known.says
    }

    /// Where in the conversation it comes.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The list of names, phases and descriptions, for `--help`.
    pub fn help() -> String {
        let mut text = "Misbehave on purpose: NAME, or NAME@PHASE where a fault can come at several points. Phases:\n".to_owned();
        for phase in Phase::ALL {
            text.push_str(&format!("  {:<8} {}\n", phase.word(), phase.says()));
        }
        text.push_str("\nNames, with their phases:\n");
        for known in known() {
            let phases: Vec<&str> = known.phases.iter().map(|phase| phase.word()).collect();
            text.push_str(&format!("  {}: {} ({})\n", known.name, known.says, phases.join(", ")));
        }
        text
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.known.name, self.phase.word())
    }
}

/// Why a text names no fault.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// No fault has this name.
    #[error("there is no fault {name:?}{} (see exaudit lab --help)", suggestion(.name))]
    Unknown {
        /// As given.
        name: String,
    },
    /// The fault does not come there.
    #[error("{name} does not come at {phase:?}, only at: {phases}")]
    Phase {
        /// The fault.
        name: &'static str,
        /// The phase, as given.
        phase: String,
        /// Those it has.
        phases: String,
    },
}

fn suggestion(name: &str) -> String {
    let longest = name.chars().count().min(40);
    let near = known().map(|known| (strsim::damerau_levenshtein(&name.to_lowercase(), known.name), known.name));
    let near = near.filter(|(distance, _)| longest < 40 && *distance <= (longest / 3).max(1)).min();
    near.map(|(_, name)| format!("; did you mean `{name}`?")).unwrap_or_default()
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (name, phase) = text.split_once('@').map_or((text, None), |(name, phase)| (name, Some(phase)));
        let known = known().find(|known| known.name == name).ok_or_else(|| FaultError::Unknown { name: name.to_owned() })?;
        let found = match phase {
            None => known.phases.first(),
            Some(word) => known.phases.iter().find(|phase| phase.word() == word),
        };
        match found {
            Some(&phase) => Ok(Self { known, phase }),
            None => {
                let phases: Vec<&str> = known.phases.iter().map(|phase| phase.word()).collect();
                Err(FaultError::Phase {
                    name: known.name,
                    phase: phase.unwrap_or_default().to_owned(),
                    phases: phases.join(", "),
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_name_is_there_once_and_is_read_back() {
        let names: Vec<&str> = known().map(|known| known.name).collect();
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
        assert!(names.len() >= 40, "{}", names.len());
        for fault in Fault::all() {
            let again: Fault = fault.to_string().parse().expect("its own name");
            assert_eq!((again.name(), again.phase()), (fault.name(), fault.phase()));
            assert!(Fault::help().contains(&format!("  {}: {}", fault.name(), fault.says())));
        }
        assert_eq!("close".parse::<Fault>().expect("a name").phase(), Phase::Connect);
    }

    #[test]
    fn says_what_was_meant() {
        let error = |text: &str| text.parse::<Fault>().expect_err(text).to_string();
        assert_eq!(error("stal"), "there is no fault \"stal\"; did you mean `stall`? (see exaudit lab --help)");
        assert!(!error("nothing-like-that").contains("did you mean"));
        assert!(!error(&"x".repeat(100_000)).contains("did you mean"));
        assert_eq!(error("drip@connect"), "drip does not come at \"connect\", only at: bind, root, search, entry, page, read");
    }
}
