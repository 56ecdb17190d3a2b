//! `forwarded-text`: an X.400 connector that may lead to foreign systems sends forwarded mail with its text (Q169685).

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::address_space::AddressSpace;
use crate::exchange::questions::Object;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The judged object is an X.400 connector; the rule takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForwardedText {}

/// 1: "Remote clients support MAPI" (Q199412).
const OPTION: &str = "Encapsulation-Method";
const HEURISTICS: &str = "Heuristics";
const SITES: &str = "Connected-Domains";
const SPACES: &str = "Routing-List";
/// The bit of the heuristics that lets the text go with it all the same, and the release that heeds it.
const WITH_TEXT: i64 = 0x200;
const HEEDED_FROM: Release = Release::new(5, 0, 2);

impl Reading for ForwardedText {
    fn attributes(&self) -> Vec<&str> {
        vec![OPTION, HEURISTICS, SITES, SPACES]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        "Encapsulation-Method not 1, or bit 512 of Heuristics on 5.0 SP2".into()
    }
}

impl Judging for ForwardedText {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[OPTION, HEURISTICS])?;
        let is_on = |text: &str| text.trim() == "1";
        if !object.text(OPTION)?.as_deref().is_some_and(is_on) {
            return Ok(Ruling::holds("the option is off"));
        }
        // what leads to all countries may be for a backbone that foreign systems are behind
        let to_all = |text: &String| AddressSpace::parse(text).is_some_and(|space| is_for_all_countries(&space));
        if !object.seen_texts(SPACES).any(|text| to_all(&text)) && object.decided(object.seen().values(SITES).is_set())? {
            return Ok(Ruling::nothing("it leads to a connected site"));
        }
        let broken = |more: &str| Ruling::broken(Reason::NotMet, format!("{OPTION} is 1{more}"));
        let is_set = |text: &str| text.trim().parse::<i64>().is_ok_and(|bits| bits & WITH_TEXT != 0);
        let is_set = object.seen_texts(HEURISTICS).next().map(|text| is_set(&text));
        let (releases, open) = object.questions().running(&object.seen(), None).releases();
        let is_heeded = open.is_empty() && releases.iter().all(|release| *release >= HEEDED_FROM);
        match (is_set, is_heeded) {
            (Some(true), true) => Ok(Ruling::holds("bit 512 of Heuristics keeps the text of forwarded mail")),
            (Some(true), false) => Ok(broken(", and bit 512 of Heuristics is set: only 5.0 SP2 and a hotfix heed it")
                .only(Severity::Info)
                .inferred()),
            // whatever it is, it helps only with a hotfix
            (None, false) if releases.iter().any(|release| *release < HEEDED_FROM) => Ok(broken("")),
            (Some(false), _) => Ok(broken("")),
            (None, _) => {
                object.values(HEURISTICS)?;
                Ok(broken(""))
            }
        }
    }
}

/// Whether an address space is that of all countries: `c=*`, alone or with `a=*`.
fn is_for_all_countries(space: &AddressSpace) -> bool {
    let mut terms = space.address.split(';').filter(|term| !term.trim().is_empty());
    space.kind == "X400" && terms.all(|term| term.split_once('=').is_some_and(|(_, value)| value.trim() == "*"))
}
