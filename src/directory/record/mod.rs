//! How a collected export came to be: what was asked, and how each search ended.
//!
//! `exaudit collect` writes it into comments of the LDIF file, for people to read, and an audit of the file reads it
//! back: then "not there" and "not set" mean in the file what they meant on the server. The lines are untrusted as all
//! of a file is: a record that is not understood proves nothing.

mod error;
mod heard;
mod read;
mod write;

pub use error::RecordError;
pub use read::parse;
pub use write::write_directory;

pub(super) use heard::Heard;

use super::dn::Dn;
use super::source::{Ended, Search};

/// What starts a line that is read back; other comments are for people alone.
const MARK: &str = "#: ";
/// The first such line.
const TITLE: &str = "exaudit collect, form 2";
/// The same of files that were collected before: there an entry names the searches that it answers, not a list of what was asked for.
const TITLE_BEFORE: &str = "exaudit collect, form 1";

/// What a collected file says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// Who made it, where and when, and what was noticed.
    pub about: About,
    /// The lists of what was asked for, which searches and entries refer to by number, from 1.
    pub lists: Vec<Vec<String>>,
    /// The searches, in the order they were sent.
    pub searches: Vec<Recorded>,
}

/// What a collected file says of itself beside its searches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// Name and version of the program that collected it.
    pub program: String,
    /// The server that was asked.
    pub server: String,
    /// When, RFC 3339 in UTC.
    pub time: String,
    /// The form of the bind DN (see [`bind_form`]).
    pub bind: String,
    /// Where the collection started.
    pub base: Dn,
    /// The sites, and whether a hidden object of each was seen.
    pub hidden: Vec<(String, bool)>,
    /// What was noticed.
    pub notes: Vec<String>,
}

/// One search and how it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What was asked.
    pub search: Search,
    /// How it ended.
    pub ended: Ended,
}

impl Record {
    /// The numbers of the lists that searches asked for, by the numbers of the searches.
    fn lists_of(&self, searches: &[usize]) -> Vec<usize> {
        let list = |number: &usize| {
            let search = self.searches.get(number.checked_sub(1)?)?;
            self.lists.iter().position(|list| *list == search.search.attributes).map(|place| place + 1)
        };
        let mut lists: Vec<usize> = searches.iter().filter_map(list).collect();
        lists.sort_unstable();
        lists.dedup();
        lists
    }
}

/// The form of a bind DN without its names: `cn=..,cn=..,cn=admin`. What matters to a reader is whether the view of
/// hidden objects was asked for.
pub fn bind_form(bind_dn: Option<&str>) -> String {
    let Some(dn) = bind_dn.filter(|dn| !dn.is_empty()) else { return "anonymous".into() };
    let Ok(dn) = Dn::parse(dn.as_bytes()) else { return "a name that is not a distinguished name".into() };
    let last = dn.rdns().len().saturating_sub(1);
    let form = dn.rdns().iter().enumerate().map(|(index, rdn)| {
        let admin = index == last && index > 0 && rdn.is("cn") && rdn.text().eq_ignore_ascii_case("admin");
        let kind = rdn.0.first().map_or("", |ava| ava.attribute.as_str()).to_ascii_lowercase();
        format!("{kind}={}", if admin { "admin" } else { ".." })
    });
    form.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bind_form_tells_no_name() {
        for (dn, form) in [
            (None, "anonymous"),
            (Some(""), "anonymous"),
            (Some("cn=auditor,cn=LAB,cn=admin"), "cn=..,cn=..,cn=admin"),
            (Some("dc=LAB, CN=auditor"), "dc=..,cn=.."),
            (Some("cn=admin,cn=LAB"), "cn=..,cn=.."),
            (Some("cn=admin"), "cn=.."),
            (Some("LAB\\auditor"), "a name that is not a distinguished name"),
        ] {
            assert_eq!(bind_form(dn), form, "{dn:?}");
        }
    }
}
