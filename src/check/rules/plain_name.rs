//! `plain-name`: the directory name of an object holds nothing but plain characters.

use super::{Glance, Judging, Object, Ruling};
use crate::exchange::visibility::tells_deleted;
use crate::report::{Reason, Severity};
use memchr::memchr;
use serde::Deserialize;

/// The rule; it takes no parameters.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlainName {}

impl Judging for PlainName {
    fn attributes(&self) -> Vec<&str> {
        vec!["rdn", "Is-Deleted"]
    }

    fn expected(&self) -> String {
        "a directory name of plain characters".into()
    }

    fn surely_holds(&self, glance: &Glance<'_>) -> bool {
        // what is written plainly is plain, and need not be taken apart
        glance.entry.dn.plain().is_some_and(|text| memchr(b'?', text.as_bytes()).is_none())
    }

    fn judge(&self, object: &Object<'_>) -> Option<Ruling> {
        let dn = &object.entry.dn;
        let Some(rdn) = dn.rdn() else { return Some(Ruling::nothing("has no name")) };
        let mut bytes = rdn.0.iter().flat_map(|ava| &ava.value);
        if bytes.all(|byte| byte.is_ascii() && *byte != b'?') {
            return Some(Ruling::holds(""));
        }
        // one that was deleted is on its way out
        if !tells_deleted(object.entry) {
            let message =
                "its directory name is not of plain characters, but whether it is deleted was not asked for (Is-Deleted)";
            return Some(Ruling::unknown(Reason::NotRequested, message));
        }
        let text = rdn.text();
        let mut odd: Vec<char> = text.chars().filter(|c| !c.is_ascii()).collect();
        odd.sort_unstable();
        odd.dedup();
        if odd.is_empty() {
            let message = "its directory name has a question mark, which may stand for a character that was lost";
            return Some(Ruling::broken(Reason::Malformed, message).only(Severity::Warning).inferred());
        }
        let named: Vec<String> = odd.iter().take(5).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if odd.len() > named.len() { " and others" } else { "" };
        Some(Ruling::broken(Reason::Malformed, format!("its directory name has {}{more}", named.join(", "))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::asked::Asked;
    use crate::exchange::fake::entry;
    use crate::report::Verdict;

    #[test]
    fn a_name_that_may_be_of_a_deleted_object_is_left_open() {
        for (dn, asked, expected) in [
            ("cn=J\\C3\\BCrgen,o=O", None, Verdict::Fail),
            ("cn=J\\FCrgen,o=O", Some("Is-Deleted"), Verdict::Fail),
            ("cn=J\\C3\\BCrgen,o=O", Some("mail"), Verdict::Unknown),
            ("cn=Juergen,ou=S\\C3\\BCd,o=O", Some("mail"), Verdict::Pass),
        ] {
            let mut entry = entry(dn, &[]);
            asked.into_iter().for_each(|name| entry.was_asked_for(Asked::of([name])));
            let ruling = PlainName {}.judge(&Object::new(&entry, None, &mut |_| false)).expect("decided");
            assert_eq!(ruling.verdict, expected, "{dn} {asked:?}: {}", ruling.message);
        }
    }
}
