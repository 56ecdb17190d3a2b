//! `no-twin`: an object whose directory name ends with `-1` is not the second one of an object of the same name without it.

use super::{Answer, Judging, Reading, Ruling};
use crate::directory::dn::{Ava, Dn, Rdn};
use crate::exchange::questions::{Lookup, Object};
use crate::exchange::selection::Selection;
use crate::report::Reason;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoTwin {}

/// What the second of two gets behind its directory name (Q324080).
const SUFFIX: &str = "-1";
/// The display name.
const DISPLAY_NAME: &str = "cn";

impl Reading for NoTwin {
    fn attributes(&self) -> Vec<&str> {
        vec![DISPLAY_NAME]
    }

    /// The recipients: the twin is one.
    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("recipient").map(|each| (each, vec![DISPLAY_NAME])).into_iter().collect()
    }

    fn expected(&self) -> String {
        format!("no object of the same name without {SUFFIX} and with the same display name")
    }
}

impl Judging for NoTwin {
    fn judge(&self, object: &Object<'_>) -> Answer {
        let dn = object.dn();
        let leaf = dn.leaf();
        let Some(first) = leaf.strip_suffix(SUFFIX).filter(|name| !name.is_empty()) else { return Ok(Ruling::holds("")) };
        let mut rdns = dn.rdns().to_vec();
        let Some(rdn) = rdns.first_mut() else { return Ok(Ruling::holds("")) };
        *rdn = Rdn(vec![Ava::new("cn", first.as_bytes())]);
        let twin = match object.look_up(&Dn::new(rdns)) {
            Lookup::There(seen) => Object::of(seen),
            Lookup::Deleted(_) | Lookup::Gone(..) => return Ok(Ruling::holds("")),
            Lookup::Open(causes) => return Err(causes),
        };
        // both are in the address list under one name
        let (own, other) = (object.text(DISPLAY_NAME)?, twin.text(DISPLAY_NAME)?);
        object.rests_on(&twin.ground());
        Ok(match (own, other) {
            (Some(own), Some(other)) if own.trim().eq_ignore_ascii_case(other.trim()) => {
                let message =
                    format!("{} has the same display name {own:?} and the same directory name without {SUFFIX}", twin.dn());
                Ruling::broken(Reason::Duplicate, message)
            }
            _ => Ruling::holds(""),
        })
    }
}
