//! `forwards-out`: mail for an object does not go on to a custom recipient with an Internet address, which the Internet Mail Service
//! would send to.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::class::Kind;
use crate::exchange::naming;
use crate::exchange::questions::{Cause, Causes, Ground, Lookup, Object};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

const ATTRIBUTE: &str = "Alt-Recipient";
/// Where mail for a custom recipient goes: `SMTP:anna@elsewhere.example`.
const TARGET: &str = "Target-Address";

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForwardsOut {}

impl Reading for ForwardsOut {
    fn attributes(&self) -> Vec<&str> {
        vec![ATTRIBUTE]
    }

    /// The recipients: what it leads to is one, and that others show the attribute proves that this one has none.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("recipient").map(|each| (each, vec![ATTRIBUTE, TARGET])).into_iter().collect()
    }

    fn expected(&self) -> String {
        "no alternate recipient that is a custom recipient with an address of type SMTP".into()
    }
}

impl Judging for ForwardsOut {
    fn judge(&self, object: &Object<'_>) -> Answer {
        object.seen().agrees_on(&[ATTRIBUTE])?;
        let (mut kept, mut open) = (None, Causes::default());
        for text in object.seen_texts(ATTRIBUTE) {
            match goes_to(object, &text) {
                Ok((true, what)) => return Ok(Ruling::broken(Reason::NotMet, what)),
                Ok((false, what)) => kept = Some(what),
                Err(causes) => open = open.and(&causes),
            }
        }
        if !open.is_empty() {
            return Err(open);
        }
        let all = object.values(ATTRIBUTE)?;
        Ok(match kept {
            Some(what) => Ruling::holds(what),
            // it was asked for, and nobody has one, as far as such attributes are shown at all
            None if all.whole().is_ok_and(Ground::is_assumed) => {
                Ruling::nothing(format!("has no {ATTRIBUTE} (no object here shows one)")).inferred()
            }
            None => Ruling::holds("forwards no mail"),
        })
    }
}

/// Whether mail goes on to a custom recipient by this value, and where it goes in words.
fn goes_to(object: &Object<'_>, text: &str) -> Result<(bool, String), Causes> {
    let Some(target) = naming::from_either(text) else {
        let value = text.chars().take(100).collect();
        return Err(object.cause(Cause::Unreadable { object: object.dn().to_string(), attribute: ATTRIBUTE.into(), value }));
    };
    let seen = match object.look_up(&target) {
        Lookup::There(seen) => seen,
        Lookup::Deleted(_) => return Ok((false, format!("its alternate recipient {target} is deleted"))),
        Lookup::Gone(ground, _) => {
            object.rests_on(&ground);
            return Ok((false, format!("its alternate recipient {target} does not exist")));
        }
        Lookup::Open(causes) => return Err(causes),
    };
    let kind = seen.kind();
    // one that does not show its class may be a custom recipient
    if *kind == Kind::Unknown {
        seen.values("objectClass").whole().map_err(Causes::clone)?;
    }
    let message = format!("its mail goes on to {target}, {}", kind.words());
    if *kind != Kind::CustomRecipient {
        return Ok((false, message));
    }
    let custom = Object::of(seen);
    let Some(address) = custom.text(TARGET)? else {
        let site = seen.site().map(str::to_owned);
        return Err(object.cause(Cause::NotVisible { attribute: TARGET.to_owned(), site }));
    };
    object.rests_on(&custom.ground());
    let address: String = address.chars().take(200).collect();
    let is_internet = address.split_once(':').is_some_and(|(kind, _)| kind.trim().eq_ignore_ascii_case("SMTP"));
    Ok((is_internet, format!("{message} for {address}")))
}
