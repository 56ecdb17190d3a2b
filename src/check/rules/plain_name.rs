//! `plain-name`: the directory name of an object holds nothing but plain characters.

use super::{Answer, Judging, Reading, Ruling};
use crate::exchange::questions::Object;
use crate::report::{Reason, Severity};
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainName {}

impl Reading for PlainName {
    fn attributes(&self) -> Vec<&str> {
        vec!["rdn", "Is-Deleted"]
    }

    fn expected(&self) -> String {
        "a directory name of plain characters".into()
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
        if odd.is_empty() {
            let message = "its directory name has a question mark, which may stand for a character that was lost";
            return Ok(Ruling::broken(Reason::Malformed, message).only(Severity::Warning).inferred());
        }
        let named: Vec<String> = odd.iter().take(5).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if odd.len() > named.len() { " and others" } else { "" };
        Ok(Ruling::broken(Reason::Malformed, format!("its directory name has {}{more}", named.join(", "))))
    }
}

/// Whether a byte of a name is neither of an extended character nor a question mark.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'?'
}
