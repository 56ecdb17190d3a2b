//! `forwards-out`: mail for an object does not go on to a custom recipient.

use super::{Judging, Object, Ruling};
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::organization::Destination;
use crate::exchange::selection::Selection;
use crate::exchange::sweep::RecipientKind;
use crate::exchange::visibility;
use crate::report::Reason;
use serde::Deserialize;

const ATTRIBUTE: &str = "Alt-Recipient";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForwardsOut {}

impl Judging for ForwardsOut {
    fn attributes(&self) -> Vec<&str> {
        vec![ATTRIBUTE]
    }

    /// The recipients: what it leads to is one, and that others show the attribute proves that this one has none.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("recipient").map(|each| (each, vec![ATTRIBUTE])).into_iter().collect()
    }

    fn expected(&self) -> String {
        "no alternate recipient that is a custom recipient".into()
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let organization = object.organization?;
        let Some(texts) = object.texts(ATTRIBUTE) else {
            // it was asked for, and nobody has it, as far as such attributes are shown at all
            let none = visibility::is_likely_unset(organization, object.entry, ATTRIBUTE);
            return none.then(|| Ruling::nothing(format!("shows no {ATTRIBUTE}, as nobody here does")).inferred());
        };
        let mut kept = None;
        for text in &texts {
            let Some(target) = naming::from_either(text) else {
                let message = format!("{ATTRIBUTE} holds {text:?}, which cannot be read as the name of an object");
                return Some(Ruling::unknown(Reason::NoPointer, message));
            };
            let words = match organization.follow(&target) {
                Destination::Living(entry) => Kind::of(entry).words(),
                Destination::Seen(seen) => seen.kind.map_or("no recipient", RecipientKind::words).to_owned(),
                Destination::Tombstone(_) | Destination::Nowhere(_) => {
                    let message = format!("its alternate recipient {target} is not seen here: what it is cannot be told");
                    return Some(Ruling::unknown(Reason::HiddenUnseen, message));
                }
            };
            if words == RecipientKind::CustomRecipient.words() {
                return Some(Ruling::broken(Reason::NotMet, format!("its mail goes on to {target}, {words}")));
            }
            kept = Some(format!("its mail goes on to {target}, {words}"));
        }
        Some(Ruling::holds(kept.unwrap_or_else(|| "forwards to nobody".into())))
    }
}
