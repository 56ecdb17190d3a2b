//! `plain-name`: the directory name of an object holds nothing but plain characters, as long as its site runs a release that an extended
//! one does harm to; and in no release a question mark, which is what is left of a character that was not valid.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::Object;
use crate::exchange::release::Release;
use crate::exchange::selection::Selection;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule and its parameters.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Raw")]
pub(super) struct PlainName {
    from: Release,
    before: Release,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    /// The first release that they do harm to, `5.5`.
    from: String,
    /// The release from which on extended characters do no harm, `5.5 SP3`.
    before: String,
}

impl TryFrom<Raw> for PlainName {
    type Error = String;

    fn try_from(raw: Raw) -> Result<Self, String> {
        let release = |text: &String| text.parse().map_err(|()| format!("`{text}` is not a release like 5.5 or 5.5 SP4"));
        Ok(Self { from: release(&raw.from)?, before: release(&raw.before)? })
    }
}

impl Reading for PlainName {
    fn attributes(&self) -> Vec<&str> {
        vec!["rdn", "Is-Deleted"]
    }

    fn beside(&self) -> Vec<(&'static Selection, Vec<&'static str>)> {
        Selection::named("server").into_iter().map(|selection| (selection, vec!["serialNumber"])).collect()
    }

    fn expected(&self) -> String {
        format!("a directory name of plain characters, or {} on every server of the site", self.before)
    }
}

impl Judging for PlainName {
    fn judge(&self, object: &Object<'_>) -> Answer {
        // where the whole name is written in plain characters, it need not be taken apart
        if object.seen().dn_text().iter().all(|byte| is_plain(*byte) && !matches!(byte, b'\\' | b'#')) {
            return Ok(Ruling::holds(""));
        }
        let dn = object.dn();
        let Some(rdn) = dn.rdn() else { return Ok(Ruling::nothing("has no name")) };
        if rdn.0.iter().flat_map(|ava| &ava.value).all(|byte| is_plain(*byte)) {
            return Ok(Ruling::holds(""));
        }
        // one that was deleted is on its way out
        if !object.decided(object.seen().lives())? {
            return Ok(Ruling::nothing("is deleted"));
        }
        let text = rdn.text();
        let mut odd: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
        odd.sort_unstable();
        odd.dedup();
        if rdn.0.iter().flat_map(|ava| &ava.value).any(|byte| *byte == b'?') {
            let message = "its directory name has a question mark, which may stand for a character that was lost";
            return Ok(Ruling::broken(Reason::Malformed, message).only(Severity::Warning).inferred());
        }
        let running = object.questions().running(&object.seen(), None);
        let Some(release) = running.with_fault(self.from, self.before)? else {
            return Ok(Ruling::holds(""));
        };
        let named: Vec<String> = odd.iter().take(5).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if odd.len() > named.len() { " and others" } else { "" };
        let message = format!("its directory name has {}{more}, and a server of its site runs {release}", named.join(", "));
        Ok(Ruling::broken(Reason::Malformed, message))
    }
}

/// Whether a byte of a name is neither of an extended character nor a question mark.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'?'
}
